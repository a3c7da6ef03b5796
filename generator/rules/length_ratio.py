"""The two sides of a pair are about as long as each other: one much shorter has lost something."""

import re
from collections.abc import Iterator
from datetime import date

from generator.model.reference import Term
from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "length-ratio"

# Short texts vary freely; of longer ones, Lao letters (without marks) to Vietnamese ones stay within these bounds.
_MIN_LETTERS = 60
_LOWEST, _HIGHEST = 0.55, 1.9
_BRACKETS = re.compile(r"\([^()]*\)")
_MARKS = re.compile("[\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\\s]")


def _letters(text: str) -> int:
    return len(_MARKS.sub("", _BRACKETS.sub("", text)))


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A warning for each pair of longer texts whose lengths are out of proportion."""
    for pair in handbook.pairs:
        vi, lo = _letters(pair.vi), _letters(pair.lo)
        if (
            pair.written
            and pair.kind != Term.kind
            and max(vi, lo) >= _MIN_LETTERS
            and not _LOWEST <= lo / max(vi, 1) <= _HIGHEST
        ):
            yield pair.problem(CODE, "lo", "warning", vi=vi, lo=lo)

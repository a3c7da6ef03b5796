"""The two sides of a pair are about as long as each other: one much shorter has lost something."""

import re
from collections.abc import Iterator
from datetime import date

from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "length-ratio"

# Short texts vary freely; of longer ones, Lao letters (without marks) to Vietnamese ones stay within these bounds.
_MIN_LETTERS = 40
_LOWEST, _HIGHEST = 0.55, 1.9
_MARKS = re.compile("[\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\\s]")


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A warning for each pair of longer texts whose lengths are out of proportion."""
    for pair in handbook.pairs:
        vi, lo = len(_MARKS.sub("", pair.vi)), len(_MARKS.sub("", pair.lo))
        if pair.written and max(vi, lo) >= _MIN_LETTERS and not _LOWEST <= lo / vi <= _HIGHEST:
            yield pair.problem(CODE, "lo", "warning", vi=vi, lo=lo)

"""A Lao vowel sign or tone mark needs a consonant to stand on."""

import re
from collections.abc import Iterator
from datetime import date

from generator.problems import Problem
from generator.reading.handbook import Handbook
from generator.rules.lao_marks import level
from generator.rules.values import QUOTING_KINDS, iter_values

CODE = "lao-mark-alone"

_CONSONANT = "\u0e81-\u0eae\u0edc-\u0edf"
_ABOVE_BELOW = "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd"
# A sign after anything but a consonant or another sign; a sign over or under ະ or າ.
_ALONE = re.compile(
    f"(?:(?<![{_CONSONANT}{_ABOVE_BELOW}])[{_ABOVE_BELOW}\u0eb3]|(?<=[ະາຳ])[{_ABOVE_BELOW}])[{_ABOVE_BELOW}]*"
)


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each value with a sign that stands on nothing."""
    for value in iter_values(handbook, _ALONE.search, kinds_left_out=QUOTING_KINDS):
        text = level(value.text)
        alone = _ALONE.search(text)
        if alone:
            around = text[max(0, alone.start() - 8) : alone.end() + 8]
            yield value.problem(CODE, found=f"◌{alone[0]}", around=around)

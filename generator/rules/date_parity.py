"""A date stands on both sides of a pair, and is the same day."""

from collections.abc import Iterator
from datetime import date

from generator.problems import Problem
from generator.reading.handbook import Handbook
from generator.rules.parity import differences

CODE = "date-parity"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem at the Lao side of each pair that differs so, with what each side has alone."""
    for pair, difference in differences(handbook, "date"):
        yield pair.problem(CODE, "lo", vi=difference.only_vi, lo=difference.only_lo)

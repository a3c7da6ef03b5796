"""An amount stands on both sides of a pair, in the same currency."""

from collections.abc import Iterator
from datetime import date

from generator.problems import Problem
from generator.reading.handbook import Handbook
from generator.rules.parity import differences

CODE = "money-parity"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem at the Lao side of each pair that differs so, with what each side has alone."""
    for pair, difference in differences(handbook, "money"):
        yield pair.problem(CODE, "lo", vi=difference.only_vi, lo=difference.only_lo)

"""Digits are 0–9 everywhere, in Lao too."""

import re
from collections.abc import Iterator
from datetime import date

from generator.problems import Problem
from generator.reading.handbook import Handbook
from generator.rules.values import QUOTING_KINDS, is_spelling, iter_values

CODE = "lao-digits"

TO_LATIN = str.maketrans("໐໑໒໓໔໕໖໗໘໙", "0123456789")
_NUMBER = re.compile("[0-9໐-໙]*[໐-໙][0-9໐-໙.,/]*")
_LAO_DIGIT = re.compile("[໐-໙]")


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each value with Lao digits, with the same figure in Latin ones."""
    for value in iter_values(handbook, _LAO_DIGIT.search, kinds_left_out=QUOTING_KINDS):
        if is_spelling(value.path):
            continue
        found = _NUMBER.search(value.text)
        assert found
        yield value.problem(CODE, found=found[0], expected=found[0].translate(TO_LATIN))

"""The Vietnamese text has no Lao letters."""

import re
from collections.abc import Iterator
from datetime import date

from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "lao-in-vietnamese"

_LAO = re.compile("[\u0e80-\u0ecf\u0eda-\u0eff]+")


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each `vi` with Lao letters. Lao digits have a rule of their own."""
    for pair in handbook.pairs:
        found = _LAO.search(pair.vi)
        if found:
            yield pair.problem(CODE, "vi", found=found[0])

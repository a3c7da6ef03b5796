"""Thai letters look like Lao ones and are not: nothing typed with them is found or read aloud as Lao."""

import re
from collections.abc import Iterator
from datetime import date

from generator.problems import Problem
from generator.reading.handbook import Handbook
from generator.rules.values import QUOTING_KINDS, is_spelling, iter_values

CODE = "thai-letters"

_THAI = re.compile("[\u0e01-\u0e3a\u0e40-\u0e5b]+")
_LAO = re.compile("[\u0e80-\u0eff]")


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each value with Thai letters; a spelling wholly in Thai may stand among the aliases."""
    for value in iter_values(handbook, _THAI.search, kinds_left_out=QUOTING_KINDS):
        if is_spelling(value.path) and not _LAO.search(value.text):
            continue
        found = _THAI.search(value.text)
        assert found
        yield value.problem(CODE, found=found[0])

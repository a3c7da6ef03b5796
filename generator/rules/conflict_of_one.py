"""A conflict shows at least two values, each with who says so."""

from collections.abc import Iterator
from datetime import date

from generator.model.entry import Conflict
from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "conflict-of-one"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each conflict with fewer than two values."""
    for key, path, part in handbook.parts:
        if isinstance(part, Conflict) and len(part.values) < 2:
            yield Problem(*handbook.place_of(key, (*path, "values")), CODE, {"found": len(part.values)})

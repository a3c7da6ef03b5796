"""Least comes before most, opening before closing."""

from collections.abc import Iterator
from datetime import date

from generator.model.gate import Hours
from generator.model.procedure import Duration
from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "range-reversed"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each duration and each opening time that runs backwards."""
    for key, path, part in handbook.parts:
        if (
            isinstance(part, Duration)
            and part.min is not None
            and part.max is not None
            and part.max < part.min
        ):
            place = handbook.place_of(key, (*path, "max"))
            yield Problem(*place, CODE, {"first": part.min, "second": part.max})
        if isinstance(part, Hours) and part.closes <= part.opens:
            place = handbook.place_of(key, (*path, "closes"))
            yield Problem(*place, CODE, {"first": part.opens, "second": part.closes})

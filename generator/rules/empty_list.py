"""A list that an entry cannot do without names at least one thing."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from pydantic import BaseModel

from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "empty-list"

# Where nothing listed says nothing at all. Elsewhere an empty list has a meaning: anybody, any goods, no class known.
_NEEDED = frozenset({"steps", "legs", "series", "points", "goods_class", "states"})


@cache
def _needed(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name, info in model.model_fields.items() if name in _NEEDED and info.is_required())


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each required list without an item."""
    for key, path, part in handbook.parts:
        for name in _needed(type(part)):
            # A page of information about a procedure that nobody describes has no steps.
            told = name == "steps" and getattr(part, "information_only", None) is not None
            if getattr(part, name) == () and not told:
                yield Problem(*handbook.place_of(key, (*path, name)), CODE)

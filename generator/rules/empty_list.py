"""A list that an entry cannot do without names at least one thing."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from pydantic import BaseModel

from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "empty-list"

# A missing source has a message of its own, a journey may need nothing from home,
# and a procedure may stand on no instrument that anyone has named.
_MAY_BE_EMPTY = frozenset({"sources", "brought_along", "legal_basis"})


@cache
def _needed(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(
        name for name, info in model.model_fields.items() if info.is_required() and name not in _MAY_BE_EMPTY
    )


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each required list without an item."""
    for key, path, part in handbook.parts:
        for name in _needed(type(part)):
            if getattr(part, name) == ():
                yield Problem(*handbook.place_of(key, (*path, name)), CODE)

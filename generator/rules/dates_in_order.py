"""What begins ends later: validity, signature, effect, expiry, events."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from pydantic import BaseModel

from generator.model.scalars import PartialDate
from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "dates-in-order"


# The earlier and the later field of a part, wherever both are there.
_ORDERED = (
    ("valid_from", "valid_to"),
    ("signed", "effective"),
    ("signed", "expires"),
    ("effective", "expires"),
    ("on", "until"),
)


@cache
def _ordered_fields(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in _ORDERED if all(name in model.model_fields for name in pair))


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem at the later date of each part whose dates run backwards."""
    for key, path, part in handbook.parts:
        for early, late in _ordered_fields(type(part)):
            first, second = getattr(part, early), getattr(part, late)
            if not isinstance(first, PartialDate) or not isinstance(second, PartialDate):
                continue
            if second.last < first.first:
                place = handbook.place_of(key, (*path, late))
                yield Problem(*place, CODE, {"early": early, "first": first, "late": late, "second": second})

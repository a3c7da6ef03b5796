"""A journey has steps in both countries."""

from collections.abc import Iterator
from datetime import date

from generator.model.journey import Journey
from generator.problems import Problem
from generator.reading.handbook import EntryKey, Handbook

CODE = "journey-one-sided"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each journey that ends on one side; an unknown leg with its question counts as a step."""
    for journey_id, journey in handbook.of(Journey).items():
        sides = {leg.side for leg in journey.legs}
        for side in ("vietnam", "laos"):
            if side not in sides and "both" not in sides:
                place = handbook.place_of(EntryKey(Journey.kind, journey_id), ("legs",))
                yield Problem(*place, CODE, {"expected": side})

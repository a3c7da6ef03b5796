"""A journey's legs can be put in an order: none waits, by way of others, for itself."""

from collections.abc import Iterator
from datetime import date

from generator.journeys.order import order_legs
from generator.model.journey import Journey
from generator.problems import Problem
from generator.reading.handbook import EntryKey, Handbook

CODE = "journey-cycle"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem at the first leg of each ring."""
    for journey_id, journey in handbook.of(Journey).items():
        cycle = order_legs(handbook, journey).cycle
        if cycle:
            keys = [journey.legs[index].key for index in cycle]
            place = handbook.place_of(EntryKey(Journey.kind, journey_id), ("legs", cycle[0]))
            yield Problem(*place, CODE, {"found": " → ".join([*keys, keys[0]])})

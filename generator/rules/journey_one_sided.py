"""A journey has steps in both countries, and goods have steps behind the border."""

from collections.abc import Iterator
from datetime import date

from generator.journeys.course import course_of
from generator.journeys.passage import ACROSS, LEAVING
from generator.model.journey import Journey
from generator.problems import Problem
from generator.reading.handbook import EntryKey, Handbook

CODE = "journey-one-sided"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each journey that ends on one side; an unknown leg with its question counts as a step."""
    for journey_id, journey in handbook.of(Journey).items():
        for side in _missing_sides(handbook, journey_id, journey):
            place = handbook.place_of(EntryKey(Journey.kind, journey_id), ("legs",))
            yield Problem(*place, CODE, {"expected": side})


def _missing_sides(handbook: Handbook, journey_id: str, journey: Journey) -> Iterator[str]:
    sides = {leg.side for leg in journey.legs}
    for side in ("vietnam", "laos"):
        if side not in sides and "both" not in sides:
            yield side
            return
    leaving = LEAVING.get(journey.direction)
    if leaving is None or not journey.goods:
        return
    course = course_of(handbook, journey_id)
    behind = {step.leg.side for step in course.steps[course.crossing.after :]}
    if ACROSS[leaving] not in behind:
        yield ACROSS[leaving]

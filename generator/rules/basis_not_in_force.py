"""What applies today stands on instruments in force."""

from collections.abc import Iterator
from datetime import date

from generator.journeys.bases import ended_bases
from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "basis-not-in-force"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each basis that is over on the day and not marked `former`."""
    for ended in ended_bases(handbook, today):
        params = {
            "found": ended.agreement,
            "date": str(ended.status.until or ended.status.since or "?"),
            "expected": ended.status.successor or "–",
        }
        yield Problem(*handbook.place_of(ended.key, ended.path), CODE, params)

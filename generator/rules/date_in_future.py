"""Nobody has compared, signed off or seen anything on a day still to come."""

from collections.abc import Iterator
from datetime import date

from generator.model.entry import Entry
from generator.model.scalars import PartialDate
from generator.problems import Problem
from generator.reading.handbook import Handbook
from generator.reading.source import Path

CODE = "date-in-future"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each verification and sign-off dated after `today`."""
    for key, entry in handbook:
        for path, on in _days(entry):
            if on.first > today:
                yield Problem(*handbook.place_of(key, (*path, "on")), CODE, {"found": on, "today": today})


def _days(entry: Entry) -> Iterator[tuple[Path, PartialDate]]:
    yield ("verified",), entry.verified.on
    for language, words in (("vi", entry.reviewed.vi), ("lo", entry.reviewed.lo)):
        for index, word in enumerate(words):
            yield ("reviewed", language, index), word.on

"""Nobody has compared, signed off or seen anything on a day still to come."""

from collections.abc import Iterator
from datetime import date

from generator.model.entry import SignOff, Verified
from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "date-in-future"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each verification and sign-off dated after `today`."""
    for key, path, part in handbook.parts:
        if isinstance(part, Verified | SignOff) and part.on.first > today:
            yield Problem(*handbook.place_of(key, (*path, "on")), CODE, {"found": part.on, "today": today})

"""A procedure in force stands on instruments in force."""

from collections.abc import Iterator
from datetime import date

from generator.journeys.bases import ended_bases
from generator.model.procedure import Procedure
from generator.problems import Problem
from generator.reading.handbook import EntryKey, Handbook

CODE = "basis-not-in-force"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each basis that is over on the day and not marked `former`."""
    for procedure_id, procedure in handbook.of(Procedure).items():
        if procedure.valid_to is not None and procedure.valid_to.last < today:
            continue
        for path, agreement, status in ended_bases(handbook, procedure, today):
            place = handbook.place_of(EntryKey(Procedure.kind, procedure_id), path)
            params = {
                "found": agreement,
                "date": str(status.until or status.since or "?"),
                "expected": status.successor or "–",
            }
            yield Problem(*place, CODE, params)

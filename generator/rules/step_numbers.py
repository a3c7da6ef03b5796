"""Steps of a procedure are numbered 1, 2, 3 … in order."""

from collections.abc import Iterator
from datetime import date

from generator.model.procedure import Procedure
from generator.problems import Problem
from generator.reading.handbook import EntryKey, Handbook

CODE = "step-number"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem at the first step out of turn."""
    for procedure_id, procedure in handbook.of(Procedure).items():
        for index, step in enumerate(procedure.steps):
            if step.n != index + 1:
                place = handbook.place_of(EntryKey(Procedure.kind, procedure_id), ("steps", index, "n"))
                yield Problem(*place, CODE, {"found": step.n, "expected": index + 1})
                break

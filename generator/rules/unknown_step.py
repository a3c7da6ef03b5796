"""`after` and refusals name steps that exist, and `after` never a step to come."""

from collections.abc import Iterator
from datetime import date

from generator.model.procedure import Procedure
from generator.problems import Problem
from generator.reading.handbook import EntryKey, Handbook

CODE = "unknown-step"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each number that is no step, or no earlier one."""
    for procedure_id, procedure in handbook.of(Procedure).items():
        key = EntryKey(Procedure.kind, procedure_id)
        numbers = [step.n for step in procedure.steps]
        for index, step in enumerate(procedure.steps):
            earlier = [n for n in numbers if n < step.n]
            for position, n in enumerate(step.after):
                if n not in earlier:
                    place = handbook.place_of(key, ("steps", index, "after", position))
                    yield Problem(*place, CODE, {"found": n, "expected": _listed(earlier)})
        for index, refusal in enumerate(procedure.refusals):
            if refusal.step not in numbers:
                place = handbook.place_of(key, ("refusals", index, "step"))
                yield Problem(*place, CODE, {"found": refusal.step, "expected": _listed(numbers)})


def _listed(numbers: list[int]) -> str:
    return ", ".join(str(n) for n in numbers) or "–"

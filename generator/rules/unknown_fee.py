"""A step charges fees that the procedure lists."""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

from generator.model.procedure import Procedure
from generator.problems import Problem
from generator.reading.handbook import EntryKey, Handbook

CODE = "unknown-fee"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each fee id of a step that no fee has, with the nearest one."""
    for procedure_id, procedure in handbook.of(Procedure).items():
        known = [fee.id for fee in procedure.fees]
        for index, step in enumerate(procedure.steps):
            for position, fee in enumerate(() if step.fees == "unknown" else step.fees):
                if fee not in known:
                    path = ("steps", index, "fees", position)
                    near = get_close_matches(fee, known, n=1, cutoff=0.5)
                    params = {"found": fee, "expected": near[0] if near else ", ".join(known) or "–"}
                    yield Problem(
                        *handbook.place_of(EntryKey(Procedure.kind, procedure_id), path), CODE, params
                    )

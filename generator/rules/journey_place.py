"""The steps of a journey can be done for its goods and at its gates."""

from collections.abc import Iterator
from datetime import date

from generator.model.gate import Gate
from generator.model.journey import Journey
from generator.model.procedure import Procedure
from generator.problems import Problem
from generator.reading.handbook import EntryKey, Handbook

CODE = "step-not-here"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for a leg whose procedure is for other goods, or cannot be done at a gate of the journey."""
    for journey_id, journey in handbook.of(Journey).items():
        for index, leg in enumerate(journey.legs):
            procedure = handbook.of(Procedure).get(leg.procedure) if leg.procedure else None
            if procedure is None:
                continue
            reason = _other_goods(journey, procedure) or _other_gate(handbook, journey, procedure, today)
            if reason:
                place = handbook.place_of(EntryKey(Journey.kind, journey_id), ("legs", index, "procedure"))
                yield Problem(*place, CODE, {"found": leg.procedure, "expected": reason})


def _other_goods(journey: Journey, procedure: Procedure) -> str:
    """What the procedure is for, if that is none of the journey's goods; `general` covers all."""
    if not journey.goods or not procedure.goods or "general" in procedure.goods:
        return ""
    shared = set(journey.goods) & set(procedure.goods)
    return "" if shared else ", ".join(procedure.goods)


def _other_gate(handbook: Handbook, journey: Journey, procedure: Procedure, today: date) -> str:
    """Where the procedure can be done, if no gate of the journey is among those."""
    where = procedure.where
    if where.gates and journey.gates.gates and not set(where.gates) & set(journey.gates.gates):
        return ", ".join(where.gates)
    if not where.classes:
        return ""
    classes = set(journey.gates.classes)
    for gate_id in journey.gates.gates:
        gate = handbook.of(Gate).get(gate_id)
        period = gate.class_on(today) if gate else None
        if period is not None:
            classes.add(period.gate_class)
    return "" if not classes or classes & set(where.classes) else ", ".join(where.classes)

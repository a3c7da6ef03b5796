"""Plan B: which other gates can take the same traffic, and what must change in the papers when one diverts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.model.gate import Gate, Service
from generator.model.procedure import Procedure
from generator.model.text import Text
from generator.reading.handbook import Handbook

# Gates that can stand in for one of a class: the same class or a higher one.
STAND_IN = {
    "international": ("international",),
    "main": ("main", "international"),
    "auxiliary": ("auxiliary", "main", "international"),
    "opening": ("opening", "auxiliary", "main", "international"),
}
# Services whose lack stops the goods; the rest is comfort.
ESSENTIAL: tuple[Service, ...] = ("goods", "plant-quarantine", "animal-quarantine", "coal", "transit")
# Papers that name the gate of passage, found as the papers whose step says so, by the rule that names them.
PER_SIDE = 2

Change = Literal["declaration", "permit-gate", "quarantine-post", "road-limits"]


@dataclass(frozen=True, slots=True)
class Diversion:
    """One way out: the gate, how it lies (`north`, `south` or `named`), what to change and what is not known there."""

    gate: str
    order: Literal["north", "south", "named"]
    note: Text | None
    missing_services: tuple[Service, ...]
    papers: tuple[str, ...]
    changes: tuple[Change, ...]


def papers_bound_to_gate(handbook: Handbook) -> tuple[str, ...]:
    """Papers whose use at another gate than the one declared gets a load turned back, by the refusals on record."""
    bound: dict[str, None] = {}
    for procedure in handbook.of(Procedure).values():
        for refusal in procedure.refusals:
            if refusal.id.startswith("other-gate"):
                steps = [step for step in procedure.steps if step.n <= refusal.step]
                for step in steps:
                    bound.update(dict.fromkeys(paper for paper in step.produces if "declaration" in paper))
    return tuple(bound)


def diversions(handbook: Handbook, gate_id: str, day: date) -> tuple[Diversion, ...]:
    """Ways out of a gate: those its entry names, then the nearest open ones of its class to the north and south."""
    gate = handbook.get(Gate, gate_id)
    named = {alternative.gate: alternative.note for alternative in gate.alternatives}
    found = [_diversion(handbook, gate, other, "named", note) for other, note in named.items()]
    for order, other in _nearest(handbook, gate_id, day):
        if other not in named:
            found.append(_diversion(handbook, gate, other, order, None))
    return tuple(found)


def _nearest(handbook: Handbook, gate_id: str, day: date) -> Iterator[tuple[Literal["north", "south"], str]]:
    gate = handbook.get(Gate, gate_id)
    period = gate.class_on(day)
    if gate.rank is None or period is None:
        return
    fit = []
    for other_id, other in handbook.of(Gate).items():
        other_period, state = other.class_on(day), other.state_on(day)
        if other_id == gate_id or other.rank is None or other_period is None or state is None:
            continue
        if state.state in ("open", "limited") and other_period.gate_class in STAND_IN[period.gate_class]:
            fit.append((other.rank.value, other_id))
    north = sorted((row for row in fit if row[0] < gate.rank.value), reverse=True)[:1]
    south = sorted(row for row in fit if row[0] > gate.rank.value)[:1]
    yield from (("north", other_id) for _, other_id in north)
    yield from (("south", other_id) for _, other_id in south)


def _diversion(
    handbook: Handbook,
    gate: Gate,
    other_id: str,
    order: Literal["north", "south", "named"],
    note: Text | None,
) -> Diversion:
    other = handbook.get(Gate, other_id)
    needed = [service for service in gate.services if service in ESSENTIAL]
    missing = tuple(service for service in needed if service not in other.services)
    changes: list[Change] = ["declaration", "permit-gate"]
    if any(service in ("plant-quarantine", "animal-quarantine") for service in gate.services):
        changes.append("quarantine-post")
    changes.append("road-limits")
    return Diversion(other_id, order, note, missing, papers_bound_to_gate(handbook), tuple(changes))

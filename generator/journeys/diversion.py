"""Plan B: which other gates can take the same traffic, and what must change in the papers when one diverts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.journeys.matching import NO_GATE, gate_fit
from generator.journeys.order import step_of
from generator.model.document import Document
from generator.model.gate import Gate, Limit, Service
from generator.model.journey import Journey
from generator.model.procedure import Procedure, Refusal
from generator.model.scalars import UNKNOWN
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


@dataclass(frozen=True, slots=True)
class PaperChange:
    """A paper that names the gate, and the steps (procedure, number) at which it is made or changed."""

    paper: str
    made_at: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Diversion:
    """One way out: the gate, how it lies (`north`, `south` or `named`), what to change and what is not known there.

    `journeys` go through both gates, `stranded` through the first alone; `papers` are those of the former. `posts` are the quarantine services used at
    the first gate, with whether a source names them at the other. `limits` are None where nothing is known of them.
    `refusals` are turnings-back reported at the other gate, with their procedures.
    """

    gate: str
    order: Literal["north", "south", "named"]
    note: Text | None
    journeys: tuple[str, ...]
    stranded: tuple[str, ...]
    missing_services: tuple[Service, ...]
    papers: tuple[PaperChange, ...]
    posts: tuple[tuple[Service, bool], ...]
    limits: tuple[Limit, ...] | None
    refusals: tuple[tuple[str, Refusal], ...]


def diversions(handbook: Handbook, gate_id: str, day: date) -> tuple[Diversion, ...]:
    """Ways out of a gate: those its entry names, then the nearest open ones of its class to the north and south."""
    gate = handbook.get(Gate, gate_id)
    named = {alternative.gate: alternative.note for alternative in gate.alternatives}
    found = [_diversion(handbook, gate_id, other, "named", note, day) for other, note in named.items()]
    for order, other in _nearest(handbook, gate_id, day):
        if other not in named:
            found.append(_diversion(handbook, gate_id, other, order, None, day))
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
    gate_id: str,
    other_id: str,
    order: Literal["north", "south", "named"],
    note: Text | None,
    day: date,
) -> Diversion:
    gate, other = handbook.get(Gate, gate_id), handbook.get(Gate, other_id)
    here = _journeys_through(handbook, gate_id, day)
    there = _journeys_through(handbook, other_id, day)
    both = {journey_id: journey for journey_id, journey in here.items() if journey_id in there}
    needed = [service for service in gate.services if service in ESSENTIAL]
    limits = None if other.limits == UNKNOWN else tuple(row for row in other.limits if row.holds_on(day))
    return Diversion(
        gate=other_id,
        order=order,
        note=note,
        journeys=tuple(both),
        stranded=tuple(journey_id for journey_id in here if journey_id not in there),
        missing_services=tuple(service for service in needed if service not in other.services),
        papers=_papers_naming_a_gate(handbook, both),
        posts=tuple((service, service in other.services) for service in _posts(handbook, both)),
        limits=limits,
        refusals=_refusals_at(handbook, other_id),
    )


def _journeys_through(handbook: Handbook, gate_id: str, day: date) -> Mapping[str, Journey]:
    return {
        journey_id: journey
        for journey_id, journey in handbook.of(Journey).items()
        if gate_fit(handbook, journey, gate_id, day) != NO_GATE
    }


def _papers_naming_a_gate(handbook: Handbook, journeys: Mapping[str, Journey]) -> tuple[PaperChange, ...]:
    """The papers of these journeys that state the gate, with the steps that make them: there they are changed."""
    found: dict[str, dict[tuple[str, int], None]] = {}
    for journey in journeys.values():
        used = {paper for leg in journey.legs for paper in (*leg.consumes, *leg.produces)}
        for paper, document in handbook.of(Document).items():
            if document.names_gate and paper in used:
                makers = found.setdefault(paper, {})
                for leg in journey.legs:
                    if paper in leg.produces and leg.procedure and leg.step:
                        makers[leg.procedure, leg.step] = None
    return tuple(PaperChange(paper, tuple(sorted(found[paper]))) for paper in sorted(found))


def _posts(handbook: Handbook, journeys: Mapping[str, Journey]) -> tuple[Service, ...]:
    """The services of a gate that the journeys' own steps at the border call for."""
    found: dict[Service, None] = {}
    for journey in journeys.values():
        for leg in journey.legs:
            step = step_of(handbook, leg)
            if step is not None and step.passage is not None and leg.procedure:
                found.update(dict.fromkeys(handbook.get(Procedure, leg.procedure).where.services))
    return tuple(sorted(found))


def _refusals_at(handbook: Handbook, gate_id: str) -> tuple[tuple[str, Refusal], ...]:
    return tuple(
        (procedure_id, refusal)
        for procedure_id, procedure in handbook.of(Procedure).items()
        for refusal in procedure.refusals
        if refusal.gate == gate_id
    )

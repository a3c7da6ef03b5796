"""Hand-off: every paper a journey's step consumes was brought along or produced by an earlier step."""

from collections.abc import Iterator, Mapping
from datetime import date

from generator.journeys.order import order_legs
from generator.model.document import Document
from generator.model.journey import Journey
from generator.model.procedure import Procedure
from generator.problems import Problem
from generator.reading.handbook import EntryKey, Handbook

CODE = "paper-not-produced"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem at the paper, naming the step that needs it and where it could come from."""
    makers = _makers(handbook)
    for journey_id, journey in handbook.of(Journey).items():
        for missing in order_legs(handbook, journey).missing:
            leg = journey.legs[missing.leg]
            path = ("legs", missing.leg, "consumes", leg.consumes.index(missing.paper))
            params = {
                "found": missing.paper,
                "step": leg.key,
                "expected": _origin(handbook, makers, missing.paper),
            }
            yield Problem(*handbook.place_of(EntryKey(Journey.kind, journey_id), path), CODE, params)


def _makers(handbook: Handbook) -> Mapping[str, list[str]]:
    """Paper -> the steps of any procedure that can produce it, as `procedure/step`."""
    makers: dict[str, list[str]] = {}
    for procedure_id, procedure in handbook.of(Procedure).items():
        for step in procedure.steps:
            for paper in (*step.produces, *step.may_produce):
                makers.setdefault(paper, []).append(f"{procedure_id}/{step.n}")
    return makers


def _origin(handbook: Handbook, makers: Mapping[str, list[str]], paper: str) -> str:
    """Where a paper could come from: the steps that produce it, else who issues it."""
    if paper in makers:
        return ", ".join(makers[paper])
    document = handbook.of(Document).get(paper)
    return f"{document.issued_by.vi} / {document.issued_by.lo}" if document is not None else "–"

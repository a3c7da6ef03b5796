"""Each leg of a journey is a step that exists, on its side, with papers that are that step's own."""

from collections.abc import Iterator
from datetime import date

from generator.journeys.order import step_of
from generator.model.journey import Journey, Leg
from generator.model.procedure import Procedure
from generator.problems import Problem
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.source import Path

CODE = "leg-not-of-step"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for a step number, a side, a paper or an `after` that the procedures do not know."""
    for journey_id, journey in handbook.of(Journey).items():
        key = EntryKey(Journey.kind, journey_id)
        keys = {leg.key for leg in journey.legs}
        for index, leg in enumerate(journey.legs):
            for path, found, expected in _wrong(handbook, leg):
                place = handbook.place_of(key, ("legs", index, *path))
                yield Problem(*place, CODE, {"found": found, "step": leg.key, "expected": expected or "–"})
            for position, other in enumerate(leg.after):
                if other not in keys:
                    place = handbook.place_of(key, ("legs", index, "after", position))
                    params = {"found": other, "step": leg.key, "expected": ", ".join(sorted(keys))}
                    yield Problem(*place, CODE, params)


def _wrong(handbook: Handbook, leg: Leg) -> Iterator[tuple[Path, str, str]]:
    if leg.procedure is None:
        if leg.unknown is None or leg.ask is None or leg.id is None:
            yield (), leg.key, "procedure + step, id + unknown + ask"
        return
    procedure = handbook.of(Procedure).get(leg.procedure)
    if procedure is None:
        return
    step = step_of(handbook, leg)
    if step is None:
        yield ("step",), str(leg.step), ", ".join(str(item.n) for item in procedure.steps)
        return
    side = step.side or procedure.side
    if side not in ("both", leg.side):
        yield ("side",), leg.side, side
    for name, own in (
        ("consumes", (*step.consumes, *step.may_consume)),
        ("produces", (*step.produces, *step.may_produce)),
    ):
        for position, paper in enumerate(getattr(leg, name)):
            if paper not in own:
                yield (name, position), paper, ", ".join(own)

"""The order of a journey's legs: from the papers they hand over, from `after`, and from each procedure's steps."""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model.journey import Journey, Leg
from generator.model.procedure import Procedure, Step
from generator.reading.handbook import Handbook


@dataclass(frozen=True, slots=True)
class Missing:
    """A paper that leg `leg` consumes although no earlier leg is sure to produce it and nobody brings it along.

    `sometimes` names the earlier legs that produce it in some cases only.
    """

    leg: int
    paper: str
    sometimes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ordered:
    """Legs by their index in the entry, in the order they are done; a cycle names the legs that wait on each other."""

    legs: tuple[int, ...]
    missing: tuple[Missing, ...]
    cycle: tuple[int, ...]


def step_of(handbook: Handbook, leg: Leg) -> Step | None:
    """The procedure's step a leg stands for; None for a gap, and where the procedure has no such step."""
    procedure = handbook.of(Procedure).get(leg.procedure) if leg.procedure else None
    if procedure is None:
        return None
    return next((step for step in procedure.steps if step.n == leg.step), None)


def is_conditional(handbook: Handbook, leg: Leg) -> bool:
    """Whether a leg is done in some cases only, by the journey's word or by the procedure's."""
    step = step_of(handbook, leg)
    return leg.only_if is not None or (step is not None and step.only_if is not None)


def waits_for(handbook: Handbook, journey: Journey) -> Mapping[int, set[int]]:
    """For each leg, the legs that must come before it.

    A leg waits for the first producer of a paper it consumes, unless the paper is brought along; for the earlier
    steps of its own procedure (where that step says `after`, for those alone); and for the legs in its own `after`.
    """
    legs = journey.legs
    brought = set(journey.brought_along)
    producers = _producers(handbook, legs)
    by_key: dict[str, list[int]] = defaultdict(list)
    for index, leg in enumerate(legs):
        by_key[leg.key].append(index)
    before: dict[int, set[int]] = {}
    for index, leg in enumerate(legs):
        earlier = set(_earlier_steps(handbook, legs, index))
        for paper in set(leg.consumes) - brought:
            makers = [maker for maker in producers[paper] if maker != index]
            if makers:
                earlier.add(min(makers, key=lambda maker: (is_conditional(handbook, legs[maker]), maker)))
        for key in leg.after:
            earlier.update(by_key[key])
        before[index] = earlier - {index}
    return before


def order_legs(handbook: Handbook, journey: Journey) -> Ordered:
    """The legs in a stable order: of those that wait for nothing any more, the first in the entry goes first."""
    before = waits_for(handbook, journey)
    following: dict[int, list[int]] = defaultdict(list)
    open_waits = {index: len(earlier) for index, earlier in before.items()}
    for index, earlier in before.items():
        for other in earlier:
            following[other].append(index)
    ready = [index for index, count in open_waits.items() if count == 0]
    heapq.heapify(ready)
    done: list[int] = []
    while ready:
        index = heapq.heappop(ready)
        done.append(index)
        for other in following[index]:
            open_waits[other] -= 1
            if open_waits[other] == 0:
                heapq.heappush(ready, other)
    left = set(before) - set(done)
    return Ordered(tuple(done), tuple(_missing(handbook, journey, done)), tuple(_cycle(before, left)))


def _producers(handbook: Handbook, legs: Sequence[Leg]) -> Mapping[str, list[int]]:
    """Paper -> the legs that make it. A leg whose step does not exist makes nothing."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, leg in enumerate(legs):
        for paper in _made_by(handbook, leg):
            found[paper].append(index)
    return found


def _made_by(handbook: Handbook, leg: Leg) -> tuple[str, ...]:
    gone = leg.procedure is not None and step_of(handbook, leg) is None
    return () if gone else leg.produces


def _earlier_steps(handbook: Handbook, legs: Sequence[Leg], index: int) -> Iterator[int]:
    leg = legs[index]
    if leg.procedure is None or leg.step is None:
        return
    step = step_of(handbook, leg)
    named = step.after if step is not None else ()
    for other, candidate in enumerate(legs):
        if candidate.procedure != leg.procedure or candidate.step is None or candidate.step >= leg.step:
            continue
        if not named or candidate.step in named:
            yield other


def _cycle(before: Mapping[int, set[int]], left: set[int]) -> list[int]:
    """One ring among the legs that could not be ordered."""
    if not left:
        return []
    path: list[int] = []
    index = min(left)
    while index not in path:
        path.append(index)
        index = min(other for other in before[index] if other in left)
    return path[path.index(index) :]


def _missing(handbook: Handbook, journey: Journey, done: Sequence[int]) -> Iterator[Missing]:
    """A step done in every case cannot rest on a paper made in some cases only."""
    held = set(journey.brought_along)
    sometimes: dict[str, list[int]] = defaultdict(list)
    for index in done:
        leg = journey.legs[index]
        conditional = is_conditional(handbook, leg)
        for paper in leg.consumes:
            if paper not in held and not (conditional and sometimes[paper]):
                yield Missing(index, paper, tuple(sometimes[paper]))
        for paper in _made_by(handbook, leg):
            if conditional:
                sometimes[paper].append(index)
            else:
                held.add(paper)

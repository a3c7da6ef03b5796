"""The order of a journey's legs, derived from the papers they hand over, from `after`, and from each procedure's steps."""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.model.journey import Journey, Leg


@dataclass(frozen=True, slots=True)
class Missing:
    """A paper that leg `leg` consumes, that nothing earlier produces and nobody brings along."""

    leg: int
    paper: str


@dataclass(frozen=True, slots=True)
class Ordered:
    """Legs by their index in the entry, in the order they are done; a cycle names the legs that wait on each other."""

    legs: tuple[int, ...]
    missing: tuple[Missing, ...]
    cycle: tuple[int, ...]


def waits_for(journey: Journey) -> Mapping[int, set[int]]:
    """For each leg, the legs that must come before it.

    A leg waits for the first producer of a paper it consumes, unless the paper is brought along; for the earlier
    steps of its own procedure; and for the legs named in `after`.
    """
    legs = journey.legs
    brought = set(journey.brought_along)
    producers: dict[str, list[int]] = defaultdict(list)
    for index, leg in enumerate(legs):
        for paper in leg.produces:
            producers[paper].append(index)
    by_key = {leg.key: index for index, leg in enumerate(legs)}
    before: dict[int, set[int]] = {index: set() for index in range(len(legs))}
    for index, leg in enumerate(legs):
        for paper in leg.consumes:
            made_by = [maker for maker in producers[paper] if maker != index]
            if paper not in brought and made_by and index not in producers[paper]:
                before[index].add(_first_producer(legs, made_by))
        for key in leg.after:
            if key in by_key:
                before[index].add(by_key[key])
        before[index] |= _earlier_steps(legs, index)
        before[index].discard(index)
    return before


def _first_producer(legs: Sequence[Leg], made_by: Sequence[int]) -> int:
    """A paper that several legs produce is had from the first that always runs."""
    return min(made_by, key=lambda index: (legs[index].only_if is not None, index))


def _earlier_steps(legs: Sequence[Leg], index: int) -> set[int]:
    leg = legs[index]
    if leg.procedure is None or leg.step is None:
        return set()
    return {
        other
        for other, candidate in enumerate(legs)
        if candidate.procedure == leg.procedure and candidate.step is not None and candidate.step < leg.step
    }


def order_legs(journey: Journey) -> Ordered:
    """The legs in a stable order: whoever is ready and stands first in the entry goes first."""
    before = waits_for(journey)
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
    cycle = tuple(_cycle(before, {index for index in before if index not in set(done)}))
    return Ordered(tuple(done), tuple(_missing(journey, done)), cycle)


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


def _missing(journey: Journey, done: Sequence[int]) -> list[Missing]:
    held = set(journey.brought_along)
    missing = []
    for index in done:
        leg = journey.legs[index]
        missing += [Missing(index, paper) for paper in leg.consumes if paper not in held | set(leg.produces)]
        held |= set(leg.produces)
    return missing

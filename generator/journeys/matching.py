"""Which journeys fit what somebody wants to do: direction, goods, person and gate; the best match first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from generator.journeys.order import is_conditional
from generator.model.entry import Direction, GoodsClass, Person
from generator.model.gate import Gate
from generator.model.goods import Goods
from generator.model.journey import Journey
from generator.model.procedure import Procedure, Where
from generator.model.scalars import UNKNOWN
from generator.reading.handbook import Handbook
from search.analyzer import analyze

Criterion = Literal["direction", "goods", "who", "gate"]

# How well a gate fits: not at all; nothing forbids it but what it needs is not known there; by class; by name.
NO_GATE, POSSIBLE, BY_CLASS, BY_NAME = range(4)
# How close a journey's goods are: others; goods of any kind; other goods of the class; the class; the very goods.
OTHER, GENERAL, OF_CLASS, CLASS, VERY = range(5)


@dataclass(frozen=True, slots=True)
class Request:
    """What is wanted; None where it does not matter. `goods` are entries, `goods_classes` the classes they are of."""

    direction: Direction | None = None
    goods_classes: tuple[GoodsClass, ...] = ()
    goods: tuple[str, ...] = ()
    who: Person | None = None
    gate: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A journey, what of the request it does not answer, how close its goods are, and its rank among the rest."""

    journey_id: str
    failed: tuple[Criterion, ...]
    goods: int
    rank: tuple[int, ...]


def gate_fit(handbook: Handbook, journey: Journey, gate_id: str, day: date) -> int:
    """How well a journey can use a gate on `day`, from `NO_GATE` to `BY_NAME`.

    The gate must be open, be one of those the journey names (or of a class it names), and every step that is always
    done must be possible there. A service no source names at the gate is not known to be missing.
    """
    gate = handbook.get(Gate, gate_id)
    state, period = gate.state_on(day), gate.class_on(day)
    if state is None or state.state not in ("open", "limited"):
        return NO_GATE
    procedures = handbook.of(Procedure)
    places = [
        journey.gates,
        *(
            procedures[leg.procedure].where
            for leg in journey.legs
            if leg.procedure is not None and leg.procedure in procedures and not is_conditional(handbook, leg)
        ),
    ]
    if not all(_admits(where, gate_id, period.gate_class if period else None) for where in places):
        return NO_GATE
    if gate_id in journey.gates.gates:
        return BY_NAME
    known = {service for where in places for service in where.services} <= set(gate.services)
    return BY_CLASS if journey.gates.classes and known else POSSIBLE


def _admits(where: Where, gate_id: str, gate_class: str | None) -> bool:
    if where.gates:
        return gate_id in where.gates
    return not where.classes or gate_class in where.classes


def match_journeys(handbook: Handbook, request: Request, day: date) -> tuple[Match, ...]:
    """Every journey, those that answer the whole request first, the closest before the less close."""
    matches = [
        _match(handbook, journey_id, journey, request, day)
        for journey_id, journey in handbook.of(Journey).items()
    ]
    return tuple(
        sorted(matches, key=lambda match: (len(match.failed), *(-n for n in match.rank), match.journey_id))
    )


def fitting(matches: Sequence[Match]) -> tuple[Match, ...]:
    """The matches that answer the whole request, the closest kind of goods alone.

    A journey for general goods stands in only where the handbook has none for the goods asked for, at any gate.
    """
    whole = [match for match in matches if not match.failed]
    closest = max((match.goods for match in whole), default=GENERAL)
    if closest == GENERAL and any(match.goods > GENERAL and match.failed == ("gate",) for match in matches):
        return ()
    return tuple(match for match in whole if match.goods >= min(closest, CLASS))


def _match(handbook: Handbook, journey_id: str, journey: Journey, request: Request, day: date) -> Match:
    goods = _goods_rank(journey, request)
    direction = _direction_rank(journey, request)
    who = (
        0 if request.who is None else 2 if journey.who[0] == request.who else int(request.who in journey.who)
    )
    gate = POSSIBLE if request.gate is None else gate_fit(handbook, journey, request.gate, day)
    failed: list[Criterion] = []
    if direction < 0:
        failed.append("direction")
    if goods == OTHER:
        failed.append("goods")
    if request.who is not None and not who:
        failed.append("who")
    if gate == NO_GATE:
        failed.append("gate")
    # Of two that fit alike, the one for more kinds of goods is the likelier one.
    breadth = len(journey.for_goods) if journey.for_goods else 99
    # A journey for one person, one way, is more to the point than one for several.
    rank = (goods, direction, who, gate, -len(journey.who), breadth)
    return Match(journey_id, tuple(failed), goods, rank)


def _direction_rank(journey: Journey, request: Request) -> int:
    if request.direction is None or journey.direction == request.direction:
        return 1
    return 0 if "both" in (journey.direction, request.direction) else -1


def _goods_rank(journey: Journey, request: Request) -> int:
    if not request.goods_classes:
        return CLASS
    if set(request.goods) & set(journey.for_goods):
        return VERY
    if set(request.goods_classes) & set(journey.goods):
        return OF_CLASS if request.goods and journey.for_goods else CLASS
    return GENERAL if "general" in journey.goods else OTHER


def goods_named(handbook: Handbook, words: str) -> tuple[str, ...]:
    """Goods by id, by a name in everyday use (with or without marks, either script) or by HS heading; best first."""
    entries = handbook.of(Goods)
    if words in entries:
        return (words,)
    digits = words.replace(".", "").replace(" ", "")
    if digits.isdigit() and len(digits) >= 2:
        return tuple(
            goods_id
            for goods_id, entry in entries.items()
            if entry.headings != UNKNOWN and any(_covers(heading.code, digits) for heading in entry.headings)
        )
    asked = _folded(words)
    if not asked:
        return ()
    whole, part = [], []
    for goods_id, entry in entries.items():
        names = [_folded(name) for name in _names(entry)]
        if asked in names:
            whole.append(goods_id)
        elif any(f" {asked} " in f" {name} " for name in names):
            part.append(goods_id)
    return tuple(whole) or tuple(part)


def gates_named(handbook: Handbook, words: str) -> tuple[str, ...]:
    """Gates by id or by a whole name or alias of the pair or of a half, with or without marks."""
    gates = handbook.of(Gate)
    if words in gates:
        return (words,)
    asked = _folded(words)
    return tuple(gate_id for gate_id, gate in gates.items() if asked in map(_folded, _gate_names(gate)))


def _gate_names(gate: Gate) -> Iterable[str]:
    for part in (gate, gate.vietnam, gate.laos):
        if part.name is not None:
            yield from filter(None, (part.name.vi, part.name.lo, part.name.en))
        yield from part.aliases


def _names(entry: Goods) -> Iterable[str]:
    return (entry.name.vi, entry.name.lo, *entry.everyday.vi, *entry.everyday.lo, *entry.aliases)


def _covers(heading: str, digits: str) -> bool:
    """Whether a heading of the handbook and the digits asked for are one inside the other."""
    plain = heading.replace(".", "")
    return plain.startswith(digits) or digits.startswith(plain)


@cache
def _folded(words: str) -> str:
    return " ".join(token.folded for token in analyze(words))

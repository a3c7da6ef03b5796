"""A whole crossing: the procedures of both countries, joined by the papers they hand over."""

from typing import ClassVar

from generator.model.entry import (
    Direction,
    DocumentRef,
    Entry,
    Fact,
    GoodsClass,
    GoodsRef,
    Person,
    ProcedureRef,
    Side,
)
from generator.model.procedure import Where
from generator.model.scalars import Line, Maybe, Whole
from generator.model.text import Name, Phrase, Strict, Text


class Leg(Strict):
    """One step of one procedure as this journey uses it.

    `consumes`/`produces` name the papers in play here (a choice among those of the step). A leg that no source covers
    has `unknown` and `ask` instead of a procedure. `after` names legs as `procedure/step` (or a gap's `id`).
    """

    procedure: ProcedureRef | None = None
    step: Whole | None = None
    id: Line | None = None
    side: Side
    place: Maybe[Phrase] | None = None
    what: Text | None = None
    consumes: tuple[DocumentRef, ...] = ()
    produces: tuple[DocumentRef, ...] = ()
    only_if: Text | None = None
    after: tuple[Line, ...] = ()
    unknown: Text | None = None
    ask: Text | None = None

    @property
    def key(self) -> str:
        """`procedure/step`, or the gap's own id."""
        return f"{self.procedure}/{self.step}" if self.procedure else str(self.id)


class Gap(Strict):
    """What no source says about this journey, and whom to ask."""

    side: Side
    what: Text
    ask: Text


class Journey(Entry):
    """Goods or a person from one country to the other. The order of legs is derived, not typed."""

    kind: ClassVar[str] = "journeys"

    name: Name
    aliases: tuple[Line, ...] = ()
    summary: Text
    direction: Direction
    who: tuple[Person, ...]
    goods: tuple[GoodsClass, ...]
    for_goods: tuple[GoodsRef, ...] = ()
    gates: Where = Where()
    brought_along: tuple[DocumentRef, ...]
    legs: tuple[Leg, ...]
    gaps: tuple[Gap, ...] = ()
    facts: tuple[Fact, ...] = ()

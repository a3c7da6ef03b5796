"""Projects, events and notices: what is built, what was agreed, what has just changed."""

from typing import Annotated, ClassVar, Literal

from generator.model.entry import (
    AgreementRef,
    Entry,
    Fact,
    GateRef,
    Milestone,
    ProcedureRef,
    ProvinceRef,
    Side,
)
from generator.model.scalars import EntryId, Line, Maybe, PartialDate, RefTo
from generator.model.text import Name, Phrase, Text


class Project(Entry):
    """Roads, railways, ports, power, markets."""

    kind: ClassVar[str] = "projects"

    name: Name
    aliases: tuple[Line, ...] = ()
    field: Literal[
        "road", "railway", "port", "bridge", "power", "coal", "fuel", "market", "logistics", "other"
    ]
    state: Text
    provinces: tuple[ProvinceRef, ...] = ()
    gates: tuple[GateRef, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    facts: tuple[Fact, ...] = ()


class Event(Entry):
    """A conference, meeting, visit or fair, and what was signed there."""

    kind: ClassVar[str] = "events"

    name: Name
    aliases: tuple[Line, ...] = ()
    event_kind: Literal["conference", "committee", "visit", "fair", "ceremony", "programme", "other"]
    on: Maybe[PartialDate]
    until: PartialDate | None = None
    place: Maybe[Phrase]
    summary: Text
    signed: tuple[AgreementRef, ...] = ()
    outcomes: tuple[Fact, ...] = ()
    facts: tuple[Fact, ...] = ()


class Notice(Entry):
    """A change readers should know of: `on` is the day it takes effect (or took)."""

    kind: ClassVar[str] = "notices"

    name: Name
    aliases: tuple[Line, ...] = ()
    on: Maybe[PartialDate]
    until: PartialDate | None = None
    side: Side
    weight: Literal["danger", "change", "information"] = "change"
    text: Text
    facts: tuple[Fact, ...] = ()
    gates: tuple[GateRef, ...] = ()
    procedures: tuple[ProcedureRef, ...] = ()
    agreements: tuple[AgreementRef, ...] = ()
    goods: tuple[Annotated[EntryId, RefTo("goods")], ...] = ()

"""A gate is the pair: one crossing with a Vietnamese and a Lao half."""

from datetime import date
from typing import ClassVar, Literal

from generator.model.entry import (
    Cited,
    Dated,
    Direction,
    Entry,
    Fact,
    GateRef,
    Milestone,
    OfficeRef,
    ProvinceRef,
    Side,
    ZoneRef,
)
from generator.model.scalars import Clock, Flag, Line, Maybe, Number, PartialDate
from generator.model.text import Name, Phrase, Strict, Text

GateClass = Literal["international", "main", "auxiliary", "opening"]
GateState = Literal["open", "limited", "closed", "planned", "unconfirmed"]
Service = Literal[
    "goods",
    "passengers",
    "vehicles",
    "border-residents",
    "transit",
    "temporary-import",
    "customs",
    "border-guard",
    "plant-quarantine",
    "animal-quarantine",
    "health-quarantine",
    "visa-on-arrival",
    "market",
    "coal",
    "weighbridge",
]


class GateHalf(Strict):
    """One country's half. `province_then` is the province before the mergers of 2025-07-01 where it differs."""

    name: Name | None = None
    aliases: tuple[Line, ...] = ()
    province: ProvinceRef | None = None
    province_then: ProvinceRef | None = None
    district: Phrase | None = None
    commune: Phrase | None = None
    commune_then: Phrase | None = None
    road: Phrase | None = None


class ClassPeriod(Cited):
    """The class given by one side or by both from a day on. `event` says what happened."""

    on: Maybe[PartialDate]
    gate_class: GateClass
    side: Side = "both"
    event: Text | None = None
    instrument: Phrase | None = None


class StatePeriod(Cited):
    """Whether the pair was open from a day on; `on: unknown` where the source gives no day."""

    on: Maybe[PartialDate]
    state: GateState
    note: Text | None = None


class Hours(Dated):
    """Opening hours of one side. `official: false` marks hours from a guidebook or a report."""

    side: Side
    opens: Clock
    closes: Clock
    days: Text | None = None
    official: Flag = False
    note: Text | None = None


class Limit(Dated):
    """A limit of load, size or kind on one side."""

    side: Side
    what: Text
    value: Phrase


class Coordinates(Cited):
    """WGS 84 degrees. `precision` says in words how exact the source is."""

    side: Side = "both"
    lat: Number
    lon: Number
    precision: Text


class Regime(Dated):
    """A way of controlling goods or people that holds for a time, such as one-stop inspection."""

    name: Text
    what: Text | None = None
    instrument: Phrase | None = None
    milestones: tuple[Milestone, ...] = ()


class GoodsSeen(Cited):
    """Goods that reports name at the gate: not a list of what is allowed."""

    direction: Direction
    what: Text


class Rank(Cited):
    """Place in the order from north to south, with the reason for it."""

    value: Number
    basis: Text


class Alternative(Cited):
    """A gate named by a source or by the editors as the way out when this one is closed."""

    gate: GateRef
    note: Text


class Gate(Entry):
    """A crossing between the two countries."""

    kind: ClassVar[str] = "gates"

    name: Name
    aliases: tuple[Line, ...] = ()
    summary: Text
    classes: tuple[ClassPeriod, ...]
    states: tuple[StatePeriod, ...]
    rank: Rank | None = None
    vietnam: GateHalf
    laos: GateHalf
    marker: Maybe[Line] = "unknown"
    coordinates: Maybe[tuple[Coordinates, ...]] = "unknown"
    hours: Maybe[tuple[Hours, ...]] = "unknown"
    limits: Maybe[tuple[Limit, ...]] = "unknown"
    services: tuple[Service, ...] = ()
    regimes: tuple[Regime, ...] = ()
    goods_seen: tuple[GoodsSeen, ...] = ()
    zone: ZoneRef | None = None
    offices: tuple[OfficeRef, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    facts: tuple[Fact, ...] = ()

    def class_on(self, day: date) -> ClassPeriod | None:
        """The class both sides stand by on `day`; a class of one side only if there is no other."""
        begun = [row for row in self.classes if row.on == "unknown" or row.on.first <= day]
        joint = [row for row in begun if row.side == "both"]
        known = joint or begun
        return known[-1] if known else None

    def state_on(self, day: date) -> StatePeriod | None:
        """The state on `day`, or None before the first one known."""
        begun = [row for row in self.states if row.on == "unknown" or row.on.first <= day]
        return begun[-1] if begun else None

"""Provinces and border-gate economic zones, then and now."""

from typing import ClassVar, Literal

from generator.model.entry import Dated, Entry, Fact, GateRef, Milestone, ProvinceRef
from generator.model.scalars import Line, Number, PartialDate
from generator.model.text import Name, Phrase, Strict


class BorderLength(Dated):
    """Length of a province's part of the border, in kilometres."""

    km: Number
    as_of: PartialDate | None = None


class FormerName(Strict):
    """A name used until a day."""

    name: Name
    until: PartialDate


class Province(Entry):
    """A province on the border. One that was merged has `valid_to` and a `successor`."""

    kind: ClassVar[str] = "provinces"

    name: Name
    aliases: tuple[Line, ...] = ()
    country: Literal["vietnam", "laos"]
    successor: ProvinceRef | None = None
    borders: tuple[ProvinceRef, ...] = ()
    border_length: tuple[BorderLength, ...] = ()
    seat: Phrase | None = None
    former_names: tuple[FormerName, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    facts: tuple[Fact, ...] = ()


class Zone(Entry):
    """An economic zone at a gate."""

    kind: ClassVar[str] = "zones"

    name: Name
    aliases: tuple[Line, ...] = ()
    province: ProvinceRef
    province_then: ProvinceRef | None = None
    gate: GateRef | None = None
    milestones: tuple[Milestone, ...] = ()
    facts: tuple[Fact, ...] = ()

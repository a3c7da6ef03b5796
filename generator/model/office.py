"""Offices and portals a reader turns to."""

from typing import ClassVar, Literal

from generator.model.entry import Entry, Fact, GateRef, OfficeRef, ProvinceRef
from generator.model.place import FormerName
from generator.model.scalars import Address, Line, Maybe
from generator.model.text import Name, Phrase, Text


class Office(Entry):
    """An authority or its online service. Contacts nobody could source are printed as unknown."""

    kind: ClassVar[str] = "offices"

    name: Name
    aliases: tuple[Line, ...] = ()
    side: Literal["vietnam", "laos", "both"]
    level: Literal["ministry", "department", "provincial", "local", "gate", "portal", "other"]
    parent: OfficeRef | None = None
    province: ProvinceRef | None = None
    gates: tuple[GateRef, ...] = ()
    role: Text
    web: Maybe[Address] = "unknown"
    phone: Maybe[Line] = "unknown"
    address: Maybe[Phrase] = "unknown"
    former_names: tuple[FormerName, ...] = ()
    facts: tuple[Fact, ...] = ()

"""Glossary terms and sources."""

from typing import Annotated, ClassVar, Literal

from generator.model.document import Wording
from generator.model.entry import Entry, SourceRef
from generator.model.scalars import Address, EntryId, Line, Maybe, PartialDate, RefTo
from generator.model.text import Name, Text

Domain = Literal[
    "gate", "customs", "law", "place", "administration", "money", "goods", "procedure", "trade", "transport",
    "site-interface", "quarantine", "people", "time",
]  # fmt: skip


class TermName(Name):
    """The term itself; English may give several readings."""


class Term(Entry):
    """A glossary term. `doubtful` wording is never printed without its mark."""

    kind: ClassVar[str] = "glossary"

    sources: tuple[SourceRef, ...] = ()
    name: TermName
    domain: Domain
    lo_wording: Wording
    variants_lo: tuple[Line, ...] = ()
    variants_vi: tuple[Line, ...] = ()
    seen: Maybe[Address] = "unknown"
    note: Text | None = None
    related: tuple[Annotated[EntryId, RefTo("glossary")], ...] = ()


class Source(Entry):
    """A publication the handbook stands on. Its title stays in its own language."""

    kind: ClassVar[str] = "sources"

    sources: tuple[SourceRef, ...] = ()
    title: Line
    publisher: Maybe[Line]
    url: Maybe[Address]
    published: Maybe[PartialDate]
    lang: Literal["vi", "lo", "en", "fr", "it", "es", "pt", "th", "zh", "ja", "ko", "de", "km", "id"]
    source_kind: Literal[
        "legal-text",
        "authority",
        "press",
        "database",
        "company",
        "travel",
        "encyclopedia",
        "founding",
        "other",
    ]
    note: Text | None = None

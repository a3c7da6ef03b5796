"""Facts, statements, timelines, boxes and sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from generator.views.blocks.base import Line, joined


@dataclass(frozen=True, slots=True)
class Row:
    """A fact: one value for both sides, or one per side (Laos left, Vietnam right)."""

    key: str
    label: str
    whole: Markup | None = None
    laos: Markup | None = None
    vietnam: Markup | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """A fact table; `laos` and `vietnam` are the sides' names where a row has two sides."""

    template: ClassVar[str] = "facts"
    rows: tuple[Row, ...]
    laos: str
    vietnam: str

    @property
    def sided(self) -> bool:
        """Whether any row differs by side."""
        return any(row.whole is None for row in self.rows)

    def lines(self) -> Iterator[Line]:
        for row in self.rows:
            if row.whole is not None:
                yield "p", joined(row.label, row.whole)
            else:
                left, right = (
                    joined(self.laos, row.laos or Markup()),
                    joined(self.vietnam, row.vietnam or Markup()),
                )
                yield "p", joined(row.label, left, Markup("<br>") + right)


@dataclass(frozen=True, slots=True)
class Items:
    """Statements as a list, or as paragraphs where there is one."""

    template: ClassVar[str] = "items"
    items: tuple[Markup, ...]

    @property
    def single(self) -> bool:
        """One statement is a paragraph, not a list."""
        return len(self.items) == 1

    def lines(self) -> Iterator[Line]:
        for item in self.items:
            yield "p", item


@dataclass(frozen=True, slots=True)
class Moment:
    """One row of a timeline; `state` is now, gone or empty."""

    when: str
    what: Markup
    state: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened, in order."""

    template: ClassVar[str] = "timeline"
    moments: tuple[Moment, ...]

    def lines(self) -> Iterator[Line]:
        for moment in self.moments:
            yield "p", joined(moment.when, moment.what)


@dataclass(frozen=True, slots=True)
class ConflictBox:
    """Values that disagree, same size, each with its source; a verdict below is the handbook's own."""

    template: ClassVar[str] = "conflict"
    id: str
    heading: str
    values: tuple[Markup, ...]
    note: Markup | None = None
    verdict: Markup | None = None

    def lines(self) -> Iterator[Line]:
        yield "h3", Markup("{}").format(self.heading)
        for value in self.values:
            yield "p", value
        for extra in (self.note, self.verdict):
            if extra is not None:
                yield "p", extra


@dataclass(frozen=True, slots=True)
class Box:
    """A framed note: `age`, `stop`, `planb` or plain."""

    template: ClassVar[str] = "box"
    weight: str
    heading: str
    paragraphs: tuple[Markup, ...] = ()
    items: tuple[Markup, ...] = ()

    def lines(self) -> Iterator[Line]:
        if self.heading:
            yield "h3", Markup("{}").format(self.heading)
        for text in (*self.paragraphs, *self.items):
            yield "p", text


@dataclass(frozen=True, slots=True)
class SourceNote:
    """One source: number, and the citation ready to print."""

    number: int
    html: Markup


@dataclass(frozen=True, slots=True)
class Sources:
    """The numbered sources of a page."""

    template: ClassVar[str] = "sources"
    notes: tuple[SourceNote, ...]

    def lines(self) -> Iterator[Line]:
        for note in self.notes:
            yield "p", Markup("[{}] {}").format(note.number, note.html)

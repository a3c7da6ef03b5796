"""Figures drawn from numbers; the numbers stand with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from generator.views.blocks.base import EMPTY, Line, joined
from generator.views.blocks.tables import Table


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart: width in per cent."""

    label: str
    width: str
    value: Markup


@dataclass(frozen=True, slots=True)
class Bars:
    """A ranking that is its own table."""

    template: ClassVar[str] = "bars"
    caption: str
    bars: tuple[Bar, ...]

    def lines(self) -> Iterator[Line]:
        yield "p", Markup("{}").format(self.caption)
        for bar in self.bars:
            yield "p", joined(bar.label, bar.value)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a figure in the units of its drawing; `name` is its class."""

    name: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A value or a year on an axis, in the units of the drawing."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Columns over time; `key` explains their classes, `read` says it to those who do not see them.

    The numbers stand in the `table` below, or on the page `more` leads to.
    """

    template: ClassVar[str] = "figure"
    id: str
    caption: str
    read: str
    columns: tuple[Column, ...]
    values: tuple[Mark, ...]
    years: tuple[Mark, ...]
    zero: str
    key: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    table: Table | None = None
    more: Markup = EMPTY

    def lines(self) -> Iterator[Line]:
        if self.table is not None:
            yield from self.table.lines()
        for note in self.notes:
            yield "p", Markup("{}").format(note)

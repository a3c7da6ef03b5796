"""Series of figures, each point with its source."""

from typing import ClassVar, Literal

from generator.model.entry import Cited, Entry, Fact, GoodsRef
from generator.model.scalars import EntryId, Line, Maybe, Number, Period
from generator.model.text import Name, Strict, Text

Unit = Literal["usd-million", "percent", "tonnes", "count", "km", "mw"]


class Point(Cited):
    """One value of a series. `period` is a year, a month or `from/to`; `about` marks a rounded or estimated figure."""

    period: Period
    value: Maybe[Number]
    about: Literal["rounded", "estimate", "over", "under"] | None = None
    note: Text | None = None


class Series(Strict):
    """One line of figures."""

    id: EntryId
    name: Text
    unit: Unit
    goods: GoodsRef | None = None
    points: tuple[Point, ...]


class Statistics(Entry):
    """A table of figures, drawn as a chart where `chart` says so."""

    kind: ClassVar[str] = "statistics"

    name: Name
    aliases: tuple[Line, ...] = ()
    summary: Text
    chart: Literal["years", "ranking", "none"] = "none"
    series: tuple[Series, ...]
    facts: tuple[Fact, ...] = ()

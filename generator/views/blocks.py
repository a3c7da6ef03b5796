"""The parts a page is made of. Each part is ready to print in one language; a template only lays it out.

`lines()` gives a part as plain lines, the same number in both languages, for the side-by-side page, the book
and the search documents.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from markupsafe import Markup

EMPTY = Markup()

Line = tuple[str, Markup]  # (element: h2, h3, p; HTML)


def joined(label: str, *values: Markup) -> Markup:
    """`label: value value`."""
    return Markup("{}: {}").format(label, Markup(" ").join(values)) if label else Markup(" ").join(values)


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
class Cell:
    """A table cell; `label` is repeated before the value on a phone, `order` sorts."""

    html: Markup
    label: str = ""
    number: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with the values filters ask for, as `key -> words`."""

    cells: tuple[Cell, ...]
    filters: dict[str, str] = field(default_factory=dict)

    @property
    def filter_items(self) -> tuple[tuple[str, str], ...]:
        """The filter values in order of their keys."""
        return tuple(sorted(self.filters.items()))


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter chip: a prepared list, live filtering only adds."""

    key: str
    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Filters:
    """Rows of chips, one row a key, that filter the lists called `targets`, separated by spaces.

    `labels` says what each key asks for.
    """

    template: ClassVar[str] = "filters"
    choices: tuple[Choice, ...]
    labels: dict[str, str]
    all_label: str
    targets: str = "list"

    @property
    def keys(self) -> tuple[tuple[str, str, tuple[Choice, ...]], ...]:
        """The chips by their key, with its label."""
        keys = dict.fromkeys(choice.key for choice in self.choices)
        return tuple(
            (key, self.labels[key], tuple(choice for choice in self.choices if choice.key == key))
            for key in keys
        )

    @property
    def counted(self) -> str:
        """The list whose rows are counted aloud: the last."""
        return self.targets.split(" ")[-1]

    def lines(self) -> Iterator[Line]:
        yield from ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table; on a phone each row becomes a block."""

    template: ClassVar[str] = "table"
    head: tuple[Cell, ...]
    rows: tuple[TableRow, ...]
    caption: str = ""
    foot: tuple[Cell, ...] = ()
    tight: bool = False
    id: str = "list"

    @property
    def stacks(self) -> bool:
        """Whether rows become blocks on a phone: two columns stay a table."""
        return len(self.head) > 2

    @property
    def foot_span(self) -> int:
        """How many columns the foot's heading spans."""
        return len(self.head) - 1

    def lines(self) -> Iterator[Line]:
        if self.caption:
            yield "p", Markup("{}").format(self.caption)
        for row in self.rows:
            values = [
                joined(cell.label, cell.html) if cell.label and not cell.heading else cell.html
                for cell in row.cells
            ]
            yield "p", Markup(" · ").join(values)
        if self.foot:
            yield "p", Markup(" ").join(cell.html for cell in self.foot)


@dataclass(frozen=True, slots=True)
class Letter:
    """The rows of a register under one letter."""

    name: str
    rows: tuple[TableRow, ...]

    @property
    def id(self) -> str:
        """Where the jump list leads; letters of both scripts have one in plain characters."""
        return f"letter-{ord(self.name):x}"


@dataclass(frozen=True, slots=True)
class Register:
    """A long table under the letters of the page's language; `jump` names the list of letters."""

    template: ClassVar[str] = "register"
    head: tuple[Cell, ...]
    letters: tuple[Letter, ...]
    jump: str

    @property
    def width(self) -> int:
        """How many columns a letter spans."""
        return len(self.head)

    def lines(self) -> Iterator[Line]:
        for letter in self.letters:
            for row in letter.rows:
                yield "p", Markup(" · ").join(cell.html for cell in row.cells)


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
class Field:
    """A labelled value on a card; `papers` are chips instead of text, `gained` marks papers obtained here."""

    label: str
    html: Markup = EMPTY
    papers: tuple[Markup, ...] = ()
    gained: bool = False

    def line(self) -> Markup:
        return joined(self.label, Markup(", ").join(self.papers) if self.papers else self.html)


@dataclass(frozen=True, slots=True)
class StepCard:
    """A step on its side's lane. `side` is laos, vietnam or both; `numbers` as printed."""

    id: str
    side: str
    side_name: str
    numbers: str
    heading: Markup
    texts: tuple[Markup, ...] = ()
    fields: tuple[Field, ...] = ()
    is_phase: ClassVar[bool] = False
    is_crossing: ClassVar[bool] = False

    @property
    def lane(self) -> str:
        """The class of its lane; what both sides do together spans them."""
        return {"laos": "la", "vietnam": "vn"}.get(self.side, "two-sided")

    @property
    def side_class(self) -> str:
        """The class of the side's mark."""
        return {"laos": "", "vietnam": " vn"}.get(self.side, " all")


@dataclass(frozen=True, slots=True)
class Crossing:
    """The line between the countries: which papers change hands. `to` is laos or vietnam, empty for either."""

    heading: str
    papers: tuple[Markup, ...]
    note: Markup | None = None
    to: str = ""
    is_phase: ClassVar[bool] = False
    is_crossing: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Phase:
    """A heading between cards."""

    text: str
    is_phase: ClassVar[bool] = True
    is_crossing: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Lanes:
    """Steps of a crossing in two lanes, Laos left and Vietnam right."""

    template: ClassVar[str] = "lanes"
    parts: tuple[StepCard | Crossing | Phase, ...]
    laos: str
    vietnam: str

    @property
    def one_sided(self) -> bool:
        """Whether all steps are on one side: then there is one column."""
        return len({part.side for part in self.parts if isinstance(part, StepCard)}) < 2

    def lines(self) -> Iterator[Line]:
        for part in self.parts:
            if isinstance(part, Phase):
                yield "h3", Markup("{}").format(part.text)
            elif isinstance(part, Crossing):
                yield "h3", Markup("{}").format(part.heading)
                if part.papers:
                    yield "p", Markup(", ").join(part.papers)
                if part.note is not None:
                    yield "p", part.note
            else:
                yield (
                    "h3",
                    Markup('<span id="{}">{} {}</span>: {}').format(
                        part.id, part.side_name, part.numbers, part.heading
                    ),
                )
                for text in part.texts:
                    yield "p", text
                for item in part.fields:
                    yield "p", item.line()


@dataclass(frozen=True, slots=True)
class PaperCard:
    """A paper with both names and what is known of it; `id` is the paper's."""

    id: str
    heading: Markup
    other_name: Markup
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Papers:
    """Paper cards."""

    template: ClassVar[str] = "papers"
    cards: tuple[PaperCard, ...]

    def lines(self) -> Iterator[Line]:
        for card in self.cards:
            yield "h3", card.heading
            for item in card.fields:
                yield "p", item.line()


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


@dataclass(frozen=True, slots=True)
class LineStop:
    """A gate on the border line. Shape by class; `province_…` only where a province begins."""

    gate_class: str
    class_name: str
    label: str
    href: str
    laos: Markup
    vietnam: Markup
    province_laos: str = ""
    province_vietnam: str = ""
    here: bool = False
    filters: dict[str, str] = field(default_factory=dict)

    @property
    def filter_items(self) -> tuple[tuple[str, str], ...]:
        """The filter values in order of their keys."""
        return tuple(sorted(self.filters.items()))


@dataclass(frozen=True, slots=True)
class BorderLine:
    """Gates in the order of the border, north at the top."""

    template: ClassVar[str] = "border_line"
    stops: tuple[LineStop, ...]
    laos: str
    vietnam: str
    note: str
    key: tuple[tuple[str, str], ...] = ()

    def lines(self) -> Iterator[Line]:
        for stop in self.stops:
            yield "p", Markup("{} – {} ({})").format(stop.laos, stop.vietnam, stop.class_name)
        yield "p", Markup("{}").format(self.note)


Block = (
    Facts | Items | Timeline | Filters | Table | Register | ConflictBox | Box | Lanes | Papers | Bars | Figure | Sources
    | BorderLine
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its id (the field's name, the same in both languages) and its parts."""

    id: str
    heading: str
    blocks: tuple[Block, ...]
    aside: bool = False
    indexed: bool = True


@dataclass(frozen=True, slots=True)
class Status:
    """A status label: `tone` is ok, next, end or un."""

    tone: str
    words: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Plate:
    """The name plate of a gate: each side's own name large in its own script."""

    laos_side: str
    laos: Markup
    laos_other: Markup
    vietnam_side: str
    vietnam: Markup
    vietnam_other: Markup


@dataclass(frozen=True, slots=True)
class Button:
    """A link that looks like a button."""

    href: str
    text: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class PageView:
    """A whole entry page in one language."""

    kind: str
    id: str
    locale: str
    title: str
    heading: Markup
    kick: Markup | None
    other_name: Markup | None
    plate: Plate | None
    lead: Markup | None
    statuses: tuple[Status, ...]
    flag: str
    alert: Box | None
    buttons: tuple[Button, ...]
    sections: tuple[Section, ...]

    def pairs(self) -> Iterator[tuple[str, Section | None, Line]]:
        """Each line of the page with the section it stands in: for the side-by-side page and the book."""
        if self.lead is not None:
            yield "summary", None, ("p", self.lead)
        if self.alert is not None:
            for line in self.alert.lines():
                yield "alert", None, line
        for section in self.sections:
            yield section.id, section, ("h2", Markup("{}").format(section.heading))
            for block in section.blocks:
                for line in block.lines():
                    yield section.id, section, line

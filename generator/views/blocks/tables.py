"""Tables, registers, and the chips that filter them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from markupsafe import Markup

from generator.views.blocks.base import Line, joined


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
        """Whether rows become blocks on a phone: a name and a number stay a table."""
        return len(self.head) > 2 or not any(cell.number for cell in self.head)

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

"""A whole page of parts."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.views.blocks.base import Line
from generator.views.blocks.crossing import Lanes, Papers
from generator.views.blocks.facts import Box, ConflictBox, Facts, Items, Sources, Timeline
from generator.views.blocks.figures import Bars, Figure
from generator.views.blocks.line import BorderLine
from generator.views.blocks.tables import Filters, Register, Table

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

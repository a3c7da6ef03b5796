"""A crossing: steps on the lanes of both sides, and the papers carried."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from generator.views.blocks.base import EMPTY, Line, joined


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled value on a card; `papers` are chips instead of text, `gained` marks papers obtained here.

    A field that only leads elsewhere (`leads`) is no line of its own side by side, on paper and in search.
    """

    label: str
    html: Markup = EMPTY
    papers: tuple[Markup, ...] = ()
    gained: bool = False
    leads: bool = False

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
                    if not item.leads:
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

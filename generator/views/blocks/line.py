"""The border line: gates from north to south."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from markupsafe import Markup

from generator.views.blocks.base import Line


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

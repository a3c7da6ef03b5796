"""Index pages: every entry of a kind in a table people can scan and filter."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from markupsafe import Markup, escape

from generator.model.agreement import Agreement
from generator.model.document import Document
from generator.model.entry import Entry
from generator.model.goods import Goods
from generator.model.happening import Event, Notice, Project
from generator.model.office import Office
from generator.model.place import Province, Zone
from generator.model.procedure import Procedure
from generator.model.scalars import UNKNOWN, PartialDate
from generator.model.statistics import Statistics
from generator.model.text import Name
from generator.reading.validity import force_on
from generator.views import formats
from generator.views.blocks import Block, Cell, Section, Table, TableRow
from generator.views.border_line import CLASS_ORDER, border_line, gate_filters, gates_table, in_order
from generator.views.collation import sort_key
from generator.views.context import Context
from generator.views.filters import chips
from generator.views.happenings import notice_status, span_words
from generator.views.instruments import force_label
from generator.views.journeys import journeys_table
from generator.views.long_lists import FOLDERS, Part, part_sections, parts_index
from generator.views.procedures import goods_classes, people


@dataclass(frozen=True, slots=True)
class ListView:
    """An index page in one language."""

    kind: str
    locale: str
    title: str
    lead: str
    sections: tuple[Section, ...]


EntryT = TypeVar("EntryT", bound=Entry)


def _by_name(context: Context, model: type[EntryT]) -> list[tuple[str, EntryT]]:
    """The entries of a kind in the order of their names in the page's language."""
    language = context.language
    return sorted(
        context.handbook.of(model).items(),
        key=lambda item: sort_key(context.title_of(model.kind, item[0]), language),
    )


def _name_cell(context: Context, kind: str, entry_id: str, name: Name | None = None) -> Cell:
    cell = context.link(kind, entry_id)
    if name is not None and (other := context.other_name(name)) is not None:
        cell += Markup('<br><span class="small dim">{}</span>').format(other)
    return Cell(cell, heading=True)


def _table(
    context: Context, head: Sequence[str], rows: Iterable[TableRow], filters: Sequence[tuple[str, str]] = ()
) -> tuple[Block, ...]:
    """A table below chips for each filter key; `filters`: (key, prefix of the label of its values)."""
    rows = tuple(rows)
    cells = tuple(Cell(escape(context.words[key])) for key in head)
    labelled = tuple(
        replace(
            row, cells=tuple(replace(cell, label=context.words[head[n]]) for n, cell in enumerate(row.cells))
        )
        for row in rows
    )
    table = Table(cells, labelled, tight=True)
    return (chips(context, [row.filters for row in rows], filters), table) if filters else (table,)


def _gates(context: Context) -> list[Section]:
    """The border line and the same gates as a table, under one set of chips."""
    words = context.words
    line = border_line(context, [item for item in in_order(context.handbook) if item[1].rank is not None])
    gates = [gate_filters(context, gate) for _, gate in in_order(context.handbook)]
    filters = chips(context, gates, (("class", "gate-class."), ("state", "state.")), "line list", CLASS_ORDER)
    return [
        Section("border-line", words["field.border-line"], (filters, line)),
        Section("table", words["list.compare"], (gates_table(context),)),
    ]


def _procedures(context: Context) -> tuple[Block, ...]:
    words = context.words
    rows = [
        TableRow(
            (
                _name_cell(context, "procedures", entry_id, entry.name),
                Cell(escape(words[f"side-long.{entry.side}"])),
                Cell(escape(words[f"direction.{entry.direction}"])),
                Cell(escape(people(context, entry.who))),
                Cell(
                    escape(goods_classes(context, entry.goods))
                    if entry.goods
                    else escape(words["goods.none"])
                ),
            ),
            {"side": entry.side, "goods": " ".join(entry.goods)},
        )
        for entry_id, entry in _by_name(context, Procedure)
    ]
    head = ("list.name", "list.side", "field.direction", "field.who", "field.goods")
    return _table(context, head, rows, (("side", "side-long."), ("goods", "goods-class.")))


def _documents(context: Context) -> tuple[Block, ...]:
    rows = [
        TableRow(
            (
                _name_cell(context, "documents", entry_id, entry.name),
                Cell(escape(context.words[f"paper-side.{entry.side}"])),
                Cell(context.text(entry.issued_by)),
            ),
            {"side": entry.side},
        )
        for entry_id, entry in _by_name(context, Document)
    ]
    return _table(context, ("list.name", "list.side", "field.issued-by"), rows, (("side", "paper-side."),))


def _agreements(context: Context) -> tuple[Block, ...]:
    words = context.words
    rows = []
    for entry_id, entry in context.handbook.of(Agreement).items():
        status = force_on(context.handbook, entry_id, context.today)
        label = force_label(context, status)
        number = (
            Markup('<span class="nb">{}</span>').format(entry.number)
            if entry.number != UNKNOWN
            else escape("")
        )
        signed = (
            escape(formats.day(entry.signed)) if isinstance(entry.signed, PartialDate) else context.unknown()
        )
        rows.append(
            TableRow(
                (
                    _name_cell(context, "agreements", entry_id),
                    Cell(escape(words[f"agreement-kind.{entry.instrument_kind}"])),
                    Cell(number or context.unknown()),
                    Cell(escape(words[f"side-long.{entry.side}"])),
                    Cell(signed),
                    Cell(escape(f"{label.words} {label.when}".strip())),
                ),
                {"force": status.force, "side": entry.side},
            )
        )
    head = ("list.name", "field.instrument-kind", "field.number", "list.side", "field.signed", "list.status")
    return _table(context, head, rows, (("force", "force."), ("side", "side-long.")))


def _goods(context: Context) -> tuple[Block, ...]:
    rows = []
    for entry_id, entry in _by_name(context, Goods):
        headings = context.unknown()
        if entry.headings != UNKNOWN:
            headings = escape(", ".join(heading.code for heading in entry.headings))
        rows.append(
            TableRow(
                (
                    _name_cell(context, "goods", entry_id, entry.name),
                    Cell(escape(context.words[f"direction.{entry.direction}"])),
                    Cell(escape(goods_classes(context, entry.goods_class))),
                    Cell(headings),
                ),
                {"goods": " ".join(entry.goods_class)},
            )
        )
    head = ("list.name", "field.direction", "field.goods-class", "field.hs")
    return _table(context, head, rows, (("goods", "goods-class."),))


def _provinces(context: Context) -> tuple[Block, ...]:
    rows = []
    for entry_id, entry in _by_name(context, Province):
        successor = context.link("provinces", entry.successor) if entry.successor else escape("")
        merged = entry.valid_to is not None and entry.valid_to.last < context.today
        state = context.words["province.merged"] if merged else context.words["province.today"]
        rows.append(
            TableRow(
                (
                    _name_cell(context, "provinces", entry_id, entry.name),
                    Cell(escape(context.words[f"country.{entry.country}"])),
                    Cell(escape(state) + (Markup(": {}").format(successor) if successor else Markup())),
                ),
                {"side": entry.country},
            )
        )
    return _table(context, ("list.name", "field.country", "list.status"), rows, (("side", "country."),))


def _zones(context: Context) -> tuple[Block, ...]:
    rows = [
        TableRow(
            (
                _name_cell(context, "zones", entry_id, entry.name),
                Cell(context.link("provinces", entry.province)),
                Cell(context.link("gates", entry.gate) if entry.gate else context.unknown()),
            )
        )
        for entry_id, entry in _by_name(context, Zone)
    ]
    return _table(context, ("list.name", "field.province", "field.gate"), rows)


def _offices(context: Context) -> tuple[Block, ...]:
    rows = [
        TableRow(
            (
                _name_cell(context, "offices", entry_id, entry.name),
                Cell(escape(context.words[f"side-long.{entry.side}"])),
                Cell(escape(context.words[f"level.{entry.level}"])),
                Cell(context.text(entry.role)),
            ),
            {"side": entry.side},
        )
        for entry_id, entry in _by_name(context, Office)
    ]
    return _table(
        context, ("list.name", "list.side", "field.level", "list.role"), rows, (("side", "side-long."),)
    )


def _statistics(context: Context) -> tuple[Block, ...]:
    rows = [
        TableRow((_name_cell(context, "statistics", entry_id, entry.name), Cell(context.text(entry.summary))))
        for entry_id, entry in _by_name(context, Statistics)
    ]
    return _table(context, ("list.name", "details"), rows)


def _projects(context: Context) -> tuple[Block, ...]:
    rows = [
        TableRow(
            (
                _name_cell(context, "projects", entry_id, entry.name),
                Cell(escape(context.words[f"project-field.{entry.field}"])),
                Cell(context.text(entry.state)),
            ),
            {"field": entry.field},
        )
        for entry_id, entry in _by_name(context, Project)
    ]
    head = ("list.name", "field.project-field", "field.state")
    return _table(context, head, rows, (("field", "project-field."),))


def _latest_first(on: PartialDate | str) -> str:
    return str(on) if isinstance(on, PartialDate) else ""


def _events(context: Context) -> tuple[Block, ...]:
    entries = sorted(
        context.handbook.of(Event).items(),
        key=lambda item: (_latest_first(item[1].on), item[0]),
        reverse=True,
    )
    rows = [
        TableRow(
            (
                _name_cell(context, "events", entry_id, entry.name),
                Cell(escape(span_words(context, entry.on, entry.until))),
                Cell(context.maybe(entry.place)),
            )
        )
        for entry_id, entry in entries
    ]
    return _table(context, ("list.name", "field.on", "field.event-place"), rows)


def _notices(context: Context) -> tuple[Block, ...]:
    entries = sorted(
        context.handbook.of(Notice).items(),
        key=lambda item: (_latest_first(item[1].on), item[0]),
        reverse=True,
    )
    rows = []
    for entry_id, entry in entries:
        status = notice_status(context, entry)
        rows.append(
            TableRow(
                (
                    _name_cell(context, "notices", entry_id),
                    Cell(escape(f"{status.words} {status.when}".strip())),
                    Cell(escape(context.words[f"side-long.{entry.side}"])),
                ),
                {"side": entry.side},
            )
        )
    return _table(context, ("list.name", "list.status", "list.side"), rows, (("side", "side-long."),))


_TABLES: dict[str, Callable[[Context], tuple[Block, ...]]] = {
    "procedures": _procedures,
    "documents": _documents,
    "journeys": lambda context: (journeys_table(context),),
    "goods": _goods,
    "agreements": _agreements,
    "notices": _notices,
    "provinces": _provinces,
    "zones": _zones,
    "offices": _offices,
    "statistics": _statistics,
    "projects": _projects,
    "events": _events,
}


def list_view(context: Context, kind: str) -> ListView:
    """The index page of a kind."""
    words = context.words
    count = len(context.handbook.entries.get(kind, {}))
    if kind == "gates":
        sections = _gates(context)
    elif kind in FOLDERS:
        sections = parts_index(context, kind)
    else:
        sections = [Section("table", words["list.all"], _TABLES[kind](context))]
    return ListView(
        kind, context.language, words[f"kind.{kind}"], words.fill("list.lead", n=count), tuple(sections)
    )


def part_view(context: Context, part: Part) -> ListView:
    """The page of one part of a long list."""
    words = context.words
    title = f"{words[f'kind.{part.kind}']}: {part.title(context)}"
    lead = words.fill("list.lead", n=len(part.ids))
    return ListView(part.kind, context.language, title, lead, tuple(part_sections(context, part)))

"""Index pages: every entry of a kind in a table people can scan and filter."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from generator.model.agreement import Agreement
from generator.model.document import Document
from generator.model.goods import Goods
from generator.model.happening import Event, Notice, Project
from generator.model.office import Office
from generator.model.place import Province, Zone
from generator.model.procedure import Procedure
from generator.model.reference import Source, Term
from generator.model.scalars import UNKNOWN, PartialDate
from generator.model.statistics import Statistics
from generator.model.text import Name
from generator.reading.validity import force_on
from generator.views import formats
from generator.views.blocks import Block, Cell, Choice, Section, Table, TableRow
from generator.views.context import Context
from generator.views.gates import border_line, gates_table, in_order
from generator.views.happenings import notice_status, span_words
from generator.views.instruments import force_label
from generator.views.journeys import journeys_table
from generator.views.procedures import goods_classes, people


@dataclass(frozen=True, slots=True)
class ListView:
    """An index page in one language."""

    kind: str
    locale: str
    title: str
    lead: str
    sections: tuple[Section, ...]


def _name_cell(context: Context, kind: str, entry_id: str, name: Name | None = None) -> Cell:
    cell = context.link(kind, entry_id)
    if name is not None and (other := context.other_name(name)) is not None:
        cell += Markup('<br><span class="small dim">{}</span>').format(other)
    return Cell(cell, heading=True)


def _table(
    context: Context, head: Sequence[str], rows: Iterable[TableRow], filters: Sequence[tuple[str, str]] = ()
) -> Table:
    """A table with chips for each filter key; `filters`: (key, prefix of the label of its values)."""
    rows = tuple(rows)
    choices = []
    for key, prefix in filters:
        counts: dict[str, int] = {}
        for row in rows:
            for value in row.filters.get(key, "").split():
                counts[value] = counts.get(value, 0) + 1
        choices += [
            Choice(key, value, context.words[f"{prefix}{value}"], n) for value, n in sorted(counts.items())
        ]
    cells = tuple(Cell(escape(context.words[key])) for key in head)
    labelled = tuple(
        replace(
            row, cells=tuple(replace(cell, label=context.words[head[n]]) for n, cell in enumerate(row.cells))
        )
        for row in rows
    )
    return Table(
        cells,
        labelled,
        tight=True,
        choices=tuple(choices),
        filter_label=context.words["filter"],
        all_label=context.words["all"],
    )


def _gates(context: Context) -> list[Section]:
    words = context.words
    line = border_line(context, [item for item in in_order(context.handbook) if item[1].rank is not None])
    return [
        Section("border-line", words["field.border-line"], (line,)),
        Section("table", words["list.compare"], (gates_table(context),)),
    ]


def _procedures(context: Context) -> Table:
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
        for entry_id, entry in context.handbook.of(Procedure).items()
    ]
    head = ("list.name", "list.side", "field.direction", "field.who", "field.goods")
    return _table(context, head, rows, (("side", "side-long."), ("goods", "goods-class.")))


def _documents(context: Context) -> Table:
    rows = [
        TableRow(
            (
                _name_cell(context, "documents", entry_id, entry.name),
                Cell(escape(context.words[f"paper-side.{entry.side}"])),
                Cell(context.text(entry.issued_by)),
            ),
            {"side": entry.side},
        )
        for entry_id, entry in context.handbook.of(Document).items()
    ]
    return _table(context, ("list.name", "list.side", "field.issued-by"), rows, (("side", "paper-side."),))


def _agreements(context: Context) -> Table:
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


def _goods(context: Context) -> Table:
    rows = []
    for entry_id, entry in context.handbook.of(Goods).items():
        headings = context.unknown()
        if entry.headings != UNKNOWN:
            headings = escape(", ".join(heading.code for heading in entry.headings))
        rows.append(
            TableRow(
                (
                    _name_cell(context, "goods", entry_id, entry.name),
                    Cell(headings),
                    Cell(escape(context.words[f"direction.{entry.direction}"])),
                    Cell(escape(goods_classes(context, entry.goods_class))),
                ),
                {"goods": " ".join(entry.goods_class)},
            )
        )
    head = ("list.name", "field.hs", "field.direction", "field.goods-class")
    return _table(context, head, rows, (("goods", "goods-class."),))


def _provinces(context: Context) -> Table:
    rows = []
    for entry_id, entry in context.handbook.of(Province).items():
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


def _zones(context: Context) -> Table:
    rows = [
        TableRow(
            (
                _name_cell(context, "zones", entry_id, entry.name),
                Cell(context.link("provinces", entry.province)),
                Cell(context.link("gates", entry.gate) if entry.gate else context.unknown()),
            )
        )
        for entry_id, entry in context.handbook.of(Zone).items()
    ]
    return _table(context, ("list.name", "field.province", "field.gate"), rows)


def _offices(context: Context) -> Table:
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
        for entry_id, entry in context.handbook.of(Office).items()
    ]
    return _table(
        context, ("list.name", "list.side", "field.level", "list.role"), rows, (("side", "side-long."),)
    )


def _statistics(context: Context) -> Table:
    rows = [
        TableRow((_name_cell(context, "statistics", entry_id, entry.name), Cell(context.text(entry.summary))))
        for entry_id, entry in context.handbook.of(Statistics).items()
    ]
    return _table(context, ("list.name", "details"), rows)


def _projects(context: Context) -> Table:
    rows = [
        TableRow(
            (
                _name_cell(context, "projects", entry_id, entry.name),
                Cell(escape(context.words[f"project-field.{entry.field}"])),
                Cell(context.text(entry.state)),
            ),
            {"field": entry.field},
        )
        for entry_id, entry in context.handbook.of(Project).items()
    ]
    head = ("list.name", "field.project-field", "field.state")
    return _table(context, head, rows, (("field", "project-field."),))


def _latest_first(on: PartialDate | str) -> str:
    return str(on) if isinstance(on, PartialDate) else ""


def _events(context: Context) -> Table:
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


def _notices(context: Context) -> Table:
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


def _glossary(context: Context) -> Table:
    rows = []
    for entry_id, entry in context.handbook.of(Term).items():
        lao = context.in_language(entry.name.lo, "lo")
        if entry.lo_wording != "attested":
            lao = Markup('<span class="dot">{}</span>').format(lao)
        if entry.lo_wording == "doubtful":
            lao += Markup(' <span class="flag">{}</span>').format(context.words["wording.doubtful"])
        vietnamese = context.in_language(entry.name.vi, "vi")
        first, second = (vietnamese, lao) if context.language == "vi" else (lao, vietnamese)
        link = Markup('<a href="{}">{}</a>').format(context.href("glossary", entry_id), first)
        english = context.in_language(entry.name.en, "en") if entry.name.en else Markup()
        rows.append(
            TableRow((Cell(link, heading=True), Cell(second), Cell(english)), {"domain": entry.domain})
        )
    head = (
        ("field.term-vi", "field.term-lo") if context.language == "vi" else ("field.term-lo", "field.term-vi")
    )
    return _table(context, (*head, "field.term-en"), rows, (("domain", "domain."),))


def _sources(context: Context) -> Table:
    rows = []
    for entry_id, entry in context.handbook.of(Source).items():
        title = Markup('<a href="{}" lang="{}">{}</a>').format(
            context.href("sources", entry_id), entry.lang, entry.title
        )
        published = (
            context.day(entry.published)
            if isinstance(entry.published, PartialDate)
            else context.words["source.undated"]
        )
        rows.append(
            TableRow(
                (Cell(title, heading=True), Cell(context.maybe(entry.publisher)), Cell(escape(published)),
                 Cell(escape(context.words[f"language.{entry.lang}"]))),
                {"source": entry.source_kind},
            )
        )  # fmt: skip
    head = ("list.name", "field.publisher", "field.published", "field.language")
    return _table(context, head, rows, (("source", "source-kind."),))


_TABLES: dict[str, Callable[[Context], Block]] = {
    "procedures": _procedures,
    "documents": _documents,
    "journeys": journeys_table,
    "goods": _goods,
    "agreements": _agreements,
    "notices": _notices,
    "provinces": _provinces,
    "zones": _zones,
    "offices": _offices,
    "statistics": _statistics,
    "projects": _projects,
    "events": _events,
    "glossary": _glossary,
    "sources": _sources,
}


def list_view(context: Context, kind: str) -> ListView:
    """The index page of a kind."""
    words = context.words
    count = len(context.handbook.entries.get(kind, {}))
    sections = (
        _gates(context)
        if kind == "gates"
        else [Section("table", words["list.all"], (_TABLES[kind](context),))]
    )
    return ListView(
        kind, context.language, words[f"kind.{kind}"], words.fill("list.lead", n=count), tuple(sections)
    )

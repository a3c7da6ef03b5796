"""Pages of projects, events, notices and statistics."""

from decimal import Decimal

from markupsafe import Markup, escape

from generator.model.happening import Event, Notice, Project
from generator.model.scalars import UNKNOWN, PartialDate
from generator.model.statistics import Point, Series, Statistics
from generator.model.text import Name, Text
from generator.views import formats
from generator.views.blocks import (
    Bar,
    Bars,
    Block,
    Box,
    Cell,
    PageView,
    Row,
    Section,
    Status,
    Table,
    TableRow,
)
from generator.views.common import (
    base_statuses,
    closing,
    facts_section,
    facts_table,
    present,
    timeline,
    whole,
)
from generator.views.context import Context


def _page(
    context: Context,
    entry: Project | Event | Notice | Statistics,
    name: Name,
    sections: list[Section | None],
    *,
    kick: Markup | None = None,
    lead: Text | None = None,
    statuses: tuple[Status, ...] = (),
    alert: Box | None = None,
) -> PageView:
    return PageView(
        kind=entry.kind,
        id=context.key.id,
        locale=context.language,
        title=name[context.language],
        heading=context.text(name),
        kick=kick,
        other_name=context.other_name(name),
        plate=None,
        lead=context.text(lead) if lead is not None else None,
        statuses=(*statuses, *base_statuses(context, entry)),
        flag=context.words["mark.unreviewed-lo"] if context.language == "lo" else "",
        alert=alert,
        buttons=(),
        sections=present(sections),
    )


def project_view(context: Context, project: Project) -> PageView:
    """The page of a road, railway, port or other project."""
    words = context.words
    rows: list[Row | None] = [
        whole(context, "project-field", escape(words[f"project-field.{project.field}"])),
        whole(context, "state", context.text(project.state)),
        whole(context, "provinces", context.links("provinces", project.provinces))
        if project.provinces
        else None,
        whole(context, "gates", context.links("gates", project.gates)) if project.gates else None,
    ]
    sections = [
        Section("facts", words["details"], (facts_table(context, rows),)),
        facts_section(context, "statements", project.facts),
        Section("history", words["field.history"], (timeline(context, project.milestones),))
        if project.milestones
        else None,
        *closing(context, project),
    ]
    return _page(
        context, project, project.name, sections, kick=escape(words[f"project-field.{project.field}"])
    )


def span_words(context: Context, start: PartialDate | str, end: PartialDate | None) -> str:
    """A day, or from a day to a day."""
    first = context.day(start)
    return f"{first} – {formats.day(end)}" if end is not None else first


def event_view(context: Context, event: Event) -> PageView:
    """The page of a conference, meeting, visit or fair."""
    words = context.words
    rows: list[Row | None] = [
        whole(context, "on", escape(span_words(context, event.on, event.until))),
        whole(context, "event-place", context.maybe(event.place)),
        whole(context, "signed-papers", context.links("agreements", event.signed)) if event.signed else None,
    ]
    sections = [
        Section("facts", words["details"], (facts_table(context, rows),)),
        facts_section(context, "outcomes", event.outcomes),
        facts_section(context, "statements", event.facts),
        *closing(context, event),
    ]
    return _page(
        context,
        event,
        event.name,
        sections,
        kick=escape(words[f"event-kind.{event.event_kind}"]),
        lead=event.summary,
    )


def notice_status(context: Context, notice: Notice) -> Status:
    """Coming, in effect, or over."""
    words = context.words
    if not isinstance(notice.on, PartialDate):
        return Status("un", words["notice.undated"])
    if notice.on.first > context.today:
        return Status("next", words["notice.coming"], formats.day(notice.on))
    if notice.until is not None and notice.until.last < context.today:
        return Status("end", words["notice.over"], formats.day(notice.until))
    return Status("", words["notice.since"], formats.day(notice.on))


def notice_view(context: Context, notice: Notice) -> PageView:
    """The page of a change readers should know of."""
    words = context.words
    rows: list[Row | None] = [
        whole(context, "on", escape(span_words(context, notice.on, notice.until))),
        whole(context, "side", escape(words[f"side-long.{notice.side}"])),
        whole(context, "gates", context.links("gates", notice.gates)) if notice.gates else None,
        whole(context, "procedures", context.links("procedures", notice.procedures))
        if notice.procedures
        else None,
        whole(context, "agreements", context.links("agreements", notice.agreements))
        if notice.agreements
        else None,
        whole(context, "goods", context.links("goods", notice.goods)) if notice.goods else None,
    ]
    sections = [Section("facts", words["details"], (facts_table(context, rows),)), *closing(context, notice)]
    return _page(
        context, notice, notice.name, sections, lead=notice.text, statuses=(notice_status(context, notice),)
    )


# Statistics


def value_words(context: Context, series: Series, point: Point) -> Markup:
    """A value with its unit, rounding and source."""
    words = context.words
    if point.value == UNKNOWN:
        return context.unknown() + context.cite(point.sources)
    said = words.fill(f"value-unit.{series.unit}", n=formats.number(point.value))
    if point.about is not None:
        said = words.fill(f"value-about.{point.about}", value=said)
    line = Markup('<span class="nb">{}</span>').format(said) + context.cite(point.sources)
    if point.note is not None:
        line += Markup('<br><span class="small dim">{}</span>').format(context.text(point.note))
    return line


def bars_of(context: Context, series: Series, labels: list[str] | None = None) -> Bars:
    """A series as bars; of several values for one period the first is drawn and the span to the others hatched."""
    by_period: dict[str, list[tuple[Point, Decimal]]] = {}
    for point in series.points:
        if point.value != UNKNOWN:
            by_period.setdefault(point.period, []).append((point, point.value))
    top = max(
        (abs(value) for rows in by_period.values() for _, value in rows), default=Decimal(1)
    ) or Decimal(1)
    bars = []
    for index, (period, rows) in enumerate(by_period.items()):
        first = rows[0][1]
        low = min(value for _, value in rows)
        span = _percent((first - low) * 100 / abs(first)) if first and low < first else ""
        label = labels[index] if labels else formats.period(period)
        values = Markup(" / ").join(value_words(context, series, point) for point, _ in rows)
        bars.append(Bar(label, _percent(abs(first) * 100 / top), values, span))
    unit = context.words[f"unit-name.{series.unit}"]
    return Bars(f"{series.name[context.language]} ({unit})", tuple(bars))


def _percent(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1'))}%"


def series_table(context: Context, series: Series) -> Table:
    """A series as a table."""
    words = context.words
    head = (
        Cell(escape(words["field.period"])),
        Cell(escape(words["field.value"]), number=True),
    )
    rows = tuple(
        TableRow((Cell(escape(formats.period(point.period)), heading=True),
                  Cell(value_words(context, series, point), words["field.value"], number=True)))
        for point in series.points
    )  # fmt: skip
    unit = words[f"unit-name.{series.unit}"]
    return Table(head, rows, caption=f"{series.name[context.language]} ({unit})")


def ranking_bars(context: Context, statistics: Statistics) -> Bars:
    """Several series of one point each as a ranking, largest first."""
    rows = [
        (value, series)
        for series in statistics.series
        if series.points
        and series.unit == statistics.series[0].unit
        and (value := series.points[0].value) != UNKNOWN
    ]
    rows.sort(key=lambda row: (-row[0], row[1].id))
    top = rows[0][0] if rows else Decimal(1)
    bars = []
    for value, series in rows:
        point = series.points[0]
        label = f"{series.name[context.language]} ({formats.period(point.period)})"
        bars.append(Bar(label, _percent(value * 100 / top), value_words(context, series, point)))
    unit = context.words[f"unit-name.{statistics.series[0].unit}"]
    return Bars(f"{statistics.name[context.language]} ({unit})", tuple(bars))


def statistics_view(context: Context, statistics: Statistics) -> PageView:
    """The page of a set of figures: charts that are their own tables."""
    sections: list[Section | None] = []
    if statistics.chart == "ranking" and statistics.series:
        blocks: tuple[Block, ...] = (ranking_bars(context, statistics),)
        sections.append(Section("chart", context.words["field.chart"], blocks))
    for series in statistics.series:
        if statistics.chart == "ranking" and len(series.points) == 1 and series.points[0].value != UNKNOWN:
            continue
        block: Block = bars_of(context, series) if statistics.chart == "years" and len(series.points) > 2 else (
            series_table(context, series)
        )  # fmt: skip
        sections.append(Section(f"series-{series.id}", series.name[context.language], (block,)))
    sections += [facts_section(context, "statements", statistics.facts), *closing(context, statistics)]
    return _page(context, statistics, statistics.name, sections, lead=statistics.summary)

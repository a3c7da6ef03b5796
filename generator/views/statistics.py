"""Pages of figures: drawings over time with their numbers below, rankings as bars, the rest as tables."""

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup, escape

from generator.model.scalars import UNKNOWN
from generator.model.statistics import Point, Series, Statistics
from generator.views import formats
from generator.views.blocks import EMPTY, Bar, Bars, Block, Cell, Figure, PageView, Section, Table, TableRow
from generator.views.common import closing, facts_section
from generator.views.context import Context
from generator.views.figures import draw, drawable
from generator.views.happenings import happening_page

# Trade in both directions, where a table has it: the series of the whole, from Laos, from Vietnam, and their colours.
WHOLE, FROM_LAOS, FROM_VIETNAM = "total", "vn-imports", "vn-exports"
DIRECTIONS = ((FROM_LAOS, "la"), (FROM_VIETNAM, "vn"))


def value_words(context: Context, series: Series, point: Point) -> Markup:
    """A value with its unit, rounding and source."""
    words = context.words
    if point.value == UNKNOWN:
        line = context.unknown()
    else:
        said = words.fill(f"value-unit.{series.unit}", n=formats.number(point.value))
        if point.about is not None:
            said = words.fill(f"value-about.{point.about}", value=said)
        line = Markup('<span class="nb">{}</span>').format(said)
    line += context.cite(point.sources)
    if point.note is not None:
        line += Markup('<br><span class="small dim">{}</span>').format(context.text(point.note))
    return line


def captioned(context: Context, name: str, series: Series) -> str:
    """A name with the unit of the values."""
    return f"{name} ({context.words[f'unit-name.{series.unit}']})"


def values_table(context: Context, series: Sequence[Series], caption: str, table_id: str) -> Table:
    """Series as columns of a table, a row for each period any of them has."""
    words = context.words
    several = len(series) > 1
    labels = [one.name[context.language] if several else words["field.value"] for one in series]
    periods = sorted({point.period for one in series for point in one.points}) if several else [
        point.period for point in series[0].points
    ]  # fmt: skip
    rows = []
    for period in dict.fromkeys(periods):
        cells = [Cell(escape(formats.period(period)), heading=True)]
        for label, one in zip(labels, series, strict=True):
            found = [value_words(context, one, point) for point in one.points if point.period == period]
            value = Markup("<br>").join(found) if found else context.unknown()
            cells.append(Cell(value, label if several else "", number=True))
        rows.append(TableRow(tuple(cells)))
    head = (Cell(escape(words["field.period"])), *(Cell(escape(label), number=True) for label in labels))
    return Table(head, tuple(rows), caption=caption, id=table_id)


def series_figure(context: Context, series: Series, *, table: bool = True, more: Markup = EMPTY) -> Figure:
    """One series over time."""
    drawing = draw([("all", series)])
    caption = captioned(context, series.name[context.language], series)
    return Figure(
        f"figure-{series.id}",
        caption,
        context.words.fill("figure.read", caption=caption),
        drawing.columns,
        drawing.values,
        drawing.years,
        drawing.zero,
        (),
        (context.words["figure.gaps"],),
        values_table(context, [series], "", f"values-{series.id}") if table else None,
        more,
    )


def direction_figure(
    context: Context, statistics: Statistics, *, table: bool = True, more: Markup = EMPTY
) -> Figure | None:
    """Trade by year, the whole as an outline and both directions within it; None where the table has them not."""
    by_id = {series.id: series for series in statistics.series}
    if not {WHOLE, FROM_LAOS, FROM_VIETNAM} <= by_id.keys() or not drawable(by_id[WHOLE]):
        return None
    language = context.language
    drawing = draw([("whole", by_id[WHOLE])], [(name, by_id[series_id]) for series_id, name in DIRECTIONS])
    caption = captioned(context, statistics.name[language], by_id[WHOLE])
    shown = [by_id[series_id] for series_id in (WHOLE, FROM_LAOS, FROM_VIETNAM)]
    return Figure(
        "figure-directions",
        caption,
        context.words.fill("figure.read", caption=caption),
        drawing.columns,
        drawing.values,
        drawing.years,
        drawing.zero,
        tuple(
            (name, series.name[language]) for name, series in zip(("whole", "la", "vn"), shown, strict=True)
        ),
        (context.words["figure.gaps"], context.words["figure.directions"]),
        values_table(context, shown, "", "values-directions") if table else None,
        more,
    )


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
    # Of values that are all zero or less, none has a length.
    top = max([Decimal(0), *(value for value, _ in rows)]) or Decimal(1)
    bars = []
    for value, series in rows:
        point = series.points[0]
        label = f"{series.name[context.language]} ({formats.period(point.period)})"
        width = f"{(max(value, Decimal(0)) * 100 / top).quantize(Decimal('0.1'))}%"
        bars.append(Bar(label, width, value_words(context, series, point)))
    return Bars(captioned(context, statistics.name[context.language], statistics.series[0]), tuple(bars))


def _sections(context: Context, statistics: Statistics) -> list[Section]:
    sections: list[Section] = []
    shown: set[str] = set()
    if statistics.chart == "ranking" and statistics.series:
        ranking = ranking_bars(context, statistics)
        sections.append(Section("chart", context.words["field.chart"], (ranking,)))
        shown = {
            series.id
            for series in statistics.series
            if series.unit == statistics.series[0].unit
            and len(series.points) == 1
            and series.points[0].value != UNKNOWN
        }
    if statistics.chart == "years" and (figure := direction_figure(context, statistics)) is not None:
        sections.append(Section("chart", context.words["field.chart"], (figure,)))
        shown = {WHOLE, FROM_LAOS, FROM_VIETNAM}
    for series in statistics.series:
        if series.id in shown:
            continue
        name = series.name[context.language]
        block: Block
        if statistics.chart == "years" and drawable(series):
            block = series_figure(context, series)
        else:
            block = values_table(context, [series], captioned(context, name, series), f"values-{series.id}")
        sections.append(Section(f"series-{series.id}", name, (block,)))
    return sections


def statistics_view(context: Context, statistics: Statistics) -> PageView:
    """The page of a set of figures."""
    sections: list[Section | None] = [*_sections(context, statistics)]
    sections += [facts_section(context, "statements", statistics.facts), *closing(context, statistics)]
    return happening_page(context, statistics, statistics.name, sections, lead=statistics.summary)

"""The fee sheet and the times of a journey: what is known with basis and date, and what is not."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from markupsafe import Markup, escape

from generator.journeys.charges import ChargeRow, FeeSheet, fee_sheet
from generator.journeys.course import Course
from generator.journeys.timing import MINUTES, Clock, Span, time_sum
from generator.model.procedure import Duration, TimeUnit
from generator.views import formats
from generator.views.blocks import Box, Cell, Items, Row, Section, Table
from generator.views.common import facts_table, whole
from generator.views.context import Context
from generator.views.procedures import ChargeLine, duration_words, fee_table, nothing_else, side_name

# Units in which a sum is said, by clock, largest first; a unit is used from two of it on, the last one always.
UNITS: dict[Clock, tuple[TimeUnit, ...]] = {
    "working": ("working-day", "working-hour"),
    "running": ("day", "hour", "minute"),
}


def totals_words(context: Context, sheet: FeeSheet) -> Markup:
    """`Phía Việt Nam: 20.000 đồng + 2 bước chưa rõ`: a total never swallows an unknown."""
    words = context.words
    sums = [
        Markup('{}: <b class="nb">{}</b>').format(
            side_name(context, side), formats.money(amount, currency, words)
        )
        for side, currency, amount in sheet.totals
    ]
    known = Markup("; ").join(sums) if sums else context.unknown()
    if sheet.open_amounts:
        known += escape(words.fill("fees.open-amounts", n=sheet.open_amounts))
    return known + escape(words.fill("fees.and-unknown", n=len(sheet.unknown))) if sheet.unknown else known


def step_link(context: Context, n: int) -> Markup:
    """A link to a step of the page."""
    return Markup('<a href="#step-{}">{}</a>').format(n, context.words.fill("step-n-low", n=n))


def fees_section(context: Context, course: Course) -> Section:
    """Every charge known, by step; what may arise; what sources say in words; what is not known."""
    words = context.words
    sheet = fee_sheet(course, context.today)
    blocks: list[Table | Items | Box] = []
    if sheet.rows:
        table = fee_table(context, [_line(context, row) for row in sheet.rows], "fee-table")
        foot = (
            Cell(escape(words["fees.known-sum"]), heading=True),
            Cell(totals_words(context, sheet), number=True),
        )
        blocks.append(replace(table, foot=foot))
    if sheet.may_arise:
        table = fee_table(context, [_line(context, row) for row in sheet.may_arise], "fee-may-arise")
        blocks.append(replace(table, caption=words["fees.may-arise"]))
    if sheet.notes:
        lines = tuple(
            Markup("{}: {}").format(step_link(context, item.n), context.text(note))
            for item, note in sheet.notes
        )
        blocks.append(Box("", words["fees.notes"], (), lines))
    if sheet.unknown:
        steps = Markup(", ").join(step_link(context, item.n) for item in sheet.unknown)
        blocks.append(Items((Markup("<b>{}:</b> {}").format(words["fees.unknown-heading"], steps),)))
    blocks.append(Items((nothing_else(context),)))
    return Section("fees", words["fees-and-charges"], tuple(blocks))


def _line(context: Context, row: ChargeRow) -> ChargeLine:
    said = [step_link(context, item.n) for item in row.steps]
    if row.fee.valid_from is None:
        said.append(
            escape(context.words.fill("verified.gathered", date=formats.day(row.procedure.verified.on)))
        )
    return ChargeLine(row.side, row.fee, Markup(", ").join(said))


def time_section(context: Context, course: Course) -> Section:
    """The sum of the known times, how many steps are not known, and the limits to keep."""
    words = context.words
    total = time_sum(course)
    rows: list[Row | None] = [
        whole(context, f"time-{span.clock}", Markup("<b>{}</b>").format(_span_words(context, span)))
        for span in total.spans
    ]
    count = words.fill("time.unknown", n=len(total.unknown), total=total.known + len(total.unknown))
    rows.append(whole(context, "time-unknown", escape(count)))
    if total.deadlines:
        lines: Sequence[Markup] = [
            Markup("{}: {}").format(step_link(context, item.n), duration_words(context, time))
            for item, time in total.deadlines
        ]
        rows.append(whole(context, "deadlines", Markup("<br>").join(lines)))
    return Section("time", words["time"], (facts_table(context, rows), Items((escape(words["time.note"]),))))


def _span_words(context: Context, span: Span) -> str:
    """A sum in the unit in which people count it: minutes, hours or days."""
    units = UNITS[span.clock]
    unit = next((unit for unit in units if span.most >= 2 * MINUTES[unit][1]), units[-1])
    minutes = MINUTES[unit][1]
    least, most = _rounded(span.least / minutes, ROUND_FLOOR), _rounded(span.most / minutes, ROUND_CEILING)
    time = Duration(min=least or None, max=None if span.open else most, unit=unit)
    return formats.duration(time, context.words)


def _rounded(value: Decimal, way: str) -> Decimal:
    """To whole units from ten on, else to one place: a minimum down, a maximum up."""
    return value.quantize(Decimal(1) if value >= 10 else Decimal("0.1"), rounding=way)

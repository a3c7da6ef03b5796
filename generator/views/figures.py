"""Figures over time: where columns, lines and years stand in a drawing. Numbers in, geometry out; no words.

The time axis is true: a period without a value leaves a gap, a month stands at its place in the year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from generator.model.scalars import UNKNOWN, PartialDate
from generator.model.statistics import Point, Series
from generator.views import formats
from generator.views.blocks import Column, Mark

# The drawing, in its own units: wide enough that a phone shows its letters at eleven pixels or more.
WIDTH, HEIGHT = 340, 190
LEFT, RIGHT, TOP, BOTTOM = 40, 4, 10, 22
SHARE = Decimal("0.68")  # of a year's room that a column takes
MONTH_WIDTH = Decimal(5)
MOST_YEARS = 7  # written below the axis
MOST_LINES = 4
HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a figure draws: columns, values at the left, years below, and the line of zero."""

    columns: tuple[Column, ...]
    values: tuple[Mark, ...]
    years: tuple[Mark, ...]
    zero: str


def drawable(series: Series) -> bool:
    """Whether a series can be drawn over time: three values or more, each for a year or a month."""
    known = [point for point in series.points if point.value != UNKNOWN]
    return len(known) > 2 and not any("/" in point.period for point in known)


def draw(layers: Sequence[tuple[str, Series]], stacked: Sequence[tuple[str, Series]] = ()) -> Drawing:
    """Columns of each layer at its periods; `stacked` series stand on one another, within the layers.

    A layer is the class of its columns and the series. Of several values for a period the first is the column, the
    others are ticks of class `other`.
    """
    series = [one for _, one in (*layers, *stacked)]
    points = [point for one in series for point in one.points if point.value != UNKNOWN]
    years = [_date(point).year for point in points]
    first, last = min(years), max(years)
    values = [point.value for point in points if isinstance(point.value, Decimal)]
    step = _step(max(*values, Decimal(0)) - min(*values, Decimal(0)))
    low, high = _outward(min(values), step), -_outward(-max(values), step)
    frame = _Frame(first, last - first + 1, low, high)
    columns = [column for name, one in layers for column in _columns(frame, name, one)]
    base: dict[str, Decimal] = {}
    for name, one in stacked:
        columns += _columns(frame, name, one, base)
    lines = [low + step * n for n in range(int((high - low) / step) + 1)]
    every = -(-frame.years // MOST_YEARS)
    return Drawing(
        tuple(columns),
        tuple(Mark(_text(frame.y(value)), formats.number(value)) for value in lines),
        tuple(
            Mark(_text(frame.x(Decimal(year) + HALF)), str(year)) for year in range(last, first - 1, -every)
        ),
        _text(frame.y(Decimal(0))),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    first: int
    years: int
    low: Decimal
    high: Decimal

    @property
    def year_width(self) -> Decimal:
        return Decimal(WIDTH - LEFT - RIGHT) / self.years

    def x(self, when: Decimal) -> Decimal:
        return LEFT + (when - self.first) * self.year_width

    def y(self, value: Decimal) -> Decimal:
        return TOP + (self.high - value) * (HEIGHT - TOP - BOTTOM) / (self.high - self.low)


def _columns(
    frame: _Frame, name: str, series: Series, base: dict[str, Decimal] | None = None
) -> list[Column]:
    monthly = any(_date(point).month for point in series.points)
    width = MONTH_WIDTH if monthly else frame.year_width * SHARE
    if base is not None:
        width *= SHARE
    columns = []
    drawn: set[str] = set()
    for point in series.points:
        if not isinstance(point.value, Decimal):
            continue
        when = _date(point)
        within = (Decimal(when.month) - HALF) / 12 if when.month else HALF
        middle = frame.x(when.year + within)
        if point.period in drawn:
            y = frame.y(point.value)
            columns.append(Column("other", _text(middle - width / 2), _text(y), _text(width), "1"))
            continue
        drawn.add(point.period)
        start = base.get(point.period, Decimal(0)) if base is not None else Decimal(0)
        if base is not None:
            base[point.period] = start + point.value
        top, bottom = frame.y(max(start, start + point.value)), frame.y(min(start, start + point.value))
        columns.append(Column(name, _text(middle - width / 2), _text(top), _text(width), _text(bottom - top)))
    return columns


def _date(point: Point) -> PartialDate:
    return PartialDate.parse(point.period.partition("/")[0])


def _step(span: Decimal) -> Decimal:
    """The smallest 1, 2 or 5 times a power of ten that needs few enough lines."""
    step = Decimal(1)
    while step * MOST_LINES > span:
        step /= 10
    while True:
        for factor in (1, 2, 5):
            if step * factor * MOST_LINES >= span:
                return (step * factor).normalize()
        step *= 10


def _outward(value: Decimal, step: Decimal) -> Decimal:
    """The line at or below a negative value; zero for any other."""
    return min(Decimal(0), (value / step).to_integral_value(rounding=ROUND_FLOOR) * step)


def _text(value: Decimal) -> str:
    return format(value.quantize(Decimal("0.1")).normalize(), "f")

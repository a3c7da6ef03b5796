"""How long a journey takes: the sum of the known times, and the limits the traveller has to keep."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.journeys.course import Course, CourseStep
from generator.model.procedure import Duration, TimeUnit

Clock = Literal["working", "running"]

# Minutes counted for one unit, by the clock it runs on: working time stands still at night, running time does not.
# A working day is eight hours, as the customs laws' "working hours" are.
MINUTES: dict[TimeUnit, tuple[Clock, int]] = {
    "minute": ("running", 1),
    "hour": ("running", 60),
    "working-hour": ("working", 60),
    "day": ("running", 24 * 60),
    "working-day": ("working", 8 * 60),
    "month": ("running", 30 * 24 * 60),
    "year": ("running", 365 * 24 * 60),
}


@dataclass(frozen=True, slots=True)
class Span:
    """Least and most in minutes of one clock; `open` where a step has no known most."""

    clock: Clock
    least: Decimal
    most: Decimal
    open: bool


@dataclass(frozen=True, slots=True)
class TimeSum:
    """The known times of the steps that are always done, per clock, and how many of those steps are not known.

    `deadlines` are limits for the traveller: they are no time to wait and are left out of the sum.
    """

    spans: tuple[Span, ...]
    known: int
    unknown: tuple[CourseStep, ...]
    deadlines: tuple[tuple[CourseStep, Duration], ...]


def time_sum(course: Course) -> TimeSum:
    """The time of a journey."""
    spans: dict[Clock, Span] = {}
    unknown: list[CourseStep] = []
    deadlines: list[tuple[CourseStep, Duration]] = []
    known = 0
    for item in course.steps:
        time = item.step.time if item.step is not None else None
        if isinstance(time, Duration) and time.deadline:
            deadlines.append((item, time))
        elif item.conditional:
            continue
        elif isinstance(time, Duration):
            known += 1
            clock = MINUTES[time.unit][0]
            spans[clock] = _added(spans.get(clock, Span(clock, Decimal(0), Decimal(0), False)), time)
        else:
            unknown.append(item)
    ordered = tuple(spans[clock] for clock in ("working", "running") if clock in spans)
    return TimeSum(ordered, known, tuple(unknown), tuple(deadlines))


def _added(span: Span, time: Duration) -> Span:
    minutes = MINUTES[time.unit][1]
    least = time.min if time.min is not None else Decimal(0)
    most = time.max if time.max is not None else least
    return Span(
        span.clock, span.least + least * minutes, span.most + most * minutes, span.open or time.max is None
    )

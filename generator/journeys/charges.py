"""The fee sheet of a journey: every official charge known, what may arise, and what nobody knows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.journeys.course import Course, CourseStep
from generator.model.entry import Side
from generator.model.procedure import Currency, Fee, Procedure
from generator.model.scalars import UNKNOWN
from generator.model.text import Text


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """A charge, who takes it, and the steps at which it falls due; without steps it may arise on the way.

    `conditional` says that it falls due in some cases only, so it is listed but not summed.
    """

    procedure_id: str
    procedure: Procedure
    fee: Fee
    side: Side
    steps: tuple[CourseStep, ...]

    @property
    def conditional(self) -> bool:
        return all(step.conditional for step in self.steps)


@dataclass(frozen=True, slots=True)
class FeeSheet:
    """Charges tied to steps, charges that may arise, what a step says of charges in words, and what is not known.

    `totals` are the sums of the known charges that always fall due, by side and currency. `unknown` are the steps
    of which no source says whether and what they cost; `open_amounts` counts charges whose amount is not known.
    """

    rows: tuple[ChargeRow, ...]
    may_arise: tuple[ChargeRow, ...]
    notes: tuple[tuple[CourseStep, Text], ...]
    unknown: tuple[CourseStep, ...]
    totals: tuple[tuple[Side, Currency, Decimal], ...]

    @property
    def open_amounts(self) -> int:
        return sum(row.fee.amount == UNKNOWN for row in self.rows)


def fee_sheet(course: Course, day: date) -> FeeSheet:
    """The charges of a journey on `day`."""
    tied: dict[tuple[str, str], list[CourseStep]] = {}
    notes: list[tuple[CourseStep, Text]] = []
    unknown: list[CourseStep] = []
    procedures: dict[str, Procedure] = {}
    for item in course.steps:
        if item.procedure is None or item.step is None or item.leg.procedure is None:
            unknown.append(item)
            continue
        procedures[item.leg.procedure] = item.procedure
        if item.step.fees != UNKNOWN:
            for fee_id in item.step.fees:
                tied.setdefault((item.leg.procedure, fee_id), []).append(item)
        elif item.step.fee_note is None:
            unknown.append(item)
        if item.step.fee_note is not None:
            notes.append((item, item.step.fee_note))
    rows: list[ChargeRow] = []
    may_arise: list[ChargeRow] = []
    for procedure_id, procedure in procedures.items():
        named = {fee_id for step in procedure.steps if step.fees != UNKNOWN for fee_id in step.fees}
        for fee in procedure.fees:
            steps = tuple(tied.get((procedure_id, fee.id), ()))
            if not fee.holds_on(day) or (fee.id in named and not steps):
                continue
            row = ChargeRow(procedure_id, procedure, fee, _taker(procedure, fee, steps), steps)
            (rows if steps else may_arise).append(row)
    rows.sort(key=lambda row: row.steps[0].n)
    return FeeSheet(tuple(rows), tuple(may_arise), tuple(notes), tuple(unknown), _totals(rows))


def _taker(procedure: Procedure, fee: Fee, steps: tuple[CourseStep, ...]) -> Side:
    """Who takes a charge: by its own word, else by the step it falls due at, else by the procedure."""
    if fee.side is not None:
        return fee.side
    sides = {step.leg.side for step in steps}
    return sides.pop() if len(sides) == 1 else procedure.side


def _totals(rows: list[ChargeRow]) -> tuple[tuple[Side, Currency, Decimal], ...]:
    sums: dict[tuple[Side, Currency], Decimal] = {}
    for row in rows:
        if row.fee.amount != UNKNOWN and not row.conditional:
            key = (row.side, row.fee.currency)
            sums[key] = sums.get(key, Decimal(0)) + row.fee.amount
    return tuple((side, currency, amount) for (side, currency), amount in sorted(sums.items()))

"""A journey as it is travelled: numbered steps with the facts of their procedures, papers, charges and times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.journeys.order import order_legs
from generator.model.document import Document
from generator.model.gate import Gate
from generator.model.journey import Journey, Leg
from generator.model.procedure import Duration, Fee, Procedure, Refusal, Step
from generator.model.scalars import UNKNOWN
from generator.reading.handbook import Handbook


@dataclass(frozen=True, slots=True)
class CourseStep:
    """One numbered step: the leg as the journey uses it and, where a source covers it, the procedure's step."""

    n: int
    leg: Leg
    procedure: Procedure | None
    step: Step | None

    @property
    def conditional(self) -> bool:
        """Whether it is done in some cases only."""
        return self.leg.only_if is not None or (self.step is not None and self.step.only_if is not None)

    @property
    def fees(self) -> tuple[Fee, ...] | None:
        """The charges of the step by its procedure; None where they are not known."""
        if self.step is None or self.procedure is None or self.step.fees == UNKNOWN:
            return None
        by_id = {fee.id: fee for fee in self.procedure.fees}
        return tuple(by_id[fee_id] for fee_id in self.step.fees if fee_id in by_id)


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """A charge of the journey: which step, which side, and the fee; None where nobody knows it."""

    step: CourseStep
    side: str
    fee: Fee | None


@dataclass(frozen=True, slots=True)
class FeeSheet:
    """Every official charge known, what is not known, and the sums of the known ones per currency.

    Charges that may not arise (conditional steps) are listed but not summed.
    """

    rows: tuple[ChargeRow, ...]
    unknown: tuple[CourseStep, ...]
    totals: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class TimeSum:
    """Known least and most in hours by the clock of working time: see `HOURS`; and how many steps are unknown."""

    least: Decimal
    most: Decimal
    known: int
    unknown: int


@dataclass(frozen=True, slots=True)
class PackItem:
    """A paper to carry: where it is got (`brought`, `laos` or `vietnam`), and the steps that make and use it."""

    paper: str
    got: str
    made_at: int | None
    used_at: tuple[int, ...]
    conditional: bool


# Hours counted for one unit; a working day is eight hours, as the customs laws' "working hours" are.
HOURS = {
    "minute": Decimal(1) / 60,
    "hour": Decimal(1),
    "working-hour": Decimal(1),
    "day": Decimal(24),
    "working-day": Decimal(8),
    "month": Decimal(24 * 30),
    "year": Decimal(24 * 365),
}


@dataclass(frozen=True)
class Course:
    """A journey in order. `crossing` is the number of the step at which the border is passed."""

    journey_id: str
    journey: Journey
    steps: tuple[CourseStep, ...]
    crossing: int

    def fee_sheet(self, day: date) -> FeeSheet:
        """Charges on `day`, per step."""
        rows: list[ChargeRow] = []
        unknown: list[CourseStep] = []
        totals: dict[str, Decimal] = {}
        for step in self.steps:
            fees = step.fees
            if fees is None:
                if step.step is not None and step.step.fee_note is None:
                    unknown.append(step)
                continue
            for fee in fees:
                if not fee.holds_on(day):
                    continue
                rows.append(ChargeRow(step, step.leg.side, fee))
                if fee.amount != UNKNOWN and not step.conditional:
                    totals[fee.currency] = totals.get(fee.currency, Decimal(0)) + fee.amount
        return FeeSheet(tuple(rows), tuple(unknown), tuple(sorted(totals.items())))

    def time(self) -> TimeSum:
        """Sum of the known times of the steps that are always done."""
        least = most = Decimal(0)
        known = unknown = 0
        for step in self.steps:
            if step.conditional:
                continue
            time = step.step.time if step.step is not None else UNKNOWN
            if isinstance(time, Duration) and time.deadline:
                continue
            if not isinstance(time, Duration):
                unknown += 1
                continue
            known += 1
            low = time.min if time.min is not None else Decimal(0)
            high = time.max if time.max is not None else low
            least += low * HOURS[time.unit]
            most += high * HOURS[time.unit]
        return TimeSum(least, most, known, unknown)

    def pack_list(self) -> tuple[PackItem, ...]:
        """Every paper of the journey once: what is brought along first, then what is got on the way."""
        made: dict[str, CourseStep] = {}
        used: dict[str, list[CourseStep]] = {}
        for step in self.steps:
            for paper in step.leg.produces:
                made.setdefault(paper, step)
            for paper in step.leg.consumes:
                used.setdefault(paper, []).append(step)
        items = []
        for paper in (
            *self.journey.brought_along,
            *(paper for paper in made if paper not in self.journey.brought_along),
        ):
            users = used.get(paper, [])
            maker = made.get(paper)
            got = (
                "brought"
                if paper in self.journey.brought_along
                else str(maker.leg.side if maker else "brought")
            )
            conditional = bool(users) and all(step.conditional for step in users)
            items.append(
                PackItem(
                    paper,
                    got if got != "both" else "brought",
                    maker.n if maker is not None and got != "brought" else None,
                    tuple(step.n for step in users),
                    conditional,
                )
            )
        return tuple(items)

    def papers_over_the_border(self) -> tuple[str, ...]:
        """Papers made or brought before the border and used behind it."""
        before = set(self.journey.brought_along)
        for step in self.steps[: self.crossing]:
            before |= set(step.leg.produces)
        behind: dict[str, None] = {}
        for step in self.steps[self.crossing :]:
            behind.update(dict.fromkeys(paper for paper in step.leg.consumes if paper in before))
        return tuple(behind)

    def refusals(self) -> tuple[tuple[CourseStep, Refusal], ...]:
        """Why loads are turned back, each with the step of this journey that prevents it."""
        found = []
        for step in self.steps:
            if step.procedure is None or step.step is None:
                continue
            found += [(step, refusal) for refusal in step.procedure.refusals if refusal.step == step.step.n]
        return tuple(found)


def course_of(handbook: Handbook, journey_id: str) -> Course:
    """The journey in its derived order; legs of a cycle are left out (the check reports them)."""
    journey = handbook.get(Journey, journey_id)
    procedures = handbook.of(Procedure)
    steps = []
    for n, index in enumerate(order_legs(journey).legs, 1):
        leg = journey.legs[index]
        procedure = procedures.get(leg.procedure) if leg.procedure else None
        step = next((item for item in procedure.steps if item.n == leg.step), None) if procedure else None
        steps.append(CourseStep(n, leg, procedure, step))
    return Course(journey_id, journey, tuple(steps), _crossing(journey, steps))


def _crossing(journey: Journey, steps: Sequence[CourseStep]) -> int:
    """How many steps lie before the border: up to the first of the other side that needs the goods or the person there.

    The border is passed after the last step of the country of departure, or at a step both sides share; steps that the
    partner does at home beforehand do not count as a passage.
    """
    leaving = "laos" if journey.direction == "la-to-vn" else "vietnam"
    shared = [step.n for step in steps if step.leg.side == "both"]
    if shared:
        return shared[-1]
    own = [step.n for step in steps if step.leg.side == leaving]
    return own[-1] if own else 0


def fits_gate(handbook: Handbook, journey: Journey, gate_id: str, day: date) -> bool:
    """Whether the journey can use a gate: by name, or by its class; services not known do not exclude it."""
    where = journey.gates
    if where.gates:
        return gate_id in where.gates
    if where.classes:
        period = handbook.get(Gate, gate_id).class_on(day)
        return period is not None and period.gate_class in where.classes
    return True


def paper_names(handbook: Handbook, ids: Sequence[str], language: str) -> list[str]:
    """Names of papers in a language."""
    documents = handbook.of(Document)
    return [documents[paper].name[language] if paper in documents else paper for paper in ids]

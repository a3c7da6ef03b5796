"""A journey as it is travelled: numbered steps with the facts of their procedures, its passages, papers, refusals."""

from dataclasses import dataclass

from generator.journeys.order import is_conditional, order_legs, step_of
from generator.journeys.passage import Crossing, Land, Stop, crossings, main_crossing
from generator.model.journey import Journey, Leg
from generator.model.procedure import Procedure, Refusal, Step
from generator.reading.handbook import Handbook


@dataclass(frozen=True, slots=True)
class CourseStep:
    """One numbered step: the leg as the journey uses it and, where a source covers it, the procedure's step."""

    n: int
    leg: Leg
    procedure: Procedure | None
    step: Step | None
    conditional: bool

    @property
    def at_border(self) -> bool:
        """Whether it is done at the border; what nobody knows of both sides is met there."""
        return self.step.passage is not None if self.step is not None else self.leg.side == "both"


@dataclass(frozen=True, slots=True)
class PackItem:
    """A paper of the journey: where it is got (`brought`, `laos` or `vietnam`), and the steps that make and use it.

    `carried` says that a step at the border or behind it asks for the paper, so that it must be in the vehicle.
    """

    paper: str
    got: str
    made_at: int | None
    used_at: tuple[int, ...]
    conditional: bool
    carried: bool


@dataclass(frozen=True, slots=True)
class TiedRefusal:
    """Why loads are turned back, with the step of this journey that prevents it."""

    step: CourseStep
    refusal: Refusal


@dataclass(frozen=True)
class Course:
    """A journey in order. `crossings` are its passages of the border, `crossing` the one it is made for."""

    journey_id: str
    journey: Journey
    steps: tuple[CourseStep, ...]
    crossings: tuple[Crossing, ...]
    crossing: Crossing

    def pack_list(self) -> tuple[PackItem, ...]:
        """Every paper of the journey once: what is brought along first, then what is got on the way."""
        made: dict[str, CourseStep] = {}
        used: dict[str, list[CourseStep]] = {}
        for step in self.steps:
            for paper in step.leg.consumes:
                used.setdefault(paper, []).append(step)
            for paper in step.leg.produces:
                made.setdefault(paper, step)
        brought = self.journey.brought_along
        return tuple(
            self._pack_item(paper, None if paper in brought else made[paper], used.get(paper, []))
            for paper in dict.fromkeys((*brought, *made))
        )

    def _pack_item(self, paper: str, maker: CourseStep | None, users: list[CourseStep]) -> PackItem:
        got = maker.leg.side if maker is not None and maker.leg.side != "both" else "brought"
        if maker is not None and maker.leg.side == "both":
            # What both sides give out together is got at the border, in the country of arrival.
            got = self.crossing.to or "brought"
        return PackItem(
            paper=paper,
            got=got,
            made_at=maker.n if maker is not None else None,
            used_at=tuple(step.n for step in users),
            conditional=all(step.conditional for step in users)
            if users
            else bool(maker and maker.conditional),
            carried=any(step.at_border or step.n > self.crossing.after for step in users),
        )

    def papers_over(self, crossing: Crossing) -> tuple[str, ...]:
        """Papers held before a passage and used behind it, up to the next one."""
        held = set(self.journey.brought_along)
        for step in self.steps[: crossing.after]:
            held.update(step.leg.produces)
        later = [other.after for other in self.crossings if other.after > crossing.after]
        behind = self.steps[crossing.after : later[0] if later else None]
        used = dict.fromkeys(paper for step in behind for paper in step.leg.consumes)
        return tuple(paper for paper in used if paper in held)

    def refusals(self) -> tuple[TiedRefusal, ...]:
        """Why loads are turned back, each with the step of this journey that prevents it.

        Where the journey goes around the very step, its last earlier step of the same procedure stands for it.
        """
        found = []
        for procedure_id in dict.fromkeys(step.leg.procedure for step in self.steps if step.procedure):
            own = [
                step for step in self.steps if step.leg.procedure == procedure_id and step.step is not None
            ]
            for refusal in own[0].procedure.refusals if own and own[0].procedure else ():
                gates = self.journey.gates.gates
                if refusal.gate is not None and gates and refusal.gate not in gates:
                    continue
                earlier = [step for step in own if step.step is not None and step.step.n <= refusal.step]
                if earlier:
                    found.append(TiedRefusal(earlier[-1], refusal))
        return tuple(sorted(found, key=lambda tied: tied.step.n))


def course_of(handbook: Handbook, journey_id: str) -> Course:
    """The journey in its derived order; legs of a cycle are left out (the check reports them)."""
    journey = handbook.get(Journey, journey_id)
    procedures = handbook.of(Procedure)
    steps = []
    for n, index in enumerate(order_legs(handbook, journey).legs, 1):
        leg = journey.legs[index]
        procedure = procedures.get(leg.procedure) if leg.procedure else None
        steps.append(CourseStep(n, leg, procedure, step_of(handbook, leg), is_conditional(handbook, leg)))
    stops = [
        Stop(item.n, item.leg.side, item.step is not None and item.step.passage == "back")
        for item in steps
        if item.at_border
    ]
    last_of: dict[Land, int] = {item.leg.side: item.n for item in steps if item.leg.side != "both"}
    found = crossings(stops, journey.direction, last_of)
    return Course(journey_id, journey, tuple(steps), found, main_crossing(found, journey.direction))

"""The steps of a journey in two lanes, with the passages of the border between them."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from generator.journeys.course import Course, CourseStep
from generator.journeys.passage import Crossing as Passage
from generator.views.blocks import Crossing, Field, Lanes, Phase, Section, StepCard
from generator.views.context import Context
from generator.views.procedures import paper_chips, side_name, step_fields


def steps_section(context: Context, course: Course) -> Section:
    """The lanes of a journey."""
    words = context.words
    parts: list[StepCard | Crossing | Phase] = []
    starts = {_first_at_border(course, passage) for passage in course.crossings}
    if 1 not in starts:
        parts.append(Phase(words["journey.before"]))
    before: str | None = None
    for item in course.steps:
        if item.n in starts:
            parts.append(Phase(words["journey.at-border"]))
        parts.append(_card(context, item, named=item.leg.procedure == before))
        before = item.leg.procedure
        parts += _passed(context, course, item.n)
    lanes = Lanes(tuple(parts), words["lao-side"], words["vietnamese-side"])
    return Section("steps", words["steps"], (lanes,))


def _first_at_border(course: Course, passage: Passage) -> int:
    """The first of the steps at the border that lead up to a passage; 0 without any."""
    start = 0
    for item in reversed(course.steps[: passage.after]):
        if not item.at_border:
            break
        start = item.n
    return start


def _passed(context: Context, course: Course, n: int) -> list[Crossing | Phase]:
    """What stands between step `n` and the next one."""
    words = context.words
    parts: list[Crossing | Phase] = []
    for passage in course.crossings:
        if passage.after == n:
            parts.append(_border(context, course, passage))
            if n < len(course.steps):
                back = passage.back and passage != course.crossing
                parts.append(Phase(words["journey.home" if back else "journey.behind"]))
    return parts


def passage_words(context: Context, course: Course, passage: Passage, gates: Sequence[str]) -> str:
    """Through which gate to which country, there or back, in one sentence without its full stop."""
    words = context.words
    names = ", ".join(context.title_of("gates", gate) for gate in gates) or words["journey.gate"]
    if passage.to is None:
        return words.fill("journey.crossing-plain", gate=names)
    back = passage.back and passage != course.crossing
    key = "journey.crossing-back" if back else "journey.crossing-to"
    return words.fill(key, gate=names, land=words[f"country.{passage.to}"])


def _border(context: Context, course: Course, passage: Passage) -> Crossing:
    heading = passage_words(context, course, passage, course.journey.gates.gates)
    papers = paper_chips(context, course.papers_over(passage))
    if papers:
        heading = f"{heading}. {context.words['journey.handed']}"
    return Crossing(heading, papers, to=passage.to or "")


def _card(context: Context, item: CourseStep, *, named: bool) -> StepCard:
    """A step; `named` when the step before is of the same procedure, which is then not named again."""
    words = context.words
    leg = item.leg
    name = side_name(context, leg.side)
    numbers = words.fill("step-n-low", n=item.n)
    if item.procedure is None or item.step is None or leg.procedure is None:
        asked = (Field(words["journey.ask"], context.text(leg.ask)),) if leg.ask is not None else ()
        heading = Markup("{} {}").format(context.unknown(), context.text(leg.unknown))
        return StepCard(f"step-{item.n}", leg.side, name, numbers, heading, fields=asked)
    heading = context.text(leg.what) if leg.what is not None else context.text(item.step.action)
    texts = (context.text(item.step.action),) if leg.what is not None else ()
    return StepCard(
        f"step-{item.n}",
        leg.side,
        name,
        numbers,
        heading + context.cite(item.step.sources),
        texts,
        (
            *_fields(context, item),
            Field(words["journey.procedure"], _source(context, item, named=named), leads=True),
        ),
    )


def _fields(context: Context, item: CourseStep) -> tuple[Field, ...]:
    """The step's own fields, with the journey's word where it has one."""
    assert item.procedure is not None and item.step is not None
    words = context.words
    leg = item.leg
    fields = step_fields(context, item.procedure, item.step, leg.consumes, leg.produces)
    if leg.only_if is not None:
        only_if = Field(words["field.only-if"], context.text(leg.only_if))
        fields = (only_if, *(field for field in fields if field.label != only_if.label))
    if leg.place is not None:
        place = Field(words["field.step-place"], context.maybe(leg.place))
        fields = tuple(place if field.label == place.label else field for field in fields)
    # The journey has chosen among the papers that may be asked for.
    dropped = {words["field.may-consume"], words["field.may-produce"]}
    return tuple(field for field in fields if field.label not in dropped)


def _source(context: Context, item: CourseStep, *, named: bool) -> Markup:
    """The procedure's step, and its card for an officer."""
    assert item.leg.procedure is not None
    anchor = f"step-{item.leg.step}"
    procedure = item.leg.procedure
    card = context.link("cards", f"procedure-{procedure}", context.words["card.of-step"], anchor)
    said = escape(context.words["journey.same-procedure"])
    if not named:
        said = context.link("procedures", procedure, context.title_of("procedures", procedure), anchor)
    return Markup("{} · {}").format(said, card)

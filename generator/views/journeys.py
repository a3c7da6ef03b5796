"""The page of a journey, and the table of all journeys."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from generator.journeys.charges import fee_sheet
from generator.journeys.course import Course, PackItem, course_of
from generator.journeys.matching import NO_GATE, gate_fit
from generator.model.document import Document
from generator.model.gate import Gate
from generator.model.journey import Journey
from generator.model.procedure import Procedure
from generator.views.blocks import (
    Box,
    Button,
    Cell,
    Field,
    Items,
    PageView,
    PaperCard,
    Papers,
    Row,
    Section,
    Table,
    TableRow,
)
from generator.views.border_line import CLASS_ORDER, class_on, in_order
from generator.views.charges import fees_section, step_link, time_section, totals_words
from generator.views.common import base_statuses, closing, facts_section, facts_table, present, whole
from generator.views.context import Context
from generator.views.lanes import steps_section
from generator.views.papers import copies_words
from generator.views.procedures import (
    goods_classes,
    kick,
    paper_chips,
    people,
    recourses,
    refusal_line,
    side_name,
)

# Beyond this many, the gates a journey can use are counted by class and not listed.
GATES_LISTED = 16
# More papers than this are named only; the pack list tells of each.
CARDS = 12


def _papers(context: Context, course: Course) -> Section:
    """The papers of the journey: a card each if they are few, else by where they are got, and the pack list."""
    words = context.words
    items = course.pack_list()
    if len(items) <= CARDS:
        return Section("papers", words["kind.documents"], (Papers(_paper_cards(context, items)),))
    rows = [
        Row(
            f"papers-{got}",
            words[f"pack.{got}"],
            whole=_chips(paper_chips(context, [item.paper for item in items if item.got == got])),
        )
        for got in dict.fromkeys(item.got for item in items)
    ]
    more = Markup("{} {}").format(
        words["papers.on-pack"], context.link("packs", context.key.id, words["pack.open"])
    )
    return Section("papers", words["kind.documents"], (facts_table(context, rows), Items((more,))))


def _chips(papers: Sequence[Markup]) -> Markup:
    """Papers as the chips of a step."""
    said = Markup("").join(Markup("<li>{}</li>").format(paper) for paper in papers)
    return Markup('<ul class="pap">{}</ul>').format(said)


def _paper_cards(context: Context, items: Sequence[PackItem]) -> tuple[PaperCard, ...]:
    """A card each. Who issues a paper that is got on the way is told by the step where it is got."""
    words = context.words
    cards = []
    for item in items:
        document = context.handbook.get(Document, item.paper)
        steps = []
        if item.made_at is not None:
            steps.append(words.fill("paper.got-at", n=item.made_at))
        if item.used_at:
            steps.append(words.fill("paper.used-at", n=", ".join(str(n) for n in item.used_at)))
        fields = []
        if item.made_at is None:
            fields.append(Field(words["field.issued-by"], context.text(document.issued_by)))
        copies, validity = copies_words(context, document.copies), context.maybe(document.validity)
        if copies == validity == context.unknown():
            fields.append(Field(words["copies-and-validity"], context.unknown()))
        else:
            fields += [Field(words["field.copies"], copies), Field(words["field.validity"], validity)]
        if steps:
            fields.append(Field(words["steps"], escape("; ".join(steps))))
        other = context.other_name(document.name) or Markup()
        cards.append(PaperCard(item.paper, context.link("documents", item.paper), other, tuple(fields)))
    return tuple(cards)


def _sources_elsewhere(context: Context, course: Course) -> Markup | None:
    """Where the sources of the steps are listed, when this page does not cite them all."""
    if set(course.journey.sources) <= set(context.cited):
        return None
    procedures = dict.fromkeys(step.leg.procedure for step in course.steps if step.leg.procedure is not None)
    return Markup("{} {}").format(context.words["sources.elsewhere"], context.links("procedures", procedures))


def _gaps(context: Context, course: Course) -> Section | None:
    gaps = [(gap.what, gap.ask) for gap in course.journey.gaps]
    gaps += [
        (leg.unknown, leg.ask)
        for leg in course.journey.legs
        if leg.unknown is not None and leg.ask is not None
    ]
    if not gaps:
        return None
    words = context.words
    items = tuple(
        Markup("{}<br><b>{}</b> {}").format(context.text(what), words["journey.ask-colon"], context.text(ask))
        for what, ask in gaps
    )
    return Section("gaps", words["field.gaps"], (Box("", "", (), items),), aside=True)


def _refusals(context: Context, course: Course) -> Section | None:
    found = course.refusals()
    if not found:
        return None
    words = context.words
    items = tuple(
        Markup('{} <a href="#step-{}">{}</a>').format(
            refusal_line(context, tied.refusal),
            tied.step.n,
            words.fill("refusal.prevented", n=tied.step.n),
        )
        for tied in found
    )
    return Section("refusals", words["field.refusals"], (Items(items),))


def _recourse(context: Context, course: Course) -> Section | None:
    """What to do when an office refuses, by step; where to complain on each side; the way around a closed gate."""
    words = context.words
    items = [
        Markup("{}: {}").format(step_link(context, step.n), context.text(step.step.recourse))
        for step in course.steps
        if step.step is not None and step.step.recourse is not None
    ]
    for procedure_id in recourses(context):
        side = side_name(context, context.handbook.get(Procedure, procedure_id).side)
        items.append(Markup("{}: {}").format(side, context.link("procedures", procedure_id)))
    for gate_id in course.journey.gates.gates:
        heading = words.fill("plan-b.heading", gate=context.title_of("gates", gate_id))
        items.append(Markup('<a href="{}">{}</a>').format(context.href("gates", gate_id, "plan-b"), heading))
    box = Box("planb", "", (), tuple(items))
    return Section("recourse", words["field.recourse"], (box,), aside=True) if items else None


def gates_for(context: Context, journey: Journey) -> list[str]:
    """The gates a journey can use on the day, from north to south."""
    return [
        gate_id
        for gate_id, _gate in in_order(context.handbook)
        if gate_fit(context.handbook, journey, gate_id, context.today) != NO_GATE
    ]


def gate_words(context: Context, journey: Journey) -> Markup:
    """Where the journey can cross by its own word: gates by name, by class, by services, or a note."""
    words = context.words
    said = []
    if journey.gates.gates:
        said.append(context.links("gates", journey.gates.gates))
    elif journey.gates.classes:
        names = ", ".join(words[f"gate-class.{name}"] for name in journey.gates.classes)
        fitting = len(gates_for(context, journey))
        said.append(escape(words.fill("journey.gates-of-class", names=names, n=fitting)))
    if journey.gates.services:
        names = ", ".join(words[f"service.{name}"] for name in journey.gates.services)
        said.append(escape(words.fill("where.with-services", names=names)))
    if journey.gates.note is not None:
        said.append(context.text(journey.gates.note))
    return Markup("; ").join(said) if said else _classes_left(context, journey)


def _classes_left(context: Context, journey: Journey) -> Markup:
    """Where the journey itself says nothing: the classes of gates its steps leave, unless that is every class."""
    words = context.words
    gates = gates_for(context, journey)
    classes = {class_on(context.handbook.get(Gate, gate_id), context.today) for gate_id in gates}
    named = [name for name in CLASS_ORDER if name in classes]
    if not named or set(CLASS_ORDER) - {"unknown"} <= classes:
        return context.unknown()
    names = ", ".join(words[f"gate-class.{name}"] for name in named)
    return escape(words.fill("journey.gates-of-class", names=names, n=len(gates)))


def _possible_gates(context: Context, journey: Journey) -> Markup | None:
    """The gates where every step that is always done is possible, if they are few."""
    gates = gates_for(context, journey)
    if not gates or len(gates) > GATES_LISTED or set(gates) == set(journey.gates.gates):
        return None
    note = Markup('<br><span class="small dim">{}</span>').format(context.words["journey.gates-possible"])
    return context.links("gates", gates) + note


def _at_a_glance(context: Context, course: Course) -> Section:
    words = context.words
    journey = course.journey
    count = {
        side: sum(step.leg.side == side for step in course.steps) for side in ("laos", "vietnam", "both")
    }
    possible = _possible_gates(context, journey)
    rows: list[Row | None] = [
        whole(context, "who", escape(people(context, journey.who))),
        whole(context, "goods", escape(goods_classes(context, journey.goods))) if journey.goods else None,
        whole(context, "for-goods", context.links("goods", journey.for_goods)) if journey.for_goods else None,
        whole(context, "gates", gate_words(context, journey)),
        whole(context, "gates-possible", possible) if possible is not None else None,
        whole(context, "steps-count", escape(words.fill("journey.count", total=len(course.steps), **count))),
        whole(context, "known-fees", totals_words(context, fee_sheet(course, context.today))),
    ]
    return Section("glance", words["details"], (facts_table(context, rows),))


def journey_view(context: Context, journey: Journey) -> PageView:
    """The page of a journey."""
    words = context.words
    course = course_of(context.handbook, context.key.id)
    sections = [
        _at_a_glance(context, course),
        steps_section(context, course),
        _papers(context, course),
        fees_section(context, course),
        time_section(context, course),
        _refusals(context, course),
        _gaps(context, course),
        _recourse(context, course),
        facts_section(context, "statements", journey.facts),
    ]
    sections += closing(context, journey, elsewhere=_sources_elsewhere(context, course))
    return PageView(
        kind="journeys",
        id=context.key.id,
        locale=context.language,
        title=journey.name[context.language],
        heading=context.text(journey.name),
        kick=kick(context, "both", journey.direction) + escape(f" · {people(context, journey.who)}"),
        other_name=context.other_name(journey.name),
        plate=None,
        lead=context.text(journey.summary),
        statuses=base_statuses(context, journey),
        flag=words["mark.unreviewed-lo"] if context.language == "lo" else "",
        alert=None,
        buttons=(
            Button(context.href("packs", context.key.id), words["pack.open"], main=True),
            Button(context.href("cards", f"journey-{context.key.id}"), words["card.show"]),
            Button("#fees", words["fee"]),
        ),
        sections=present(sections),
    )


def journeys_table(context: Context) -> Table:
    """All journeys as a table: without JavaScript it is the finder. Rows carry what the finder asks for."""
    words = context.words
    head = tuple(
        Cell(escape(words[key]))
        for key in ("field.journey", "field.direction", "field.who", "field.goods", "field.gates")
    )
    rows = []
    for journey_id, journey in context.handbook.of(Journey).items():
        goods = (
            escape(goods_classes(context, journey.goods)) if journey.goods else escape(words["goods.none"])
        )
        cells = (
            Cell(context.link("journeys", journey_id), heading=True),
            Cell(escape(words[f"direction.{journey.direction}"]), words["field.direction"]),
            Cell(escape(people(context, journey.who)), words["field.who"]),
            Cell(goods, words["field.goods"]),
            Cell(gate_words(context, journey), words["field.gates"]),
        )
        rows.append(TableRow(cells, {"journey": journey_id}))
    return Table(head, tuple(rows), id="journeys")

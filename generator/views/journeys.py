"""The page of a journey: two lanes, papers changing hands, pack list, fee sheet, time, refusals."""

from decimal import Decimal

from markupsafe import Markup, escape

from generator.journeys.course import Course, CourseStep, FeeSheet, course_of
from generator.model.document import Document
from generator.model.gate import Gate
from generator.model.journey import Journey
from generator.views import formats
from generator.views.blocks import (
    Box,
    Button,
    Cell,
    Crossing,
    Field,
    Items,
    Lanes,
    PageView,
    PaperCard,
    Papers,
    Phase,
    Row,
    Section,
    StepCard,
    Table,
    TableRow,
)
from generator.views.common import base_statuses, closing, facts_section, facts_table, present, whole
from generator.views.context import Context
from generator.views.papers import copies_words
from generator.views.procedures import (
    fee_table,
    goods_classes,
    kick,
    paper_chips,
    people,
    refusal_line,
    side_name,
    step_fields,
)


def _card(context: Context, item: CourseStep) -> StepCard:
    words = context.words
    leg = item.leg
    numbers = words.fill("step-n-low", n=item.n)
    if item.procedure is None or item.step is None:
        asked = (Field(words["journey.ask"], context.text(leg.ask)),) if leg.ask is not None else ()
        heading = Markup("{} {}").format(context.unknown(), context.text(leg.unknown))
        return StepCard(
            f"step-{item.n}", leg.side, side_name(context, leg.side), numbers, heading, fields=asked
        )
    heading = context.text(leg.what) if leg.what is not None else context.text(item.step.action)
    assert leg.procedure is not None
    texts = []
    if leg.what is not None:
        texts.append(context.text(item.step.action))
    source = Markup('<a href="{}">{}</a>').format(
        context.href("procedures", leg.procedure, f"step-{item.step.n}"),
        context.title_of("procedures", leg.procedure),
    )
    fields = step_fields(context, item.procedure, item.step, leg.consumes, leg.produces)
    if leg.only_if is not None:
        only_if = Field(words["field.only-if"], context.text(leg.only_if))
        fields = (only_if, *(field for field in fields if field.label != words["field.only-if"]))
    if leg.place is not None:
        place = Field(words["field.step-place"], context.maybe(leg.place))
        fields = tuple(place if field.label == words["field.step-place"] else field for field in fields)
    dropped = {words["field.may-consume"], words["field.may-produce"]}
    fields = tuple(field for field in fields if field.label not in dropped)
    fields = (*fields, Field(words["journey.procedure"], source))
    return StepCard(
        f"step-{item.n}",
        leg.side,
        side_name(context, leg.side),
        numbers,
        heading + context.cite(item.step.sources),
        tuple(texts),
        fields,
    )


def _lanes(context: Context, course: Course) -> Section:
    words = context.words
    parts: list[StepCard | Crossing | Phase] = [Phase(words["journey.before"])]
    passed = course.papers_over_the_border()
    for item in course.steps:
        if item.n == course.crossing + 1:
            parts += _border(context, course, passed)
        parts.append(_card(context, item))
    if course.crossing >= len(course.steps):
        parts += _border(context, course, passed)
    lanes = Lanes(tuple(parts), words["lao-side"], words["vietnamese-side"])
    return Section("steps", words["steps"], (lanes,))


def _border(context: Context, course: Course, passed: tuple[str, ...]) -> list[Crossing | Phase]:
    words = context.words
    gates = course.journey.gates
    names = (
        ", ".join(context.title_of("gates", gate) for gate in gates.gates)
        if gates.gates
        else words["journey.gate"]
    )
    heading = words.fill("journey.crossing", gate=names)
    return [
        Phase(words["journey.at-border"]),
        Crossing(heading, paper_chips(context, passed)),
        Phase(words["journey.behind"]),
    ]


def _paper_cards(context: Context, course: Course) -> Section:
    words = context.words
    cards = []
    for item in course.pack_list():
        document = context.handbook.of(Document).get(item.paper)
        if document is None:
            continue
        used = ", ".join(str(n) for n in item.used_at)
        steps = []
        if item.made_at is not None:
            steps.append(words.fill("paper.got-at", n=item.made_at))
        if used:
            steps.append(words.fill("paper.used-at", n=used))
        fields = [
            Field(words["field.issued-by"], context.text(document.issued_by)),
            Field(words["field.copies"], copies_words(context, document.copies)),
            Field(words["field.validity"], context.maybe(document.validity)),
        ]
        if steps:
            fields.append(Field(words["steps"], escape("; ".join(steps))))
        other = context.other_name(document.name) or Markup()
        cards.append(PaperCard(context.link("documents", item.paper), other, tuple(fields)))
    return Section("papers", words["kind.documents"], (Papers(tuple(cards)),))


def totals_words(context: Context, sheet: FeeSheet) -> Markup:
    """`20.000 đồng + 2 unknown`: a total never swallows an unknown."""
    words = context.words
    sums = " + ".join(formats.money(amount, currency, words) for currency, amount in sheet.totals)  # type: ignore[arg-type]
    known = Markup('<b class="nb">{}</b>').format(sums) if sums else context.unknown()
    return known + escape(words.fill("fees.and-unknown", n=len(sheet.unknown)))


def _fees(context: Context, course: Course) -> Section:
    words = context.words
    sheet = course.fee_sheet(context.today)
    blocks: list[Table | Items | Box] = []
    rows = [(row.side, row.fee) for row in sheet.rows if row.fee is not None]
    if rows:
        table = fee_table(context, rows)
        foot = (
            Cell(escape(words["fees.known-sum"]), heading=True),
            Cell(totals_words(context, sheet), number=True),
        )
        blocks.append(Table(table.head, table.rows, foot=foot))
    if sheet.unknown:
        items = tuple(
            Markup("{}: {}").format(
                words.fill("step-n", n=step.n),
                context.text(step.leg.what or (step.step.action if step.step else None)),
            )
            for step in sheet.unknown
        )
        blocks.append(Box("", words["fees.unknown-heading"], (), items))
    blocks.append(Items((escape(words["fees.nothing-else"]),)))
    return Section("fees", words["fees-and-charges"], tuple(blocks))


def _time(context: Context, course: Course) -> Section:
    words = context.words
    total = course.time()
    span = context.unknown()
    if total.known:
        span = Markup("<b>{}</b>").format(
            words.fill(
                "time.span",
                least=formats.number(_rounded(total.least)),
                most=formats.number(_rounded(total.most)),
            )
        )
    unknown = escape(words.fill("time.unknown", n=total.unknown, total=total.known + total.unknown))
    rows: list[Row | None] = [whole(context, "time-known", span), whole(context, "time-unknown", unknown)]
    note = Items((escape(words["time.note"]),))
    return Section("time", words["time"], (facts_table(context, rows), note))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1")) if value < 10 else value.quantize(Decimal(1))


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
            refusal_line(context, refusal), step.n, words.fill("refusal.prevented", n=step.n)
        )
        for step, refusal in found
    )
    return Section("refusals", words["field.refusals"], (Items(items),))


def gate_words(context: Context, journey: Journey) -> Markup:
    """Where the journey can cross: gates by name, by class, by services, or a note."""
    words = context.words
    said = []
    if journey.gates.gates:
        said.append(context.links("gates", journey.gates.gates))
    elif journey.gates.classes:
        fitting = [
            gate_id
            for gate_id, gate in context.handbook.of(Gate).items()
            if (period := gate.class_on(context.today)) is not None
            and period.gate_class in journey.gates.classes
        ]
        names = ", ".join(words[f"gate-class.{name}"] for name in journey.gates.classes)
        said.append(escape(words.fill("journey.gates-of-class", names=names, n=len(fitting))))
    if journey.gates.services:
        names = ", ".join(words[f"service.{name}"] for name in journey.gates.services)
        said.append(escape(words.fill("where.with-services", names=names)))
    if journey.gates.note is not None:
        said.append(context.text(journey.gates.note))
    return Markup("; ").join(said) if said else context.unknown()


def _at_a_glance(context: Context, course: Course) -> Section:
    words = context.words
    journey = course.journey
    count = {
        side: sum(step.leg.side == side for step in course.steps) for side in ("laos", "vietnam", "both")
    }
    rows: list[Row | None] = [
        whole(context, "who", escape(people(context, journey.who))),
        whole(context, "goods", escape(goods_classes(context, journey.goods))) if journey.goods else None,
        whole(context, "for-goods", context.links("goods", journey.for_goods)) if journey.for_goods else None,
        whole(context, "gates", gate_words(context, journey)),
        whole(context, "steps-count", escape(words.fill("journey.count", total=len(course.steps), **count))),
        whole(context, "known-fees", totals_words(context, course.fee_sheet(context.today))),
    ]
    return Section("glance", words["details"], (facts_table(context, rows),))


def journey_view(context: Context, journey: Journey) -> PageView:
    """The page of a journey."""
    words = context.words
    course = course_of(context.handbook, context.key.id)
    sections = [
        _at_a_glance(context, course),
        _lanes(context, course),
        _paper_cards(context, course),
        _fees(context, course),
        _time(context, course),
        _refusals(context, course),
        _gaps(context, course),
        facts_section(context, "statements", journey.facts),
        *closing(context, journey),
    ]
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
    """All journeys as a table: without JavaScript it is the finder."""
    words = context.words
    head = tuple(
        Cell(escape(words[key]))
        for key in ("field.journey", "field.direction", "field.who", "field.goods", "field.gates")
    )
    rows = []
    for journey_id, journey in context.handbook.of(Journey).items():
        filters = {
            "direction": "vn-to-la la-to-vn" if journey.direction == "both" else journey.direction,
            "who": " ".join(journey.who),
            "goods": " ".join(journey.goods),
        }
        cells = (
            Cell(context.link("journeys", journey_id), heading=True),
            Cell(escape(words[f"direction.{journey.direction}"]), words["field.direction"]),
            Cell(escape(people(context, journey.who)), words["field.who"]),
            Cell(escape(goods_classes(context, journey.goods)) if journey.goods else escape(words["goods.none"]),
                 words["field.goods"]),
            Cell(gate_words(context, journey), words["field.gates"]),
        )  # fmt: skip
        rows.append(TableRow(cells, filters))
    return Table(head, tuple(rows))

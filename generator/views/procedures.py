"""The page of a procedure: who, where, papers, steps, fees, time, refusals."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.model.document import Document
from generator.model.entry import Basis
from generator.model.procedure import Duration, Fee, Procedure, Refusal, Step
from generator.model.scalars import UNKNOWN
from generator.model.text import Text
from generator.reading.validity import force_on
from generator.views import formats
from generator.views.blocks import (
    EMPTY,
    Box,
    Button,
    Cell,
    Field,
    Items,
    Lanes,
    PageView,
    Row,
    Section,
    StepCard,
    Table,
    TableRow,
)
from generator.views.common import base_statuses, closing, facts_section, facts_table, present, whole
from generator.views.context import Context


def people(context: Context, who: Sequence[str]) -> str:
    """Who it is for, in words."""
    return ", ".join(context.words[f"person.{person}"] for person in who)


def goods_classes(context: Context, goods: Sequence[str]) -> str:
    """The classes of goods, in words."""
    return ", ".join(context.words[f"goods-class.{name}"] for name in goods)


def kick(context: Context, side: str, direction: str) -> Markup:
    """The line above the heading: whose rules, and which way."""
    words = context.words
    said = Markup("")
    if side in ("vietnam", "laos"):
        said = Markup('<span class="side{}">{}</span> · ').format(
            " vn" if side == "vietnam" else "", words["vietnamese-side" if side == "vietnam" else "lao-side"]
        )
    return said + escape(words[f"direction.{direction}"])


def paper_chips(context: Context, ids: Sequence[str]) -> tuple[Markup, ...]:
    """Papers as linked chips; wording no Lao reader has settled carries its ring."""
    chips = []
    for paper in ids:
        document = context.handbook.of(Document).get(paper)
        link = context.link("documents", paper)
        if document is not None and document.lo_wording != "attested" and context.language == "lo":
            link = Markup('<span class="dot">{}</span>').format(link)
        chips.append(link)
    return tuple(chips)


def duration_words(context: Context, time: object, note: object = None) -> Markup:
    """A duration with what it counts; its note; or the mark for unknown."""
    said: list[Markup] = []
    if isinstance(time, Duration):
        line = escape(formats.duration(time, context.words))
        if time.of is not None:
            line += Markup(" ({})").format(context.text(time.of))
        said.append(line)
    if isinstance(note, Text):
        said.append(context.text(note))
    return Markup("; ").join(said) if said else context.unknown()


def fee_amount(context: Context, fee: Fee) -> Markup:
    """The amount with currency, free by rule, or unknown."""
    if fee.amount == UNKNOWN:
        return context.unknown()
    if fee.amount == 0:
        return escape(context.words["free-of-charge"])
    return Markup('<b class="nb">{}</b>').format(formats.money(fee.amount, fee.currency, context.words))


def step_fees(context: Context, procedure: Procedure, step: Step) -> Markup:
    """The charges of a step, its note, or unknown."""
    said: list[Markup] = []
    if step.fees != UNKNOWN:
        by_id = {fee.id: fee for fee in procedure.fees}
        for fee_id in step.fees:
            fee = by_id.get(fee_id)
            if fee is not None:
                said.append(Markup("{} / {}").format(fee_amount(context, fee), context.text(fee.per)))
        if not step.fees and step.fee_note is None:
            said.append(escape(context.words["free-of-charge"]))
    if step.fee_note is not None:
        said.append(context.text(step.fee_note))
    return Markup("; ").join(said) if said else context.unknown()


def step_fields(
    context: Context, procedure: Procedure, step: Step, consumes: Sequence[str], produces: Sequence[str]
) -> tuple[Field, ...]:
    """The labelled lines of a step card. Unknown fields stay."""
    words = context.words
    fields = []
    if step.only_if is not None:
        fields.append(Field(words["field.only-if"], context.text(step.only_if)))
    fields.append(Field(words["field.actor"], escape(words[f"actor.{step.actor}"])))
    place = context.maybe(step.place)
    if step.office:
        place += Markup(" ({})").format(context.link("offices", step.office))
    fields.append(Field(words["field.step-place"], place))
    if consumes:
        fields.append(Field(words["field.consumes"], papers=paper_chips(context, consumes)))
    maybe = [paper for paper in step.may_consume if paper not in consumes]
    if maybe:
        fields.append(Field(words["field.may-consume"], papers=paper_chips(context, maybe)))
    time, fee = duration_words(context, step.time, step.time_note), step_fees(context, procedure, step)
    if time == fee == context.unknown():
        fields.append(Field(words["time-and-fee"], context.unknown()))
    else:
        fields += [Field(words["time-short"], time), Field(words["fee"], fee)]
    if produces:
        fields.append(Field(words["field.produces"], papers=paper_chips(context, produces), gained=True))
    gained = [paper for paper in step.may_produce if paper not in produces]
    if gained:
        fields.append(Field(words["field.may-produce"], papers=paper_chips(context, gained), gained=True))
    if step.legal_basis:
        said = Markup("; ").join(context.basis(basis) for basis in step.legal_basis)
        fields.append(Field(words["legal-basis"], said))
    if step.recourse is not None:
        fields.append(Field(words["field.recourse"], context.text(step.recourse)))
    return tuple(fields)


def step_side(procedure: Procedure, step: Step) -> str:
    """The lane of a step: its own side, else the procedure's."""
    return step.side or procedure.side


def side_name(context: Context, side: str) -> str:
    """The side in words."""
    keys = {"laos": "lao-side", "vietnam": "vietnamese-side"}
    return context.words[keys.get(side, "side.both")]


def _steps(context: Context, procedure: Procedure) -> Section:
    words = context.words
    cards = []
    for step in procedure.steps:
        side = step_side(procedure, step)
        cards.append(
            StepCard(
                f"step-{step.n}",
                side,
                side_name(context, side),
                words.fill("step-n", n=step.n),
                context.text(step.action) + context.cite(step.sources),
                fields=step_fields(context, procedure, step, step.consumes, step.produces),
            )
        )
    return Section(
        "steps", words["steps"], (Lanes(tuple(cards), words["lao-side"], words["vietnamese-side"]),)
    )


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """A charge in a table: who takes it, and what the page adds below its name."""

    side: str
    fee: Fee
    extra: Markup = EMPTY


def fee_table(context: Context, lines: Sequence[ChargeLine], table_id: str) -> Table:
    """Charges with what they are for, who takes them, basis, validity and amount."""
    words = context.words
    head = tuple(
        Cell(escape(words[key]), number=key == "field.amount")
        for key in ("field.charge", "field.charged-by", "legal-basis", "field.amount")
    )
    body = []
    for line in lines:
        fee = line.fee
        what = context.text(fee.what) + context.cite(fee.sources)
        for extra in (fee.exempt, fee.note):
            if extra is not None:
                what += Markup('<br><span class="small dim">{}</span>').format(context.text(extra))
        basis = context.basis(fee.basis) if fee.basis is not None else context.unknown()
        if fee.valid_from is not None:
            since = words.fill("fact.from", date=formats.day(fee.valid_from))
            basis += Markup('<br><span class="small dim">{}</span>').format(since)
        if line.extra:
            what += Markup('<br><span class="small dim">{}</span>').format(line.extra)
        amount = Markup("{} / {}").format(fee_amount(context, fee), context.text(fee.per))
        taker = Markup('<span class="side{}">{}</span>').format(
            " vn" if line.side == "vietnam" else "", side_name(context, line.side)
        )
        body.append(
            TableRow(
                (
                    Cell(what, heading=True),
                    Cell(taker, words["field.charged-by"]),
                    Cell(basis, words["legal-basis"]),
                    Cell(amount, words["field.amount"], number=True),
                )
            )
        )
    return Table(head, tuple(body), id=table_id)


def recourses(context: Context) -> list[str]:
    """The procedures by which one complains or appeals."""
    return [
        procedure_id
        for procedure_id, procedure in context.handbook.of(Procedure).items()
        if procedure.recourse
    ]


def nothing_else(context: Context) -> Markup:
    """That no other charge is known: ask for a receipt; and where to complain."""
    links = context.links("procedures", recourses(context)) or context.unknown()
    return Markup("{} {} {}").format(
        context.words["fees.nothing-else"], context.words["fees.complain"], links
    )


def _fees(context: Context, procedure: Procedure) -> Section:
    words = context.words
    unknown = [step for step in procedure.steps if step.fees == UNKNOWN and step.fee_note is None]
    known = [fee for fee in procedure.fees if fee.holds_on(context.today)]
    blocks: list[Table | Items | Box] = []
    if known:
        lines = [ChargeLine(fee.side or procedure.side, fee) for fee in known]
        blocks.append(fee_table(context, lines, "fee-table"))
    if unknown:
        numbers = ", ".join(str(step.n) for step in unknown)
        blocks.append(Items((escape(words.fill("fees.unknown-steps", steps=numbers)),)))
    blocks.append(Items((nothing_else(context),)))
    return Section("fees", words["fees-and-charges"], tuple(blocks))


def _papers(context: Context, procedure: Procedure) -> Section | None:
    if not procedure.requirements:
        return None
    items = []
    for requirement in procedure.requirements:
        line = Markup(", ").join(paper_chips(context, requirement.papers))
        if requirement.what is not None:
            line = Markup("{}: {}").format(context.text(requirement.what), line)
        extra = []
        if requirement.issued_by is not None:
            extra.append(
                Markup("{}: {}").format(context.words["field.issued-by"], context.text(requirement.issued_by))
            )
        if requirement.basis:
            extra.append(context.basis(Basis(agreement=requirement.basis)))
        if requirement.note is not None:
            extra.append(context.text(requirement.note))
        line += context.cite(requirement.sources)
        if extra:
            line += Markup('<br><span class="small dim">{}</span>').format(Markup("; ").join(extra))
        items.append(line)
    return Section("papers", context.words["documents-needed"], (Items(tuple(items)),))


def refusal_line(context: Context, refusal: Refusal) -> Markup:
    """Why trucks are turned back: result, what happened, how to avoid it, at which step."""
    words = context.words
    said = Markup("<b>{}</b>. {}").format(words[f"result.{refusal.result}"], context.text(refusal.what))
    said += context.cite(refusal.sources)
    if refusal.on is not None or refusal.gate:
        where = [context.link("gates", refusal.gate)] if refusal.gate else []
        when = [escape(formats.day(refusal.on))] if refusal.on is not None else []
        said += Markup(' <span class="small dim">({})</span>').format(Markup(", ").join([*where, *when]))
    said += Markup("<br>{}: {}").format(words["refusal.avoid"], context.text(refusal.avoid))
    if refusal.note is not None:
        said += Markup(' <span class="small dim">{}</span>').format(context.text(refusal.note))
    return said


def _refusals(context: Context, procedure: Procedure) -> Section | None:
    if not procedure.refusals:
        return None
    words = context.words
    items = tuple(
        Markup('{} <a href="#step-{}">{}</a>').format(
            refusal_line(context, refusal), refusal.step, words.fill("step-n", n=refusal.step)
        )
        for refusal in procedure.refusals
    )
    return Section("refusals", words["field.refusals"], (Items(items),))


def basis_items(context: Context, procedure: Procedure) -> Items:
    """The legal basis with the status of each instrument on the day."""
    items = []
    for basis in procedure.legal_basis:
        line = context.basis(basis)
        if basis.agreement and not context.over_words(basis.agreement, basis.former):
            status = force_on(context.handbook, basis.agreement, context.today)
            line += Markup(' <span class="small dim">({})</span>').format(
                context.words[f"force.{status.force}"]
            )
        items.append(line)
    return Items(tuple(items))


def _at_a_glance(context: Context, procedure: Procedure) -> Section:
    words = context.words
    where = []
    if procedure.where.gates:
        where.append(context.links("gates", procedure.where.gates))
    if procedure.where.classes:
        where.append(escape(", ".join(words[f"gate-class.{name}"] for name in procedure.where.classes)))
    if procedure.where.services:
        names = ", ".join(words[f"service.{name}"] for name in procedure.where.services)
        where.append(escape(words.fill("where.with-services", names=names)))
    if procedure.where.note is not None:
        where.append(context.text(procedure.where.note))
    rows: list[Row | None] = [
        whole(context, "who", escape(people(context, procedure.who))),
        whole(context, "goods", escape(goods_classes(context, procedure.goods))) if procedure.goods else None,
        whole(context, "trigger", context.text(procedure.trigger)) if procedure.trigger is not None else None,
        whole(context, "where", Markup("; ").join(where) if where else context.unknown()),
        whole(context, "time", duration_words(context, procedure.time, procedure.time_note)),
    ]
    return Section("glance", words["details"], (facts_table(context, rows),))


def procedure_view(context: Context, procedure: Procedure) -> PageView:
    """The page of a procedure."""
    words = context.words
    alert = None
    if procedure.information_only is not None:
        alert = Box("", "", (context.text(procedure.information_only),))
    sections = [
        _at_a_glance(context, procedure),
        _papers(context, procedure),
        _steps(context, procedure),
        _fees(context, procedure),
        facts_section(context, "conditions", procedure.conditions),
        facts_section(context, "limits", procedure.limits),
        _refusals(context, procedure),
        facts_section(context, "penalties", procedure.penalties),
        facts_section(context, "tips", procedure.tips),
        Section("legal-basis", words["legal-basis"], (basis_items(context, procedure),)),
        *closing(context, procedure),
    ]
    return PageView(
        kind="procedures",
        id=context.key.id,
        locale=context.language,
        title=procedure.name[context.language],
        heading=context.text(procedure.name),
        kick=kick(context, procedure.side, procedure.direction),
        other_name=context.other_name(procedure.name),
        plate=None,
        lead=context.text(procedure.purpose),
        statuses=base_statuses(context, procedure),
        flag=words["mark.unreviewed-lo"] if context.language == "lo" else "",
        alert=alert,
        buttons=(
            Button(context.href("cards", f"procedure-{context.key.id}"), words["card.show"], main=True),
        ),
        sections=present(sections),
    )

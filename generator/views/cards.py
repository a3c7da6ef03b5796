"""Show-the-officer cards and pack lists: one phone screen, one printed page."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.journeys.course import Course, PackItem, course_of
from generator.model.document import Document
from generator.model.gate import Gate
from generator.model.journey import Journey
from generator.model.procedure import Procedure
from generator.model.text import Text
from generator.labels import Language, labels, other
from generator.views import formats
from generator.views.context import Context, instrument_name
from generator.views.gates import class_on
from generator.views.journeys import totals_words
from generator.views.papers import copies_words

CARD_PAPERS = 14


@dataclass(frozen=True, slots=True)
class CardRow:
    """A line of the card: the viewer's language large, the holder's small."""

    large: Markup
    small: Markup
    tick: bool = False


@dataclass(frozen=True, slots=True)
class OfficerCard:
    """A card shown to an officer of `viewer`'s language; nouns only, basis and date below."""

    title: str
    viewer: Language
    holder: Language
    side: str
    side_name: Markup
    back: str
    back_words: str
    large: Markup
    small: Markup
    heading: Markup
    rows: tuple[CardRow, ...]
    more: int
    basis: Markup
    checked: str
    checked_large: str
    flag: str


def _both(viewer: Language, value: Text) -> tuple[Markup, Markup]:
    return escape(value[viewer]), escape(value[other(viewer)])


def _paper_rows(context: Context, viewer: Language, papers: Sequence[str]) -> tuple[CardRow, ...]:
    rows = []
    for paper in papers:
        document = context.handbook.of(Document).get(paper)
        if document is not None:
            large, small = _both(viewer, document.name)
            rows.append(CardRow(large, small, tick=True))
    return tuple(rows)


def _basis(context: Context, procedures: Sequence[Procedure]) -> Markup:
    """Instruments of the procedures, each once."""
    names: dict[str, None] = {}
    for procedure in procedures:
        for basis in procedure.legal_basis:
            if basis.agreement:
                names[instrument_name(context, basis.agreement)] = None
    shown = list(names)[:6]
    return escape("; ".join(shown)) if shown else context.unknown()


def _card(
    context: Context,
    viewer: Language,
    kind: str,
    entry_id: str,
    name: Text,
    rows: Sequence[CardRow],
    heading_key: str,
    basis: Markup,
    verified: str,
) -> OfficerCard:
    large, small = _both(viewer, name)
    theirs, ours = labels(viewer), labels(other(viewer))
    side = "vietnam" if viewer == "vi" else "laos"
    side_words = theirs["vietnamese-side" if side == "vietnam" else "lao-side"]
    return OfficerCard(
        title=context.title_of(kind, entry_id),
        viewer=viewer,
        holder=other(viewer),
        side=side,
        side_name=context.in_language(side_words, viewer),
        back=context.href(kind, entry_id),
        back_words=context.title_of(kind, entry_id),
        large=large,
        small=small,
        heading=context.in_language(theirs[heading_key], viewer),
        rows=tuple(rows[:CARD_PAPERS]),
        more=max(0, len(rows) - CARD_PAPERS),
        basis=basis,
        checked=ours.fill("last-verified-on", date=verified),
        checked_large=theirs["not-official"],
        flag=theirs["mark.unreviewed-lo"],
    )


def journey_card(context: Context, journey_id: str, viewer: Language) -> OfficerCard:
    """What crosses the border on a journey, for an officer of the other side."""
    course = course_of(context.handbook, journey_id)
    papers = course.papers_over_the_border() or tuple(item.paper for item in course.pack_list())
    side = "vietnam" if viewer == "vi" else "laos"
    procedures = [
        step.procedure
        for step in course.steps
        if step.procedure is not None and step.procedure.side in (side, "both")
    ]
    return _card(
        context,
        viewer,
        "journeys",
        journey_id,
        course.journey.name,
        _paper_rows(context, viewer, papers),
        "documents-needed",
        _basis(context, procedures),
        formats.day(course.journey.verified.on),
    )


def procedure_card(context: Context, procedure_id: str, viewer: Language) -> OfficerCard:
    """A procedure's papers and charges."""
    procedure = context.handbook.get(Procedure, procedure_id)
    papers: dict[str, None] = {}
    for step in procedure.steps:
        papers.update(dict.fromkeys(step.consumes))
    for requirement in procedure.requirements:
        papers.update(dict.fromkeys(requirement.papers))
    rows = list(_paper_rows(context, viewer, list(papers)))
    for fee in procedure.fees:
        if fee.holds_on(context.today) and fee.amount != "unknown":
            texts = []
            for language in (viewer, other(viewer)):
                words = labels(language)
                amount = (
                    formats.money(fee.amount, fee.currency, words) if fee.amount else words["free-of-charge"]
                )
                texts.append(escape(f"{fee.what[language]}: {amount}"))
            rows.insert(0, CardRow(texts[0], texts[1]))
    return _card(
        context, viewer, "procedures", procedure_id, procedure.name, rows, "documents-needed",
        _basis(context, [procedure]), formats.day(procedure.verified.on),
    )  # fmt: skip


def gate_card(context: Context, gate_id: str, viewer: Language) -> OfficerCard:
    """A gate's names and class on both sides."""
    gate = context.handbook.get(Gate, gate_id)
    rows = []
    theirs, ours = labels(viewer), labels(other(viewer))
    gate_class = class_on(gate, context.today)
    rows.append(CardRow(escape(theirs[f"gate-class.{gate_class}"]), escape(ours[f"gate-class.{gate_class}"])))
    for side, half in (("lao-side", gate.laos), ("vietnamese-side", gate.vietnam)):
        if half.name is not None:
            own = f"{theirs[side]}: {half.name[viewer]}"
            rows.append(CardRow(escape(own), escape(f"{ours[side]}: {half.name[other(viewer)]}")))
        if half.road is not None:
            rows.append(CardRow(escape(half.road[viewer]), escape(half.road[other(viewer)])))
    return _card(
        context, viewer, "gates", gate_id, gate.name, rows, "details", context.unknown(),
        formats.day(gate.verified.on),
    )  # fmt: skip


# Pack lists


@dataclass(frozen=True, slots=True)
class PackLine:
    """A paper to tick: id, both names, and what is known in one line."""

    paper: str
    name: Markup
    other_name: Markup
    note: Markup


@dataclass(frozen=True, slots=True)
class PackGroup:
    """Papers by where they are got; `side` is empty, laos or vietnam."""

    heading: str
    side: str
    lines: tuple[PackLine, ...]


@dataclass(frozen=True, slots=True)
class PackView:
    """The pack list of a journey."""

    id: str
    title: str
    journey: str
    back: str
    groups: tuple[PackGroup, ...]
    fees: Markup
    note: str
    flag: str


def _pack_line(context: Context, item: PackItem) -> PackLine | None:
    document = context.handbook.of(Document).get(item.paper)
    if document is None:
        return None
    words = context.words
    note = context.text(document.issued_by) + Markup("; {}: {}").format(
        words["field.copies"], copies_words(context, document.copies)
    )
    if item.conditional:
        note += Markup("; {}").format(words["pack.if-needed"])
    return PackLine(
        item.paper, context.text(document.name), context.other_name(document.name) or Markup(), note
    )


def pack_view(context: Context, journey_id: str) -> PackView:
    """Papers to carry on a journey, by where they are got; one A4."""
    words = context.words
    course: Course = course_of(context.handbook, journey_id)
    journey: Journey = course.journey
    groups = []
    for got, side in (("brought", ""), ("laos", "laos"), ("vietnam", "vietnam")):
        lines = [_pack_line(context, item) for item in course.pack_list() if item.got == got]
        known = tuple(line for line in lines if line is not None)
        if known:
            groups.append(PackGroup(words[f"pack.{got}"], side, known))
    return PackView(
        journey_id,
        words["pack.title"],
        journey.name[context.language],
        context.href("journeys", journey_id),
        tuple(groups),
        totals_words(context, course.fee_sheet(context.today)),
        words.fill("frame.data-date", date=formats.day(context.today)),
        words["mark.unreviewed-lo"],
    )

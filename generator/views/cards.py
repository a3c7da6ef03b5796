"""Show-the-officer cards: one phone screen, one small printed page; the viewer's language first and large."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from generator.journeys.charges import fee_sheet
from generator.journeys.course import course_of
from generator.labels import Labels, Language, other
from generator.model.document import Document
from generator.model.entry import Basis, Entry
from generator.model.gate import Gate
from generator.model.procedure import Fee, Procedure, Step
from generator.model.scalars import UNKNOWN
from generator.model.text import Text
from generator.views import formats
from generator.views.border_line import class_on
from generator.views.context import Context
from generator.views.procedures import step_side

# As many papers, instruments and offices as one small page holds; papers beyond are counted.
CARD_PAPERS = 7
CARD_BASES = 3
CARD_OFFICES = 3


@dataclass(frozen=True, slots=True)
class CardRow:
    """A line of the card: the viewer's language large, the holder's small; `tick` draws a box to tick."""

    large: Markup
    small: Markup
    tick: bool = False


@dataclass(frozen=True, slots=True)
class CardLine:
    """What stands below: its key, label in both languages, and values as (viewer's words, holder's words)."""

    key: str
    label: str
    label_small: str
    values: tuple[CardRow, ...]


@dataclass(frozen=True, slots=True)
class OfficerCard:
    """A card shown to an officer of `viewer`'s language. `id` is the anchor of a step's card, else empty.

    `steps` are the cards of the single steps, where the card is a procedure's.
    """

    id: str
    title: str
    viewer: Language
    holder: Language
    side: str
    side_name: Markup
    large: Markup
    small: Markup
    below: CardRow | None
    heading: str
    rows: tuple[CardRow, ...]
    more: CardRow | None
    lines: tuple[CardLine, ...]
    checked: str
    reference: str
    flag: str
    steps: tuple["OfficerCard", ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """The page's context in the viewer's language and in the holder's."""

    theirs: Context
    ours: Context

    @classmethod
    def of(cls, context: Context, viewer: Language) -> "Pair":
        """The two contexts of a card for `viewer`."""
        return cls(replace(context, language=viewer), replace(context, language=other(viewer)))

    def row(self, value: Text, *, tick: bool = False) -> CardRow:
        """A text in both languages."""
        return CardRow(self.theirs.text(value), self.ours.text(value), tick)

    def words(self, key: str) -> CardRow:
        """Words of the interface in both languages."""
        return CardRow(escape(self.theirs.words[key]), escape(self.ours.words[key]))

    def line(self, key: str, values: Iterable[CardRow]) -> CardLine:
        """A labelled line; without any value it says unknown."""
        rows = tuple(values) or (self.words("mark.unknown"),)
        return CardLine(key.rpartition(".")[2], self.theirs.words[key], self.ours.words[key], rows)


def _papers(pair: Pair, papers: Iterable[str]) -> list[CardRow]:
    documents = pair.ours.handbook.of(Document)
    return [pair.row(documents[paper].name, tick=True) for paper in dict.fromkeys(papers)]


def _bases(pair: Pair, bases: Iterable[Basis]) -> tuple[CardRow, ...]:
    """Article and instrument, each once; those that no longer apply come last and say so."""
    rows = {
        str(pair.theirs.basis(basis)): CardRow(pair.theirs.basis(basis), pair.ours.basis(basis))
        for basis in sorted(
            bases, key=lambda basis: bool(pair.ours.over_words(basis.agreement, basis.former))
        )
    }
    return tuple(rows.values())[:CARD_BASES]


def _fee(words: Labels, fee: Fee, language: Language) -> Markup:
    if fee.amount == UNKNOWN:
        amount = words["mark.unknown"]
    else:
        amount = formats.money(fee.amount, fee.currency, words) if fee.amount else words["free-of-charge"]
    return Markup("{}: <b>{}</b> / {}").format(fee.what[language], amount, fee.per[language])


def _fees(pair: Pair, fees: Iterable[Fee]) -> list[CardRow]:
    return [
        CardRow(
            _fee(pair.theirs.words, fee, pair.theirs.language),
            _fee(pair.ours.words, fee, pair.ours.language),
        )
        for fee in fees
        if fee.holds_on(pair.ours.today)
    ]


def _more(pair: Pair, count: int) -> CardRow | None:
    """How many papers the card has no room for; they stand on the page."""
    if count <= 0:
        return None
    large, small = (context.words.fill("card.more", n=count) for context in (pair.theirs, pair.ours))
    return CardRow(escape(large), escape(small))


def _card(
    pair: Pair,
    entry: Entry,
    name: Text,
    rows: Sequence[CardRow],
    lines: Sequence[CardLine],
    *,
    card_id: str = "",
    below: Text | None = None,
    heading_key: str = "documents-needed",
) -> OfficerCard:
    context = pair.ours
    viewer = pair.theirs.language
    side = "vietnam" if viewer == "vi" else "laos"
    side_words = pair.theirs.words["vietnamese-side" if side == "vietnam" else "lao-side"]
    checked = formats.day(entry.verified.on)
    return OfficerCard(
        id=card_id,
        title=name[context.language],
        viewer=viewer,
        holder=context.language,
        side=side,
        side_name=context.in_language(side_words, viewer),
        large=pair.theirs.text(name),
        small=context.text(name),
        below=pair.row(below) if below is not None else None,
        heading=pair.theirs.words[heading_key],
        rows=tuple(rows[:CARD_PAPERS]),
        more=_more(pair, len(rows) - CARD_PAPERS),
        lines=tuple(lines),
        checked=pair.theirs.words.fill("verified.gathered", date=checked),
        reference=pair.theirs.words["not-official"],
        flag=pair.theirs.words["mark.unreviewed-lo"],
    )


def journey_card(context: Context, journey_id: str, viewer: Language) -> OfficerCard:
    """What crosses the border on a journey, for an officer of one side: papers, charges and rules of that side."""
    pair = Pair.of(context, viewer)
    course = course_of(context.handbook, journey_id)
    papers = course.papers_over(course.crossing) or tuple(item.paper for item in course.pack_list())
    side = "vietnam" if viewer == "vi" else "laos"
    theirs = {
        step.leg.procedure: step.procedure
        for step in course.steps
        if step.procedure is not None and step.procedure.side in (side, "both")
    }
    sheet = fee_sheet(course, context.today)
    lines = [
        pair.line("fee", _fees(pair, (row.fee for row in sheet.rows if row.side in (side, "both")))),
        pair.line(
            "legal-basis",
            _bases(pair, (basis for procedure in theirs.values() for basis in procedure.legal_basis)),
        ),
    ]
    gates = course.journey.gates.gates
    if gates:
        names = (context.handbook.get(Gate, gate_id).name for gate_id in gates)
        lines.insert(0, pair.line("field.gate", (pair.row(name) for name in names)))
    return _card(pair, course.journey, course.journey.name, _papers(pair, papers), lines)


def procedure_card(context: Context, procedure_id: str, viewer: Language) -> OfficerCard:
    """A procedure's papers, charges, offices and basis; behind it the card of each step."""
    pair = Pair.of(context, viewer)
    procedure = context.handbook.get(Procedure, procedure_id)
    papers = [paper for step in procedure.steps for paper in step.consumes]
    papers += [paper for requirement in procedure.requirements for paper in requirement.papers]
    lines = (
        pair.line("fee", _fees(pair, procedure.fees)),
        pair.line("card.office", _offices(pair, procedure.steps)),
        pair.line("legal-basis", _bases(pair, procedure.legal_basis)),
    )
    card = _card(pair, procedure, procedure.name, _papers(pair, papers), lines)
    return replace(card, steps=tuple(_step_card(pair, procedure, step) for step in procedure.steps))


def _step_card(pair: Pair, procedure: Procedure, step: Step) -> OfficerCard:
    by_id = {fee.id: fee for fee in procedure.fees}
    fees = _fees(pair, (by_id[fee_id] for fee_id in step.fees)) if step.fees != UNKNOWN else []
    if step.fee_note is not None:
        fees.append(pair.row(step.fee_note))
    elif step.fees == ():
        fees.append(pair.words("free-of-charge"))
    lines = [
        pair.line("fee", fees),
        pair.line("card.office", _offices(pair, (step,))),
        pair.line("legal-basis", _bases(pair, step.legal_basis or procedure.legal_basis)),
    ]
    if step.produces:
        lines.insert(0, pair.line("field.produces", _papers(pair, step.produces)))
    card = _card(
        pair,
        procedure,
        step.action,
        _papers(pair, step.consumes),
        lines,
        card_id=f"step-{step.n}",
        below=procedure.name,
    )
    # The step's own side is named, whoever is shown the card.
    side = step_side(procedure, step)
    if side == "both":
        return card
    key = "vietnamese-side" if side == "vietnam" else "lao-side"
    name = pair.ours.in_language(pair.theirs.words[key], card.viewer)
    return replace(card, side=side, side_name=name)


def _offices(pair: Pair, steps: Iterable[Step]) -> list[CardRow]:
    """Where the steps are done: the office of the handbook, else the place by its words; each once."""
    rows: dict[str, CardRow] = {}
    for step in steps:
        if step.office is not None:
            row = CardRow(
                escape(pair.theirs.title_of("offices", step.office)),
                escape(pair.ours.title_of("offices", step.office)),
            )
        elif step.place != UNKNOWN:
            row = pair.row(step.place)
        else:
            continue
        rows.setdefault(str(row.large), row)
    return list(rows.values())[:CARD_OFFICES]


def gate_card(context: Context, gate_id: str, viewer: Language) -> OfficerCard:
    """A gate's names, class and instruments on both sides."""
    pair = Pair.of(context, viewer)
    gate = context.handbook.get(Gate, gate_id)
    rows = [pair.words(f"gate-class.{class_on(gate, context.today)}")]
    for key, half in (("lao-side", gate.laos), ("vietnamese-side", gate.vietnam)):
        if half.name is not None:
            rows.append(
                CardRow(
                    escape(f"{pair.theirs.words[key]}: {half.name[pair.theirs.language]}"),
                    escape(f"{pair.ours.words[key]}: {half.name[pair.ours.language]}"),
                )
            )
        if half.road is not None:
            rows.append(pair.row(half.road))
    period = gate.class_on(context.today)
    instruments = (
        [pair.row(period.instrument)] if period is not None and period.instrument is not None else []
    )
    return _card(pair, gate, gate.name, rows, (pair.line("legal-basis", instruments),), heading_key="details")

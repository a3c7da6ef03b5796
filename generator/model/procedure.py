"""A procedure of one country (or of both): steps, papers, fees, time, refusals."""

from typing import ClassVar, Literal

from generator.model.entry import (
    AgreementRef,
    Basis,
    Cited,
    Dated,
    Direction,
    DocumentRef,
    Entry,
    Fact,
    GateRef,
    GoodsClass,
    OfficeRef,
    Person,
    Side,
)
from generator.model.gate import GateClass, Service
from generator.model.scalars import EntryId, Flag, Line, Maybe, Number, PartialDate, Whole
from generator.model.text import Name, Phrase, Strict, Text

Actor = Literal[
    "exporter",
    "importer",
    "trader",
    "declarant",
    "carrier",
    "driver",
    "traveller",
    "border-resident",
    "foreign-trader",
    "seller",
    "buyer",
    "owner",
    "operator",
    "applicant",
    "complainant",
    "customs",
    "quarantine",
    "inspection",
    "issuer",
    "committee",
    "immigration",
    "checkpoint-head",
    "mining-company",
]
TimeUnit = Literal["minute", "hour", "working-hour", "day", "working-day", "month", "year"]
RefusalResult = Literal["waits", "turned-back", "fined", "seized", "taxed", "rate-lost"]
Passage = Literal["there", "back"]
Currency = Literal["VND", "LAK", "USD"]


class Where(Strict):
    """Where it can be done: classes of gates, services a gate must have, or the gates by name."""

    classes: tuple[GateClass, ...] = ()
    services: tuple[Service, ...] = ()
    gates: tuple[GateRef, ...] = ()
    note: Text | None = None


class Duration(Strict):
    """How long something takes: least and most, in one unit. `of` says what is counted.

    `deadline: true` is a time limit for the person, not time to wait; sums leave it out.
    """

    min: Number | None = None
    max: Number | None = None
    unit: TimeUnit
    of: Text | None = None
    deadline: Flag = False


class Fee(Dated):
    """An official charge. `amount: 0` is free by rule; `unknown` is not known. Money in the currency named.

    `side` says who takes it where the procedure is one of both countries.
    """

    id: EntryId
    side: Side | None = None
    what: Text
    amount: Maybe[Number]
    currency: Currency
    per: Text
    basis: Basis | None = None
    exempt: Text | None = None
    note: Text | None = None


class Step(Cited):
    """One action. `consumes`/`produces` hold always; `may_…` only where goods, channel or person call for it.

    `passage` marks what is done at the border with the goods, the vehicle or the person there: on the way `there`, or
    on the way `back`. Everything else can be done from home.
    """

    n: Whole
    side: Side | None = None
    actor: Actor
    place: Maybe[Phrase]
    office: OfficeRef | None = None
    passage: Passage | None = None
    action: Text
    only_if: Text | None = None
    after: tuple[Whole, ...] = ()
    consumes: tuple[DocumentRef, ...] = ()
    may_consume: tuple[DocumentRef, ...] = ()
    produces: tuple[DocumentRef, ...] = ()
    may_produce: tuple[DocumentRef, ...] = ()
    time: Maybe[Duration] = "unknown"
    time_note: Text | None = None
    fees: Maybe[tuple[Line, ...]] = "unknown"
    fee_note: Text | None = None
    legal_basis: tuple[Basis, ...] = ()
    recourse: Text | None = None


class Requirement(Cited):
    """Papers asked for together, with who issues them and when they are needed."""

    papers: tuple[DocumentRef, ...]
    what: Text | None = None
    issued_by: Text | None = None
    basis: AgreementRef | None = None
    note: Text | None = None


class Refusal(Cited):
    """Why loads wait, are turned back, fined or seized, and the step that prevents it."""

    id: EntryId
    step: Whole
    side: Side
    gate: GateRef | None = None
    result: RefusalResult
    what: Text
    avoid: Text
    on: PartialDate | None = None
    note: Text | None = None


class Procedure(Entry):
    """What one side asks of a person for some goods in some direction.

    `recourse: true` marks the way to complain or appeal: other pages lead to it.
    """

    kind: ClassVar[str] = "procedures"

    name: Name
    aliases: tuple[Line, ...] = ()
    side: Side
    direction: Direction
    who: tuple[Person, ...]
    goods: tuple[GoodsClass, ...]
    purpose: Text
    trigger: Text | None = None
    where: Where = Where()
    requirements: tuple[Requirement, ...] = ()
    steps: tuple[Step, ...]
    fees: tuple[Fee, ...] = ()
    time: Maybe[Duration] = "unknown"
    time_note: Text | None = None
    legal_basis: tuple[Basis, ...]
    conditions: tuple[Fact, ...] = ()
    limits: tuple[Fact, ...] = ()
    penalties: tuple[Fact, ...] = ()
    tips: tuple[Fact, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    information_only: Text | None = None
    recourse: Flag = False

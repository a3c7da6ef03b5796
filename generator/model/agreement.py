"""Treaties, agreements, laws and decisions, with what replaced what."""

from typing import ClassVar, Literal

from generator.model.entry import AgreementRef, Cited, Dated, Entry, Fact, Side
from generator.model.scalars import Line, Maybe, PartialDate
from generator.model.text import Name, Phrase, Text

AgreementKind = Literal[
    "agreement", "treaty", "protocol", "mou", "minutes", "plan", "law", "decree", "circular", "decision", "resolution",
    "ordinance", "notice", "guideline",
]  # fmt: skip


class Suspension(Cited):
    """A time in which the instrument did not apply."""

    valid_from: PartialDate
    valid_to: PartialDate | None = None
    by: AgreementRef | None = None
    note: Text | None = None


class Reported(Cited):
    """What sources report where the dates alone do not decide, as of a day."""

    status: Literal["in-force", "not-in-force", "superseded", "unknown"]
    as_of: PartialDate
    note: Text | None = None


class Provision(Dated):
    """What one article says."""

    article: Phrase
    text: Text


class Agreement(Entry):
    """A legal instrument. Status is computed from its dates, its suspensions and its successors."""

    kind: ClassVar[str] = "agreements"

    name: Name
    aliases: tuple[Line, ...] = ()
    short_name: Text | None = None
    instrument_kind: AgreementKind
    side: Side
    number: Maybe[Line]
    parties: tuple[Text, ...]
    signed: Maybe[PartialDate]
    signed_at: Phrase | None = None
    effective: Maybe[PartialDate]
    expires: PartialDate | None = None
    supersedes: tuple[AgreementRef, ...] = ()
    supersedes_numbers: tuple[Line, ...] = ()
    amends: tuple[AgreementRef, ...] = ()
    amended_by_numbers: tuple[Phrase, ...] = ()
    implements: tuple[AgreementRef, ...] = ()
    same_as: tuple[AgreementRef, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    reported: Reported | None = None
    means: tuple[Fact, ...] = ()
    provisions: tuple[Provision, ...] = ()
    facts: tuple[Fact, ...] = ()

"""What every entry carries: sources, verification, conflicts, doubts, sign-offs."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from generator.model.scalars import EntryId, Flag, Line, Maybe, PartialDate, RefTo
from generator.model.text import Phrase, Strict, Text

Side = Literal["vietnam", "laos", "both"]
Direction = Literal["vn-to-la", "la-to-vn", "both"]
Person = Literal["enterprise", "household", "border-resident", "traveller", "carrier"]
GoodsClass = Literal["general", "agricultural", "plant", "animal", "timber", "minerals", "fuel"]

SourceRef = Annotated[EntryId, RefTo("sources")]
GateRef = Annotated[EntryId, RefTo("gates")]
ProcedureRef = Annotated[EntryId, RefTo("procedures")]
DocumentRef = Annotated[EntryId, RefTo("documents")]
AgreementRef = Annotated[EntryId, RefTo("agreements")]
ProvinceRef = Annotated[EntryId, RefTo("provinces")]
ZoneRef = Annotated[EntryId, RefTo("zones")]
OfficeRef = Annotated[EntryId, RefTo("offices")]
GoodsRef = Annotated[EntryId, RefTo("goods")]
EventRef = Annotated[EntryId, RefTo("events")]


class Cited(Strict):
    """A part that may name its own sources; without them the entry's sources stand for it."""

    sources: tuple[SourceRef, ...] = ()


class Dated(Cited):
    """A part that holds for a time. Without `valid_from` the beginning is not known."""

    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the part is valid on `day`; an end not named is open."""
        begun = self.valid_from is None or self.valid_from.first <= day
        return begun and (self.valid_to is None or day <= self.valid_to.last)


class Fact(Dated):
    """One sourced statement. `as_of` dates a count or a state; `on` dates an event."""

    text: Text
    as_of: PartialDate | None = None
    on: PartialDate | None = None


class Milestone(Cited):
    """Something that happened on a day; `on: unknown` where no source dates it."""

    on: Maybe[PartialDate]
    what: Text


class Basis(Strict):
    """A legal basis: an instrument of the handbook (or one named in words) and its article.

    `former: true` names one that sources still cite though it no longer applies; pages say so.
    """

    agreement: AgreementRef | None = None
    instrument: Phrase | None = None
    article: Phrase | None = None
    former: Flag = False


class ConflictValue(Cited):
    """One of the values that disagree, with who says so."""

    value: Phrase
    on: PartialDate | None = None


class Conflict(Strict):
    """Sources that disagree. `field` is the path of the value concerned; the verdict is the handbook's own."""

    topic: Text
    field: Line | None = None
    values: tuple[ConflictValue, ...]
    note: Text | None = None
    verdict: Text | None = None


class Unverified(Strict):
    """A claim nobody could source: shown marked, or not at all."""

    claim: Text
    field: Line | None = None


class Verified(Strict):
    """When the entry was last compared with its sources, and by whom (`editors` or an office of the handbook)."""

    on: PartialDate
    by: Line


class SignOff(Strict):
    """One reviewer's word for one field in one language, tied to the wording by digest."""

    field: Line
    on: PartialDate
    by: Line
    digest: Line


class Reviewed(Strict):
    """Sign-offs per language. A later change of either side voids the field's sign-off by itself."""

    vi: tuple[SignOff, ...] = ()
    lo: tuple[SignOff, ...] = ()


class Entry(Strict):
    """The frame of every kind. The id is the file's name and is not repeated inside."""

    kind: ClassVar[str]

    sources: tuple[SourceRef, ...]
    # Sources of single fields: path of the field -> ids.
    cites: dict[str, tuple[SourceRef, ...]] = Field(default_factory=dict)
    verified: Verified
    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None
    conflicts: tuple[Conflict, ...] = ()
    unverified: tuple[Unverified, ...] = ()
    reviewed: Reviewed = Reviewed()
    former_ids: tuple[EntryId, ...] = ()

"""A paper: who issues it, in what form, for how long. Which steps use it is derived from the procedures."""

from typing import ClassVar, Literal

from generator.model.entry import Basis, Entry, Fact, OfficeRef
from generator.model.scalars import Flag, Line, Maybe, Whole
from generator.model.text import Name, Phrase, Strict, Text

Wording = Literal["attested", "composed", "doubtful"]


class Copies(Strict):
    """Originals and copies to hand in, where a source counts them."""

    originals: Whole | None = None
    copies: Whole | None = None
    note: Text | None = None


class Document(Entry):
    """A paper that a step consumes or produces.

    `names_gate: true` says that it states the gate of passage, or is registered with an office of that gate: whoever
    diverts to another gate must have it changed.
    """

    kind: ClassVar[str] = "documents"

    name: Name
    aliases: tuple[Line, ...] = ()
    lo_wording: Wording
    side: Literal["vietnam", "laos", "either"]
    issued_by: Text
    office: OfficeRef | None = None
    form: Maybe[Phrase] = "unknown"
    validity: Maybe[Text] = "unknown"
    copies: Maybe[Copies] = "unknown"
    languages: Maybe[tuple[Literal["vi", "lo", "en"], ...]] = "unknown"
    names_gate: Flag = False
    legal_basis: tuple[Basis, ...] = ()
    obtain_from: Text | None = None
    facts: tuple[Fact, ...] = ()

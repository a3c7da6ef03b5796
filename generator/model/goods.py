"""Goods: everyday names, HS headings, controls and duty."""

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
    GoodsClass,
    ProcedureRef,
    Side,
)
from generator.model.scalars import HsCode, Line, Maybe
from generator.model.text import Name, Phrase, Strict, Text


class Heading(Cited):
    """An HS heading; always text, never a number."""

    code: HsCode
    text: Text | None = None


class EverydayNames(Strict):
    """What people call the goods, per language: used by search and the finder."""

    vi: tuple[Line, ...] = ()
    lo: tuple[Line, ...] = ()


class Control(Dated):
    """A control that applies to the goods on one side."""

    side: Side
    direction: Direction = "both"
    what: Text
    procedure: ProcedureRef | None = None
    documents: tuple[DocumentRef, ...] = ()
    basis: Basis | None = None


class Duty(Dated):
    """How the goods are taxed on one side."""

    side: Literal["vietnam", "laos"]
    direction: Direction
    rate: Maybe[Phrase]
    basis: Basis | None = None
    note: Text | None = None


class Goods(Entry):
    """Goods that cross the border."""

    kind: ClassVar[str] = "goods"

    name: Name
    aliases: tuple[Line, ...] = ()
    everyday: EverydayNames = EverydayNames()
    goods_class: tuple[GoodsClass, ...]
    headings: Maybe[tuple[Heading, ...]] = "unknown"
    direction: Direction
    controls: tuple[Control, ...] = ()
    duties: tuple[Duty, ...] = ()
    agreements: tuple[AgreementRef, ...] = ()
    facts: tuple[Fact, ...] = ()

"""The model seen from an editor: which keys a kind has, in what order, and what goes into each.

The formatter, the skeletons, the editor schemas and the browser form are all made from this.
"""

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from generator.model import scalars
from generator.model.kinds import KINDS
from generator.model.scalars import PartialDate, RefTo
from generator.model.text import Name, Text, _phrase

ShapeKind = Literal[
    "group", "list", "mapping", "text", "name", "phrase", "line", "id", "ref", "choice", "date", "clock", "number",
    "whole", "flag", "hs-code", "address", "period",
]  # fmt: skip

# Keys of the frame of an entry or of a part of it, after its own.
FRAME = (
    "valid_from", "valid_to", "conflicts", "unverified", "sources", "cites", "verified", "reviewed", "former_ids",
)  # fmt: skip

_VALIDATED: Mapping[Any, ShapeKind] = {
    scalars._clock: "clock",
    scalars._hs_code: "hs-code",
    scalars._address: "address",
    scalars._period: "period",
    scalars._entry_id: "id",
    scalars._number: "number",
    scalars._whole: "whole",
    scalars._flag: "flag",
    _phrase: "phrase",
}
_PLAIN: Mapping[Any, ShapeKind] = {
    Decimal: "number",
    int: "whole",
    bool: "flag",
    PartialDate: "date",
    str: "line",
    date: "date",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand in one place. `fields` for a group, `item` for a list, a mapping or nothing else.

    `unknown` tells that the word `unknown` may stand instead; `model` names the part for its description.
    """

    kind: ShapeKind
    fields: Mapping[str, "Shape"] = field(default_factory=dict)
    item: "Shape | None" = None
    required: bool = True
    unknown: bool = False
    choices: tuple[str, ...] = ()
    ref: str | None = None
    model: str = ""

    @property
    def numeric(self) -> bool:
        """Whether the value is written as a bare number or flag."""
        return self.kind in ("number", "whole", "flag")


@cache
def shape_of(kind: str) -> Shape:
    """The shape of an entry of `kind` (the folder's name)."""
    return _group(KINDS[kind])


@cache
def _group(model: type[BaseModel]) -> Shape:
    own = [name for name in model.model_fields if name not in FRAME]
    frame = [name for name in FRAME if name in model.model_fields]
    fields = {name: _field(model.model_fields[name]) for name in (*own, *frame)}
    return Shape("group", fields, model=model.__name__)


def _field(info: FieldInfo) -> Shape:
    shape = _shape(info.annotation, tuple(info.metadata))
    required = info.default is PydanticUndefined and info.default_factory is None
    return _with(shape, required=required)


def _with(shape: Shape, **changes: Any) -> Shape:
    values = {name: getattr(shape, name) for name in Shape.__slots__}
    return Shape(**{**values, **changes})


def _shape(annotation: Any, metadata: tuple[Any, ...] = ()) -> Shape:
    for meta in metadata:
        if isinstance(meta, RefTo):
            return Shape("ref", ref=meta.kind)
    for meta in metadata:
        kind = _VALIDATED.get(getattr(meta, "func", None))
        if kind == "phrase":
            return _with(_group(Text), kind="phrase")
        if kind:
            return Shape(kind)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _shape(arguments[0], tuple(arguments[1:]) + metadata)
    if origin is tuple:
        return Shape("list", item=_shape(arguments[0]))
    if origin is dict:
        return Shape("mapping", item=_shape(arguments[1]))
    if origin is Literal:
        return Shape("choice", choices=tuple(str(choice) for choice in arguments))
    if origin in (typing.Union, types.UnionType):
        return _union(arguments)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _text_or_group(annotation)
    return Shape(_PLAIN[annotation])


def _text_or_group(model: type[BaseModel]) -> Shape:
    if issubclass(model, Name):
        return _with(_group(model), kind="name")
    return _with(_group(model), kind="text") if issubclass(model, Text) else _group(model)


def _union(arguments: tuple[Any, ...]) -> Shape:
    """`X | None` is X, left out at will; `Maybe[X]` is X or the word unknown."""
    shapes = [_shape(argument) for argument in arguments if argument is not type(None)]
    unknown = [shape for shape in shapes if shape.choices == (scalars.UNKNOWN,)]
    known = [shape for shape in shapes if shape not in unknown]
    return _with(known[0], unknown=bool(unknown) or known[0].unknown)


def shape_at(kind: str, path: tuple[str | int, ...]) -> Shape | None:
    """The shape at a path of the data, or None where the model has nothing."""
    shape: Shape | None = shape_of(kind)
    for part in path:
        if shape is None:
            return None
        listed = isinstance(part, int) or shape.kind == "mapping"
        shape = shape.item if listed else shape.fields.get(str(part))
    return shape

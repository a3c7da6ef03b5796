"""Paths of fields as writers give them (`vietnam.road`, `steps.2.action`), held against the model and the entry."""

import re
import types
import typing
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from generator.model.entry import Entry

# `²` and `٣` are digits too, and a number of a thousand digits is none that Python reads.
_INDEX = re.compile("[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class FieldError:
    """The part of a path that leads nowhere, and what is known in its place."""

    part: str
    known: tuple[str, ...]


def field_error(entry: Entry, path: str) -> FieldError | None:
    """Where a dotted path leaves the entry, or None when it leads to a field of its kind.

    A field may be absent or unknown; an item of a list must be there. `classes` and `classes.0.on` are both paths.
    """
    annotation: Any = type(entry)
    value: Any = entry
    for part in path.split("."):
        if _INDEX.fullmatch(part) and (isinstance(value, tuple) or model_in(annotation) is None):
            count = len(value) if isinstance(value, tuple) else 0
            if int(part) >= count:
                return FieldError(part, tuple(str(index) for index in range(count)))
            value = value[int(part)]
            continue
        model = type(value) if isinstance(value, BaseModel) else model_in(annotation)
        fields = model.model_fields if model else {}
        if part not in fields:
            return FieldError(part, tuple(fields))
        annotation = fields[part].annotation
        value = getattr(value, part, None)
    return None


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The first model class inside an annotation such as `tuple[Step, ...]` or `Maybe[Text]`."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation if issubclass(annotation, BaseModel) else None
    for argument in typing.get_args(annotation):
        found = model_in(argument)
        if found is not None:
            return found
    return None

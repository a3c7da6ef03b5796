"""Every bilingual text of an entry with its path in the data."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from generator.model.text import Text
from generator.reading.references import may_hold_models
from generator.reading.source import Path


@cache
def _fields_with_texts(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name, info in model.model_fields.items() if may_hold_models(info.annotation))


def iter_texts(value: Any, path: Path = (), *, shared: bool = False) -> Iterator[tuple[Path, Text]]:
    """Each `{vi, lo}` pair as (path, text); phrases that read the same in both languages only with `shared`."""
    if isinstance(value, Text):
        if shared or value.vi != value.lo:
            yield path, value
    elif isinstance(value, BaseModel):
        for name in _fields_with_texts(type(value)):
            yield from iter_texts(getattr(value, name), (*path, name), shared=shared)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from iter_texts(item, (*path, key), shared=shared)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from iter_texts(item, (*path, index), shared=shared)


def iter_parts(value: Any, path: Path = ()) -> Iterator[tuple[Path, BaseModel]]:
    """Each part of an entry but its texts, the entry first: (path, part)."""
    if isinstance(value, Text):
        return
    if isinstance(value, BaseModel):
        yield path, value
        for name in _fields_with_texts(type(value)):
            yield from iter_parts(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from iter_parts(item, (*path, index))


def dotted(path: Path) -> str:
    """A path as writers see it: `steps.2.action`."""
    return ".".join(str(part) for part in path)

"""Typed references: find them in an entry, resolve them, answer a wrong one with the nearest right one."""

import difflib
import typing
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from generator.model.scalars import RefTo
from generator.problems import Problem
from generator.reading.fields import model_in
from generator.reading.source import Path, SourceFile

# The path in the data, the kind and the id.
Reference = tuple[Path, str, str]


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, str | None], ...]:
    """Per field the kind it refers to, or None where references may stand deeper."""
    plan = []
    for name, info in model.model_fields.items():
        kinds = [meta.kind for meta in info.metadata if isinstance(meta, RefTo)]
        kind = kinds[0] if kinds else _ref_in(info.annotation)
        if kind or may_hold_models(info.annotation):
            plan.append((name, kind))
    return tuple(plan)


def _ref_in(annotation: Any) -> str | None:
    for meta in getattr(annotation, "__metadata__", ()):
        if isinstance(meta, RefTo):
            return meta.kind
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return None
    for argument in typing.get_args(annotation):
        kind = _ref_in(argument)
        if kind:
            return kind
    return None


def may_hold_models(annotation: Any) -> bool:
    """Whether a value of this type can be, or can hold, a part of an entry."""
    if isinstance(annotation, type) and not typing.get_args(annotation):
        return issubclass(annotation, BaseModel)
    return any(may_hold_models(argument) for argument in typing.get_args(annotation))


def iter_references(entry: BaseModel) -> Iterator[Reference]:
    """Each reference as (path in the data, kind, id)."""
    found: list[Reference] = []
    _collect(entry, (), None, found)
    return iter(found)


def _collect(value: Any, path: Path, kind: str | None, found: list[Reference]) -> None:
    if isinstance(value, str):
        if kind and value != "unknown":
            found.append((path, kind, value))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            _collect(item, (*path, index), kind, found)
    elif isinstance(value, BaseModel):
        for name, of_field in _plan(type(value)):
            inner = getattr(value, name)
            # Most fields say nothing.
            if inner is not None and inner != ():
                _collect(inner, (*path, name), of_field, found)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            _collect(item, (*path, key), kind, found)


def iter_written_references(
    model: type[BaseModel], values: Mapping[str, Any], path: Path = ()
) -> Iterator[Reference]:
    """The references of an entry that is not sound, as far as its values stand where the model wants them."""
    for name, info in model.model_fields.items():
        kinds = [meta.kind for meta in info.metadata if isinstance(meta, RefTo)]
        kind = kinds[0] if kinds else _ref_in(info.annotation)
        inner = model_in(info.annotation)
        yield from _walk_written(values.get(name), (*path, name), kind, inner)


def _walk_written(
    value: Any, path: Path, kind: str | None, model: type[BaseModel] | None
) -> Iterator[Reference]:
    if isinstance(value, str):
        if kind and value != "unknown":
            yield path, kind, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk_written(item, (*path, index), kind, model)
    elif isinstance(value, Mapping) and model is not None:
        yield from iter_written_references(model, value, path)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _walk_written(item, (*path, key), kind, None)


def check_references(
    references: Iterable[Reference], source: SourceFile, known: Mapping[str, Mapping[str, Any]]
) -> Iterator[Problem]:
    """A problem for each reference (path, kind, id) that no entry answers to."""
    for path, kind, target in references:
        if target in known.get(kind, {}):
            continue
        elsewhere = [other for other, entries in known.items() if target in entries and other != kind]
        near = difflib.get_close_matches(target, list(known.get(kind, {})), n=1, cutoff=0.5)
        code = "wrong-kind" if elsewhere and not near else "unknown-reference"
        params = {
            "found": target,
            "kind": kind,
            "expected": near[0] if near else "?",
            "other": ", ".join(elsewhere),
        }
        if code == "unknown-reference" and not near:
            code = "no-such-entry"
        yield Problem(source.name, *source.place_of(path), code, params)

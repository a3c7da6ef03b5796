"""Plain values to typed entries: the model's complaints become problems with a place."""

import difflib
from collections.abc import Iterable
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel, ValidationError

from generator.model.entry import Entry
from generator.model.kinds import KINDS
from generator.model.scalars import is_entry_id
from generator.problems import Problem
from generator.reading.fields import model_in
from generator.reading.source import Path, SourceFile
from generator.reading.suggestions import suggestion

_CODES = {
    "missing": "missing-key",
    "extra_forbidden": "unknown-key",
    "literal_error": "not-a-choice",
    "enum": "not-a-choice",
    "model_type": "not-a-mapping",
    "model_attributes_type": "not-a-mapping",
    "dict_type": "not-a-mapping",
    "tuple_type": "not-a-list",
    "list_type": "not-a-list",
    "string_type": "not-text",
    "too_short": "empty-list",
}


def validate_entry(source: SourceFile, kind: str) -> tuple[Entry | None, list[Problem]]:
    """The typed entry of a readable file, or the problems that keep it from being one."""
    if source.values is None:
        return None, []
    try:
        return KINDS[kind].model_validate(_without_nulls(source.values)), []
    except ValidationError as error:
        model = KINDS[kind]
        return None, [_problem(source, model, detail) for detail in error.errors(include_url=False)]


def check_file_name(path: FilePath, name: str) -> list[Problem]:
    """The file's name is the entry's id: lower-case ASCII, digits and hyphens."""
    if path.suffix != ".yaml" or not is_entry_id(path.stem):
        return [Problem(name, 1, 1, "bad-id", {"found": path.name, "expected": _slug(path.stem) + ".yaml"})]
    return []


def _slug(text: str) -> str:
    import re
    import unicodedata

    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    ascii_only = plain.encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only.lower())[:78].strip("-") or "lao-bao"
    return slug if is_entry_id(slug) else f"{slug}-2"


def _without_nulls(value: Any) -> Any:
    """An empty value counts as a key left out, so that the model's own message names it."""
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    return value


def _problem(source: SourceFile, model: type[BaseModel], detail: Any) -> Problem:
    path = _data_path(source, detail["loc"])
    code = _CODES.get(detail["type"], detail["type"])
    params: dict[str, Any] = dict(detail.get("ctx") or {})
    found = detail.get("input")
    if isinstance(found, str):
        params["found"] = found
    params.setdefault("expected", suggestion(code, str(params.get("found", ""))))
    params["key"] = str(path[-1]) if path else ""
    if code == "missing-key":
        # A key that is there without a value is named at its own place.
        line, column = source.keys.get(path) or source.place_of(path[:-1])
        if params["key"] in ("vi", "lo"):
            code = "missing-language"
            params["field"] = ".".join(str(part) for part in path[:-1])
    elif code == "unknown-key":
        line, column = source.keys.get(path, source.place_of(path))
        params["expected"] = _nearest(params["key"], _keys_at(model, path[:-1]))
    else:
        line, column = source.place_of(path)
    if code == "not-a-choice":
        choices = [
            part.strip("'\" ") for part in str(params.get("expected", "")).replace(" or ", ", ").split(",")
        ]
        params["choices"] = ", ".join(choices)
        params["expected"] = _nearest(str(params.get("found", "")), choices)
    return Problem(source.name, line, column, code, params)


def _data_path(source: SourceFile, loc: tuple[str | int, ...]) -> Path:
    """The pydantic location without its union tags."""
    path: Path = ()
    for part in loc:
        if part in ("known", "unknown") and (*path, part) not in source.places:
            continue
        path = (*path, part)
    return path


def _nearest(word: str, choices: Iterable[str]) -> str:
    options = list(choices)
    close = difflib.get_close_matches(word, options, n=1, cutoff=0.5)
    return close[0] if close else ", ".join(sorted(options))


def _keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """The keys the model knows at a path of the data."""
    current: Any = model
    for part in path:
        if isinstance(part, int):
            continue
        fields = getattr(model_in(current), "model_fields", {})
        if part not in fields:
            return []
        current = fields[part].annotation
    return list(getattr(model_in(current), "model_fields", {}))

"""JSON Schemas for editors, one a kind, derived from the model, with titles and explanations in both languages.

They help while typing; `handbook check` decides. Draft 7 is what the YAML language servers read.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.editing.example import example_pages
from generator.editing.field_help import help_for
from generator.editing.fmt import save
from generator.editing.shape import Shape, shape_of
from generator.labels import LANGUAGES, labels
from generator.model.kinds import KINDS
from generator.model.scalars import UNKNOWN

Schema = dict[str, Any]

_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# A bare 605 or 1993 is a number to a YAML reader and a text to the handbook.
_BARE = ["string", "number"]
_SCALARS: dict[str, Schema] = {
    "line": {"type": _BARE},
    "id": {"type": "string", "pattern": _ID, "maxLength": 80},
    "date": {"type": _BARE, "pattern": r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"},
    "clock": {"type": "string", "pattern": r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$"},
    "number": {"type": _BARE, "pattern": r"^-?\d{1,15}(\.\d{1,9})?$"},
    "whole": {"type": ["string", "integer"], "pattern": r"^\d{1,9}$"},
    "flag": {"enum": [True, False, "true", "false"]},
    "hs-code": {"type": _BARE, "pattern": r"^\d{2}(\d{2}(\.\d{2}(\.\d{2}){0,2})?)?$"},
    "address": {"type": "string", "pattern": r"^(https?://[^\s/]|mailto:[^\s@]+@)"},
    "period": {"type": _BARE, "pattern": r"^\d{4}(-\d{2})?(/\d{4}(-\d{2})?)?$"},
}


def kind_schema(kind: str) -> Schema:
    """The schema of an entry of `kind`; parts of the model are definitions, so that each is said once."""
    definitions: dict[str, Schema] = {}
    shape = shape_of(kind)
    top = _group(shape, definitions)
    names = " / ".join(labels(language)[f"kind.{kind}"] for language in LANGUAGES)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": names,
        **top,
        "definitions": dict(sorted(definitions.items())),
    }


def _group(shape: Shape, definitions: dict[str, Schema]) -> Schema:
    properties = {
        key: {**_described(shape.model, key), **_value(inner, definitions)}
        for key, inner in shape.fields.items()
    }
    required = [key for key, inner in shape.fields.items() if inner.required]
    schema: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**schema, "required": required} if required else schema


def _described(model: str, key: str) -> Schema:
    said = help_for(model, key)
    return {
        "title": " / ".join(said.title[language] for language in LANGUAGES),
        "description": "\n".join(said.help[language] for language in LANGUAGES),
    }


def _value(shape: Shape, definitions: dict[str, Schema]) -> Schema:
    schema = _known(shape, definitions)
    return {"anyOf": [{"const": UNKNOWN}, schema]} if shape.unknown else schema


def _known(shape: Shape, definitions: dict[str, Schema]) -> Schema:
    if shape.item is not None:
        item = _value(shape.item, definitions)
        if shape.kind == "list":
            return {"type": "array", "items": item}
        return {"type": "object", "additionalProperties": item}
    if shape.kind == "choice":
        return {"enum": list(shape.choices)}
    if shape.kind == "ref":
        return {"type": "string", "pattern": _ID, "maxLength": 80}
    if shape.kind in _SCALARS:
        return _SCALARS[shape.kind]
    if shape.model not in definitions:
        definitions[shape.model] = {}  # holds the place while the part's own parts are described
        definitions[shape.model] = _group(shape, definitions)
    reference: Schema = {"allOf": [{"$ref": f"#/definitions/{shape.model}"}]}
    return {"anyOf": [{"type": _BARE}, reference]} if shape.kind == "phrase" else reference


def schema_files(data_dir: Path) -> Iterator[tuple[Path, str]]:
    """Each schema's path below the data folder and its text; beside the data, the annotated example of the guides."""
    for kind in KINDS:
        text = json.dumps(kind_schema(kind), ensure_ascii=False, indent=1) + "\n"
        yield data_dir / "schema" / f"{kind}.schema.json", text
    docs = data_dir.parent / "docs"
    if docs.is_dir():
        yield from example_pages(docs)


def write_schemas(data_dir: Path, *, check: bool) -> list[Path]:
    """The schemas that were not as they should be; without `check` they are written."""
    stale = []
    for path, text in schema_files(data_dir):
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(path)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                save(path, text)
    return stale

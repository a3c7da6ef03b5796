"""JSON Schemas (2020-12) of the open data, made from the model: what `/api/v1/<kind>/<id>.json` holds."""

from typing import Any

from generator.model.kinds import KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NUMBER = {"type": "number"}


def api_schema(kind: str) -> dict[str, Any]:
    """The schema of one published entry of `kind`. Its `entry` is the model's; keys nobody filled are left out."""
    model = KINDS[kind].model_json_schema(mode="validation")
    definitions = model.pop("$defs", {})
    schema = {
        "$schema": DIALECT,
        "title": kind,
        "type": "object",
        "required": ["id", "kind", "url", "as_of", "entry"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z0-9-]+$"},
            "kind": {"const": kind},
            "url": {
                "type": "object",
                "properties": {"vi": {"type": "string"}, "lo": {"type": "string"}},
                "required": ["vi", "lo"],
            },
            "as_of": {"type": "string", "format": "date"},
            "computed": {"type": "object", "additionalProperties": {"type": "string"}},
            "entry": _as_published(model),
        },
    }
    if definitions:
        schema["$defs"] = {name: _as_published(value) for name, value in definitions.items()}
    return schema


def _as_published(part: Any) -> Any:
    """The model's schema for what is written out: numbers as numbers, `unknown` beside any of them."""
    if isinstance(part, list):
        return [_as_published(item) for item in part]
    if not isinstance(part, dict):
        return part
    if part.get("anyOf") and {"type": "number"} in part["anyOf"] and len(part["anyOf"]) == 2:
        return NUMBER
    said = {
        key: _as_published(value) for key, value in part.items() if key not in ("discriminator", "default")
    }
    # The word `unknown` is a text too, so more than one branch may fit.
    if "oneOf" in said:
        said["anyOf"] = said.pop("oneOf")
    return said

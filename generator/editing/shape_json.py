"""The shape of each kind as plain values, for the browser form."""

from typing import Any

from generator.editing.shape import Shape


def shape_json(shape: Shape) -> dict[str, Any]:
    """Kind, keys in order, items, choices and references; what is empty is left out."""
    made: dict[str, Any] = {"kind": shape.kind}
    if shape.fields:
        made["fields"] = {key: shape_json(part) for key, part in shape.fields.items()}
    if shape.item is not None:
        made["item"] = shape_json(shape.item)
    if shape.unknown:
        made["unknown"] = True
    return made

"""A new entry to fill in: every key of its kind, each with its title and meaning in the writer's language."""

import textwrap
from collections.abc import Iterator

from generator.editing.field_help import help_for
from generator.editing.fmt import format_text
from generator.editing.plain_words import choice_title
from generator.editing.shape import Shape, shape_of
from generator.editing.words import Words
from generator.model.scalars import UNKNOWN

_WIDTH = 100
# Filled in by commands or never at the start.
_LATER = frozenset({"reviewed", "former_ids"})
_GIVEN = {("Verified", "by"): "editors", ("Step", "n"): "1"}


def skeleton(kind: str, words: Words) -> str:
    """The text of an empty entry, in canonical form. Keys without a value count as left out."""
    lines = [f"# {line}" for line in textwrap.wrap(words["new.head"], _WIDTH)]
    shape = shape_of(kind)
    for key, inner in shape.fields.items():
        if key not in _LATER:
            lines += _key(shape.model, key, inner, words, 0)
    return format_text("\n".join(lines) + "\n", kind)


def _key(model: str, key: str, shape: Shape, words: Words, indent: int) -> Iterator[str]:
    space = " " * indent
    for line in _about(model, key, shape, words):
        yield f"{space}# {line}"
    yield from _empty(model, key, shape, words, space)


def _empty(model: str, key: str, shape: Shape, words: Words, space: str) -> Iterator[str]:
    """The key without its value; what must be there is laid out down to its own keys."""
    given = _GIVEN.get((model, key))
    if given is not None:
        yield f"{space}{key}: {given}"
    elif not shape.required:
        yield f"{space}{key}:"
    elif shape.unknown:
        yield f"{space}{key}: {UNKNOWN}"
    elif shape.kind == "list" and shape.item is not None:
        yield from _empty_list(key, shape.item, words, space)
    elif shape.kind in ("text", "name", "phrase"):
        yield f"{space}{key}:"
        yield from (f"{space}  {locale}:" for locale in shape.fields if shape.fields[locale].required)
    elif shape.fields:
        yield f"{space}{key}:"
        for name, inner in shape.fields.items():
            yield from _key(shape.model, name, inner, words, len(space) + 2)
    else:
        yield f"{space}{key}:"


def _empty_list(key: str, item: Shape, words: Words, space: str) -> Iterator[str]:
    if item.kind in ("text", "name", "phrase"):
        yield f"{space}{key}:"
        yield f"{space}  - vi:"
        yield f"{space}    lo:"
    elif item.fields:
        yield f"{space}{key}:"
        lines = [
            line for name, inner in item.fields.items() for line in _key(item.model, name, inner, words, 0)
        ]
        first = next(index for index, line in enumerate(lines) if not line.startswith("#"))
        yield from (f"{space}  {line}" for line in lines[:first])
        yield f"{space}  - {lines[first]}"
        yield from (f"{space}    {line}" for line in lines[first + 1 :])
    else:
        yield f"{space}{key}: []"


def _about(model: str, key: str, shape: Shape, words: Words) -> list[str]:
    """What goes into the key: its title, whether it must be there, its meaning, its choices and its own keys."""
    said = help_for(model, key)
    must = words["new.required"] if shape.required else words["new.optional"]
    text = f"{said.title[words.lang]} ({must}). {said.help[words.lang]}"
    choices = shape.choices or (shape.item.choices if shape.item else ())
    if choices:
        named = (_choice(choice, choices, words) for choice in choices)
        text += f" {words['new.choices']} {', '.join(named)}."
    inner = shape.item if shape.item is not None and shape.item.fields else shape
    if inner.fields and not shape.required and inner.kind == "group":
        keys = (name + ("*" if part.required else "") for name, part in inner.fields.items())
        text += f" {words['new.keys']} {', '.join(keys)}."
    elif inner.kind in ("text", "name", "phrase") and not shape.required:
        text += " {vi: …, lo: …}"
    return textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _choice(choice: str, choices: tuple[str, ...], words: Words) -> str:
    title = choice_title(choice, choices, words.lang)
    return choice if title == choice else f"{choice} ({title})"

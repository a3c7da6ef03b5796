"""Fields and values as an official reads them: titles for keys, words for choices, figures as the pages print them."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from generator.editing.field_help import help_for
from generator.editing.shape import Shape
from generator.labels import LANGUAGES, labels
from generator.model.reference import Source
from generator.model.scalars import UNKNOWN, PartialDate
from generator.model.text import Text
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.source import Path
from generator.views.formats import day, number


def field_title(parts: tuple[tuple[str, str], ...], path: Path, lang: str) -> str:
    """`Phí, lệ phí 2 › Mức thu` for `fees.1.amount`: titles of the keys, items counted from one."""
    titles: list[str] = []
    named = iter(parts)
    for part in path:
        if isinstance(part, int):
            titles[-1] = f"{titles[-1]} {part + 1}"
            continue
        model, key = next(named)
        titles.append(help_for(model, key).title[lang] if model else str(key))
    return " › ".join(titles)


@cache
def _choice_groups() -> tuple[dict[str, str], ...]:
    """The label groups by prefix: the words that one list of choices can have."""
    groups: dict[str, dict[str, str]] = {}
    for key in labels(LANGUAGES[0]):
        prefix, _, value = key.rpartition(".")
        groups.setdefault(prefix, {})[value] = key
    return tuple(groups[prefix] for prefix in groups)


@cache
def choice_title(value: str, choices: tuple[str, ...], lang: str) -> str:
    """The word the pages print for a choice; the choice itself in English and where they print none."""
    if lang not in LANGUAGES:
        return value
    table = labels("lo" if lang == "lo" else "vi")
    known = [choice for choice in choices if choice != UNKNOWN]
    group = next((rows for rows in _choice_groups() if all(choice in rows for choice in known)), None)
    if group is None or value not in group:
        return value
    word = table[group[value]]
    return value if "{" in word else word


def value_text(value: Any, shape: Shape | None, lang: str) -> str | None:
    """A value as a reader of `lang` sees it; None where there is none. A group is told by its own values in a row."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        if shape is not None and shape.kind in ("text", "name", "phrase"):
            locale = lang if lang in value else next(iter(value), "")
            return str(value.get(locale, ""))
        inner = ((key, shape.fields.get(key) if shape else None) for key in value)
        return "; ".join(filter(None, (value_text(value[key], part, lang) for key, part in inner)))
    if isinstance(value, list):
        item = shape.item if shape else None
        return ", ".join(filter(None, (value_text(part, item, lang) for part in value))) or "[]"
    return _scalar_text(str(value), shape, lang)


def _scalar_text(text: str, shape: Shape | None, lang: str) -> str:
    if shape is None:
        return text
    if text == UNKNOWN and shape.unknown:
        return labels("lo" if lang == "lo" else "vi")["mark.unknown"] if lang in LANGUAGES else UNKNOWN
    if shape.kind == "choice":
        return choice_title(text, shape.choices, lang)
    try:
        if shape.kind == "date":
            return day(PartialDate.parse(text))
        return number(Decimal(text)) if shape.kind == "number" else text
    except (ValueError, ArithmeticError):
        return text


def entry_title(handbook: Handbook, key: EntryKey, lang: str) -> str:
    """The entry's name in `lang`; its id where it has none or cannot be read."""
    entry = handbook.entries.get(key.kind, {}).get(key.id)
    if isinstance(entry, Source):
        return entry.title
    name = getattr(entry, "name", None)
    if not isinstance(name, Text):
        return key.id
    return (getattr(name, "en", None) or name.vi) if lang == "en" else name[lang]

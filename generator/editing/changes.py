"""What differs between two versions of an entry: facts before and after, by the path of the field."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from generator.editing.shape import Shape
from generator.model.text import LOCALES
from generator.reading.source import Path

# By these the items of a list are known again when they move; the first that an item has counts.
_NAMES = ("id", "n", "code", "period", "field", "key")
_TEXTS = frozenset({"text", "name", "phrase"})


@dataclass(frozen=True, slots=True)
class Change:
    """One fact: `path` in the later version (in the earlier one where it is gone); None where it was not there.

    `parts` names each part of the path with the model it belongs to, for its title in plain words.
    """

    path: Path
    parts: tuple[tuple[str, str], ...]
    before: Any
    after: Any
    shape: Shape | None

    @property
    def one_sided(self) -> str | None:
        """The language that stayed as it was while the other changed, or None."""
        if self.shape is None or self.shape.kind not in _TEXTS:
            return None
        if not isinstance(self.before, Mapping) or not isinstance(self.after, Mapping):
            return None
        same = [locale for locale in LOCALES if self.before.get(locale) == self.after.get(locale)]
        return same[0] if len(same) == 1 else None


def iter_changes(before: Mapping[str, Any], after: Mapping[str, Any], shape: Shape) -> Iterator[Change]:
    """The differences of two entries as written, key by key in the model's order."""
    yield from _compare(before, after, shape, (), ())


def _compare(
    before: Any, after: Any, shape: Shape | None, path: Path, parts: tuple[tuple[str, str], ...]
) -> Iterator[Change]:
    if before == after:
        return
    is_text = shape is not None and shape.kind in _TEXTS
    if isinstance(before, Mapping) and isinstance(after, Mapping) and not is_text:
        known = list(shape.fields) if shape else []
        keys = [*known, *(key for key in {**before, **after} if key not in known)]
        for key in keys:
            inner = _inner(shape, key)
            named = (*parts, (shape.model if shape else "", key))
            yield from _compare(before.get(key), after.get(key), inner, (*path, key), named)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _compare_lists(before, after, shape.item if shape else None, path, parts)
    else:
        yield Change(path, parts, before, after, shape)


def _inner(shape: Shape | None, key: str) -> Shape | None:
    if shape is None:
        return None
    return shape.item if shape.kind == "mapping" else shape.fields.get(key)


def _compare_lists(
    before: Sequence[Any],
    after: Sequence[Any],
    shape: Shape | None,
    path: Path,
    parts: tuple[tuple[str, str], ...],
) -> Iterator[Change]:
    for old, new in _paired(before, after):
        here = (*path, new if new is not None else old if old is not None else 0)
        first = before[old] if old is not None else None
        second = after[new] if new is not None else None
        yield from _compare(first, second, shape, here, parts)


def _paired(before: Sequence[Any], after: Sequence[Any]) -> Iterator[tuple[int | None, int | None]]:
    """Which item became which: by name where items have one, else by what stayed the same around them."""
    left, right = [_mark(item) for item in before], [_mark(item) for item in after]
    named = all(name is not None for name in (*left, *right))
    if named and len(set(left)) == len(left) and len(set(right)) == len(right):
        places = {name: index for index, name in enumerate(left)}
        for index, name in enumerate(right):
            yield places.get(name), index
        yield from ((index, None) for index, name in enumerate(left) if name not in set(right))
        return
    olds, news = [_text(item) for item in before], [_text(item) for item in after]
    for _tag, a, b, c, d in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        for step in range(max(b - a, d - c)):
            yield (a + step if a + step < b else None), (c + step if c + step < d else None)


def _mark(item: Any) -> str | None:
    if isinstance(item, Mapping):
        return next((f"{name}={item[name]}" for name in _NAMES if isinstance(item.get(name), str)), None)
    return item if isinstance(item, str) else None


def _text(item: Any) -> str:
    return json.dumps(item, ensure_ascii=False, sort_keys=True)

"""The one way an entry is written: keys in the model's order, short pairs and lists on one line, few quotes.

The browser form writes the same with `admin/format.js`; a test holds the two equal on every entry.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from generator.editing.comments import Comments
from generator.editing.shape import Shape
from generator.reading.source import Path

WIDTH = 110
# A pair of two languages longer than this is easier to read one below the other.
PAIR_WIDTH = 72
# Pairs of a language and its text may share a line.
_LANGUAGES = frozenset({"vi", "lo", "en"})

# What YAML 1.2 would read as a number, a truth value or nothing; = and << had a meaning in YAML 1.1.
_RESOLVES = re.compile(
    r"(?:=|<<|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?\d+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"


def display_width(text: str) -> int:
    """Columns on a screen: marks over and under a letter take none."""
    return sum(1 for character in text if unicodedata.category(character) not in ("Mn", "Me", "Cf"))


def scalar(text: str, *, numeric: bool = False, in_flow: bool = False) -> str:
    """One value: plain where YAML 1.2 reads it as the text it is, else in double quotes."""
    if numeric and re.fullmatch(r"-?\d+(?:\.\d+)?|true|false", text):
        return text
    if _plain(text, in_flow):
        return text
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")


def _plain(text: str, in_flow: bool) -> bool:
    if not text or text != text.strip() or _RESOLVES.fullmatch(text):
        return False
    if text[0] in _INDICATORS or text.startswith("..."):
        return False
    if (
        ": " in text
        or " #" in text
        or text.endswith(":")
        or re.search(r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]", text)
    ):
        return False
    # Inside brackets a colon before a question mark is refused by YAML 1.1 readers.
    return not (in_flow and re.search(r"[,\[\]{}]|:\?|:$", text))


def emit(values: Mapping[str, Any], shape: Shape, comments: Comments) -> Iterator[str]:
    """The lines of an entry whose scalars are all text (None where nothing stands)."""
    yield from _Writer(comments).mapping(values, shape, (), 0)
    yield from comments.tail


class _Writer:
    def __init__(self, comments: Comments) -> None:
        self._comments = comments

    def mapping(
        self, values: Mapping[str, Any], shape: Shape | None, path: Path, indent: int
    ) -> Iterator[str]:
        for key in _in_order(values, shape):
            place = (*path, key)
            yield from self._own_lines(place, indent)
            inner = _inner(shape, key)
            yield from self._value(f"{scalar(key)}:", values[key], inner, place, indent)

    def _value(self, head: str, value: Any, shape: Shape | None, path: Path, indent: int) -> Iterator[str]:
        """Lines of `head` (a key with its colon, or a hyphen) and its value; `indent` is the head's column."""
        behind = "".join(f"  {comment}" for comment in self._comments.behind.get(path, ()))
        if value is None:
            yield " " * indent + head + behind
        elif isinstance(value, str):
            numeric = shape is not None and shape.numeric
            first, *rest = _folded(f"{' ' * indent}{head} ", scalar(value, numeric=numeric), indent + 2)
            yield from _with_last([first, *rest], behind)
        else:
            flow = self._flow(value, shape, path)
            line = f"{' ' * indent}{head} {flow}"
            if flow is not None and (display_width(line) <= WIDTH or not value):
                yield line + behind
            elif head == "-" and not behind:
                yield from self._block_item(value, shape, path, indent)
            else:
                yield " " * indent + head + behind
                yield from self._block(value, shape, path, indent + 2)

    def _block(self, value: Any, shape: Shape | None, path: Path, indent: int) -> Iterator[str]:
        if isinstance(value, Mapping):
            yield from self.mapping(value, shape, path, indent)
        else:
            for index, item in enumerate(value):
                place = (*path, index)
                yield from self._own_lines(place, indent)
                yield from self._value("-", item, shape.item if shape else None, place, indent)

    def _block_item(self, value: Any, shape: Shape | None, path: Path, indent: int) -> Iterator[str]:
        """A mapping or list as an item: its first line stands behind the hyphen."""
        lines = list(self._block(value, shape, path, indent + 2))
        own = len(self._comments.before.get((*path, next(iter(_keys(value, shape)))), ()))
        yield from lines[:own]
        yield " " * indent + "- " + lines[own][indent + 2 :]
        yield from lines[own + 1 :]

    def _own_lines(self, path: Path, indent: int) -> Iterator[str]:
        for comment in self._comments.before.get(path, ()):
            yield " " * indent + comment

    def _flow(self, value: Any, shape: Shape | None, path: Path) -> str | None:
        """The value on one line, where it is a pair of languages or a list of plain words; else None."""
        if self._comments.within(path):
            return None
        if isinstance(value, Mapping):
            if not value:
                return "{}"
            if not set(value) <= _LANGUAGES or not all(isinstance(item, str) for item in value.values()):
                return None
            pairs = (f"{key}: {scalar(value[key], in_flow=True)}" for key in _in_order(value, shape))
            flow = "{" + ", ".join(pairs) + "}"
            return flow if display_width(flow) <= PAIR_WIDTH else None
        if not all(isinstance(item, str) for item in value):
            return None
        numeric = shape is not None and shape.item is not None and shape.item.numeric
        return "[" + ", ".join(scalar(item, numeric=numeric, in_flow=True) for item in value) + "]"


def _keys(value: Any, shape: Shape | None) -> list[Any]:
    return _in_order(value, shape) if isinstance(value, Mapping) else list(range(len(value)))


def _in_order(values: Mapping[str, Any], shape: Shape | None) -> list[str]:
    """Keys as the model lists them; those it does not know stay behind, as they came."""
    known = list(shape.fields) if shape else []
    return [key for key in known if key in values] + [key for key in values if key not in known]


def _inner(shape: Shape | None, key: str) -> Shape | None:
    if shape is None:
        return None
    return shape.item if shape.kind == "mapping" else shape.fields.get(key)


def _with_last(lines: list[str], behind: str) -> list[str]:
    return [*lines[:-1], lines[-1] + behind]


def _folded(head: str, text: str, indent: int) -> Iterator[str]:
    """`head` and a scalar, broken at single spaces so that lines keep to the width; a line break reads as a space."""
    line, words = head, text.split(" ")
    fresh = True
    for position, word in enumerate(words):
        # Runs of spaces would be lost at a break, and so would the space before or after them.
        breakable = position > 0 and word != "" and words[position - 1] != "" and not fresh
        if breakable and display_width(line) + 1 + display_width(word) > WIDTH and not _unsafe_start(word):
            yield line
            line = " " * indent + word
        else:
            line += word if fresh else f" {word}"
        fresh = False
    yield line


def _unsafe_start(word: str) -> bool:
    """Words that a line may not begin with: they would read as a comment or the end of the document."""
    return word.startswith("#") or word in ("---", "...")

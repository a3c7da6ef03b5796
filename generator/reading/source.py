"""YAML text to plain values and their places. Every scalar stays text; the model alone gives it a type."""

import stat
from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, NamedTuple

import yaml

from generator.model.scalars import CONTROL
from generator.problems import Problem

MAX_BYTES = 512 * 1024
MAX_DEPTH = 16
MAX_NODES = 20_000

Path = tuple[str | int, ...]
Place = tuple[int, int]

_NULLS = {"", "~", "null", "Null", "NULL"}
_BOM = "\ufeff"


class Marks(NamedTuple):
    """Line and column (1-based) of each value, and of each key, by path."""

    places: dict[Path, Place]
    keys: dict[Path, Place]


@dataclass(frozen=True)
class SourceFile:
    """What one file says. `values` is None when the file cannot be read.

    Without `marks` the text is parsed again when somebody asks for a place.
    """

    name: str
    text: str
    values: dict[str, Any] | None
    problems: tuple[Problem, ...] = ()
    marks: Marks | None = None

    @cached_property
    def _marks(self) -> Marks:
        return self.marks or parse_source(self.text, self.name).marks or Marks({}, {})

    @property
    def places(self) -> dict[Path, Place]:
        """The place of each value by its path."""
        return self._marks.places

    @property
    def keys(self) -> dict[Path, Place]:
        """The place of each key by the path of its value."""
        return self._marks.keys

    def holds(self, path: Path) -> bool:
        """Whether the file has a value at this path."""
        value: Any = self.values
        try:
            for part in path:
                value = value[part]
        except (KeyError, IndexError, TypeError):
            return False
        return True

    def place_of(self, path: Path) -> Place:
        """The value's place, or that of the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))


class _Refusal(Exception):
    def __init__(self, code: str, mark: Any, **params: Any) -> None:
        super().__init__(code)
        self.code, self.mark, self.params = code, mark, params


def read_source(
    path: FilePath, name: str, parse: Callable[[str, str], SourceFile] | None = None
) -> SourceFile:
    """Read one file under the name that messages use. Never raises for what a writer did.

    `parse` is given its text and name, see `parse_source`.
    """
    try:
        found = path.lstat()
        # A link, and what is neither file nor folder, such as a pipe that would never end.
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
            return _failed(name, "", "not-a-file", 1, 1)
        size = found.st_size
        if size > MAX_BYTES:
            return _failed(name, "", "file-too-large", 1, 1, found=size, limit=MAX_BYTES)
        raw = path.read_bytes()
    except OSError as error:
        return _failed(name, "", "unreadable", 1, 1, found=error.strerror or "?")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8").split("\n")
        return _failed(name, "", "not-utf8", len(before), len(before[-1]) + 1)
    return (parse or parse_source)(text, name)


def parse_source(text: str, name: str) -> SourceFile:
    """Parse the text of one entry; all that is wrong with it as problems."""
    if text.startswith(_BOM):
        return _failed(name, text, "byte-order-mark", 1, 1)
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        return _failed(name, text, "carriage-return", line, 1)
    steering = CONTROL.search(text)
    if steering:
        index = steering.start()
        line = text.count("\n", 0, index) + 1
        column = index - (text.rfind("\n", 0, index) + 1) + 1
        return _failed(name, text, "control-character", line, column, found=ascii(steering[0]).strip("'"))
    try:
        reader = _Reader(name, text)
    except yaml.YAMLError as error:
        return _broken(name, text, error)
    try:
        values = reader.document()
    except yaml.YAMLError as error:
        return _broken(name, text, error)
    except _Refusal as refusal:
        place = (refusal.mark.line + 1, refusal.mark.column + 1)
        return _failed(name, text, refusal.code, *place, **refusal.params)
    finally:
        reader.dispose()
    return SourceFile(name, text, values, tuple(reader.problems), Marks(reader.places, reader.keys))


def _failed(name: str, text: str, code: str, line: int, column: int, **params: Any) -> SourceFile:
    problem = Problem(name, line, column, code, params)
    return SourceFile(name, text, None, (problem,), Marks({}, {}))


# What libyaml says -> what the writer most likely did.
_SYNTAX = (
    ("mapping values are not allowed", "yaml-colon"),
    ("cannot start any token", "yaml-first-character"),
    ("tab character", "yaml-tab"),
    ("unexpected end of stream", "yaml-quote"),
    ("escape character", "yaml-escape"),
    ("expected ',' or", "yaml-bracket"),
    ("expected key", "yaml-indent"),
    ("tag handle", "yaml-tag"),
)


def _broken(name: str, text: str, error: yaml.YAMLError) -> SourceFile:
    mark = getattr(error, "problem_mark", None)
    detail = getattr(error, "problem", None) or str(error).splitlines()[0]
    code = next((code for words, code in _SYNTAX if words in detail), "yaml-syntax")
    if code == "yaml-quote" or mark is None:
        # An open quote is only missed at the end of the file: the place that helps is where it was opened.
        mark = getattr(error, "context_mark", None) or mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    # libyaml counts rarer line ends as well, and names the line after the last one.
    written = next(iter(text.split("\n")[line - 1 : line]), "")
    if code == "yaml-first-character" and written[column - 1 : column] == "\t":
        code = "yaml-tab"
    params = {"found": written[column - 1 : column] if code == "yaml-first-character" else detail}
    return _failed(name, text, code, line, column, **params)


_DEEPER = (yaml.MappingStartEvent, yaml.SequenceStartEvent)


class _Reader:
    """Walks what the parser meets, keeping places and refusing what the handbook's YAML does not use.

    It takes events one by one and stops at the first that is refused: a tree of nodes would be made first, by a
    recursion without a limit, and ten thousand brackets would end the program.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.problems: list[Problem] = []
        self._count = 0
        parser = yaml.CSafeLoader(text)
        # An event is Any: the stubs know only what all kinds of events have in common.
        self._next: Callable[[], Any] = parser.get_event
        self.dispose = parser.dispose

    def document(self) -> dict[str, Any]:
        """The one mapping of the file."""
        start = self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            raise _Refusal("empty-file", start.start_mark)
        root = self._next()
        if not isinstance(root, yaml.MappingStartEvent):
            self._refuse_names(root)
            raise _Refusal("not-a-mapping", root.start_mark)
        values = self._mapping(root, (), 0)
        self._next()
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise _Refusal("yaml-two-documents", after.start_mark)
        return values

    def _refuse_names(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise _Refusal("yaml-alias", event.start_mark)
        if event.anchor is not None:
            raise _Refusal("duplicate-anchor", event.start_mark)

    def _enter(self, event: Any, path: Path, depth: int, tags: Container[str | None]) -> None:
        self._refuse_names(event)
        if depth > MAX_DEPTH:
            raise _Refusal("too-deep", event.start_mark, limit=MAX_DEPTH)
        self._count += 1
        if self._count > MAX_NODES:
            raise _Refusal("too-many-values", event.start_mark, limit=MAX_NODES)
        if event.tag not in tags:
            raise _Refusal("yaml-tag", event.start_mark, found=event.tag)
        self.places[path] = (event.start_mark.line + 1, event.start_mark.column + 1)

    def _value(self, event: Any, path: Path, depth: int) -> Any:
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            self._enter(event, path, depth, _LIST_TAGS)
            items: list[Any] = []
            while not isinstance(item := self._next(), yaml.SequenceEndEvent):
                items.append(self._value(item, (*path, len(items)), depth + 1))
            return items
        self._enter(event, path, depth, _SCALAR_TAGS)
        text = str(event.value)
        return None if not event.style and text in _NULLS else text

    def _mapping(self, event: Any, path: Path, depth: int) -> dict[str, Any]:
        self._enter(event, path, depth, _MAPPING_TAGS)
        values: dict[str, Any] = {}
        while not isinstance(key_event := self._next(), yaml.MappingEndEvent):
            self._refuse_names(key_event)
            if isinstance(key_event, _DEEPER):
                raise _Refusal("key-not-text", key_event.start_mark)
            if key_event.tag not in _SCALAR_TAGS:
                raise _Refusal("yaml-tag", key_event.start_mark, found=key_event.tag)
            key = str(key_event.value)
            place = (key_event.start_mark.line + 1, key_event.start_mark.column + 1)
            if key == "<<":
                raise _Refusal("yaml-merge", key_event.start_mark)
            if key in values:
                first = self.keys[(*path, key)]
                self.problems.append(
                    Problem(self.name, *place, "duplicate-key", {"key": key, "first": first[0]})
                )
                self._skip(depth + 1)
                continue
            self.keys[(*path, key)] = place
            values[key] = self._value(self._next(), (*path, key), depth + 1)
        return values

    def _skip(self, depth: int) -> None:
        """Read a value that is not kept, within the same limits."""
        kept = self.places, self.keys, self.problems
        self.places, self.keys, self.problems = {}, {}, []
        self._value(self._next(), (), depth)
        self.places, self.keys, self.problems = kept


# A tag may be written out where it changes nothing: every value is text, and only the model gives it a type.
_SCALAR_TAGS = {
    None,
    *(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "timestamp", "null")),
}
_LIST_TAGS = {None, "tag:yaml.org,2002:seq"}
_MAPPING_TAGS = {None, "tag:yaml.org,2002:map"}

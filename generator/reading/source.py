"""YAML text to plain values and their places. Every scalar stays text; the model alone gives it a type."""

from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import yaml

from generator.problems import Problem

MAX_BYTES = 512 * 1024
MAX_DEPTH = 16
MAX_NODES = 20_000

Path = tuple[str | int, ...]
Place = tuple[int, int]

_NULLS = {"", "~", "null", "Null", "NULL"}
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """What one file says. `values` is None when the file cannot be read; `places` maps a path to line and column.

    `places[path]` is the value's place, `keys[path]` that of its key (1-based).
    """

    name: str
    text: str
    values: dict[str, Any] | None
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def place_of(self, path: Path) -> Place:
        """The value's place, or that of the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))


class _Refusal(Exception):
    def __init__(self, code: str, mark: Any, **params: Any) -> None:
        super().__init__(code)
        self.code, self.mark, self.params = code, mark, params


def read_source(path: FilePath, name: str) -> SourceFile:
    """Read one file under the name that messages use. Never raises for what a writer did."""
    try:
        if path.is_symlink():
            return _failed(name, "", "not-a-file", 1, 1)
        size = path.stat().st_size
        if size > MAX_BYTES:
            return _failed(name, "", "file-too-large", 1, 1, found=size, limit=MAX_BYTES)
        raw = path.read_bytes()
    except OSError as error:
        return _failed(name, "", "unreadable", 1, 1, found=error.strerror or "?")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        return _failed(name, "", "not-utf8", line, column)
    return parse_source(text, name)


def parse_source(text: str, name: str) -> SourceFile:
    """Parse the text of one entry; all that is wrong with it as problems."""
    if text.startswith(_BOM):
        return _failed(name, text, "byte-order-mark", 1, 1)
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        return _failed(name, text, "carriage-return", line, 1)
    for index, character in enumerate(text):
        if character < " " and character not in "\n\t":
            line = text.count("\n", 0, index) + 1
            column = index - (text.rfind("\n", 0, index) + 1) + 1
            return _failed(name, text, "control-character", line, column, found=repr(character))
    try:
        loader = yaml.CSafeLoader(text)
    except yaml.YAMLError as error:
        return _broken(name, text, error)
    reader = _Reader(name)
    try:
        node = loader.get_single_node()
        if node is None:
            return _failed(name, text, "empty-file", 1, 1)
        if not isinstance(node, yaml.MappingNode):
            raise _Refusal("not-a-mapping", node.start_mark)
        values = reader.mapping(node, (), 0)
    except yaml.YAMLError as error:
        return _broken(name, text, error)
    except _Refusal as refusal:
        place = (refusal.mark.line + 1, refusal.mark.column + 1)
        return _failed(name, text, refusal.code, *place, **refusal.params)
    except RecursionError:
        return _failed(name, text, "too-deep", 1, 1, limit=MAX_DEPTH)
    finally:
        loader.dispose()
    return SourceFile(name, text, values, reader.places, reader.keys, tuple(reader.problems))


def _failed(name: str, text: str, code: str, line: int, column: int, **params: Any) -> SourceFile:
    return SourceFile(name, text, None, problems=(Problem(name, line, column, code, params),))


# What libyaml says -> what the writer most likely did.
_SYNTAX = (
    ("second occurrence", "duplicate-anchor"),
    ("alias", "yaml-alias"),
    ("mapping values are not allowed", "yaml-colon"),
    ("cannot start any token", "yaml-first-character"),
    ("tab character", "yaml-tab"),
    ("unexpected end of stream", "yaml-quote"),
    ("escape character", "yaml-escape"),
    ("expected ',' or", "yaml-bracket"),
    ("expected key", "yaml-indent"),
    ("another document", "yaml-two-documents"),
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
    written = text.split("\n")[line - 1] if text else ""
    if code == "yaml-first-character" and written[column - 1 : column] == "\t":
        code = "yaml-tab"
    params = {"found": written[column - 1 : column] if code == "yaml-first-character" else detail}
    return _failed(name, text, code, line, column, **params)


class _Reader:
    """Walks the node tree once, keeping places and refusing what the handbook's YAML does not use."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def _enter(self, node: yaml.Node, path: Path, depth: int) -> None:
        if id(node) in self._seen:
            raise _Refusal("yaml-alias", node.start_mark)
        self._seen.add(id(node))
        if depth > MAX_DEPTH:
            raise _Refusal("too-deep", node.start_mark, limit=MAX_DEPTH)
        if len(self._seen) > MAX_NODES:
            raise _Refusal("too-many-values", node.start_mark, limit=MAX_NODES)
        self.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)

    def value(self, node: yaml.Node, path: Path, depth: int) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
            self._enter(node, path, depth)
            self._plain_tag(node, "tag:yaml.org,2002:seq")
            return [self.value(item, (*path, index), depth + 1) for index, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        self._enter(node, path, depth)
        text = str(node.value)
        if node.style is None and text in _NULLS:
            return None
        if node.tag not in _SCALAR_TAGS:
            raise _Refusal("yaml-tag", node.start_mark, found=node.tag)
        return text

    def mapping(self, node: yaml.MappingNode, path: Path, depth: int) -> dict[str, Any]:
        self._enter(node, path, depth)
        self._plain_tag(node, "tag:yaml.org,2002:map")
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise _Refusal("key-not-text", key_node.start_mark)
            key = str(key_node.value)
            place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if key == "<<":
                raise _Refusal("yaml-merge", key_node.start_mark)
            if key in values:
                first = self.keys[(*path, key)]
                self.problems.append(
                    Problem(self.name, *place, "duplicate-key", {"key": key, "first": first[0]})
                )
                continue
            self.keys[(*path, key)] = place
            values[key] = self.value(value_node, (*path, key), depth + 1)
        return values

    @staticmethod
    def _plain_tag(node: yaml.Node, expected: str) -> None:
        if node.tag != expected:
            raise _Refusal("yaml-tag", node.start_mark, found=node.tag)


_SCALAR_TAGS = {
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "timestamp", "null", "value", "merge")
}

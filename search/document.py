"""Search documents: one JSON object a line, any language may be missing."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

LANGUAGES = ("vi", "lo")
"""Languages of readers; titles may be given in English as well."""

TITLE_LANGUAGES = (*LANGUAGES, "en")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a document; ``heading`` and ``text`` by language."""

    anchor: str = ""
    heading: Mapping[str, str] = field(default_factory=dict)
    text: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What can be found: names in any language, document numbers, and text by section.

    ``weight`` (0.1 to 1) is less than 1 for what should stand behind other documents that say the same.
    """

    id: str
    kind: str = ""
    url: Mapping[str, str] = field(default_factory=dict)
    title: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    weight: float = 1.0

    def languages(self) -> tuple[str, ...]:
        """Reader languages in which the document has a title, a heading or text."""
        return tuple(
            lang
            for lang in LANGUAGES
            if lang in self.title or any(lang in part.text or lang in part.heading for part in self.sections)
        )

    def to_json(self) -> dict[str, Any]:
        """The object of one line."""
        return {
            "id": self.id,
            "kind": self.kind,
            "url": dict(self.url),
            "title": dict(self.title),
            "aliases": list(self.aliases),
            "codes": list(self.codes),
            "sections": [
                {"anchor": part.anchor, "heading": dict(part.heading), "text": dict(part.text)}
                for part in self.sections
            ],
        } | ({"weight": self.weight} if self.weight != 1 else {})

    def line(self) -> str:
        """The line itself, without its end."""
        return json.dumps(self.to_json(), ensure_ascii=False, separators=(",", ":"))


class DocumentError(ValueError):
    """Documents that cannot be indexed; ``problems`` holds one line each, with its place."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class _Shape:
    """Checks the values of one object and collects what is wrong."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def text(self, value: Any, name: str) -> str:
        if isinstance(value, str):
            return value
        if value is not None:
            self.problems.append(f"{name}: text expected, found {type(value).__name__}")
        return ""

    def weight(self, value: Any, name: str) -> float:
        if value is None:
            return 1.0
        if isinstance(value, int | float) and not isinstance(value, bool) and 0.1 <= value <= 1:
            return float(value)
        self.problems.append(f"{name}: a number from 0.1 to 1 expected")
        return 1.0

    def by_language(self, value: Any, name: str, languages: tuple[str, ...]) -> dict[str, str]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.problems.append(f'{name}: an object {{"vi": …, "lo": …}} expected')
            return {}
        texts = {lang: self.text(value.get(lang), f"{name}.{lang}") for lang in languages}
        return {lang: text for lang, text in texts.items() if text.strip()}

    def items(self, value: Any, name: str) -> list[Any]:
        if value is None:
            return []
        if not isinstance(value, list):
            self.problems.append(f"{name}: a list expected, found {type(value).__name__}")
            return []
        return value

    def texts(self, value: Any, name: str) -> tuple[str, ...]:
        found = [self.text(item, f"{name}[{i}]") for i, item in enumerate(self.items(value, name))]
        return tuple(text for text in found if text.strip())


def parse_document(value: Any) -> SearchDocument:
    """One document from a decoded JSON object.

    :raises DocumentError: with everything that is wrong with it.
    """
    if not isinstance(value, dict):
        raise DocumentError([f"an object expected, found {type(value).__name__}"])
    shape = _Shape()
    identity = shape.text(value.get("id"), "id")
    if not identity.strip():
        shape.problems.append("id: missing or empty")
    sections = []
    for i, part in enumerate(shape.items(value.get("sections"), "sections")):
        name = f"sections[{i}]"
        if not isinstance(part, dict):
            shape.problems.append(f"{name}: an object expected")
            continue
        sections.append(
            Section(
                shape.text(part.get("anchor"), f"{name}.anchor"),
                shape.by_language(part.get("heading"), f"{name}.heading", LANGUAGES),
                shape.by_language(part.get("text"), f"{name}.text", LANGUAGES),
            )
        )
    document = SearchDocument(
        id=identity,
        kind=shape.text(value.get("kind"), "kind"),
        url=shape.by_language(value.get("url"), "url", LANGUAGES),
        title=shape.by_language(value.get("title"), "title", TITLE_LANGUAGES),
        aliases=shape.texts(value.get("aliases"), "aliases"),
        codes=shape.texts(value.get("codes"), "codes"),
        sections=tuple(sections),
        weight=shape.weight(value.get("weight"), "weight"),
    )
    if shape.problems:
        raise DocumentError(shape.problems)
    return document


def read_documents(lines: Iterable[str | bytes], name: str = "documents") -> Iterator[SearchDocument]:
    """Documents of JSON lines; blank lines are skipped.

    :raises DocumentError: after the last line, naming every bad line as ``name:line: …``. An id is
        unique within its kind.
    """
    problems: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    for number, line in enumerate(lines, 1):
        try:
            text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
            if not text.strip():
                continue
            document = parse_document(json.loads(text))
        except UnicodeDecodeError as error:
            problems.append(f"{name}:{number}: not UTF-8 ({error.reason})")
        except (json.JSONDecodeError, RecursionError) as error:
            problems.append(f"{name}:{number}: not JSON ({error})")
        except DocumentError as error:
            problems += [f"{name}:{number}: {problem}" for problem in error.problems]
        else:
            key = (document.kind, document.id)
            if key in seen:
                first = seen[key]
                problems.append(f"{name}:{number}: id {document.id!r} already stands in line {first}")
                continue
            seen[key] = number
            yield document
    if problems:
        raise DocumentError(problems)


def parse_synonyms(value: Any, name: str = "synonyms") -> list[list[str]]:
    """Groups of equivalent phrases from a decoded JSON list of lists.

    :raises DocumentError: when it is anything else.
    """
    if not isinstance(value, list):
        raise DocumentError([f"{name}: a list of lists of phrases expected"])
    shape = _Shape()
    groups = [list(shape.texts(group, f"{name}[{i}]")) for i, group in enumerate(value)]
    if shape.problems:
        raise DocumentError(shape.problems)
    return [group for group in groups if len(group) > 1]


def parsed_line(line: str) -> SearchDocument:
    """The document of a line. Anything else: ValueError or :class:`DocumentError`."""
    return parse_document(json.loads(line))


def packed(document: SearchDocument) -> bytes:
    """The line of a document in little memory, for a program that holds many and reads none."""
    return zlib.compress(document.line().encode("utf-8", "replace"), 1)


def unpacked(document: bytes) -> str:
    """The line that was packed. Anything else: ``zlib.error`` or UnicodeDecodeError."""
    return zlib.decompress(document).decode("utf-8")

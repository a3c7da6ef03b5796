"""Texts of both languages with their places in the file, also of entries that are not sound."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.model.entry import Entry
from generator.problems import Problem, Severity
from generator.reading.source import Path, SourceFile
from generator.reading.texts import iter_texts


@dataclass(frozen=True, slots=True)
class Pair:
    """One statement in both languages. `written` tells a mapping of two texts from one line that serves for both."""

    kind: str
    source: SourceFile
    path: Path
    vi: str
    lo: str
    written: bool

    def problem(self, code: str, locale: str, severity: Severity = "error", **params: Any) -> Problem:
        """A problem at the place of the text in `locale`."""
        path = (*self.path, locale) if self.written else self.path
        return Problem(self.source.name, *self.source.place_of(path), code, params, severity)


def iter_pairs(kind: str, source: SourceFile, entry: Entry | None) -> Iterator[Pair]:
    """Each pair of one file with its place; of an unsound entry (None) those that are written as a mapping."""
    if entry is not None:
        for path, text in iter_texts(entry, shared=True):
            yield Pair(kind, source, path, text.vi, text.lo, source.holds((*path, "vi")))
    elif source.values is not None:
        for path, vi, lo in _written_pairs(source.values, ()):
            yield Pair(kind, source, path, " ".join(vi.split()), " ".join(lo.split()), True)


def _written_pairs(value: object, path: Path) -> Iterator[tuple[Path, str, str]]:
    if isinstance(value, Mapping):
        vi, lo = value.get("vi"), value.get("lo")
        if isinstance(vi, str) and isinstance(lo, str):
            yield path, vi, lo
        for name, item in value.items():
            yield from _written_pairs(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _written_pairs(item, (*path, index))

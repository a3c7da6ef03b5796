"""Single values as written: what the rules on letters look at."""

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from typing import Any

from generator.problems import Problem, Severity
from generator.reading.handbook import Handbook
from generator.reading.source import Path, SourceFile

# Entries that quote others' words as they are.
QUOTING_KINDS = frozenset({"sources"})

# Spellings met elsewhere, kept for search: never printed, so they may be spelled in any way.
SPELLINGS = frozenset({"aliases", "variants_vi", "variants_lo", "everyday"})


@dataclass(frozen=True, slots=True)
class Value:
    """One scalar of a file, as written."""

    source: SourceFile
    path: Path
    text: str

    def problem(self, code: str, severity: Severity = "error", **params: Any) -> Problem:
        """A problem at the place of this value."""
        return Problem(self.source.name, *self.source.place_of(self.path), code, params, severity)


def iter_values(
    handbook: Handbook, suspect: Callable[[str], object], *, kinds_left_out: Container[str] = ()
) -> Iterator[Value]:
    """Every scalar that is `suspect`, in files that could be read. What holds of a part must hold of the whole."""
    for key, source in handbook.files.items():
        if key.kind in kinds_left_out or source.values is None:
            continue
        # Most files are clean: one look at the whole text spares the walk. An escape could hide anything.
        if suspect(source.text) or "\\" in source.text:
            for path, text in _scalars(source.values, ()):
                if suspect(text):
                    yield Value(source, path, text)


def is_spelling(path: Path) -> bool:
    """Whether the value is a spelling met elsewhere, which is searched and never printed."""
    return any(part in SPELLINGS for part in path)


def _scalars(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _scalars(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _scalars(item, (*path, index))

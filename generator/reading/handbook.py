"""The frozen handbook: entries by kind and id, references from both sides."""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel

from generator.model.entry import Entry
from generator.model.reference import Source
from generator.model.text import Text
from generator.reading.pairs import Pair, iter_pairs
from generator.reading.references import Reference, iter_references
from generator.reading.source import Path, SourceFile
from generator.reading.texts import iter_parts

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True, order=True)
class EntryKey:
    """Kind (the folder's name) and id."""

    kind: str
    id: str

    @property
    def file(self) -> str:
        """The entry's file below the data folder."""
        return f"{self.kind}/{self.id}.yaml"


@dataclass(frozen=True)
class Handbook:
    """All entries of one data folder. Nothing in it changes after loading."""

    entries: Mapping[str, Mapping[str, Entry]]
    files: Mapping[EntryKey, SourceFile]

    def of(self, model: type[E]) -> Mapping[str, E]:
        """The entries of one kind by id, in order of id."""
        return self.entries.get(model.kind, MappingProxyType({}))  # type: ignore[return-value]

    def get(self, model: type[E], entry_id: str) -> E:
        """The entry; KeyError when there is none."""
        return self.of(model)[entry_id]

    def only(self, keys: Container[EntryKey]) -> "Handbook":
        """The part of it that is made of these files alone."""
        entries = {
            kind: MappingProxyType({name: one for name, one in found.items() if EntryKey(kind, name) in keys})
            for kind, found in self.entries.items()
        }
        files = {key: source for key, source in self.files.items() if key in keys}
        return Handbook(MappingProxyType(entries), MappingProxyType(files))

    def name_of(self, kind: str, entry_id: str) -> Text | str:
        """What an entry is called: its name, or the title of a source; KeyError when there is none."""
        entry = self.entries[kind][entry_id]
        name: Text | str = entry.title if isinstance(entry, Source) else entry.name  # type: ignore[attr-defined]
        return name

    def __iter__(self) -> Iterator[tuple[EntryKey, Entry]]:
        for kind, entries in self.entries.items():
            for entry_id, entry in entries.items():
                yield EntryKey(kind, entry_id), entry

    def __len__(self) -> int:
        return sum(len(entries) for entries in self.entries.values())

    @cached_property
    def references(self) -> Mapping[EntryKey, tuple[Reference, ...]]:
        """What each entry refers to: the path in its data, kind and id."""
        return MappingProxyType({key: tuple(iter_references(entry)) for key, entry in self})

    @cached_property
    def backlinks(self) -> Mapping[EntryKey, tuple[tuple[EntryKey, Path], ...]]:
        """For each entry, who refers to it and from which path."""
        found: dict[EntryKey, list[tuple[EntryKey, Path]]] = defaultdict(list)
        for key, references in self.references.items():
            for path, kind, target in references:
                found[EntryKey(kind, target)].append((key, path))
        return MappingProxyType({key: tuple(rows) for key, rows in found.items()})

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every text in both languages with its place, unsound entries included, in order of files."""
        return tuple(
            pair
            for key, source in self.files.items()
            for pair in iter_pairs(key.kind, source, self.entries.get(key.kind, {}).get(key.id))
        )

    @cached_property
    def parts(self) -> tuple[tuple[EntryKey, Path, BaseModel], ...]:
        """Every part of every sound entry but its texts, with its path; the entry itself under the empty path."""
        return tuple((key, path, part) for key, entry in self for path, part in iter_parts(entry))

    def place_of(self, key: EntryKey, path: Path) -> tuple[str, int, int]:
        """File, line and column of a value, for a message about it."""
        source = self.files[key]
        return (source.name, *source.place_of(path))

"""A handbook that notes what is read of it, so that what was made from it is made again when just that has changed."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from generator.model.entry import Entry
from generator.model.text import Text
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.source import Path, SourceFile

V = TypeVar("V")

# What was read: "entry", "name", "ids" or "links" with kind and id, or "page" with language and path.
Reading = tuple[str, str, str]


class Trace:
    """The readings since it was last emptied."""

    def __init__(self) -> None:
        self.readings: set[Reading] = set()

    def taken(self) -> list[Reading]:
        """The readings so far, in order; the next ones begin anew."""
        found = sorted(self.readings)
        self.readings.clear()
        return found


class _Noting(Mapping[str, V]):
    """A mapping of which every look at a value, and at the keys as a whole, is noted."""

    def __init__(self, values: Mapping[str, V], kind: str, trace: Trace) -> None:
        self._values, self._kind, self._trace = values, kind, trace

    def __getitem__(self, key: str) -> V:
        # Noted as well where there is nothing: an entry that comes to be changes the answer.
        self._trace.readings.add(("entry", self._kind, key))
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        self._trace.readings.add(("ids", self._kind, ""))
        return iter(self._values)

    def __len__(self) -> int:
        self._trace.readings.add(("ids", self._kind, ""))
        return len(self._values)


class _NotingLinks(Mapping[EntryKey, tuple[tuple[EntryKey, Path], ...]]):
    """Who refers to an entry; each question is noted. It cannot be read as a whole."""

    def __init__(self, links: Mapping[EntryKey, tuple[tuple[EntryKey, Path], ...]], trace: Trace) -> None:
        self._links, self._trace = links, trace

    def __getitem__(self, key: EntryKey) -> tuple[tuple[EntryKey, Path], ...]:
        self._trace.readings.add(("links", key.kind, key.id))
        return self._links[key]

    def __iter__(self) -> Iterator[EntryKey]:
        raise NotImplementedError("all links at once are read from a handbook that is not watched")

    def __len__(self) -> int:
        raise NotImplementedError("all links at once are read from a handbook that is not watched")


class NotingPaths(frozenset[str]):
    """The paths of a language's pages; each question whether there is one is noted."""

    def noted(self, language: str, trace: Trace) -> "NotingPaths":
        """The same paths, noting from now on."""
        self.language, self.trace = language, trace
        return self

    def __contains__(self, path: object) -> bool:
        self.trace.readings.add(("page", self.language, str(path)))
        return super().__contains__(path)


class _NoFiles(Mapping[EntryKey, SourceFile]):
    """Pages say nothing of where a value stands in its file."""

    def __getitem__(self, key: EntryKey) -> SourceFile:
        raise NotImplementedError("files are read from a handbook that is not watched")

    def __iter__(self) -> Iterator[EntryKey]:
        raise NotImplementedError("files are read from a handbook that is not watched")

    def __len__(self) -> int:
        raise NotImplementedError("files are read from a handbook that is not watched")


def watched(handbook: Handbook, trace: Trace) -> Handbook:
    """The same handbook, with every reading noted in `trace`."""
    entries: dict[str, Mapping[str, Entry]] = {
        kind: _Noting(of_kind, kind, trace) for kind, of_kind in handbook.entries.items()
    }
    seen = Handbook(entries, _NoFiles())

    def name_of(kind: str, entry_id: str) -> Text | str:
        trace.readings.add(("name", kind, entry_id))
        return handbook.name_of(kind, entry_id)

    # Most pages that lead to an entry say no more of it than its name.
    seen.__dict__["name_of"] = name_of
    # Cached under its name, as the property itself would.
    seen.__dict__["backlinks"] = _NotingLinks(handbook.backlinks, trace)
    return seen


class Digests:
    """What a reading gives in this handbook, as a digest; the same digest, the same answer."""

    def __init__(self, handbook: Handbook, pages: Mapping[Any, frozenset[str]]) -> None:
        self._handbook = handbook
        self._pages = pages
        self._known: dict[Reading, str] = {}

    def of(self, reading: Reading) -> str:
        """The digest of one reading; empty where there is nothing to read."""
        if reading not in self._known:
            self._known[reading] = digest(said) if (said := self._said(*reading)) is not None else ""
        return self._known[reading]

    def _said(self, what: str, kind: str, entry_id: str) -> str | None:
        if what == "page":
            return "there" if entry_id in self._pages[kind] else None
        of_kind = self._handbook.entries.get(kind, {})
        if what == "ids":
            return "\n".join(of_kind)
        key = EntryKey(kind, entry_id)
        if what == "links":
            return repr(self._handbook.backlinks.get(key))
        if entry_id not in of_kind:
            return None
        return (
            repr(self._handbook.name_of(kind, entry_id)) if what == "name" else self._handbook.files[key].text
        )


def digest(text: str) -> str:
    """A digest of a text, in 32 hex digits."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).hexdigest()

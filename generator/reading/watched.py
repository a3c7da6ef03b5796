"""A handbook that notes what is read of it, so that what was made from it is made again when just that has changed."""

import hashlib
import json
from abc import ABCMeta
from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from typing import Any

from generator.model.entry import Entry
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.source import Path, SourceFile

# What was read, in one word so that there can be very many: "there", "whole", "ids", "links" or a dot and a field, then
# kind and id; or "page" with language and path. Between the three stands `_GAP`.
Reading = str

_GAP = "\t"


def reading_of(what: str, kind: str, entry_id: str) -> Reading:
    """The word for what was read."""
    return f"{what}{_GAP}{kind}{_GAP}{entry_id}"


class Trace:
    """The readings since it was last emptied."""

    def __init__(self) -> None:
        self.readings: set[Reading] = set()

    def taken(self) -> list[Reading]:
        """The readings so far, in order; the next ones begin anew."""
        found = sorted(self.readings)
        self.readings.clear()
        return found


# Attributes that tell of all fields at once.
_WHOLE = ("__dict__", "__pydantic_fields_set__", "model_fields_set")


def _noting_model(model: type[Entry], trace: Trace) -> type[Entry]:
    """The model, whose fields cannot be read unnoticed. An instance stands for `_entry` and knows its `_place`."""
    add = trace.readings.add

    def noting(name: str) -> property:
        what = f"whole{_GAP}" if name in _WHOLE else f".{name}{_GAP}"

        # Read a million times in a build: no more is done than must be.
        def read(self: Any) -> Any:
            add(what + self._place)
            return getattr(self._entry, name)

        return property(read)

    said: dict[str, Any] = {"__slots__": ("_entry", "_place"), "__module__": model.__module__}
    said |= {name: noting(name) for name in (*model.model_fields, *_WHOLE)}
    # A class and no model of its own: pydantic has nothing to do for it.
    return ABCMeta.__new__(type(model), model.__name__, (model,), said)


class _Noting(Mapping[str, Entry]):
    """Entries of one kind, of which every look at one, at its fields and at the ids as a whole is noted."""

    def __init__(self, values: Mapping[str, Entry], kind: str, trace: Trace) -> None:
        self._values, self._kind, self._trace = values, kind, trace
        self._models: dict[type[Entry], type[Entry]] = {}
        self._seen: dict[str, Entry] = {}

    def __getitem__(self, key: str) -> Entry:
        # Noted as well where there is nothing: an entry that comes to be changes the answer.
        self._trace.readings.add(reading_of("there", self._kind, key))
        return self._entry(key)

    def __iter__(self) -> Iterator[str]:
        self._trace.readings.add(reading_of("ids", self._kind, ""))
        return iter(self._values)

    def __len__(self) -> int:
        self._trace.readings.add(reading_of("ids", self._kind, ""))
        return len(self._values)

    def items(self) -> ItemsView[str, Entry]:
        """All, of which nothing is noted but which there are."""
        return {key: self._entry(key) for key in self}.items()

    def values(self) -> ValuesView[Entry]:
        """All, of which nothing is noted but which there are."""
        return {key: self._entry(key) for key in self}.values()

    def _entry(self, key: str) -> Entry:
        seen = self._seen.get(key)
        if seen is None:
            seen = self._seen[key] = self._noting(key, self._values[key])
        return seen

    def _noting(self, key: str, entry: Entry) -> Entry:
        """The same entry, noting its fields."""
        model = type(entry)
        if model not in self._models:
            self._models[model] = _noting_model(model, self._trace)
        seen = object.__new__(self._models[model])
        told = {"_entry": entry, "_place": f"{self._kind}{_GAP}{key}"}
        unset = dict.fromkeys(("__pydantic_extra__", "__pydantic_private__"))
        for name, value in (told | unset).items():
            object.__setattr__(seen, name, value)
        return seen


class _NotingLinks(Mapping[EntryKey, tuple[tuple[EntryKey, Path], ...]]):
    """Who refers to an entry; each question is noted. It cannot be read as a whole."""

    def __init__(self, links: Mapping[EntryKey, tuple[tuple[EntryKey, Path], ...]], trace: Trace) -> None:
        self._links, self._trace = links, trace

    def __getitem__(self, key: EntryKey) -> tuple[tuple[EntryKey, Path], ...]:
        self._trace.readings.add(reading_of("links", key.kind, key.id))
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
        self.trace.readings.add(reading_of("page", self.language, str(path)))
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
    # Cached under its name, as the property itself would.
    seen.__dict__["backlinks"] = _NotingLinks(handbook.backlinks, trace)
    return seen


class Digests:
    """What a reading gives in this handbook, as a digest; the same digest, the same answer.

    `before` are digests of an earlier handbook: an entry whose text is as it was need not be looked at again. `wholes` are
    the readings by which the next one tells that, with their digests.
    """

    def __init__(
        self,
        handbook: Handbook,
        pages: Mapping[Any, frozenset[str]],
        before: Mapping[Reading, str] | None = None,
    ) -> None:
        self._handbook, self._pages, self._before = handbook, pages, before or {}
        self.wholes = {
            reading_of("whole", key.kind, key.id): digest(handbook.files[key].text) for key, _ in handbook
        }
        self._known = dict(self.wholes)
        # Kind and id, as they stand in a reading.
        self._same = {
            whole.partition(_GAP)[2]
            for whole, found in self.wholes.items()
            if self._before.get(whole) == found
        }

    def of(self, reading: Reading) -> str:
        """The digest of one reading; empty where there is nothing to read."""
        found = self._known.get(reading)
        if found is None:
            found = self._known[reading] = self._found(reading)
        return found

    def changed(self) -> frozenset[Reading]:
        """The readings of the earlier handbook that give something else in this."""
        return frozenset(
            one for one, said in self._before.items() if not self._stands(one) and self.of(one) != said
        )

    def _stands(self, reading: Reading) -> bool:
        """Whether it is a field of an entry that is as it was."""
        return reading.startswith(".") and reading.partition(_GAP)[2] in self._same

    def _found(self, reading: Reading) -> str:
        if reading in self._before and self._stands(reading):
            return self._before[reading]
        said = self._said(*reading.split(_GAP))
        return digest(said) if said is not None else ""

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
        if what == "there":
            return what
        values = self._handbook.files[key].values or {}
        return json.dumps(values.get(what.removeprefix(".")), ensure_ascii=False)


def digest(text: str) -> str:
    """A digest of a text, in 32 hex digits."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).hexdigest()

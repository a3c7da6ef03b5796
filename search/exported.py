"""What the browser is told of each term beside its place in the vocabulary: read from the index, or taken from the last
export where no edit has touched it.

The files of the last export are taken only if they are those that a record beside the stamp of the last index names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from search.analyzer import fold
from search.changes import CHANGES, Changes
from search.letters import numbers, packed, steps, unpacked
from search.lexicon import Postings
from search.names import JOIN
from search.query import IndexReader, open_reader
from search.stamp import IndexError, digest_of_files, stamp_digest

RECORD = "browser.json"
"""Beside the stamp: which files the browser's index was, for the next export alone."""

TAKEN = ("terms", "pairs")
"""The folders of an export that are read again."""

_SCRIPT = re.compile(r'handbookSearch\.take\("[a-z]+-\d+","[^"]*",(.*)\);\n', re.DOTALL)


class Entry(NamedTuple):
    """A folded term: its postings; exact forms, each with the places of those postings in which it stands (empty for
    all); second syllables of names that begin with it, each with its documents."""

    postings: str = ""
    exact: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class Exported(NamedTuple):
    """Entries by folded term, and the postings of each pair."""

    entries: dict[str, Entry]
    pairs: dict[str, str]


class LastExport:
    """An earlier index and the browser's index that was made of it. It can be read before there is a new one."""

    def __init__(self, made_from: Path, folder: Path) -> None:
        self.made_from = made_from
        self.folder = folder

    @cached_property
    def said(self) -> tuple[str, Exported] | None:
        """The digest of the index's stamp and what the export said; ``None`` when the record names other files."""
        try:
            if not _is_recorded(self):
                return None
            reader = open_reader(self.made_from)
            try:
                return stamp_digest(self.made_from), _read(reader, self.folder)
            finally:
                reader.close()
        except (IndexError, OSError, ValueError, TypeError, KeyError):
            return None


def vocabulary(reader: IndexReader) -> list[str]:
    """All folded terms of documents and synonyms, in order."""
    return sorted({*reader.frequencies, *reader.synonym_tokens()})


def pairs_in_order(reader: IndexReader) -> Iterator[str]:
    """All pairs, by the order of their first syllable in the vocabulary."""
    return (first + JOIN + second for first in vocabulary(reader) for second in reader.seconds(first))


def terms_of(reader: IndexReader, last: LastExport | None = None) -> Exported:
    """What there is to say of each term; the same with and without an earlier export."""
    if last is not None:
        standing = _standing(reader, last)
        if standing is not None:
            return standing
    held = {field: dict(reader.field_postings(field)) for field in ("folded", "exact", "pair", "name")}
    exact = _by_head(held["exact"], fold)
    names = _by_head(held["name"], _first)
    entries = {
        term: _entry(held["folded"].get(term, ([], [])), exact.get(term, ()), names.get(term, ()))
        for term in {*held["folded"], *exact, *names}
    }
    return Exported(entries, {pair: packed(postings) for pair, postings in held["pair"].items()})


def _entry(
    folded: Postings, exact: Iterable[tuple[str, Postings]], names: Iterable[tuple[str, Postings]]
) -> Entry:
    places = {document: place for place, document in enumerate(folded[0])}
    forms: list[str] = []
    for form, (documents, _) in exact:
        everywhere = len(documents) == len(places)
        forms += [form, "" if everywhere else steps(places[document] for document in documents)]
    seconds: list[str] = []
    for name, (documents, _) in names:
        seconds += [name.partition(JOIN)[2], steps(documents)]
    return Entry(packed(folded), tuple(forms), tuple(seconds))


def _by_head(
    postings: Mapping[str, Postings], head: Callable[[str], str]
) -> dict[str, list[tuple[str, Postings]]]:
    found: dict[str, list[tuple[str, Postings]]] = {}
    for term, held in postings.items():
        found.setdefault(head(term), []).append((term, held))
    return found


def _first(term: str) -> str:
    return term.partition(JOIN)[0]


def _standing(reader: IndexReader, last: LastExport) -> Exported | None:
    """The last export with what was changed since; ``None`` when it cannot be gone on from."""
    try:
        changes = Changes.from_json((reader.out / CHANGES).read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    if last.said is None or last.said[0] != changes.since:
        return None
    before = last.said[1]
    exported = Exported(dict(before.entries), dict(before.pairs))
    _renew(exported, changes)
    return exported


def _read(before: IndexReader, folder: Path) -> Exported:
    """What an export said; ValueError when it is not that of this index."""
    entries = [
        Entry(postings, tuple(exact), tuple(names))
        for shard in _shards(folder / "terms")
        for postings, exact, _, names, _ in shard
    ]
    pairs = [found for shard in _shards(folder / "pairs") for found in shard["postings"].split(" ")]
    return Exported(
        dict(zip(vocabulary(before), entries, strict=True)),
        dict(zip(pairs_in_order(before), pairs, strict=True)),
    )


def _shards(folder: Path) -> Iterator[Any]:
    for number in range(sum(1 for _ in folder.iterdir())):
        script = _SCRIPT.fullmatch((folder / f"{number}.js").read_text(encoding="utf-8"))
        if script is None:
            raise ValueError("no shard")
        yield json.loads(script[1])


def _renew(exported: Exported, changes: Changes) -> None:
    """Exchange what is told of the terms that an edit has touched."""

    def renewed(
        before: dict[str, Postings], told: Iterable[tuple[str, Postings]]
    ) -> Iterator[tuple[str, Postings]]:
        """In the order of their bytes, which is that of a walk through the index."""
        found = before | {term: changes.renewed(before.get(term, ([], [])), now) for term, now in told}
        return ((term, postings) for term, postings in sorted(found.items()) if postings[0])

    exact, names = _by_head(changes.exact, fold), _by_head(changes.name, _first)
    for term in {*changes.folded, *exact, *names}:
        before = exported.entries.get(term, Entry())
        folded = unpacked(before.postings)
        exported.entries[term] = _entry(
            changes.renewed(folded, changes.folded.get(term)),
            renewed(_exact(before, folded[0]), exact.get(term, ())),
            renewed(_names(term, before), names.get(term, ())),
        )
    for pair, now in changes.pair.items():
        postings = changes.renewed(unpacked(exported.pairs.get(pair, "")), now)
        if postings[0]:
            exported.pairs[pair] = packed(postings)
        else:
            exported.pairs.pop(pair, None)


def _exact(entry: Entry, documents: list[int]) -> dict[str, Postings]:
    """The exact forms of an entry, given the documents of its term."""
    told = zip(entry.exact[::2], entry.exact[1::2], strict=True)
    return {
        form: _without_impacts([documents[place] for place in numbers(places)] if places else documents)
        for form, places in told
    }


def _names(term: str, entry: Entry) -> dict[str, Postings]:
    """The names of an entry."""
    told = zip(entry.names[::2], entry.names[1::2], strict=True)
    return {
        term + JOIN + second if second else term: _without_impacts(numbers(documents))
        for second, documents in told
    }


def _without_impacts(documents: list[int]) -> Postings:
    """Of forms and names an export says only where they stand."""
    return documents, [0] * len(documents)


def record(index: Path, folder: Path) -> None:
    """Note beside the stamp of an index which files its export is."""
    said = {"stamp": stamp_digest(index), "files": _digests(folder)}
    (index / RECORD).write_text(json.dumps(said), encoding="utf-8")


def _is_recorded(last: LastExport) -> bool:
    said = json.loads((last.made_from / RECORD).read_text(encoding="utf-8"))
    return bool(said == {"stamp": stamp_digest(last.made_from), "files": _digests(last.folder)})


def _digests(folder: Path) -> dict[str, Any]:
    return {name: digest_of_files(folder / name) for name in TAKEN}

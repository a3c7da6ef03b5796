"""What the browser is told of each term beside its place in the vocabulary: read from the index, or taken from the last
export where no edit has touched it.

The files of the last export are taken only if they are those that a record beside the stamp of the last index names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from search.analyzer import fold
from search.changes import CHANGES, Changes
from search.letters import packed, steps
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
    postings: dict[str, Postings], head: Callable[[str], str]
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
    _renew(exported, reader, changes)
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


def _renew(exported: Exported, reader: IndexReader, changes: Changes) -> None:
    """Read again what an edit may have touched."""

    def found(field: str, terms: Iterable[str]) -> dict[str, Postings]:
        """In the order of their bytes, which is that of a walk through the index."""
        by_term = {term: reader.postings(field, term) for term in sorted(terms)}
        return {term: postings for term, postings in by_term.items() if postings[0]}

    exact = _by_head({form: ([], []) for form in changes.exact}, fold)
    names = _by_head({name: ([], []) for name in changes.name}, _first)
    for term in {*changes.folded, *exact, *names}:
        before = exported.entries.get(term, Entry())
        forms = {*before.exact[::2], *(form for form, _ in exact.get(term, ()))}
        starting = {
            *(term + JOIN + second if second else term for second in before.names[::2]),
            *(name for name, _ in names.get(term, ())),
        }
        folded = reader.postings("folded", term)
        exported.entries[term] = _entry(
            folded, found("exact", forms).items(), found("name", starting).items()
        )
    for pair in changes.pair:
        postings = reader.postings("pair", pair)
        if postings[0]:
            exported.pairs[pair] = packed(postings)
        else:
            exported.pairs.pop(pair, None)


def record(index: Path, folder: Path) -> None:
    """Note beside the stamp of an index which files its export is."""
    said = {"stamp": stamp_digest(index), "files": _digests(folder)}
    (index / RECORD).write_text(json.dumps(said), encoding="utf-8")


def _is_recorded(last: LastExport) -> bool:
    said = json.loads((last.made_from / RECORD).read_text(encoding="utf-8"))
    return bool(said == {"stamp": stamp_digest(last.made_from), "files": _digests(last.folder)})


def _digests(folder: Path) -> dict[str, Any]:
    return {name: digest_of_files(folder / name) for name in TAKEN}

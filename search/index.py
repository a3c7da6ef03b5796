"""Builds the index: a Whoosh index in a folder of its own, named by a stamp that is swapped in whole.

Of an index of nearly the same documents the segment is kept, and what has changed is written beside it: the answers are
those of an index built anew.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from search import rules
from search.changes import CHANGES, MOST_CHANGED, Difference, difference_between
from search.counts import Counts
from search.document import SearchDocument, parsed_line
from search.lexicon import Postings
from search.postings import Inversion, Posting
from search.query import (
    CONCEPTS,
    ORDER,
    PAIRS,
    SegmentReader,
    import_whoosh,
    open_reader,
    pair_lines,
    posting_lines,
    schema,
)
from search.stamp import (
    COUNTS,
    FORMAT,
    STAMP,
    IndexError,
    Stamp,
    digest_of_files,
    program_digest,
    read_stamp,
    stamp_digest,
)
from search.synonyms import Synonyms, concept_impacts, phrase_terms
from search.terms import Terms, read_terms
from search.wordlists import concept_line, word_files

Progress = Callable[[int, int], None]

# Endings of the files that are Whoosh's.
_WHOOSH = (".toc", ".trm", ".pst", ".col")


class _Ordered:
    """Stands in for Whoosh's pool, which writes every posting to a file of its own to sort them."""

    def __init__(self, postings: Iterable[Posting]) -> None:
        self._postings = postings

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        """As the writer takes them: field, term, document, weight, and no data of their own."""
        return ((field, term, number, float(impact), b"") for field, term, number, impact in self._postings)

    def cleanup(self) -> None:
        """Nothing was written."""


def write_segment(
    stored: Iterable[tuple[str, str]], postings: Iterable[Posting], folder: Path, beside: Path | None = None
) -> None:
    """Write Whoosh's files into ``folder``: all as one segment, or as a second one.

    :param stored: id and JSON text of each document, in the order of numbers.
    :param postings: by field, term, number; numbers begin at 0 in each segment.
    :param beside: the folder of an index whose first segment is kept; the new one takes the place of any other.
    """
    whoosh = import_whoosh()
    # in memory first: Whoosh opens and closes many small files
    storage = whoosh.filestore.RamStorage()
    # its scratch files too: left to itself it keeps them in a folder that all builds of a machine share, and removes it
    storage.temp_storage = lambda _: whoosh.filestore.RamStorage()
    if beside is None:
        index = storage.create_index(schema())
    else:
        for path in beside.iterdir():
            if path.name.endswith(_WHOOSH):
                storage.files[path.name] = path.read_bytes()
        index = storage.open_index(schema=schema())
    # large blocks: each is one read of the whole postings of all but the most frequent terms; those of rare ones stand
    # beside the term
    codec = whoosh.codec.W3Codec(blocklimit=4096, compression=0, inlinelimit=32)
    # lengths are part of the impacts
    codec.length_stats = False
    writer = index.writer(compound=False, codec=codec)
    for identity, data in stored:
        writer.add_document(id=identity, data=data)
    writer.pool = _Ordered(postings)
    writer.commit(mergetype=_keep_first)
    for name in storage.list():
        with storage.open_file(name) as stream:
            (folder / name).write_bytes(stream.read())


def _keep_first(_: Any, segments: list[Any]) -> list[Any]:
    """Which segments stay beside the one just written."""
    return segments[:1]


@dataclass(frozen=True, slots=True)
class _Written:
    """What the parts of an index are made from."""

    counts: Counts
    # the content of ``COUNTS``, and which position each document of the segments has now; -1 where it is gone
    first: bytes
    order: list[int]
    # what is other than in the last index, if that can be said, and its groups of synonyms by their JSON
    difference: Difference | None = None
    concepts: Mapping[str, Postings] = field(default_factory=dict)


def _write_all(documents: Sequence[SearchDocument], folder: Path, progress: Progress | None) -> _Written:
    """All documents as one segment."""
    counts, inversion = Counts(), Inversion()
    for done, document in enumerate(documents, 1):
        terms = read_terms(document)
        counts.add(terms)
        inversion.add(document, terms)
        if progress:
            progress(done, len(documents))
    stored = ((document.id, document.line()) for document in documents)
    write_segment(stored, inversion.postings(counts.averages()), folder)
    return _Written(counts, counts.to_json().encode("utf-8", "replace"), [])


def _write_changed(
    documents: Sequence[SearchDocument],
    texts: Sequence[str],
    folder: Path,
    standing: _Standing,
    progress: Progress | None,
) -> _Written | None:
    """What has changed since the first segment of the last index was written, beside that segment.

    ``None`` when too much has changed, or documents have another mean length.

    :param texts: the lines of ``documents``.
    """
    before, counts = standing.first_texts, standing.counts
    averages_before = counts.averages()
    positions = {text: position for position, text in enumerate(texts)}
    order = [positions.get(text, -1) for text in before]
    kept = set(order)
    added = [position for position in range(len(documents)) if position not in kept]
    gone = [text for text, position in zip(before, order, strict=True) if position < 0]
    if len(added) + len(gone) > max(1, MOST_CHANGED * len(documents)):
        return None

    @cache
    def read(text: str) -> tuple[SearchDocument, Terms]:
        document = parsed_line(text)
        return document, read_terms(document)

    inversion = Inversion()
    for text in gone:
        counts.take_back(read(text)[1])
    for done, position in enumerate(added, 1):
        document, terms = read(texts[position])
        counts.add(terms)
        inversion.add(document, terms)
        if progress:
            progress(done, len(added))
    averages = counts.averages()
    if averages != averages_before:
        return None
    stored = ((documents[position].id, texts[position]) for position in added)
    write_segment(stored, inversion.postings(averages), folder, beside=standing.folder)
    difference = difference_between(standing.texts, texts, averages, standing.stamp, read)
    return _Written(counts, standing.said, order + added, difference, standing.concepts)


@dataclass(frozen=True, slots=True)
class _Standing:
    """The last index: digest of its stamp, its folder, the texts of the documents of its first segment with their
    counts (and the file that said them), and those of all its documents with the documents of each group of synonyms,
    by its JSON."""

    stamp: str
    folder: Path
    first_texts: list[str]
    said: bytes
    counts: Counts
    texts: list[str]
    concepts: dict[str, Postings]


class LastIndex:
    """An earlier index that a new one goes on from. It can be read before there are documents."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._documents: dict[str, SearchDocument] = {}
        # By identity: to compare documents takes longer than to write their lines.
        self._lines: dict[int, str] = {}

    def read(self) -> None:
        """Read it, its documents included, before there are any to index."""
        for line in self.standing.texts if self.standing else ():
            document = self._documents[line] = parsed_line(line)
            self._lines[id(document)] = line

    def document(self, line: str) -> SearchDocument:
        """The document of a line: that which was read, if there was one."""
        return self._documents.get(line) or parsed_line(line)

    def line(self, document: SearchDocument) -> str:
        """The line of a document."""
        return self._lines.get(id(document)) or document.line()

    def forget(self) -> None:
        """Let go of the documents that were read."""
        self._documents.clear()
        self._lines.clear()

    @cached_property
    def standing(self) -> _Standing | None:
        """What it holds, if this program made it and it is whole."""
        try:
            stamp = read_stamp(self.out)
            if stamp is None or stamp.program != program_digest():
                return None
            said = (self.out / COUNTS).read_bytes()
            if hashlib.sha256(said).hexdigest() != stamp.counts:
                return None
            reader = open_reader(self.out)
            try:
                counts = Counts.from_json(said.decode("utf-8"))
                first, texts = reader.segments.rows()
                return _Standing(
                    stamp_digest(self.out),
                    reader.segments.folder,
                    first,
                    said,
                    counts,
                    texts,
                    reader.concept_lists(),
                )
            finally:
                reader.close()
        except (IndexError, OSError, ValueError, KeyError, TypeError):
            return None


def _renewed(
    written: _Written, phrases: Sequence[Sequence[Sequence[str]]], documents: int
) -> dict[int, int] | None:
    """The documents that name a group of synonyms as in the last index, but for those that were changed; ``None`` where
    that does not tell them, because the last index did not know the group or a word of it tells more or less now."""
    difference = written.difference
    known = written.concepts.get(concept_line(phrases))
    if difference is None or known is None:
        return None
    found = dict(zip(*known, strict=True))
    if not any(difference.changes.touch(phrase) for phrase in phrases):
        return found
    if any(term in difference.moved for phrase in phrases for term in phrase_terms(phrase)):
        return None
    counted = {"exact": written.counts.exact, "pair": written.counts.pairs}
    kept = {number: impact for number, impact in found.items() if number not in difference.changes.numbers}
    return kept | concept_impacts(
        phrases,
        lambda field, term: difference.postings.get((field, term), {}),
        lambda field, term: counted[field][term],
        documents,
    )


def _concepts(
    table: dict[str, Any], reader: SegmentReader, documents: int, written: _Written
) -> dict[int, Postings]:
    """For each group of synonyms the documents that name it."""
    held: dict[tuple[str, str], dict[int, int]] = {}

    def postings(field: str, term: str) -> dict[int, int]:
        found = held.get((field, term))
        if found is None:
            found = held[field, term] = dict(zip(*reader.postings(field, term), strict=True))
        return found

    def frequency(field: str, term: str) -> int:
        return len(postings(field, term))

    concepts: dict[int, Postings] = {}
    for group, phrases in enumerate(table["groups"]):
        found = _renewed(written, phrases, documents)
        if found is None:
            found = concept_impacts(phrases, postings, frequency, documents)
        if found:
            numbers = sorted(found)
            concepts[group] = numbers, [found[number] for number in numbers]
    return concepts


def _data_digest(texts: Iterable[str], synonyms: Sequence[Sequence[str]]) -> str:
    seal = hashlib.sha256()
    for text in chain(texts, [json.dumps(list(synonyms), ensure_ascii=False)]):
        seal.update(text.encode("utf-8", "replace") + b"\n")
    return seal.hexdigest()[:32]


def build_index(
    documents: Iterable[SearchDocument],
    out: Path | str,
    synonyms: Sequence[Sequence[str]] | Synonyms = (),
    progress: Progress | None = None,
    last: Path | LastIndex | None = None,
) -> Stamp:
    """Writes the index of ``documents`` under ``out`` and returns its stamp.

    Everything is written into a new folder beside the old one; only then the stamp is replaced, in one step, so a
    reader sees the old index or the new one and an interrupted build leaves the old one standing. An index of the
    same data and analysis is left as it is.

    :param synonyms: groups of equivalent phrases, any language.
    :param progress: called with (done, all) documents.
    :param last: an earlier index to go on from, by default that under ``out``.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    ordered = sorted(documents, key=lambda document: (document.id, document.kind))
    groups = synonyms if isinstance(synonyms, Synonyms) else Synonyms(synonyms)
    last = last if isinstance(last, LastIndex) else LastIndex(last or out)
    standing = last.standing
    # Twice as much as the documents themselves: all at once only where they are needed again.
    texts = list(map(last.line, ordered)) if standing else []
    data = _data_digest(texts or map(last.line, ordered), groups.groups)
    before = read_stamp(out, missing_ok=True)
    made_from = (data, rules.digest(), program_digest())
    if before and (before.data, before.analysis, before.program) == made_from and before.intact(out):
        return before
    folder = out / f"making-{uuid.uuid4().hex[:12]}"
    folder.mkdir()
    try:
        written = _write_changed(ordered, texts, folder, standing, progress) if standing else None
        if written is None:
            written = _write_all(ordered, folder, progress)
        _write_words(written, folder, groups.table, len(ordered))
        stamp = Stamp(
            format=FORMAT,
            program=program_digest(),
            analysis=rules.digest(),
            data=data,
            folder=f"data-{folder.name.removeprefix('making-')}",
            documents=len(ordered),
            files=digest_of_files(folder),
            counts=hashlib.sha256(written.first).hexdigest(),
        )
        folder.rename(out / stamp.folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    beside = {COUNTS: written.first, CHANGES: b"", STAMP: stamp.to_json().encode("utf-8")}
    if written.difference is not None:
        beside[CHANGES] = written.difference.changes.to_json().encode("utf-8", "replace")
    for name, content in beside.items():
        waiting = out / f"{name}.{uuid.uuid4().hex[:12]}"
        waiting.write_bytes(content)
        waiting.replace(out / name)
    if before:
        shutil.rmtree(out / before.folder, ignore_errors=True)
    return stamp


def _write_words(written: _Written, folder: Path, table: dict[str, Any], documents: int) -> None:
    """What is kept beside Whoosh's files."""
    counts = written.counts
    files = word_files(counts.frequencies(), counts.commonest_forms(), counts.names(), table)
    files[PAIRS] = pair_lines(counts.pair_frequencies())
    files[ORDER] = json.dumps(written.order)
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    segments = SegmentReader(folder)
    try:
        concepts = _concepts(table, segments, documents, written)
    finally:
        segments.close()
    (folder / CONCEPTS).write_text(posting_lines(concepts), encoding="utf-8")

"""Reads an index: term frequencies, postings, words that begin so, stored documents.

With :mod:`search.index` the only module that knows Whoosh. Whoosh is imported here without what it drags in and does
not use, and without trust in pickles (see :mod:`search.pickles`): two imports that it makes for one unused name each
(``urllib.request``, and ``asyncio`` by way of ``cached_property``) cost more than all of Whoosh.
"""

from __future__ import annotations

import json
import sys
import types
import warnings
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, cached_property
from itertools import takewhile
from pathlib import Path
from threading import RLock, Thread
from typing import Any

from search import rules
from search.lexicon import FIELDS, Postings
from search.names import JOIN
from search.pickles import distrust_pickles, placeholder
from search.stamp import REMEDY, IndexError, Stamp, read_stamp
from search.wordlists import NAMES, WordLists


@cache
def schema() -> Any:
    """The fields of an index. It is never read from one: Whoosh keeps it as a pickle of classes and functions."""
    whoosh = import_whoosh()

    def terms() -> Any:
        field = whoosh.fields.KEYWORD(scorable=False)
        # a posting is a document and an impact: no counts, no positions
        field.format = whoosh.formats.Existence()
        return field

    stored = dict.fromkeys(("id", "data"), whoosh.fields.STORED)
    return whoosh.fields.Schema(**stored, **{name: terms() for name in FIELDS})


@cache
def import_whoosh() -> types.SimpleNamespace:
    """Whoosh's modules ``codec``, ``index``, ``fields``, ``formats``, ``analysis`` and ``filestore``."""
    placeholders = {
        "urllib.request": placeholder("urllib.request", urlretrieve=None),
        "cached_property": placeholder("cached_property", cached_property=cached_property),
    }
    seated = {name: module for name, module in placeholders.items() if name not in sys.modules}
    sys.modules.update(seated)
    try:
        with warnings.catch_warnings():
            # invalid escapes in Whoosh's own docstrings
            warnings.simplefilter("ignore")
            import whoosh.analysis
            import whoosh.codec.whoosh3
            import whoosh.fields
            import whoosh.filedb.filestore
            import whoosh.formats
            import whoosh.index
            import whoosh.legacy
            import whoosh.reading
    finally:
        for name, module in seated.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
    distrust_pickles()
    # readers of formats that no index of ours has, each with an unpickler of its own
    whoosh.legacy.toc_loaders.clear()
    # the writer calls the method by another name than it has
    info = whoosh.codec.whoosh3.W3TermInfo
    if not hasattr(info, "set_inline"):
        info.set_inline = info.set_inlined
    return types.SimpleNamespace(
        codec=whoosh.codec.whoosh3,
        index=whoosh.index,
        fields=whoosh.fields,
        formats=whoosh.formats,
        analysis=whoosh.analysis,
        filestore=whoosh.filedb.filestore,
        reading=whoosh.reading,
    )


PAIRS = "pairs.txt"
"""Lines of a first syllable, a tab, and its second ones, each with its document frequency: planning a query asks for
thousands of pairs, and Whoosh answers each from its hash table in many steps."""


def pair_lines(pairs: Iterable[tuple[str, int]]) -> str:
    """The content of ``PAIRS``.

    :param pairs: terms of the field ``pair`` in order, with their document frequency.
    """
    seconds: dict[str, list[str]] = {}
    for term, frequency in pairs:
        first, _, second = term.partition(JOIN)
        seconds.setdefault(first, []).append(f"{second} {frequency}")
    return "\n".join(f"{first}\t{' '.join(found)}" for first, found in seconds.items())


CONCEPTS = "concept-postings.txt"
"""Lines of a group of synonyms, the documents that name it, and their impacts."""

ORDER = "order.json"
"""For an index of two segments the document that each stored one is now, -1 where it is gone; else empty."""

INDEXED = (*FIELDS, "concept")
"""All fields that have postings."""


def posting_lines(postings: Mapping[int, Postings]) -> str:
    """The content of ``CONCEPTS``."""
    return "".join(
        f"{group}\t{' '.join(map(str, numbers))}\t{' '.join(map(str, impacts))}\n"
        for group, (numbers, impacts) in postings.items()
    )


def _whole(terms: Any, info: Any, form: Any) -> Postings:
    """All postings of a term. Blocks are taken whole: a step from one posting to the next costs three calls.

    :param terms: the reader of a segment's terms; ``info`` is what it knows of the term.
    """
    if info.is_inlined():
        held, weights, _ = info.inlined_postings()
        return list(held), list(map(int, weights))
    numbers: list[int] = []
    impacts: list[int] = []
    matcher = terms._codec.postings_reader(terms._postfile, info, form)
    while True:
        # both are read from the file when they are asked for
        matcher.id(), matcher.weight()
        numbers += matcher._ids
        impacts += map(int, matcher._weights)
        if matcher._lastblock:
            return numbers, impacts
        matcher._next_block()


class SegmentReader:
    """Whoosh's files of one index: postings and stored documents. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        index = import_whoosh().index.open_dir(str(folder), readonly=True, schema=schema())
        self._index = index
        self._reader = index.reader()
        # a segment, and the number of its first document
        self._leaves: list[tuple[Any, int]] = list(self._reader.leaf_readers())
        self._order: list[int] = json.loads((folder / ORDER).read_text(encoding="utf-8"))
        self._stored = {document: number for number, document in enumerate(self._order) if document >= 0}
        self._lock = RLock()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One thread at a time; whatever Whoosh says of bytes that are no index, the index is refused."""
        with self._lock:
            try:
                yield
            except IndexError:
                raise
            except Exception as error:
                raise IndexError(f"{self.folder.parent}: damaged ({error!r:.200}); {REMEDY}") from error

    def _ordered(self, found: Postings) -> Postings:
        """Postings of stored documents as those of documents."""
        if not self._order:
            return found
        order = self._order
        pairs = ((order[number], impact) for number, impact in zip(*found, strict=True))
        kept = sorted(pair for pair in pairs if pair[0] >= 0)
        return [number for number, _ in kept], [impact for _, impact in kept]

    def frequency(self, field: str, term: str) -> int:
        """In how many documents ``term`` stands; 0 when it is not known."""
        if self._order:
            return len(self.postings(field, term)[0])
        with self.reading():
            return int(self._reader.doc_frequency(field, term)) if term else 0

    def postings(self, field: str, term: str) -> Postings:
        """Where ``term`` stands; empty when it is not known."""
        numbers: list[int] = []
        impacts: list[int] = []
        with self.reading():
            for leaf, base in self._leaves if term else ():
                try:
                    info = leaf.term_info(field, term)
                except import_whoosh().reading.TermNotFound:
                    continue
                found = _whole(leaf._terms, info, schema()[field].format)
                numbers += [base + number for number in found[0]] if base else found[0]
                impacts += found[1]
        return self._ordered((numbers, impacts))

    def field_postings(self, field: str) -> Iterator[tuple[str, Postings]]:
        """All terms of ``field``, in the order of their bytes, with their postings: one walk through the index, not a
        look-up a term."""
        found: dict[bytes, Postings] = {}
        with self.reading():
            for leaf, base in self._leaves:
                terms = leaf._terms
                form = schema()[field].format
                for term, info in leaf.iter_field(field):
                    numbers, impacts = _whole(terms, info, form)
                    numbers = [base + number for number in numbers]
                    if term in found:
                        numbers, impacts = found[term][0] + numbers, found[term][1] + impacts
                    found[term] = numbers, impacts
        for term in sorted(found):
            postings = self._ordered(found[term])
            if postings[0]:
                yield term.decode("utf-8"), postings

    def document(self, number: int) -> dict[str, Any]:
        """The stored document, in the shape of its JSON line."""
        with self.reading():
            stored = self._reader.stored_fields(self._stored[number] if self._order else number)
        return dict(json.loads(stored["data"]))

    def rows(self) -> tuple[list[str], list[str]]:
        """The JSON texts of all documents of the first segment, and those of all documents of the index, by number."""
        with self.reading():
            stored = [[str(one["data"]) for one in leaf.all_stored_fields()] for leaf, _ in self._leaves]
        texts = [text for segment in stored for text in segment]
        if self._order:
            texts = [texts[self._stored[number]] for number in range(len(self._stored))]
        return stored[0], texts

    def close(self) -> None:
        """Gives the files back."""
        with self._lock:
            self._reader.close()
            self._index.close()


class IndexReader(WordLists):
    """One opened index. Safe to use from several threads."""

    def __init__(self, stamp: Stamp, folder: Path) -> None:
        self.stamp = stamp
        self.documents = stamp.documents
        self.out = folder.parent
        # held in memory from here on, whatever happens to the folder
        self._texts = {
            name: (folder / name).read_text(encoding="utf-8") for name in (*NAMES, PAIRS, CONCEPTS)
        }
        self._pairs: dict[str, dict[str, int]] = {}
        self.segments = SegmentReader(folder)
        self._lock = RLock()
        self._frequencies: dict[tuple[str, str], int] = {}
        self._postings: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._held = 0

    def word_file(self, name: str) -> str:
        """The content of one of ``NAMES``."""
        return self._texts[name]

    def frequency(self, field: str, term: str) -> int:
        """In how many documents ``term`` stands; 0 when it is not known."""
        if field == "folded":
            return self.frequencies.get(term, 0)
        if field == "pair":
            first, _, second = term.partition(JOIN)
            return self.seconds(first).get(second, 0)
        if field == "concept":
            numbers = self._concept_lines.get(term, "").partition("\t")[0]
            return numbers.count(" ") + 1 if numbers else 0
        key = (field, term)
        found = self._frequencies.get(key)
        if found is None:
            found = self.segments.frequency(field, term)
            with self._lock:
                if len(self._frequencies) > rules.limit("cached_terms"):
                    self._frequencies.clear()
                self._frequencies[key] = found
        return found

    @cached_property
    def _pair_lines(self) -> dict[str, str]:
        """First syllable → its second ones, each with its document frequency."""
        lines = (line.partition("\t") for line in self._texts[PAIRS].split("\n"))
        return {first: seconds for first, _, seconds in lines}

    def seconds(self, first: str) -> dict[str, int]:
        """The syllables that stand behind one, in order, with the document frequency of the pair."""
        held = self._pairs.get(first)
        if held is None:
            items = self._pair_lines.get(first, "").split()
            held = dict(zip(items[::2], map(int, items[1::2]), strict=True))
            if len(self._pairs) > rules.limit("cached_terms") // 10:
                self._pairs.clear()
            self._pairs[first] = held
        return held

    @cached_property
    def _concept_lines(self) -> dict[str, str]:
        lines = (line.partition("\t") for line in self._texts[CONCEPTS].split("\n")[:-1])
        return {group: postings for group, _, postings in lines}

    def concept_lists(self) -> dict[str, Postings]:
        """For each group of synonyms, by its JSON line, the documents that name it."""
        return {line: self._concept(str(group)) for group, line in enumerate(self._concepts)}

    def _concept(self, group: str) -> Postings:
        numbers, _, impacts = self._concept_lines.get(group, "").partition("\t")
        return [int(number) for number in numbers.split()], [int(impact) for impact in impacts.split()]

    def linked(self, first: str, second: str) -> bool:
        """Whether two folded syllables stand side by side somewhere."""
        return second in self.seconds(first)

    def postings(self, field: str, term: str) -> Postings:
        """Where ``term`` stands; empty when it is not known."""
        key = (field, term)
        with self._lock:
            found = self._postings.get(key)
            if found is not None:
                self._postings.move_to_end(key)
                return found
            found = self._concept(term) if field == "concept" else self.segments.postings(field, term)
            self._postings[key] = found
            self._held += len(found[0])
            while self._held > rules.limit("cached_postings") and len(self._postings) > 1:
                _, (dropped, _) = self._postings.popitem(last=False)
                self._held -= len(dropped)
            return found

    def starting(self, field: str, prefix: str, most: int) -> list[str]:
        """Up to ``most`` folded terms or pairs (by ``field``) that begin with ``prefix``, in order.

        A pair must be given with its first syllable whole.
        """
        if field == "folded":
            terms, lead, rest = self._ordered, "", prefix
        else:
            first, _, rest = prefix.partition(JOIN)
            terms, lead = list(self.seconds(first)), first + JOIN
        start = bisect_left(terms, rest)
        return [
            lead + term for term in takewhile(lambda term: term.startswith(rest), terms[start : start + most])
        ]

    @cached_property
    def _ordered(self) -> list[str]:
        return list(self.frequencies)

    def field_postings(self, field: str) -> Iterator[tuple[str, Postings]]:
        """All terms of ``field``, in order, with their postings."""
        if field == "concept":
            return ((group, self._concept(group)) for group in sorted(self._concept_lines))
        return self.segments.field_postings(field)

    def members(self, field: str, term: str) -> frozenset[int]:
        """The documents with ``term`` in a filter field (``kind``, ``language``)."""
        return frozenset(self.postings(field, term)[0])

    def document(self, number: int) -> dict[str, Any]:
        """The stored document, in the shape of its JSON line."""
        return self.segments.document(number)

    def close(self) -> None:
        """Gives the files back."""
        self.segments.close()


def _intact(stamp: Stamp, out: Path) -> bool:
    """Whether the files are those of the stamp. They are digested while Whoosh is loaded, which takes longer."""
    found: list[bool] = []
    digesting = Thread(target=lambda: found.append(stamp.intact(out)))
    digesting.start()
    import_whoosh()
    digesting.join()
    return found == [True]


def open_reader(out: Path | str) -> IndexReader:
    """Opens the index under ``out``.

    :raises IndexError: when there is none, or it is damaged, foreign, or made by another version of the analysis.
    """
    out = Path(out)
    for attempt in range(3):
        stamp = read_stamp(out)
        assert stamp is not None
        if stamp.analysis != rules.digest():
            raise IndexError(f"{out}: made by another version of the analysis; {REMEDY}")
        if not _intact(stamp, out):
            # a build may just have swapped the folder away
            if attempt < 2 and not (out / stamp.folder).is_dir():
                continue
            raise IndexError(f"{out}: damaged, its files differ from their stamp; {REMEDY}")
        try:
            reader = IndexReader(stamp, out / stamp.folder)
            reader.frequencies  # noqa: B018
            return reader
        except FileNotFoundError:
            continue
        except Exception as error:
            # the stamp was made for these very files, so somebody made it: nothing in them is trusted
            raise IndexError(f"{out}: not an index of this program ({error!r:.200}); {REMEDY}") from error
    raise IndexError(f"{out}: cannot be read; {REMEDY}")

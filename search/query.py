"""Reads an index: term frequencies, postings, words that begin so, stored documents.

With :mod:`search.index` the only module that knows Whoosh. Whoosh is imported here without what it drags in and does
not use, and without trust in pickles: two imports that it makes for one unused name each (``urllib.request``, and
``asyncio`` by way of ``cached_property``) cost more than all of Whoosh. Its schema, segment list and posting blocks
are pickles: the schema is never read, the others by an unpickler that knows two classes of Whoosh and plain values.
"""

from __future__ import annotations

import io
import json
import pickle
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
from threading import RLock
from typing import Any

from search import rules
from search.lexicon import Postings
from search.names import JOIN
from search.stamp import REMEDY, IndexError, Stamp, read_stamp
from search.wordlists import NAMES, WordLists

# All that Whoosh's own files hold beside plain values: what a segment is, how it was written, its counts by field.
_KNOWN = {
    ("whoosh.codec.whoosh3", "W3Segment"),
    ("whoosh.codec.whoosh3", "W3Codec"),
    ("collections", "defaultdict"),
    ("builtins", "int"),
}


def _bytes(text: str, encoding: str) -> bytes:
    """Bytes as the older protocol of pickles writes them: as text, a letter a byte."""
    if encoding != "latin1":
        raise pickle.UnpicklingError(f"bytes as {encoding!r} have no place in an index")
    return text.encode("latin1")


def _no_bytes(*given: object) -> bytes:
    """No bytes at all, which that protocol writes as a call of `bytes`: in the scratch files of a large index."""
    if given:
        raise pickle.UnpicklingError("bytes made from something have no place in an index")
    return b""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("__builtin__", "bytes"):
            return _no_bytes
        if (module, name) == ("_codecs", "encode"):
            return _bytes
        if (module, name) in _KNOWN:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place in an index")


def _load(stream: Any, **options: Any) -> Any:
    return _Unpickler(stream, **options).load()


def _loads(data: bytes, **options: Any) -> Any:
    return _Unpickler(io.BytesIO(data), **options).load()


def _placeholder(name: str, **names: Any) -> types.ModuleType:
    module = types.ModuleType(name)
    vars(module).update(names)
    return module


def _distrust_pickles() -> None:
    """Gives every loaded module of Whoosh our unpickler in place of the standard one, whatever it calls it."""
    safe = _placeholder("pickle", **vars(pickle))
    vars(safe).update(load=_load, loads=_loads, Unpickler=_Unpickler)
    standard = (pickle, pickle.load, pickle.loads, pickle.Unpickler)
    ours = {id(theirs): own for theirs, own in zip(standard, (safe, _load, _loads, _Unpickler), strict=True)}
    for module in [module for name, module in sys.modules.items() if name.partition(".")[0] == "whoosh"]:
        for name, value in list(vars(module).items()):
            if id(value) in ours:
                setattr(module, name, ours[id(value)])


def _items(impacts: Mapping[str, int], **_: Any) -> list[tuple[bytes, int, float, bytes]]:
    """What Whoosh's writer wants of a field's value: term, count, weight, and no data of its own."""
    return [(term.encode("utf-8", "replace"), 1, float(impact), b"") for term, impact in impacts.items()]


@cache
def schema() -> Any:
    """The fields of an index. It is never read from one: Whoosh keeps it as a pickle of classes and functions."""
    whoosh = import_whoosh()

    def terms() -> Any:
        field = whoosh.fields.KEYWORD(scorable=False)
        # a posting is a document and an impact: no counts, no positions, and no text to be cut again
        field.format = whoosh.formats.Existence()
        field.index = _items
        return field

    return whoosh.fields.Schema(
        id=whoosh.fields.STORED,
        data=whoosh.fields.STORED,
        kind=terms(),
        language=terms(),
        folded=terms(),
        exact=terms(),
        pair=terms(),
        concept=terms(),
        name=terms(),
        code=terms(),
    )


@cache
def import_whoosh() -> types.SimpleNamespace:
    """Whoosh's modules ``codec``, ``index``, ``fields``, ``formats``, ``analysis`` and ``filestore``."""
    placeholders = {
        "urllib.request": _placeholder("urllib.request", urlretrieve=None),
        "cached_property": _placeholder("cached_property", cached_property=cached_property),
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
    finally:
        for name, module in seated.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
    _distrust_pickles()
    # readers of formats that no index of ours has, each with an unpickler of its own
    whoosh.legacy.toc_loaders.clear()
    return types.SimpleNamespace(
        codec=whoosh.codec.whoosh3,
        index=whoosh.index,
        fields=whoosh.fields,
        formats=whoosh.formats,
        analysis=whoosh.analysis,
        filestore=whoosh.filedb.filestore,
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


def _whole(matcher: Any) -> Postings:
    """All postings of a term. Blocks are taken whole: a step from one posting to the next costs three calls."""
    numbers: list[int] = []
    impacts: list[int] = []
    if not hasattr(matcher, "_next_block"):
        while matcher.is_active():
            numbers.append(matcher.id())
            impacts.append(int(matcher.weight()))
            matcher.next()
        return numbers, impacts
    while True:
        # both are read from the file when they are asked for
        matcher.id(), matcher.weight()
        numbers += matcher._ids
        impacts += map(int, matcher._weights)
        if matcher._lastblock:
            return numbers, impacts
        matcher._next_block()


class IndexReader(WordLists):
    """One opened index. Safe to use from several threads."""

    def __init__(self, stamp: Stamp, folder: Path) -> None:
        self.stamp = stamp
        self.documents = stamp.documents
        self._folder = folder
        # held in memory from here on, whatever happens to the folder
        self._texts = {name: (folder / name).read_text(encoding="utf-8") for name in NAMES}
        self._pair_text = (folder / PAIRS).read_text(encoding="utf-8")
        self._pairs: dict[str, dict[str, int]] = {}
        self._index = import_whoosh().index.open_dir(str(folder), readonly=True, schema=schema())
        self._reader = self._index.reader()
        self._lock = RLock()
        self._frequencies: dict[tuple[str, str], int] = {}
        self._postings: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._held = 0

    def word_file(self, name: str) -> str:
        """The content of one of ``NAMES``."""
        return self._texts[name]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """One thread at a time; whatever Whoosh says of bytes that are no index, the index is refused."""
        with self._lock:
            try:
                yield
            except IndexError:
                raise
            except Exception as error:
                raise IndexError(f"{self._folder.parent}: damaged ({error!r:.200}); {REMEDY}") from error

    def frequency(self, field: str, term: str) -> int:
        """In how many documents ``term`` stands; 0 when it is not known."""
        if field == "folded":
            return self.frequencies.get(term, 0)
        if field == "pair":
            first, _, second = term.partition(JOIN)
            return self._seconds(first).get(second, 0)
        key = (field, term)
        found = self._frequencies.get(key)
        if found is None:
            with self._reading():
                found = int(self._reader.doc_frequency(field, term)) if term else 0
                if len(self._frequencies) > rules.limit("cached_terms"):
                    self._frequencies.clear()
                self._frequencies[key] = found
        return found

    @cached_property
    def _pair_lines(self) -> dict[str, str]:
        """First syllable → its second ones, each with its document frequency."""
        lines = (line.partition("\t") for line in self._pair_text.split("\n"))
        return {first: seconds for first, _, seconds in lines}

    def _seconds(self, first: str) -> dict[str, int]:
        """The syllables that stand behind one, in order, with the document frequency of the pair."""
        held = self._pairs.get(first)
        if held is None:
            items = self._pair_lines.get(first, "").split()
            held = dict(zip(items[::2], map(int, items[1::2]), strict=True))
            if len(self._pairs) > rules.limit("cached_terms") // 10:
                self._pairs.clear()
            self._pairs[first] = held
        return held

    def linked(self, first: str, second: str) -> bool:
        """Whether two folded syllables stand side by side somewhere."""
        return second in self._seconds(first)

    def postings(self, field: str, term: str) -> Postings:
        """Where ``term`` stands; empty when it is not known."""
        key = (field, term)
        with self._reading():
            found = self._postings.get(key)
            if found is not None:
                self._postings.move_to_end(key)
                return found
            found = _whole(self._reader.postings(field, term)) if self.frequency(field, term) else ([], [])
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
            terms, lead = list(self._seconds(first)), first + JOIN
        start = bisect_left(terms, rest)
        return [
            lead + term for term in takewhile(lambda term: term.startswith(rest), terms[start : start + most])
        ]

    @cached_property
    def _ordered(self) -> list[str]:
        return list(self.frequencies)

    def terms(self, field: str) -> list[str]:
        """All terms of ``field``, in order."""
        with self._reading():
            return [term.decode("utf-8") for term in self._reader.lexicon(field)]

    def field_postings(self, field: str) -> Iterator[tuple[str, Postings]]:
        """All terms of ``field``, in order, with their postings: one walk through the index, not a look-up a term."""
        terms = self._reader._terms
        form = schema()[field].format
        with self._reading():
            for term, info in self._reader.iter_field(field):
                yield term.decode("utf-8"), _whole(terms._codec.postings_reader(terms._postfile, info, form))

    def members(self, field: str, term: str) -> frozenset[int]:
        """The documents with ``term`` in a filter field (``kind``, ``language``)."""
        return frozenset(self.postings(field, term)[0])

    def document(self, number: int) -> dict[str, Any]:
        """The stored document, in the shape of its JSON line."""
        with self._reading():
            stored = self._reader.stored_fields(number)
        return dict(json.loads(stored["data"]))

    def close(self) -> None:
        """Gives the files back."""
        with self._lock:
            self._reader.close()
            self._index.close()


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
        if not stamp.intact(out):
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

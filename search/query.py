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
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from threading import RLock
from typing import Any

from search import rules
from search.lexicon import Postings
from search.names import JOIN
from search.phonetics import SoundTable
from search.stamp import REMEDY, IndexError, Stamp, read_stamp

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


@cache
def schema() -> Any:
    """The fields of an index. It is never read from one: Whoosh keeps it as a pickle of classes and functions."""
    whoosh = import_whoosh()
    chain = whoosh.analysis.SpaceSeparatedTokenizer() | whoosh.analysis.DelimitedAttributeFilter(
        delimiter="^", attribute="boost", type=float
    )
    plain = whoosh.analysis.SpaceSeparatedTokenizer()

    def terms(analyzer: Any) -> Any:
        return whoosh.fields.KEYWORD(analyzer=analyzer, scorable=False)

    return whoosh.fields.Schema(
        id=whoosh.fields.STORED,
        data=whoosh.fields.STORED,
        kind=terms(plain),
        language=terms(plain),
        folded=terms(chain),
        exact=terms(chain),
        pair=terms(chain),
        concept=terms(chain),
        name=terms(chain),
        code=terms(chain),
    )


@cache
def import_whoosh() -> types.SimpleNamespace:
    """Whoosh's modules ``index``, ``fields``, ``analysis`` and ``filestore``."""
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
        index=whoosh.index,
        fields=whoosh.fields,
        analysis=whoosh.analysis,
        filestore=whoosh.filedb.filestore,
    )


class IndexReader:
    """One opened index. Safe to use from several threads."""

    def __init__(self, stamp: Stamp, folder: Path) -> None:
        self.stamp = stamp
        self.documents = stamp.documents
        self._folder = folder
        self._index = import_whoosh().index.open_dir(str(folder), readonly=True, schema=schema())
        self._reader = self._index.reader()
        self._lock = RLock()
        self._frequencies: dict[tuple[str, str], int] = {}
        self._postings: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._held = 0

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
            return int(self.vocabulary[term][0]) if term in self.vocabulary else 0
        key = (field, term)
        found = self._frequencies.get(key)
        if found is None:
            with self._reading():
                found = int(self._reader.doc_frequency(field, term)) if term else 0
                if len(self._frequencies) > rules.limit("cached_terms"):
                    self._frequencies.clear()
                self._frequencies[key] = found
        return found

    def linked(self, first: str, second: str) -> bool:
        """Whether two folded syllables stand side by side somewhere."""
        return self.frequency("pair", first + JOIN + second) > 0

    def postings(self, field: str, term: str) -> Postings:
        """Where ``term`` stands; empty when it is not known."""
        key = (field, term)
        with self._reading():
            found = self._postings.get(key)
            if found is not None:
                self._postings.move_to_end(key)
                return found
            numbers: list[int] = []
            impacts: list[int] = []
            count = self.frequency(field, term)
            if count:
                matcher = self._reader.postings(field, term)
                number, impact, step = matcher.id, matcher.weight, matcher.next
                for left in range(count, 0, -1):
                    numbers.append(number())
                    impacts.append(int(impact()))
                    if left > 1:
                        step()
            self._postings[key] = (numbers, impacts)
            self._held += count
            while self._held > rules.limit("cached_postings") and len(self._postings) > 1:
                _, (dropped, _) = self._postings.popitem(last=False)
                self._held -= len(dropped)
            return numbers, impacts

    def starting(self, field: str, prefix: str, most: int) -> list[str]:
        """Up to ``most`` terms of ``field`` that begin with ``prefix``, in order."""
        found: list[str] = []
        with self._reading():
            for term in self._reader.expand_prefix(field, prefix):
                found.append(term.decode("utf-8"))
                if len(found) >= most:
                    break
        return found

    def terms(self, field: str) -> list[str]:
        """All terms of ``field``, in order."""
        with self._reading():
            return [term.decode("utf-8") for term in self._reader.lexicon(field)]

    def members(self, field: str, term: str) -> frozenset[int]:
        """The documents with ``term`` in a filter field (``kind``, ``language``)."""
        return frozenset(self.postings(field, term)[0])

    def document(self, number: int) -> dict[str, Any]:
        """The stored document, in the shape of its JSON line."""
        with self._reading():
            stored = self._reader.stored_fields(number)
        return dict(json.loads(stored["data"]))

    @cached_property
    def vocabulary(self) -> dict[str, list[Any]]:
        """Folded term → [document frequency, commonest exact form, simplified spelling]."""
        return dict(json.loads((self._folder / "vocabulary.json").read_text(encoding="utf-8")))

    @cached_property
    def synonyms(self) -> dict[str, Any]:
        """See :func:`search.synonyms.synonym_table`."""
        return dict(json.loads((self._folder / "synonyms.json").read_text(encoding="utf-8")))

    @cached_property
    def sounds(self) -> SoundTable:
        """The vocabulary by sound."""
        return SoundTable(
            {term: entry[2] for term, entry in self.vocabulary.items()}, self.named, self.linked
        )

    @cached_property
    def named(self) -> list[str]:
        """Latin pairs of syllables that are written as names, in order."""
        return list(json.loads((self._folder / "named.json").read_text(encoding="utf-8")))

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
            # the files read later are held in memory from here on, whatever happens to the folder
            reader.vocabulary, reader.synonyms, reader.named  # noqa: B018
            return reader
        except FileNotFoundError:
            continue
        except Exception as error:
            # the stamp was made for these very files, so somebody made it: nothing in them is trusted
            raise IndexError(f"{out}: not an index of this program ({error!r:.200}); {REMEDY}") from error
    raise IndexError(f"{out}: cannot be read; {REMEDY}")

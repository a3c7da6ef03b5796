"""Builds the index: a Whoosh index in a folder of its own, named by a stamp that is swapped in whole.

This module and :mod:`search.query` are the only ones that know Whoosh. Whoosh gets text already cut into tokens,
each with its impact; it stores postings and documents, and gives them back.
"""

from __future__ import annotations

import hashlib
import json
import marshal
import math
import shutil
import uuid
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from search import rules
from search.analyzer import analyze
from search.codes import document_terms
from search.document import TITLE_LANGUAGES, SearchDocument
from search.names import JOIN, name_terms
from search.query import PAIRS, import_whoosh, pair_lines, schema
from search.stamp import FORMAT, STAMP, Stamp, digest_of_files, read_stamp
from search.syllables import is_lao
from search.synonyms import concept_impacts, concept_term, synonym_table
from search.wordlists import word_files

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Terms:
    """What one document says: weighted counts by term, and its length by script."""

    folded: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    variants: dict[str, set[str]] = field(default_factory=dict)  # folded form -> exact forms
    named: set[str] = field(default_factory=set)  # Latin pairs written as a name
    names: set[str] = field(default_factory=set)
    length: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})  # by "is Lao"

    def add(self, text: str, weight: int, counted: bool = True) -> None:
        tokens = analyze(text)
        for i, token in enumerate(tokens):
            self.folded[token.folded] += weight
            self.variants.setdefault(token.folded, set()).add(token.exact)
            if i:
                pair = tokens[i - 1].folded + JOIN + token.folded
                self.pairs[pair] += weight
                if text[token.start].isupper() and text[tokens[i - 1].start].isupper():
                    self.named.add(pair)
            if counted:
                self.length[is_lao(token.folded)] += 1


def _title_weight(title: str) -> int:
    """What a word of a title counts: more in a short one, where it is more of the matter."""
    weights = rules.rules()["weights"]
    share = math.sqrt(float(weights["title_tokens"]) / max(1, len(analyze(title))))
    return round(int(weights["zones"]["title"]) * min(1.3, max(0.6, share)))


def _read_terms(document: SearchDocument) -> _Terms:
    zones: dict[str, int] = rules.rules()["weights"]["zones"]
    terms = _Terms()
    for language in TITLE_LANGUAGES:
        if language in document.title:
            terms.add(document.title[language], _title_weight(document.title[language]))
            terms.names.update(name_terms(document.title[language]))
    for alias in document.aliases:
        # spellings of one name are not a longer text
        terms.add(alias, zones["alias"], counted=False)
        terms.names.update(name_terms(alias))
    for code in document.codes:
        terms.add(code, zones["alias"], counted=False)
    for section in document.sections:
        for heading in section.heading.values():
            terms.add(heading, zones["heading"])
        for text in section.text.values():
            terms.add(text, zones["body"])
    return terms


def impact(weighted: int, length: int, average: float) -> int:
    """BM25's term part for a weighted count (tenths), as a whole number from 1 to ``impact_most``."""
    weights = rules.rules()["weights"]
    k1, b = float(weights["k1"]), float(weights["b"])
    count = weighted / 10
    # a stub is not better for being short
    relative = max(length / average, float(weights["least_length"]))
    value = count * (k1 + 1) / (count + k1 * (1 - b + b * relative))
    return max(1, min(int(weights["impact_most"]), int(value * weights["impact_scale"] + 0.5)))


class _Packed:
    """What many documents say, as bytes until it is asked for: as objects, ten thousand documents fill a small machine."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._lengths: dict[bool, list[int]] = {False: [], True: []}

    def append(self, terms: _Terms) -> None:
        """Add the terms of one more document."""
        parts = (
            dict(terms.folded),
            dict(terms.pairs),
            terms.variants,
            terms.named,
            terms.names,
            terms.length,
        )
        self._packed.append(zlib.compress(marshal.dumps(parts), 1))
        for lao, length in terms.length.items():
            if length:
                self._lengths[lao].append(length)

    def __iter__(self) -> Iterator[_Terms]:
        for packed in self._packed:
            # our own bytes, made above
            folded, pairs, *rest = marshal.loads(zlib.decompress(packed))
            yield _Terms(Counter(folded), Counter(pairs), *rest)

    def averages(self) -> dict[bool, float]:
        """The mean length of the documents that hold each script."""
        return {lao: sum(held) / len(held) if held else 1.0 for lao, held in self._lengths.items()}


@dataclass(slots=True)
class _Impacts:
    """The impacts of one document's terms, by field."""

    folded: dict[str, int]
    exact: dict[str, int]
    pair: dict[str, int]


def _impacts(terms: _Terms, averages: dict[bool, float], weight: float) -> _Impacts:
    def score(term: str, count: int) -> int:
        lao = is_lao(term)
        return max(1, int(impact(count, max(1, terms.length[lao]), averages[lao]) * weight + 0.5))

    folded = {term: score(term, count) for term, count in terms.folded.items()}
    exact = {form: folded[term] for term, forms in terms.variants.items() for form in forms}
    return _Impacts(folded, exact, {term: score(term, count) for term, count in terms.pairs.items()})


def _codes(document: SearchDocument) -> dict[str, int]:
    title = next((document.title[lang] for lang in TITLE_LANGUAGES if lang in document.title), "")
    leading = [token.folded for token in analyze(title)[:4]]
    codes: dict[str, int] = {}
    for code in document.codes:
        for term, value in document_terms(code, leading).items():
            codes[term] = max(1, int(value * document.weight + 0.5), codes.get(term, 0))
    return codes


def _concepts(table: dict[str, Any], impacts: Iterable[_Impacts], count: int) -> list[dict[str, int]]:
    """For each document the concepts it names, with their impacts."""
    asked: dict[tuple[str, str], dict[int, int]] = {}
    for phrases in table["groups"]:
        for words in phrases:
            asked["exact", words[0][1]] = {}
            for first, second in pairwise(words):
                asked["pair", first[0] + JOIN + second[0]] = {}
    for number, found in enumerate(impacts):
        for name, values in (("exact", found.exact), ("pair", found.pair)):
            for term, value in values.items():
                held = asked.get((name, term))
                if held is not None:
                    held[number] = value
    by_document: list[dict[str, int]] = [{} for _ in range(count)]
    concepts = concept_impacts(table, lambda field, term: asked[field, term], count)
    for group, documents in concepts.items():
        for number, value in documents.items():
            by_document[number][concept_term(group)] = value
    return by_document


def _fields(
    document: SearchDocument, terms: _Terms, impacts: _Impacts, concepts: dict[str, int]
) -> dict[str, Any]:
    return {
        "id": document.id,
        "data": json.dumps(document.to_json(), ensure_ascii=False, separators=(",", ":")),
        "kind": {document.kind.encode("utf-8", "replace").hex(): 1} if document.kind else {},
        "language": dict.fromkeys(document.languages(), 1),
        "folded": impacts.folded,
        "exact": impacts.exact,
        "pair": impacts.pair,
        "name": dict.fromkeys(terms.names, 1),
        "code": _codes(document),
        "concept": concepts,
    }


def _vocabulary(all_terms: Iterable[_Terms]) -> tuple[dict[str, int], dict[str, str]]:
    """Each folded term, in order, with its document frequency, and with its commonest exact form."""
    frequency: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for terms in all_terms:
        for term, exact in terms.variants.items():
            frequency[term] += 1
            forms.setdefault(term, Counter()).update(exact)
    ordered = sorted(frequency)
    commonest = {term: min(forms[term].items(), key=lambda item: (-item[1], item[0]))[0] for term in ordered}
    return {term: frequency[term] for term in ordered}, commonest


def _write_whoosh(rows: Iterable[dict[str, Any]], folder: Path) -> None:
    whoosh = import_whoosh()
    # in memory first: Whoosh asks the file system for each posting whether its field has a column
    storage = whoosh.filestore.RamStorage()
    # else its scratch files have one name for every build on the machine
    scratch = folder / "scratch"
    storage.temp_storage = lambda name=None: whoosh.filestore.FileStorage(str(scratch)).create()
    index = storage.create_index(schema())
    # large blocks: each is one read of the whole postings of all but the most frequent terms
    writer = index.writer(
        limitmb=96, compound=False, codec=whoosh.codec.W3Codec(blocklimit=4096, compression=0)
    )
    for row in rows:
        writer.add_document(**{name: value for name, value in row.items() if value})
    # one segment, so that document numbers are positions in the sorted list
    writer.commit(optimize=True)
    shutil.rmtree(scratch, ignore_errors=True)
    for name in storage.list():
        with storage.open_file(name) as stream:
            (folder / name).write_bytes(stream.read())


def _data_digest(documents: Sequence[SearchDocument], synonyms: Sequence[Sequence[str]]) -> str:
    seal = hashlib.sha256()
    for document in documents:
        seal.update(
            json.dumps(document.to_json(), ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
        )
    seal.update(json.dumps(list(synonyms), ensure_ascii=False).encode("utf-8", "replace"))
    return seal.hexdigest()[:32]


def build_index(
    documents: Iterable[SearchDocument],
    out: Path | str,
    synonyms: Sequence[Sequence[str]] = (),
    progress: Progress | None = None,
) -> Stamp:
    """Writes the index of ``documents`` under ``out`` and returns its stamp.

    Everything is written into a new folder beside the old one; only then the stamp is replaced, in one step, so a
    reader sees the old index or the new one and an interrupted build leaves the old one standing. An index of the
    same data and analysis is left as it is.

    :param synonyms: groups of equivalent phrases, any language.
    :param progress: called with (done, all) documents.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    ordered = sorted(documents, key=lambda document: (document.id, document.kind))
    data = _data_digest(ordered, synonyms)
    before = read_stamp(out, missing_ok=True)
    if before and (before.data, before.analysis) == (data, rules.digest()) and before.intact(out):
        return before
    all_terms = _Packed()
    for number, document in enumerate(ordered, 1):
        all_terms.append(_read_terms(document))
        if progress:
            progress(number, len(ordered))
    averages = all_terms.averages()
    folder = out / f"making-{uuid.uuid4().hex[:12]}"
    folder.mkdir()
    try:
        table = synonym_table(synonyms)

        def impacts() -> Iterator[_Impacts]:
            for document, terms in zip(ordered, all_terms, strict=True):
                yield _impacts(terms, averages, document.weight)

        concepts = _concepts(table, impacts(), len(ordered))
        _write_whoosh(map(_fields, ordered, all_terms, impacts(), concepts), folder)
        pairs = Counter(pair for terms in all_terms for pair in terms.pairs)
        (folder / PAIRS).write_text(pair_lines(sorted(pairs.items())), encoding="utf-8")
        named = set().union(*(terms.named for terms in all_terms))
        for name, content in word_files(*_vocabulary(all_terms), named, table).items():
            (folder / name).write_text(content, encoding="utf-8")
        stamp = Stamp(
            format=FORMAT,
            analysis=rules.digest(),
            data=data,
            folder=f"data-{folder.name.removeprefix('making-')}",
            documents=len(ordered),
            files=digest_of_files(folder),
        )
        folder.rename(out / stamp.folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    waiting = out / f"{STAMP}.{uuid.uuid4().hex[:12]}"
    waiting.write_text(stamp.to_json(), encoding="utf-8")
    waiting.replace(out / STAMP)
    if before:
        shutil.rmtree(out / before.folder, ignore_errors=True)
    return stamp

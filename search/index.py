"""Builds the index: a Whoosh index in a folder of its own, named by a stamp that is swapped in whole.

This module and :mod:`search.query` are the only ones that know Whoosh. Whoosh gets text already cut into tokens,
each with its impact; it stores postings and documents, and gives them back.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from search import rules
from search.analyzer import Token, analyze
from search.codes import document_terms
from search.document import TITLE_LANGUAGES, SearchDocument
from search.names import JOIN, name_phrases
from search.phonetics import spelling_kept
from search.query import import_whoosh, schema
from search.stamp import FORMAT, STAMP, Stamp, digest_of_files, read_stamp
from search.syllables import is_lao
from search.synonyms import synonym_table

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Terms:
    """What one document says: weighted counts by term, and its length by script."""

    folded: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    variants: dict[str, set[str]] = field(default_factory=dict)  # folded form -> exact forms
    names: set[str] = field(default_factory=set)
    length: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})  # by "is Lao"

    def add(self, tokens: Sequence[Token], weight: int, counted: bool = True) -> None:
        for i, token in enumerate(tokens):
            self.folded[token.folded] += weight
            self.variants.setdefault(token.folded, set()).add(token.exact)
            if i:
                self.pairs[tokens[i - 1].folded + JOIN + token.folded] += weight
            if counted:
                self.length[is_lao(token.folded)] += 1


def _read_terms(document: SearchDocument) -> _Terms:
    zones: dict[str, int] = rules.rules()["weights"]["zones"]
    terms = _Terms()
    for language in TITLE_LANGUAGES:
        if language in document.title:
            terms.add(analyze(document.title[language]), zones["title"])
            terms.names.update(name_phrases(document.title[language]))
    for alias in document.aliases:
        # spellings of one name are not a longer text
        terms.add(analyze(alias), zones["alias"], counted=False)
        terms.names.update(name_phrases(alias))
    for code in document.codes:
        terms.add(analyze(code), zones["alias"], counted=False)
    for section in document.sections:
        for heading in section.heading.values():
            terms.add(analyze(heading), zones["heading"])
        for text in section.text.values():
            terms.add(analyze(text), zones["body"])
    return terms


def impact(weighted: int, length: int, average: float) -> int:
    """BM25's term part for a weighted count (tenths), as a whole number from 1 to ``impact_most``."""
    weights = rules.rules()["weights"]
    k1, b = float(weights["k1"]), float(weights["b"])
    count = weighted / 10
    value = count * (k1 + 1) / (count + k1 * (1 - b + b * length / average))
    return max(1, min(int(weights["impact_most"]), int(value * weights["impact_scale"] + 0.5)))


def _averages(all_terms: Sequence[_Terms]) -> dict[bool, float]:
    averages = {}
    for lao in (False, True):
        lengths = [terms.length[lao] for terms in all_terms if terms.length[lao]]
        averages[lao] = sum(lengths) / len(lengths) if lengths else 1.0
    return averages


def _weighted(impacts: dict[str, int]) -> str:
    return " ".join(f"{term}^{value}" for term, value in sorted(impacts.items()))


def _fields(document: SearchDocument, terms: _Terms, averages: dict[bool, float]) -> dict[str, str]:
    def score(term: str, count: int) -> int:
        lao = is_lao(term)
        return impact(count, max(1, terms.length[lao]), averages[lao])

    folded = {term: score(term, count) for term, count in terms.folded.items()}
    title = next((document.title[lang] for lang in TITLE_LANGUAGES if lang in document.title), "")
    leading = [token.folded for token in analyze(title)[:4]]
    codes: dict[str, int] = {}
    for code in document.codes:
        for term, value in document_terms(code, leading).items():
            codes[term] = max(value, codes.get(term, 0))
    data = json.dumps(document.to_json(), ensure_ascii=False, separators=(",", ":"))
    return {
        "id": document.id,
        "data": data,
        "kind": document.kind.encode("utf-8", "replace").hex(),
        "language": " ".join(document.languages()),
        "folded": _weighted(folded),
        "exact": _weighted({form: folded[term] for term, forms in terms.variants.items() for form in forms}),
        "pair": _weighted({term: score(term, count) for term, count in terms.pairs.items()}),
        "name": _weighted(dict.fromkeys(terms.names, 1)),
        "code": _weighted(codes),
    }


def _vocabulary(all_terms: Sequence[_Terms]) -> dict[str, list[Any]]:
    """Each folded term with its document frequency, its commonest exact form and its simplified spelling."""
    frequency: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for terms in all_terms:
        for term, exact in terms.variants.items():
            frequency[term] += 1
            forms.setdefault(term, Counter()).update(exact)
    return {
        term: [
            frequency[term],
            min(forms[term].items(), key=lambda item: (-item[1], item[0]))[0],
            spelling_kept(term),
        ]
        for term in sorted(frequency)
    }


def _write_whoosh(rows: Iterable[dict[str, str]], folder: Path) -> None:
    whoosh = import_whoosh()
    # in memory first: Whoosh asks the file system for each posting whether its field has a column
    storage = whoosh.filestore.RamStorage()
    # else its scratch files have one name for every build on the machine
    scratch = folder / "scratch"
    storage.temp_storage = lambda name=None: whoosh.filestore.FileStorage(str(scratch)).create()
    index = storage.create_index(schema())
    writer = index.writer(limitmb=256)
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
    all_terms = []
    for number, document in enumerate(ordered, 1):
        all_terms.append(_read_terms(document))
        if progress:
            progress(number, len(ordered))
    averages = _averages(all_terms)
    folder = out / f"making-{uuid.uuid4().hex[:12]}"
    folder.mkdir()
    try:
        rows = (
            _fields(document, terms, averages) for document, terms in zip(ordered, all_terms, strict=True)
        )
        _write_whoosh(rows, folder)
        _write_json(folder / "vocabulary.json", _vocabulary(all_terms))
        titles = [
            [document.title[lang] for lang in ("vi", "lo") if lang in document.title] for document in ordered
        ]
        _write_json(folder / "synonyms.json", synonym_table(synonyms, titles))
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


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")

"""The search engine: build an index, open it, ask it.

>>> build_index(documents, "index", synonyms=[["C/O", "giấy chứng nhận xuất xứ"]])
>>> open_index("index").search("cua khau lao bao", lang="vi").hits[0].title
"""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from search.lexicon import inverse_frequency, kind_term
from search.names import JOIN
from search.plan import Plan, understand
from search.query import IndexReader, open_reader
from search.rank import Ranking, rank
from search.rules import limit, weight
from search.snippets import Marked, Wanted, best_passage, mark
from search.stamp import IndexError
from search.suggest import languages_asked, nearest_terms, spelled_well, suggest
from search.syllables import LAO

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from search.document import SearchDocument
    from search.index import LastIndex, Progress
    from search.stamp import Stamp
    from search.synonyms import Synonyms

__all__ = ["Engine", "Hit", "IndexError", "SearchResult", "build_index", "open_index"]

LANGUAGES = ("vi", "lo")


class Hit(NamedTuple):
    """One document found. ``highlights`` are spans in ``snippet``, ``title_highlights`` spans in ``title``."""

    id: str
    kind: str
    title: str
    url: str
    score: float
    snippet: str
    lang: str
    highlights: list[tuple[int, int]]
    title_highlights: list[tuple[int, int]]

    def to_json(self) -> dict[str, Any]:
        """The object of a hit in machine-readable answers."""
        return {name: value for name, value in self._asdict().items() if name != "title_highlights"}


class SearchResult(NamedTuple):
    """The answer to one query. ``total`` counts all documents found; ``nearest`` is filled when there are none."""

    query: str
    took_ms: float
    total: int
    suggestion: str | None
    hits: list[Hit]
    nearest: list[str]

    def to_json(self) -> dict[str, Any]:
        """The one JSON object of an answer; ``nearest`` is there only when nothing was found."""
        body: dict[str, Any] = {
            "query": self.query,
            "took_ms": self.took_ms,
            "total": self.total,
            "suggestion": self.suggestion,
            "hits": [hit.to_json() for hit in self.hits],
        }
        return body if self.total else body | {"nearest": self.nearest}


class Engine:
    """One opened index that answers queries. Safe to use from several threads."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader

    @property
    def documents(self) -> int:
        """How many documents the index holds."""
        return self.reader.documents

    def search(
        self,
        text: str,
        lang: str | None = None,
        only: str | None = None,
        kind: str | None = None,
        limit: int | None = None,
    ) -> SearchResult:
        """Documents that answer ``text``, best first.

        :param lang: the reader's language, ``vi`` or ``lo``; by default that of the query's script.
        :param only: keep documents that have text in this language.
        :param kind: keep documents of this kind.
        :param limit: how many hits to return (all are counted).
        """
        began = time.perf_counter()
        count = _hits_wanted(limit)
        plan, (ranked, total) = self.rank(text, max(count, suggestion_hits()), only, kind)
        reader_language = lang or ("lo" if LAO.search(text) else "vi")
        wanted = wanted_of(plan, self.reader)
        stored = [self.reader.document(item.number) for item in ranked]
        hits = [
            present(document, item.score, wanted, reader_language)
            for item, document in zip(ranked[:count], stored, strict=False)
        ]
        suggestion = None
        if ranked and not spelled_well(plan, self.reader):
            asked = languages_asked(plan)
            texts = [part for document in stored[: suggestion_hits()] for part in texts_of(document, asked)]
            suggestion = suggest(text, plan, texts, self.reader)
        took = round(1000 * (time.perf_counter() - began), 3)
        nearest = [] if ranked else nearest_terms(plan, self.reader)
        return SearchResult(text, took, total, suggestion, hits, nearest)

    def rank(
        self, text: str, count: int, only: str | None = None, kind: str | None = None
    ) -> tuple[Plan, Ranking]:
        """The plan of a query and its ``count`` best answers as document numbers with scores."""
        allowed: frozenset[int] | None = None
        if only is not None:
            allowed = self.reader.members("language", only)
        if kind is not None:
            of_kind = self.reader.members("kind", kind_term(kind))
            allowed = of_kind if allowed is None else allowed & of_kind
        plan = understand(text, self.reader)
        return plan, rank(plan, self.reader, count, allowed)

    def close(self) -> None:
        """Gives the files of the index back."""
        self.reader.close()


def _hits_wanted(asked: int | None) -> int:
    count = limit("hits") if asked is None else asked
    return max(0, min(count, limit("hits_most")))


def suggestion_hits() -> int:
    """How many of the best hits tell the proper spelling."""
    return limit("suggestion_hits")


def wanted_of(plan: Plan, reader: IndexReader) -> Wanted:
    """What to highlight for a plan, by how telling it is."""

    def worth(field: str, term: str) -> int:
        return inverse_frequency(reader.documents, reader.frequency(field, term))

    singles: dict[str, int] = {}
    pairs: dict[tuple[str, str], int] = {}
    forms: dict[str, set[str]] = {}
    for i, choices in enumerate(plan.singles):
        linked = bool((i and plan.pairs[i - 1]) or (i < len(plan.pairs) and plan.pairs[i]))
        for choice in choices:
            value = worth("folded", choice.term)
            if plan.stops[i] or (linked and value < weight("telling")):
                continue
            singles[choice.term] = max(value, singles.get(choice.term, 0))
            if plan.exact[i] and not LAO.match(choice.term):
                forms.setdefault(choice.term, set()).add(plan.exact[i])
    terms = [
        ("pair", choice.term)
        for i, choices in enumerate(plan.pairs)
        for choice in choices
        if not _both_stop(plan, i)
    ]
    terms += [(field, term) for span in plan.spans for field, term, _ in span.terms]
    for field, term in terms:
        if field == "pair":
            first, _, second = term.partition(JOIN)
            pairs[first, second] = worth("pair", term) * 2
        elif field == "concept":
            for words in reader.concept_phrases(int(term)):
                for one, two in pairwise(words):
                    pairs.setdefault((one[0], two[0]), worth("concept", term))
                if len(words) == 1 and words[0][0] not in singles:
                    singles[words[0][0]] = worth("concept", term)
                    forms[words[0][0]] = {words[0][1]}
        else:
            singles.setdefault(term, worth("folded", term))
    return Wanted(singles, pairs, {term: frozenset(kept) for term, kept in forms.items()})


def _both_stop(plan: Plan, i: int) -> bool:
    return plan.stops[i] and plan.stops[i + 1]


def texts_of(document: dict[str, Any], languages: Sequence[str]) -> list[str]:
    """What a document says in some languages, names first; bounded. Names are taken by their script."""
    scripts = {language == "lo" for language in languages}
    names = [*document["title"].values(), *document["aliases"]]
    texts = [name for name in names if bool(LAO.search(name)) in scripts]
    left = limit("snippet_source_characters") // 4
    for section in document["sections"]:
        for part in (section["heading"], section["text"]):
            for language in languages:
                text = part.get(language)
                if text and left > 0:
                    texts.append(text[:left])
                    left -= len(text)
    return texts


def present(document: dict[str, Any], score: int, wanted: Wanted, lang: str) -> Hit:
    """A stored document as a hit in the reader's language; the other language stands in where that one is missing."""
    other = "lo" if lang == "vi" else "vi"
    bodies = {
        language: [
            text
            for section in document["sections"]
            for text in (section["heading"].get(language), section["text"].get(language))
            if text
        ]
        for language in (lang, other)
    }
    titles = document["title"]
    shown = lang if titles.get(lang) or (bodies[lang] and not titles.get(other)) else other
    if not (titles.get(shown) or bodies[shown]):
        shown = lang
    passage, _ = best_passage(bodies[shown] or bodies[lang] or bodies[other], wanted)
    title = mark(_title(document, shown, bodies), wanted)
    url = document["url"].get(lang) or document["url"].get(other) or ""
    return Hit(
        document["id"],
        document["kind"],
        title.text,
        url,
        round(score / 1_000_000, 6),
        passage.text,
        shown,
        passage.highlights,
        title.highlights,
    )


def _title(document: dict[str, Any], lang: str, bodies: dict[str, list[str]]) -> str:
    titles = document["title"]
    for language in (lang, *LANGUAGES, "en"):
        if titles.get(language):
            return str(titles[language])
    first: Marked = Marked("", [])
    for texts in (bodies[lang], *bodies.values()):
        if texts and not first.text:
            first, _ = best_passage([texts[0][: limit("title_characters")]], Wanted({}, {}, {}))
    return first.text or str(document["id"])


def build_index(
    documents: Iterable[SearchDocument],
    out: Path | str,
    synonyms: Sequence[Sequence[str]] | Synonyms = (),
    progress: Progress | None = None,
    last: Path | LastIndex | None = None,
) -> Stamp:
    """Builds the index of ``documents`` under ``out``; see :func:`search.index.build_index`."""
    from search.index import build_index as build

    return build(documents, out, synonyms, progress, last)


def open_index(out: Path | str) -> Engine:
    """Opens the index under ``out``.

    :raises IndexError: when it is missing, damaged, foreign or out of date; the message says what to run.
    """
    return Engine(open_reader(out))

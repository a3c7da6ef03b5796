"""Documents turned into postings: for each field and term the documents that hold it, with an impact in each."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from search import rules
from search.analyzer import analyze
from search.codes import document_terms
from search.document import TITLE_LANGUAGES, SearchDocument
from search.lexicon import FIELDS, kind_term
from search.syllables import is_lao
from search.terms import Terms

COUNTED = ("folded", "exact", "pair")
"""Fields whose postings are counts, made impacts when the mean length is known."""

_VALUE_BITS = 32
_VALUE = (1 << _VALUE_BITS) - 1


class Posting(NamedTuple):
    """One document of a term, as a store wants it."""

    field: str
    term: bytes
    number: int
    impact: int


def impact(weighted: int, relative: float) -> int:
    """BM25's term part for a weighted count (tenths), as a whole number from 1 to ``impact_most``.

    :param relative: the document's length as a share of the mean.
    """
    weights = rules.rules()["weights"]
    k1, b = float(weights["k1"]), float(weights["b"])
    count = weighted / 10
    # a stub is not better for being short
    length = max(relative, float(weights["least_length"]))
    value = count * (k1 + 1) / (count + k1 * (1 - b + b * length))
    return max(1, min(int(weights["impact_most"]), int(value * weights["impact_scale"] + 0.5)))


def _codes(document: SearchDocument) -> dict[str, int]:
    title = next((document.title[lang] for lang in TITLE_LANGUAGES if lang in document.title), "")
    leading = [token.folded for token in analyze(title)[:4]]
    codes: dict[str, int] = {}
    for code in document.codes:
        for term, value in document_terms(code, leading).items():
            codes[term] = max(1, int(value * document.weight + 0.5), codes.get(term, 0))
    return codes


class Inversion:
    """Postings of documents that are added in the order of their numbers.

    A term's are numbers of 64 bits, document above value: as objects, ten thousand documents fill a small machine.
    """

    def __init__(self) -> None:
        self._held: dict[str, dict[str, array[int]]] = {field: {} for field in FIELDS}
        self._documents: list[tuple[dict[bool, int], float]] = []

    def add(self, document: SearchDocument, terms: Terms) -> None:
        """The next document."""
        place = len(self._documents) << _VALUE_BITS
        self._documents.append((terms.length, document.weight))
        self._put("folded", place, terms.folded.items())
        self._put(
            "exact",
            place,
            ((exact, terms.folded[term]) for term, forms in terms.variants.items() for exact in forms),
        )
        self._put("pair", place, terms.pairs.items())
        self._put("code", place, _codes(document).items())
        self._put("kind", place, [(kind_term(document.kind), 1)] if document.kind else [])
        self._put("language", place, ((language, 1) for language in document.languages()))
        self._put("name", place, ((name, 1) for name in terms.names))

    def _put(self, field: str, place: int, values: Iterable[tuple[str, int]]) -> None:
        held = self._held[field]
        for term, value in values:
            found = held.get(term)
            if found is None:
                held[term] = array("Q", (place | value,))
            else:
                found.append(place | value)

    def postings(self, averages: dict[bool, float]) -> Iterator[Posting]:
        """All postings by field, term (in the order of its bytes) and document.

        :param averages: the mean length of documents by script ("is Lao").
        """
        impacts: list[dict[tuple[bool, int], int]] = [{} for _ in self._documents]
        for field in sorted(FIELDS):
            counted = field in COUNTED
            encoded = sorted((term.encode("utf-8", "replace"), term) for term in self._held[field])
            before = None
            for term, name in encoded:
                # letters that are no characters all become one: such a term is kept once
                if term == before:
                    continue
                before = term
                lao = is_lao(name)
                for packed in self._held[field][name]:
                    number, value = packed >> _VALUE_BITS, packed & _VALUE
                    if counted:
                        known = impacts[number]
                        found = known.get((lao, value))
                        if found is None:
                            found = known[lao, value] = self._impact(number, lao, value, averages[lao])
                        value = found
                    yield Posting(field, term, number, value)

    def _impact(self, number: int, lao: bool, value: int, average: float) -> int:
        length, weight = self._documents[number]
        return max(1, int(impact(value, max(1, length[lao]) / average) * weight + 0.5))

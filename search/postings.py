"""Documents turned into postings: for each field and term the documents that hold it, with an impact in each."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
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


class _Scale:
    """BM25's term part for a weighted count (tenths) as a whole number from 1 to ``impact_most``, by document."""

    def __init__(
        self, documents: Sequence[tuple[dict[bool, int], float]], averages: dict[bool, float]
    ) -> None:
        weights = rules.rules()["weights"]
        k1, b = float(weights["k1"]), float(weights["b"])
        # a stub is not better for being short
        least = float(weights["least_length"])
        self._damping = {
            lao: [k1 * (1 - b + b * max(max(1, length[lao]) / average, least)) for length, _ in documents]
            for lao, average in averages.items()
        }
        self._weights = [weight for _, weight in documents]
        self._factor = (k1 + 1) * float(weights["impact_scale"])
        self._most = int(weights["impact_most"])

    def impact(self, number: int, lao: bool, weighted: int) -> int:
        """What a count in a document is worth."""
        count = weighted / 10
        found = int(count * self._factor / (count + self._damping[lao][number]) + 0.5)
        return max(1, int(max(1, min(self._most, found)) * self._weights[number] + 0.5))


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
        scale = _Scale(self._documents, averages)
        for field in sorted(FIELDS):
            held = self._held[field]
            counted = field in COUNTED
            before = None
            for term, name in sorted((term.encode("utf-8", "replace"), term) for term in held):
                # letters that are no characters all become one: such a term is kept once
                if term == before:
                    continue
                before = term
                lao = is_lao(name)
                for packed in held[name]:
                    number, value = packed >> _VALUE_BITS, packed & _VALUE
                    yield Posting(field, term, number, scale.impact(number, lao, value) if counted else value)

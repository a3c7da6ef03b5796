"""How often terms stand in all documents together. Counts can be taken back, so those of an edited document are exchanged."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from search.analyzer import fold
from search.terms import Terms

_COUNTERS = ("folded", "exact", "pairs", "named")


@dataclass(slots=True)
class Counts:
    """Numbers of documents by term; ``tokens`` and ``documents`` are by script ("is Lao"), for mean lengths."""

    folded: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    tokens: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})
    documents: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})

    def add(self, terms: Terms) -> None:
        """Count one more document."""
        self._count(terms, 1)

    def take_back(self, terms: Terms) -> None:
        """Count one document less."""
        self._count(terms, -1)

    def _count(self, terms: Terms, sign: int) -> None:
        exact = (form for forms in terms.variants.values() for form in forms)
        counted: tuple[tuple[Counter[str], Iterable[str]], ...] = (
            (self.folded, terms.folded),
            (self.exact, exact),
            (self.pairs, terms.pairs),
            (self.named, terms.named),
        )
        for counter, found in counted:
            # without the weights that counts of a document carry
            (counter.update if sign > 0 else counter.subtract)(iter(found))
        for lao, length in terms.length.items():
            if length:
                self.tokens[lao] += sign * length
                self.documents[lao] += sign

    def averages(self) -> dict[bool, float]:
        """The mean length of the documents that hold each script, to two digits.

        More would matter to no answer, and each edit would change a little what every other document is worth.
        """
        return {
            lao: float(f"{self.tokens[lao] / count:.2g}") if count else 1.0
            for lao, count in self.documents.items()
        }

    def frequencies(self) -> dict[str, int]:
        """Each folded term, in order, with its document frequency."""
        return {term: count for term, count in sorted(self.folded.items()) if count}

    def pair_frequencies(self) -> list[tuple[str, int]]:
        """Each pair, in order, with its document frequency."""
        return [(pair, count) for pair, count in sorted(self.pairs.items()) if count]

    def names(self) -> list[str]:
        """Latin pairs of syllables that are written as names."""
        return [pair for pair, count in self.named.items() if count]

    def commonest_forms(self) -> dict[str, str]:
        """Folded term → the exact form most documents have; of equals the first by letters."""
        best: dict[str, tuple[int, str]] = {}
        for exact, count in self.exact.items():
            if count:
                folded = fold(exact)
                best[folded] = min((-count, exact), best.get(folded, (0, "")))
        return {folded: exact for folded, (_, exact) in best.items()}

    def to_json(self) -> str:
        """All of it, to be counted on later."""
        return json.dumps(
            {name: getattr(self, name) for name in _COUNTERS}
            | {name: [found[False], found[True]] for name, found in self._by_script().items()},
            ensure_ascii=False,
            separators=(",", ":"),
        )

    def _by_script(self) -> Mapping[str, dict[bool, int]]:
        return {"tokens": self.tokens, "documents": self.documents}

    @classmethod
    def from_json(cls, text: str) -> Counts:
        """What ``to_json`` wrote. Anything else: ValueError, KeyError or TypeError."""
        said: dict[str, Any] = json.loads(text)
        counts = cls(**{name: Counter(said[name]) for name in _COUNTERS})
        for name, found in counts._by_script().items():
            found[False], found[True] = said[name]
        return counts

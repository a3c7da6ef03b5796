"""What understanding and ranking need to know of an index, however it is stored."""

from __future__ import annotations

import math
from typing import Any, NamedTuple, Protocol

from search.phonetics import SoundTable

FULL = 10
"""Factor of a term that was typed as it stands."""

FIELDS = ("folded", "exact", "pair", "code", "kind", "language", "name")
"""What a posting is of. Groups of synonyms are a field of their own, ``concept``, made from the others."""

Postings = tuple[list[int], list[int]]
"""Document numbers in order, and the impact in each."""


def kind_term(kind: str) -> str:
    """A kind as one term of the index, whatever characters it holds."""
    return kind.encode("utf-8", "replace").hex()


def inverse_frequency(documents: int, frequency: int) -> int:
    """How telling a term is, in thousandths: ln(1 + (N - n + ½) / (n + ½))."""
    return math.floor(1000 * math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5)) + 0.5)


class Lexicon(Protocol):
    """Terms and their frequencies; enough to make a plan."""

    documents: int

    def frequency(self, field: str, term: str) -> int:
        """In how many documents ``term`` stands; 0 when it is not known."""
        ...

    def linked(self, first: str, second: str) -> bool:
        """Whether two folded syllables stand side by side somewhere."""
        ...

    def starting(self, field: str, prefix: str, most: int) -> list[str]:
        """Up to ``most`` terms of ``field`` that begin with ``prefix``, in order."""
        ...

    @property
    def frequencies(self) -> dict[str, int]:
        """Folded term → document frequency."""
        ...

    def synonyms(self, token: str) -> list[list[Any]]:
        """The phrases that begin with a folded token, see :func:`search.synonyms.synonym_table`."""
        ...

    @property
    def sounds(self) -> SoundTable:
        """The vocabulary by sound."""
        ...


class SpelledLexicon(Lexicon, Protocol):
    """A lexicon that also knows how its terms are spelled."""

    @property
    def forms(self) -> dict[str, str]:
        """Folded term → its commonest exact form, where that is another."""
        ...


class PostingSource(Lexicon, Protocol):
    """A lexicon that also gives postings; enough to rank."""

    def postings(self, field: str, term: str) -> Postings:
        """Where ``term`` stands; empty when it is not known."""
        ...


class Choice(NamedTuple):
    """A term that may stand at a place, and its weight in tenths of the place's own.

    ``telling`` replaces the term's own inverse frequency where it is one of many completions; 0 leaves it.
    """

    term: str
    factor: int
    telling: int = 0

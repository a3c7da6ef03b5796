"""As-you-type: what the last, unfinished syllable of a query may become."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from search.lexicon import FULL, Choice, Lexicon
from search.names import JOIN
from search.rules import weight
from search.syllables import is_lao

_SCANNED, _KEPT = 60, 6


class Completion(NamedTuple):
    """``singles`` for the last place, ``pairs`` with the place before it, ``inner`` pairs that begin inside it."""

    singles: list[Choice]
    pairs: list[Choice]
    inner: list[Choice]


def complete(last: str, before: Sequence[str], lexicon: Lexicon) -> Completion:
    """Completions of ``last`` (folded) after one of ``before``, commonest first.

    A Lao syllable cut by the writer often ends in the first letter of the next one (ສາກ for ສາກົນ): the last letters
    are then read as the beginning of a second syllable.
    """
    whole = lexicon.frequency("folded", last) > 0
    factor = weight("completion") if whole else weight("completion_unknown")

    def best(prefix: str) -> list[str]:
        terms = [
            term for term in lexicon.starting("pair", prefix, _SCANNED) if not term.endswith(JOIN + last)
        ]
        return sorted(terms, key=lambda term: (-lexicon.frequency("pair", term), term))[:_KEPT]

    pairs = [Choice(term, factor) for first in before[:2] for term in best(first + JOIN + last)]
    inner: list[Choice] = []
    if is_lao(last):
        for cut in range(1, min(3, len(last) - 1) + 1):
            head, tail = last[:-cut], last[-cut:]
            if not lexicon.frequency("folded", head):
                continue
            linked = [first for first in before[:2] if lexicon.frequency("pair", first + JOIN + head)]
            if before and not linked:
                continue
            found = best(head + JOIN + tail)
            inner += [Choice(term, factor) for term in found]
            if found:
                pairs += [Choice(first + JOIN + head, FULL) for first in linked]
    singles: list[Choice] = []
    if not pairs and not inner and len(last) > 1 and (not before or not whole):
        terms = [term for term in lexicon.starting("folded", last, _SCANNED) if term != last]
        terms.sort(key=lambda term: (-lexicon.frequency("folded", term), term))
        singles = [Choice(term, factor) for term in terms[:_KEPT]]
    return Completion(singles, pairs, inner)

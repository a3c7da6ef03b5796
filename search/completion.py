"""As-you-type: what the last, unfinished syllable of a query may become."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from search.lexicon import FULL, Choice, Lexicon, inverse_frequency
from search.names import JOIN
from search.rules import limit, weight
from search.syllables import is_lao


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

    def best(field: str, prefix: str, end: str) -> list[Choice]:
        """The commonest terms with ``prefix``; together they tell as much as one term that stands for all."""
        terms = [
            (lexicon.frequency(field, term), term)
            for term in lexicon.starting(field, prefix, limit("completions_scanned"))
            if not term.endswith(end)
        ]
        telling = inverse_frequency(lexicon.documents, min(lexicon.documents, sum(n for n, _ in terms)))
        terms.sort(key=lambda item: (-item[0], item[1]))
        return [Choice(term, factor, max(1, telling)) for _, term in terms[: limit("completions_kept")]]

    pairs = [choice for first in before[:2] for choice in best("pair", first + JOIN + last, JOIN + last)]
    inner: list[Choice] = []
    if is_lao(last):
        for cut in range(1, min(3, len(last) - 1) + 1):
            head, tail = last[:-cut], last[-cut:]
            if not lexicon.frequency("folded", head):
                continue
            linked = [first for first in before[:2] if lexicon.frequency("pair", first + JOIN + head)]
            if before and not linked:
                continue
            found = best("pair", head + JOIN + tail, JOIN + tail)
            inner += found
            if found:
                pairs += [Choice(first + JOIN + head, FULL) for first in linked]
    singles: list[Choice] = []
    if not pairs and not inner and len(last) > 1 and (not before or not whole):
        singles = [choice for choice in best("folded", last, JOIN + last) if choice.term != last]
    return Completion(singles, pairs, inner)

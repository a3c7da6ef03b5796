"""Groups of equivalent phrases, matched in a query over folded tokens, longest first."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from search.analyzer import analyze
from search.lexicon import Lexicon, inverse_frequency
from search.names import JOIN
from search.rules import rules, weight


class SynonymMatch(NamedTuple):
    """Query tokens ``start`` to ``end`` (exclusive) name the concepts ``groups`` (numbers)."""

    start: int
    end: int
    weight: int
    groups: list[int]


def concept_term(group: int) -> str:
    """The index term of a group of equivalent phrases."""
    return str(group)


def synonym_table(groups: Iterable[Sequence[str]]) -> dict[str, Any]:
    """What the index keeps: ``groups`` of phrases, and ``starts``: first token → entries.

    A phrase is a list of [folded, exact] tokens. An entry is [folded tokens, group number, weight, exact form if the
    phrase is a single token]. Parts of a phrase that hold most of it count for less.
    """
    section = rules()["synonyms"]
    kept: list[list[list[list[str]]]] = []
    entries: dict[tuple[tuple[str, ...], int, str], int] = {}
    for group in groups:
        phrases: dict[tuple[str, ...], list[list[str]]] = {}
        for text in group:
            tokens = analyze(text)
            if 0 < len(tokens) <= section["phrase_tokens"]:
                words = [[token.folded, token.exact] for token in tokens]
                phrases.setdefault(tuple(token.folded for token in tokens), words)
        if not phrases:
            continue
        number = len(kept)
        kept.append(list(phrases.values()))
        for folded, words in phrases.items():
            entries[folded, number, words[0][1] if len(folded) == 1 else ""] = weight("synonym")
            for part in _parts(folded, float(section["partial_share"])):
                entries.setdefault((part, number, ""), weight("partial_synonym"))
    starts: dict[str, list[list[Any]]] = {}
    for (folded, number, exact), value in sorted(entries.items()):
        starts.setdefault(folded[0], []).append([list(folded), number, value, exact])
    return {"groups": kept, "starts": starts}


class Synonyms:
    """Groups of equivalent phrases, any language; the table of them can be made before there are documents."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self.groups = groups

    @cached_property
    def table(self) -> dict[str, Any]:
        """See :func:`synonym_table`."""
        return synonym_table(self.groups)


def phrase_terms(words: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Field and term of all by which a document names a phrase of [folded, exact] tokens."""
    if len(words) == 1:
        return [("exact", words[0][1])]
    return [("pair", first[0] + JOIN + second[0]) for first, second in pairwise(words)]


def concept_impacts(
    phrases: Iterable[Sequence[Sequence[str]]],
    postings: Callable[[str, str], Mapping[int, int]],
    frequency: Callable[[str, str], int],
    documents: int,
) -> dict[int, int]:
    """The documents that name a group of equivalent phrases, with an impact: document number → impact.

    A document names a concept as far as it holds the neighbouring syllables of one of its phrases; half of them, by
    how telling they are, is the least.

    :param postings: (field, term) → document number → impact, of all documents or of those that are asked about.
    :param frequency: (field, term) → in how many of all documents it stands.
    """
    best: dict[int, int] = {}
    for words in phrases:
        terms = phrase_terms(words)
        found = [postings(field, term) for field, term in terms]
        if len(found) == 1:
            # the whole phrase or nothing
            for document, impact in found[0].items():
                if impact > best.get(document, 0):
                    best[document] = impact
            continue
        frequencies = [frequency(field, term) for field, term in terms]
        telling = [inverse_frequency(documents, number) if number else 0 for number in frequencies]
        whole = sum(telling)
        shares: dict[int, int] = {}
        points: dict[int, int] = {}
        for held, value in zip(found, telling, strict=True):
            for document, impact in held.items():
                shares[document] = shares.get(document, 0) + value
                points[document] = points.get(document, 0) + value * impact
        missing = frequencies.count(0)
        # a syllable pair that stands nowhere weighs like the mean of the others
        all_telling = whole + missing * whole // max(1, len(terms) - missing)
        for document, share in shares.items():
            if share and 2 * share >= all_telling:
                best[document] = max(1, points[document] // all_telling, best.get(document, 0))
    return best


def _parts(tokens: tuple[str, ...], share: float) -> list[tuple[str, ...]]:
    least = max(2, math.ceil(len(tokens) * share))
    return [
        tokens[start : start + length]
        for length in range(least, len(tokens))
        for start in range(len(tokens) - length + 1)
    ]


def match_synonyms(
    folded: Sequence[str], exact: Sequence[str], unmarked: bool, lexicon: Lexicon
) -> list[SynonymMatch]:
    """Matches at each place of a query: the longest whole phrase, and a longer part of one.

    ``unmarked`` says that the query is typed without marks, so that a single syllable cannot be checked by them.
    """
    section = rules()["synonyms"]
    matches: list[SynonymMatch] = []
    for start, token in enumerate(folded):
        best: dict[int, tuple[int, list[int]]] = {}
        for phrase, number, value, single in lexicon.synonyms(token):
            end = start + len(phrase)
            if list(folded[start:end]) != phrase or (single and not unmarked and exact[start] != single):
                continue
            length, numbers = best.get(value, (0, []))
            if len(phrase) > length:
                best[value] = (len(phrase), [number])
            elif len(phrase) == length:
                numbers.append(number)
        whole = best.get(weight("synonym"), (0, []))[0]
        for value, (length, numbers) in sorted(best.items(), reverse=True):
            if value == weight("synonym") or length > whole:
                kept = sorted(set(numbers))[: int(section["groups"])]
                matches.append(SynonymMatch(start, start + length, value, kept))
    matches.sort(key=lambda match: (match.start - match.end, match.start, -match.weight))
    return matches[: int(section["spans"])]

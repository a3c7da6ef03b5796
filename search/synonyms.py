"""Groups of equivalent phrases, matched in a query over folded tokens, longest first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from search.analyzer import analyze
from search.rules import rules, weight


class SynonymMatch(NamedTuple):
    """Query tokens ``start`` to ``end`` (exclusive) mean each of ``phrases`` (tuples of folded tokens)."""

    start: int
    end: int
    weight: int
    phrases: list[tuple[str, ...]]


def synonym_table(groups: Iterable[Sequence[str]], titles: Iterable[Sequence[str]]) -> dict[str, Any]:
    """What the index keeps: ``groups`` of folded phrases, and ``starts``: first token → entries.

    An entry is [folded tokens, group number, weight, exact form if the phrase is a single token]. Short titles given
    in two languages are groups as well. Parts of a phrase that hold most of it count for less.
    """
    section = rules()["synonyms"]
    kept: list[list[list[str]]] = []
    entries: dict[tuple[tuple[str, ...], int, str], int] = {}
    for source, most in ((groups, section["phrase_tokens"]), (titles, section["title_tokens"])):
        for group in source:
            phrases: dict[tuple[str, ...], str] = {}
            for text in group:
                tokens = analyze(text)
                if 0 < len(tokens) <= most:
                    phrases.setdefault(tuple(token.folded for token in tokens), tokens[0].exact)
            if len(phrases) < 2:
                continue
            number = len(kept)
            kept.append([list(tokens) for tokens in phrases])
            for folded, exact in phrases.items():
                entries[folded, number, exact if len(folded) == 1 else ""] = weight("synonym")
                for part in _parts(folded, float(section["partial_share"])):
                    entries.setdefault((part, number, ""), weight("partial_synonym"))
    starts: dict[str, list[list[Any]]] = {}
    for (folded, number, exact), value in sorted(entries.items()):
        starts.setdefault(folded[0], []).append([list(folded), number, value, exact])
    return {"groups": kept, "starts": starts}


def _parts(tokens: tuple[str, ...], share: float) -> list[tuple[str, ...]]:
    least = max(2, math.ceil(len(tokens) * share))
    return [
        tokens[start : start + length]
        for length in range(least, len(tokens))
        for start in range(len(tokens) - length + 1)
    ]


def match_synonyms(
    folded: Sequence[str], exact: Sequence[str], unmarked: bool, table: dict[str, Any]
) -> list[SynonymMatch]:
    """Matches at each place of a query: the longest whole phrase, and a longer part of one.

    ``unmarked`` says that the query is typed without marks, so that a single syllable cannot be checked by them.
    """
    section = rules()["synonyms"]
    groups, starts = table["groups"], table["starts"]
    matches: list[SynonymMatch] = []
    for start, token in enumerate(folded):
        best: dict[int, tuple[int, list[int]]] = {}
        for phrase, number, value, single in starts.get(token, ()):
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
                matched = tuple(folded[start : start + length])
                phrases = {tuple(p): None for n in numbers for p in groups[n] if tuple(p) != matched}
                most = int(section["phrases"])
                matches.append(SynonymMatch(start, start + length, value, list(phrases)[:most]))
    matches.sort(key=lambda match: (match.start - match.end, match.start, -match.weight))
    return matches[: int(section["spans"])]

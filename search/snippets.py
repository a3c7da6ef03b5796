"""The passage of a hit to show, with the places to highlight, in the text as it was written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from search.analyzer import Token, analyze
from search.rules import limit
from search.sieve import Sieve

_SENTENCE_END = re.compile(r"[.;:!?\n]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Marked(NamedTuple):
    """``text`` with ``highlights``: spans in it, in order, none cutting a letter from its marks."""

    text: str
    highlights: list[tuple[int, int]]


@dataclass(frozen=True)
class Wanted:
    """What to highlight: folded syllables by worth, and pairs that count beyond their syllables.

    ``forms`` holds, for a syllable typed with its marks, the spellings that alone are meant.
    """

    singles: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]
    forms: Mapping[str, frozenset[str]]

    @cached_property
    def sieve(self) -> Sieve:
        """Each syllable with the most it can be worth."""
        worths = dict(self.singles)
        for pair, together in self.pairs.items():
            for folded in pair:
                worths[folded] = max(together, worths.get(folded, 0))
        return Sieve(worths)


def _worths(tokens: list[Token], wanted: Wanted) -> list[int]:
    worths = []
    for token in tokens:
        forms = wanted.forms.get(token.folded)
        worths.append(wanted.singles.get(token.folded, 0) if not forms or token.exact in forms else 0)
    for i in range(1, len(tokens)):
        together = wanted.pairs.get((tokens[i - 1].folded, tokens[i].folded), 0)
        if together:
            worths[i - 1] = max(worths[i - 1], together)
            worths[i] = max(worths[i], together)
    return worths


def _highlights(tokens: list[Token], worths: list[int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    last = -2
    for i, token in enumerate(tokens):
        if not worths[i]:
            continue
        if spans and last == i - 1 and token.start - spans[-1][1] <= 1:
            spans[-1] = (spans[-1][0], token.end)
        else:
            spans.append((token.start, token.end))
        last = i
    return spans


def mark(text: str, wanted: Wanted) -> Marked:
    """The whole of a short text with its highlights."""
    tokens = analyze(text)
    return Marked(_CONTROL.sub(" ", text), _highlights(tokens, _worths(tokens, wanted)))


def best_passage(texts: list[str], wanted: Wanted) -> tuple[Marked, int]:
    """The passage of ``texts`` that holds most of what is wanted, and its worth.

    A passage is at most ``snippet_characters`` long, begins and ends between tokens, and begins at a sentence where
    one begins near enough. The first words of the first text stand in when nothing is found.
    """
    size = limit("snippet_characters")
    left = limit("snippet_source_characters")
    kept: list[str] = []
    for text in texts:
        if left <= 0:
            break
        kept.append(text[:left])
        left -= len(text)
    if not kept:
        return Marked("", []), 0
    most = [wanted.sieve.most(text) for text in kept]
    best: tuple[int, int] | None = None
    cut: tuple[list[Token], list[int], int] = [], [], 0
    # the most promising first: most of the others need not be cut into tokens; of equals the first is shown
    for place in sorted(range(len(kept)), key=lambda place: (-most[place], place)):
        if best is not None and (most[place], -place) <= best:
            continue
        tokens = analyze(kept[place])
        worths = _worths(tokens, wanted)
        value, first = _best_window(tokens, worths, size)
        if best is None or (value, -place) > best:
            best, cut = (value, -place), (tokens, worths, first)
    assert best is not None
    value, place = best[0], -best[1]
    return _cut(kept[place], *cut, size), value


def _best_window(tokens: list[Token], worths: list[int], size: int) -> tuple[int, int]:
    """The most worth that distinct tokens within ``size`` characters have, and the first token of that window."""
    best, best_first = 0, 0
    inside: dict[str, int] = {}
    value = first = 0
    for last, token in enumerate(tokens):
        if worths[last]:
            value += worths[last] if not inside.get(token.folded) else 0
            inside[token.folded] = inside.get(token.folded, 0) + 1
        # a word longer than a passage stands alone
        while first < last and token.end - tokens[first].start > size:
            if worths[first]:
                folded = tokens[first].folded
                inside[folded] -= 1
                value -= worths[first] if not inside[folded] else 0
            first += 1
        if value > best:
            best, best_first = value, first
    while best_first < len(tokens) and best and not worths[best_first]:
        best_first += 1
    return best, best_first


def _within_word(text: str, begin: int, size: int) -> int:
    """Where to cut a word that is longer than any passage: before a letter and its marks."""
    stop = begin + size
    while stop > begin and unicodedata.category(text[stop])[0] == "M":
        stop -= 1
    return stop


def _cut(text: str, tokens: list[Token], worths: list[int], first: int, size: int) -> Marked:
    if not tokens:
        return Marked("", [])
    start = first
    while start and tokens[first].start - tokens[start - 1].start <= size // 3:
        start -= 1
        if start == 0 or _SENTENCE_END.search(text, tokens[start - 1].end, tokens[start].start):
            break
    begin = tokens[start].start if start or tokens[0].start > size else 0
    end = start + 1
    while end < len(tokens) and tokens[end].end - begin <= size:
        end += 1
    stop = tokens[end - 1].end
    if stop - begin > 2 * size:
        stop = _within_word(text, begin, 2 * size)
    elif end == len(tokens) and len(text) - stop <= size:
        stop = len(text)
    elif text[stop : stop + 1] in (".", "!", "?"):
        stop += 1
    head = "… " if start else ""
    tail = " …" if text[stop:].strip() else ""
    shift = len(head) - begin
    spans = _highlights(tokens[start:end], worths[start:end])
    inner = [(s + shift, min(e, stop) + shift) for s, e in spans if s < stop]
    return Marked(head + _CONTROL.sub(" ", text[begin:stop]) + tail, inner)

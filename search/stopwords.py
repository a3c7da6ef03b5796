"""Everyday words of questions: they may be there, but must not drown what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from search.analyzer import analyze
from search.rules import rules

_Phrases = dict[str, list[tuple[str, ...]]]


def _by_first(texts: Sequence[str], folded: bool) -> _Phrases:
    found: _Phrases = {}
    for text in texts:
        words = tuple(token.folded if folded else token.exact for token in analyze(text))
        found.setdefault(words[0], []).append(words)
    return found


@cache
def _phrases(kind: str) -> _Phrases:
    return _by_first(rules()["stop"][kind], kind == "plain")


def stop_places(exact: Sequence[str], folded: Sequence[str], unmarked: bool) -> list[bool]:
    """Which tokens of a query belong to a phrase of the stop lists.

    With marks, a word must match by its marks (``cần`` but not ``cân``); a query without any is held against a
    shorter list of phrases that are safe without them. A query of nothing else has no stop words.
    """
    stops = [False] * len(exact)
    lao = any("\u0e80" <= token[:1] <= "\u0eff" for token in exact)
    lists = [(_phrases("plain"), folded)] if unmarked else [(_phrases("marked"), exact)]
    if lao:
        lists.append((_phrases("lao"), exact))
    for phrases, tokens in lists:
        for start, token in enumerate(tokens):
            for words in phrases.get(token, ()):
                if tuple(tokens[start : start + len(words)]) == words:
                    stops[start : start + len(words)] = [True] * len(words)
    return stops if not all(stops) else [False] * len(exact)

"""Text to tokens: exact form, folded form, and the span in the text as it was written."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from search.normalize import normalize
from search.rules import expand, limit, rules, template
from search.syllables import cut


class Token(NamedTuple):
    """``exact`` keeps marks and tones, ``folded`` drops them; ``text[start:end]`` is what was written.

    Spans are in order, do not overlap, and never cut a letter from its marks.
    """

    exact: str
    folded: str
    start: int
    end: int


@cache
def _folding() -> tuple[dict[str, str], frozenset[str], list[tuple[re.Pattern[str], str]]]:
    fold = rules()["fold"]
    drop = expand(fold["drop"])
    dropped = {chr(code) for code in range(ord("\u0300"), ord("\u036f") + 1)} | set(drop)
    return (
        dict(fold["map"]),
        frozenset(dropped),
        [(re.compile(pattern), template(to)) for pattern, to in fold["rewrites"]],
    )


@lru_cache(maxsize=65536)
def fold(exact: str) -> str:
    """The key under which spellings of a token meet: no marks, no tones, d for đ, one length for a Lao vowel."""
    table, dropped, rewrites = _folding()
    plain = exact if exact.isascii() else unicodedata.normalize("NFD", exact)
    folded = "".join([table.get(char, char) for char in plain if char not in dropped]) or exact
    for pattern, to in rewrites:
        folded = pattern.sub(to, folded)
    return folded


@cache
def _extends() -> re.Pattern[str]:
    return re.compile(f"[{expand(rules()['tokens']['extends'])}]+")


def analyze(text: str) -> list[Token]:
    """All tokens of ``text`` with their spans in it."""
    levelled, starts, ends = normalize(text)
    extends = _extends()
    most = limit("token_characters")
    tokens: list[Token] = []
    before = 0
    for start, end in cut(levelled):
        exact = levelled[start : end if end - start <= most else start + most]
        first, last = (start, end) if starts is None or ends is None else (starts[start], ends[end - 1])
        if text[last : last + 1] > "\u007f":
            after = extends.match(text, last)
            if after:
                last = after.end()
        if first < before:
            # one letter that stands for two has been cut between them: it is shown with the second
            tokens.pop()
        tokens.append(Token(exact, fold(exact), first, last))
        before = last
    return tokens


def phrase(text: str) -> tuple[str, ...]:
    """The folded tokens of ``text``."""
    return tuple(token.folded for token in analyze(text))

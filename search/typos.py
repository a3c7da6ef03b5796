"""What a mistyped syllable may have been meant to be."""

from __future__ import annotations

import re
from functools import cache

from search.rules import rules, template
from search.syllables import cut, is_lao


@cache
def _telex() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), template(to)) for pattern, to in rules()["typos"]["telex"]]


def one_edit(text: str) -> list[str]:
    """Every string one insertion, deletion, replacement or swap away, in a fixed order, without repeats."""
    letters: str = rules()["typos"]["lao" if is_lao(text) else "latin"]
    found: dict[str, None] = {}
    for i in range(len(text) + 1):
        head, tail = text[:i], text[i:]
        if tail:
            found[head + tail[1:]] = None
            for letter in letters:
                found[head + letter + tail[1:]] = None
        if len(tail) > 1:
            found[head + tail[1] + tail[0] + tail[2:]] = None
        for letter in letters:
            found[head + letter + tail] = None
    found.pop(text, None)
    found.pop("", None)
    return list(found)


def confused(folded: str) -> list[str]:
    """A Vietnamese syllable with an initial that is often mistaken for its own, or typed with the input method off."""
    found: dict[str, None] = {}
    for pair in rules()["typos"]["onsets"]:
        for this, other in (pair, pair[::-1]):
            if folded.startswith(this):
                found[other + folded[len(this) :]] = None
    plain = folded
    for pattern, to in _telex():
        plain = pattern.sub(to, plain)
        found[plain] = None
    found.pop(folded, None)
    found.pop("", None)
    return list(found)


def recut(run: str) -> list[tuple[str, ...]]:
    """A run of folded Lao letters with one edit, cut into syllables anew; one entry for each edit."""
    return [tuple(text[start:end] for start, end in cut(text)) for text in one_edit(run)]

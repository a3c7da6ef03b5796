"""Whole numbers in letters, as the browser's index holds them: five bits a letter, lowest first, 32 added to all but
the last; rising numbers by their steps. The counterpart is ``browser/lexicon.js``."""

from __future__ import annotations

from collections.abc import Iterable

from search.lexicon import Postings

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def number(value: int) -> str:
    """One whole number from 0 up."""
    text = ""
    while value > 31:
        text += DIGITS[32 + value % 32]
        value //= 32
    return text + DIGITS[value]


def steps(values: Iterable[int]) -> str:
    """Rising whole numbers."""
    text = ""
    before = -1
    for value in values:
        text += number(value - before - 1)
        before = value
    return text


def packed(postings: Postings) -> str:
    """Postings as pairs of a step and an impact."""
    text = ""
    before = -1
    for document, impact in zip(*postings, strict=True):
        text += number(document - before - 1) + DIGITS[impact]
        before = document
    return text

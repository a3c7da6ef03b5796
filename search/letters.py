"""Whole numbers in letters, as the browser's index holds them: five bits a letter, lowest first, 32 added to all but
the last; rising numbers by their steps. The counterpart is ``browser/lexicon.js``."""

from __future__ import annotations

from collections.abc import Iterable

from search.lexicon import Postings

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUES = {letter: value for value, letter in enumerate(DIGITS)}


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


def numbers(text: str) -> list[int]:
    """What ``steps`` wrote."""
    found = []
    value, bits, before = 0, 0, -1
    for digit in map(_VALUES.__getitem__, text):
        value += (digit & 31) << bits
        if digit > 31:
            bits += 5
            continue
        before += value + 1
        found.append(before)
        value = bits = 0
    return found


def unpacked(text: str) -> Postings:
    """What ``packed`` wrote."""
    documents, impacts = [], []
    value, bits, before = 0, 0, -1
    digits = map(_VALUES.__getitem__, text)
    for digit in digits:
        value += (digit & 31) << bits
        if digit > 31:
            bits += 5
            continue
        before += value + 1
        documents.append(before)
        impacts.append(next(digits))
        value = bits = 0
    return documents, impacts

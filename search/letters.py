"""Whole numbers in letters, as the browser's index holds them: five bits a letter, lowest first, 32 added to all but
the last; rising numbers by their steps. The counterpart is ``browser/lexicon.js``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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


def _read(digits: Iterator[int]) -> Iterator[int]:
    """Each number, leaving what stands behind it to whoever asks for the next."""
    value = bits = 0
    for digit in digits:
        value += (digit & 31) << bits
        bits += 5
        if digit < 32:
            yield value
            value = bits = 0


def numbers(text: str) -> list[int]:
    """What ``steps`` wrote."""
    before = -1
    return [before := before + step + 1 for step in _read(map(_VALUES.__getitem__, text))]


def unpacked(text: str) -> Postings:
    """What ``packed`` wrote."""
    documents, impacts = [], []
    before = -1
    digits = map(_VALUES.__getitem__, text)
    for step in _read(digits):
        before += step + 1
        documents.append(before)
        impacts.append(next(digits))
    return documents, impacts

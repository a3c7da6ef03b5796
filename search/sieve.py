"""Tells cheaply which texts cannot hold a syllable, so that only the others are cut into tokens.

A text is brought to a coarse form in which every token it holds stands as a piece: Latin letters without marks, or Lao
consonants alone. What is not found there is not in the text; what is found there may be.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from search.syllables import LAO, is_lao

# Beyond these letters and signs the coarse forms promise nothing; and to put a long row of marks in order takes as many
# steps as its square.
_UNCOVERED = re.compile(
    "[^\x00-\x7f\u00a0-\u00bf×÷À-ÅÇ-ÏÑ-ÖÙ-Ýà-åç-ïñ-öù-ýÿĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u036f"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u22ff\u0e81-\u0ecdໜໝ]|[\u0300-\u036f]{9}"
)
_SILENCED = re.compile("[ກ-ຮໜໝ]໌")
_NO_CONSONANT = re.compile("[^ກ-ຮ]+")
_ONE_SPELLING = (("ໜ", "ຫນ"), ("ໝ", "ຫມ"), ("ຼ", "ລ"), ("ຣ", "ລ"))


def _latin(text: str) -> str:
    plain = text if text.isascii() else unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "d")
    folded = plain.lower().encode("ascii", "ignore").decode("ascii")
    # an end in y is folded to i, and signs within numbers are dropped
    return folded.replace("y", "i").replace(".", "").replace(",", "")


def _lao(text: str) -> str:
    if "໌" in text:
        text = _SILENCED.sub("", text)
    for letter, plain in _ONE_SPELLING:
        text = text.replace(letter, plain)
    return _NO_CONSONANT.sub("", text)


class Sieve:
    """:param worths: folded syllables by worth."""

    def __init__(self, worths: Mapping[str, int]) -> None:
        self._latin: list[tuple[str, int]] = []
        self._lao: list[tuple[str, int]] = []
        self.whole = sum(worths.values())
        for folded, worth in worths.items():
            if is_lao(folded):
                self._lao.append((_lao(folded), worth))
            else:
                self._latin.append((_latin(folded), worth))

    def most(self, text: str) -> int:
        """What the syllables that may be in a text are worth together: never less than those that are."""
        if _UNCOVERED.search(text):
            return self.whole
        found = 0
        if self._latin:
            coarse = _latin(text)
            found += sum([worth for piece, worth in self._latin if piece in coarse])
        if self._lao and LAO.search(text):
            coarse = _lao(text)
            found += sum([worth for piece, worth in self._lao if piece in coarse])
        return found

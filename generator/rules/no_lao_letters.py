"""The Lao text is written in Lao letters."""

import re
from collections.abc import Iterator
from datetime import date

from generator.problems import Problem
from generator.reading.handbook import Handbook
from generator.rules.vietnamese_in_lao import untranslated

CODE = "no-lao-letters"

_LAO = re.compile("[\u0e80-\u0eff]")
_ADDRESS = re.compile(r"\S[.@/]\S")
_WORD = re.compile(r"[^\W\d_]{2,}")


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each `lo` of words without one Lao letter. Numbers, codes and names in capitals may stay."""
    for pair in handbook.pairs:
        if _LAO.search(pair.lo) or untranslated(pair):
            continue
        words = " ".join(part for part in pair.lo.split() if not _ADDRESS.search(part))
        plain = [word for word in _WORD.findall(words) if word[0].islower()]
        if plain and (pair.written or len(plain) > 1):
            yield pair.problem(CODE, "lo", found=pair.lo)

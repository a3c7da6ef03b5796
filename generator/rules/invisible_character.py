"""No characters without a shape: they come with copied text and make equal words differ."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from generator.problems import Problem
from generator.reading.handbook import Handbook
from generator.rules.values import iter_values

CODE = "invisible-character"

# Zero-width space, non-joiner, joiner, word joiner, no-break space at zero width, soft hyphen.
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each value with an invisible character, naming it and the letters around it."""
    for value in iter_values(handbook, _INVISIBLE.search):
        for match in _INVISIBLE.finditer(value.text):
            around = value.text[max(0, match.start() - 12) : match.start() + 13]
            yield value.problem(
                CODE,
                found=f"U+{ord(match[0]):04X} {unicodedata.name(match[0], '')}".strip(),
                around=_INVISIBLE.sub("·", around),
            )
            break

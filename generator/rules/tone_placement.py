"""Vietnamese tone marks stand where the handbook puts them: hòa, thủy, khỏe (not hoà, thuỷ, khoẻ)."""

import re
from collections.abc import Iterator
from datetime import date

from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "tone-placement"

_FORMS = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
_FORMS |= {new.upper(): old.upper() for new, old in _FORMS.items()}
_FORMS |= {new.capitalize(): old.capitalize() for new, old in _FORMS.items()}
_NEW_STYLE = re.compile(rf"(?<![qQ])(?:{'|'.join(_FORMS)})(?!\w)")
_WORD = re.compile(r"\w+")


def place_tones(text: str) -> str:
    """The text with each tone mark on the first of the two vowels."""
    return _NEW_STYLE.sub(lambda match: _FORMS[match[0]], text)


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A warning for each `vi` with a tone mark on the second vowel, with the right form."""
    for pair in handbook.pairs:
        if _NEW_STYLE.search(pair.vi):
            found = next(word for word in _WORD.findall(pair.vi) if _NEW_STYLE.search(word))
            yield pair.problem(CODE, "vi", "warning", found=found, expected=place_tones(found))

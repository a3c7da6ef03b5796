"""Text is stored in Unicode's composed form (NFC), so that equal words are equal bytes."""

import unicodedata
from collections.abc import Iterator
from datetime import date

from generator.problems import Problem
from generator.reading.handbook import Handbook
from generator.rules.values import iter_values

CODE = "nfc"


def _decomposed(text: str) -> bool:
    return not unicodedata.is_normalized("NFC", text)


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each value that NFC would change."""
    for value in iter_values(handbook, _decomposed):
        yield value.problem(CODE, expected=unicodedata.normalize("NFC", value.text))

"""Sign-offs of wording: a digest ties a reviewer's word to the pair it was given for."""

import hashlib
import re
import unicodedata

from generator.model.entry import Entry
from generator.model.text import LOCALES, Text
from generator.reading.texts import dotted, iter_texts


def digest(text: Text) -> str:
    """Twelve hex digits over both sides of a pair; a change of either side changes it."""
    pair = "\0".join(unicodedata.normalize("NFC", side) for side in (text.vi, text.lo))
    return hashlib.sha256(pair.encode("utf-8")).hexdigest()[:12]


def signed_fields(entry: Entry, locale: str) -> frozenset[str]:
    """The dotted paths of the fields whose present wording is signed off in `locale`.

    An item keeps its sign-off when others are put in before it: its place in the list is not part of the wording.
    """
    signs = entry.reviewed.lo if locale == "lo" else entry.reviewed.vi
    given = {(_anywhere(sign.field), sign.digest) for sign in signs}
    if not given:
        return frozenset()
    fields = ((dotted(path), digest(text)) for path, text in iter_texts(entry))
    return frozenset(field for field, current in fields if (_anywhere(field), current) in given)


def _anywhere(field: str) -> str:
    return re.sub(r"\b\d+\b", "*", field)


def awaiting_review(entry: Entry) -> dict[str, tuple[int, int]]:
    """Per language: how many pairs await review, of how many."""
    total = sum(1 for _ in iter_texts(entry))
    return {locale: (total - len(signed_fields(entry, locale)), total) for locale in LOCALES}

"""Every entry names the sources it stands on. Sources and terms of the glossary stand for themselves."""

from collections.abc import Iterator
from datetime import date

from generator.model.reference import Source, Term
from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "source-required"


_STAND_ALONE = frozenset({Source.kind, Term.kind})


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each entry without a source."""
    for key, entry in handbook:
        if not entry.sources and key.kind not in _STAND_ALONE:
            yield Problem(*handbook.place_of(key, ("sources",)), CODE)

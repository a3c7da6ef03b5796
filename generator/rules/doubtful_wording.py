"""Lao wording that the glossary doubts is not used in running text."""

from collections.abc import Iterator
from datetime import date

from generator.model.document import Document
from generator.model.reference import Term
from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "doubtful-wording"


_MIN_LAO_LETTERS = 6


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A warning for each Lao text with a term whose wording is doubtful."""
    terms = handbook.of(Term).values()
    sound = {term.name.lo for term in terms if term.lo_wording != "doubtful"}
    doubtful = [
        term.name.lo
        for term in terms
        if term.lo_wording == "doubtful"
        and term.name.lo not in sound
        and len(term.name.lo) >= _MIN_LAO_LETTERS
    ]
    for pair in handbook.pairs:
        if pair.kind in (Term.kind, Document.kind):  # these carry their own mark
            continue
        found = next((wording for wording in doubtful if wording in pair.lo), None)
        if found:
            yield pair.problem(CODE, "lo", "warning", found=found)

"""A term called attested says where it was seen."""

from collections.abc import Iterator
from datetime import date

from generator.model.reference import Term
from generator.problems import Problem
from generator.reading.handbook import EntryKey, Handbook

CODE = "term-not-seen"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each attested term with neither an address nor a source."""
    for term_id, term in handbook.of(Term).items():
        if term.lo_wording == "attested" and term.seen == "unknown" and not term.sources:
            yield Problem(*handbook.place_of(EntryKey(Term.kind, term_id), ("lo_wording",)), CODE)

"""Whoever verified is the editors or an office of the handbook."""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

from generator.model.office import Office
from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "unknown-verifier"


EDITORS = "editors"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each `verified.by` that is neither, with the nearest office."""
    # An office whose own file has a mistake is still an office.
    known = [EDITORS, *(key.id for key in handbook.files if key.kind == Office.kind)]
    for key, entry in handbook:
        if entry.verified.by not in known:
            near = get_close_matches(entry.verified.by, known, n=1, cutoff=0.5)
            place = handbook.place_of(key, ("verified", "by"))
            yield Problem(
                *place, CODE, {"found": entry.verified.by, "expected": near[0] if near else EDITORS}
            )

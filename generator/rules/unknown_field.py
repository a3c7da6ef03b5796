"""`cites`, `conflicts`, `unverified` and sign-offs point to fields that exist."""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

from generator.model.entry import Conflict, SignOff, Unverified
from generator.problems import Problem
from generator.reading.fields import field_error
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.source import Path

CODE = "unknown-field"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each path the kind does not have, with the nearest key."""
    for key, entry in handbook:
        for cited in entry.cites:
            yield from _at(handbook, key, ("cites", cited), cited)
    for key, path, part in handbook.parts:
        if isinstance(part, Conflict | Unverified | SignOff) and part.field is not None:
            yield from _at(handbook, key, (*path, "field"), part.field)


def _at(handbook: Handbook, key: EntryKey, place: Path, field: str) -> Iterator[Problem]:
    error = field_error(handbook.entries[key.kind][key.id], field)
    # A sign-off stays with its wording when the items of a list move.
    moved = place[0] == "reviewed" and error is not None and error.part.isdigit()
    if error is None or moved:
        return
    source = handbook.files[key]
    line, column = (
        source.keys.get(place, source.place_of(place)) if place[0] == "cites" else source.place_of(place)
    )
    near = get_close_matches(error.part, error.known, n=1, cutoff=0.5)
    params = {"found": field, "part": error.part, "expected": near[0] if near else ", ".join(error.known)}
    yield Problem(source.name, line, column, CODE, params)

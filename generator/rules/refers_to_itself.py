"""No entry refers to itself."""

from collections.abc import Iterator
from datetime import date

from generator.problems import Problem
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.references import iter_references

CODE = "refers-to-itself"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each reference of an entry to itself."""
    for key, entry in handbook:
        for path, kind, target in iter_references(entry):
            if EntryKey(kind, target) == key:
                yield Problem(*handbook.place_of(key, path), CODE, {"found": target})

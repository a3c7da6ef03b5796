"""An address given up is never given to another entry."""

from collections.abc import Iterator
from datetime import date

from generator.problems import Problem
from generator.reading.handbook import EntryKey, Handbook

CODE = "former-id-taken"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each former id that an entry of the kind has, or had before."""
    for kind, entries in handbook.entries.items():
        owners = dict.fromkeys(entries, "")
        for entry_id, entry in entries.items():
            for index, former in enumerate(entry.former_ids):
                if former in owners:
                    place = handbook.place_of(EntryKey(kind, entry_id), ("former_ids", index))
                    yield Problem(*place, CODE, {"found": former, "other": owners[former] or former})
                owners.setdefault(former, entry_id)

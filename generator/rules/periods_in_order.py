"""Classes and states of a gate are listed from the earliest to the latest: the last that has begun holds."""

from collections.abc import Iterator
from datetime import date

from generator.model.gate import ClassPeriod, Gate, StatePeriod
from generator.problems import Problem
from generator.reading.handbook import EntryKey, Handbook

CODE = "periods-in-order"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each period that stands after a later one."""
    for gate_id, gate in handbook.of(Gate).items():
        key = EntryKey(Gate.kind, gate_id)
        for field in ("classes", "states"):
            rows: tuple[ClassPeriod | StatePeriod, ...] = getattr(gate, field)
            latest = None
            for index, row in enumerate(rows):
                if row.on == "unknown":
                    continue
                if latest is not None and row.on.last < latest.first:
                    place = handbook.place_of(key, (field, index, "on"))
                    yield Problem(*place, CODE, {"found": row.on, "other": latest})
                latest = row.on

"""A gate has its place in the order from north to south, and no two the same."""

from collections.abc import Iterator
from datetime import date

from generator.model.gate import Gate
from generator.problems import Problem
from generator.reading.handbook import EntryKey, Handbook

CODE = "gate-without-rank"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A warning for each gate without a rank and for each rank given twice."""
    taken: dict[object, str] = {}
    for gate_id, gate in handbook.of(Gate).items():
        key = EntryKey(Gate.kind, gate_id)
        if gate.rank is None:
            yield Problem(*handbook.place_of(key, ()), CODE, {"other": "–"}, "warning")
        elif gate.rank.value in taken:
            place = handbook.place_of(key, ("rank", "value"))
            yield Problem(*place, CODE, {"other": taken[gate.rank.value]}, "warning")
        else:
            taken[gate.rank.value] = gate_id

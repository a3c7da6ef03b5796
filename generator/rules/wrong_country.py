"""The Vietnamese half of a gate lies in a Vietnamese province, the Lao half in a Lao one."""

from collections.abc import Iterator
from datetime import date

from generator.model.gate import Gate
from generator.model.place import Province
from generator.problems import Problem
from generator.reading.handbook import EntryKey, Handbook

CODE = "wrong-country"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each half in a province of the other country."""
    provinces = handbook.of(Province)
    for gate_id, gate in handbook.of(Gate).items():
        for side, half in (("vietnam", gate.vietnam), ("laos", gate.laos)):
            for field in ("province", "province_then"):
                named = getattr(half, field)
                if named in provinces and provinces[named].country != side:
                    place = handbook.place_of(EntryKey(Gate.kind, gate_id), (side, field))
                    yield Problem(*place, CODE, {"found": named, "side": side})

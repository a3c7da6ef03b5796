"""A province that was merged names its successor, and nothing of today stands under it."""

from collections.abc import Iterator
from datetime import date

from generator.model.gate import Gate
from generator.model.place import Province, Zone
from generator.problems import Problem
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.source import Path

CODE = "province-merged"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each ended province without successor, and each present one that an ended one stands for."""
    provinces = handbook.of(Province)
    ended = {
        province_id: province
        for province_id, province in provinces.items()
        if province.valid_to is not None and province.valid_to.last < today
    }
    for province_id, province in ended.items():
        if province.successor is None:
            place = handbook.place_of(EntryKey(Province.kind, province_id), ("valid_to",))
            yield Problem(*place, CODE, {"found": province_id, "expected": "successor: …"})
    for key, path, named in _present_provinces(handbook):
        if named in ended:
            expected = ended[named].successor or "–"
            yield Problem(*handbook.place_of(key, path), CODE, {"found": named, "expected": expected})


def _present_provinces(handbook: Handbook) -> Iterator[tuple[EntryKey, Path, str]]:
    for gate_id, gate in handbook.of(Gate).items():
        for side, half in (("vietnam", gate.vietnam), ("laos", gate.laos)):
            if half.province:
                yield EntryKey(Gate.kind, gate_id), (side, "province"), half.province
    for zone_id, zone in handbook.of(Zone).items():
        yield EntryKey(Zone.kind, zone_id), ("province",), zone.province

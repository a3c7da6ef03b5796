"""Coordinates of a gate lie near the border of the two countries."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from generator.model.gate import Coordinates
from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "coordinates-off-border"


# Degrees, with a margin: the border runs from 22.5 N 102.1 E (Apa Chải) to 14.7 N 107.6 E (Bờ Y).
_LAT = (Decimal("14.3"), Decimal("22.8"))
_LON = (Decimal("101.8"), Decimal("108"))


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each point elsewhere; latitude and longitude changed round are the usual reason."""
    for key, path, part in handbook.parts:
        if not isinstance(part, Coordinates):
            continue
        near = _LAT[0] <= part.lat <= _LAT[1] and _LON[0] <= part.lon <= _LON[1]
        if not near:
            place = handbook.place_of(key, (*path, "lat"))
            yield Problem(*place, CODE, {"found": f"{part.lat}, {part.lon}"})

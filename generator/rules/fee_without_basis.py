"""A fee names the instrument it is charged under."""

from collections.abc import Iterator
from datetime import date

from generator.model.procedure import Fee
from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "fee-without-basis"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each fee of a known amount without a legal basis."""
    for key, path, part in handbook.parts:
        if isinstance(part, Fee) and part.amount != "unknown":
            basis = part.basis
            if basis is None or not (basis.agreement or basis.instrument):
                yield Problem(*handbook.place_of(key, path), CODE, {"fee": part.id})

"""Legal bases that no longer hold on a day."""

from collections.abc import Iterator
from datetime import date

from generator.model.agreement import Agreement
from generator.model.entry import Basis
from generator.model.procedure import Procedure
from generator.reading.handbook import Handbook
from generator.reading.source import Path
from generator.reading.validity import ForceStatus, force_on


def bases_of(procedure: Procedure) -> Iterator[tuple[Path, Basis]]:
    """Each legal basis of a procedure, its steps and its charges, with its path."""
    for index, basis in enumerate(procedure.legal_basis):
        yield ("legal_basis", index), basis
    for number, step in enumerate(procedure.steps):
        for index, basis in enumerate(step.legal_basis):
            yield ("steps", number, "legal_basis", index), basis
    for number, fee in enumerate(procedure.fees):
        if fee.basis is not None:
            yield ("fees", number, "basis"), fee.basis


def ended_bases(
    handbook: Handbook, procedure: Procedure, day: date
) -> Iterator[tuple[Path, str, ForceStatus]]:
    """Bases in use that are over on `day`: path, instrument, status. Those marked `former` are known to be."""
    for path, basis in bases_of(procedure):
        if basis.agreement is None or basis.former or basis.agreement not in handbook.of(Agreement):
            continue
        if path[0] == "fees" and not procedure.fees[int(path[1])].holds_on(day):
            continue
        status = force_on(handbook, basis.agreement, day)
        if status.over:
            yield (*path, "agreement"), basis.agreement, status

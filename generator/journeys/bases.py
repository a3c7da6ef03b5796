"""Legal bases that no longer hold on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.model.agreement import Agreement
from generator.model.entry import Basis, Dated
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.source import Path
from generator.reading.validity import ForceStatus, force_on


@dataclass(frozen=True, slots=True)
class EndedBasis:
    """A basis in use that is over: where it stands, the instrument, and its status."""

    key: EntryKey
    path: Path
    agreement: str
    status: ForceStatus


def ended_bases(handbook: Handbook, day: date) -> Iterator[EndedBasis]:
    """Bases that are over on `day` in parts that still apply. Those marked `former` are known to be."""
    applies: dict[tuple[EntryKey, Path], bool] = {}
    for key, path, part in handbook.parts:
        if not path:
            entry = handbook.entries[key.kind][key.id]
            applies[key, path] = entry.valid_to is None or day <= entry.valid_to.last
        elif isinstance(part, Dated):
            applies[key, path] = part.holds_on(day)
        if not isinstance(part, Basis) or part.former or part.agreement is None:
            continue
        if part.agreement not in handbook.of(Agreement):
            continue
        if all(applies.get((key, path[:length]), True) for length in range(len(path) + 1)):
            status = force_on(handbook, part.agreement, day)
            if status.over:
                yield EndedBasis(key, (*path, "agreement"), part.agreement, status)

"""Legal bases that no longer hold on a day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from generator.model.agreement import Agreement
from generator.model.entry import Basis, Dated
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.source import Path
from generator.reading.texts import iter_parts
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
    forces = {agreement: force_on(handbook, agreement, day) for agreement in handbook.of(Agreement)}
    over = {agreement: status for agreement, status in forces.items() if status.over}
    referring = {key for agreement in over for key, _ in _referring(handbook, agreement)}
    for key, entry in handbook:
        if key not in referring:
            continue
        applies: dict[Path, bool] = {}
        for path, part in iter_parts(entry):
            if not path:
                applies[path] = entry.valid_to is None or day <= entry.valid_to.last
            elif isinstance(part, Dated):
                applies[path] = part.holds_on(day)
            if not isinstance(part, Basis) or part.former or part.agreement not in over:
                continue
            if all(applies.get(path[:length], True) for length in range(len(path) + 1)):
                yield EndedBasis(key, (*path, "agreement"), part.agreement, over[part.agreement])


def _referring(handbook: Handbook, agreement: str) -> Iterable[tuple[EntryKey, Path]]:
    return handbook.backlinks.get(EntryKey(Agreement.kind, agreement), ())

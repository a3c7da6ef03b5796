"""The one way in: a data folder becomes a frozen handbook and the problems found on the way, all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from generator.model.entry import Entry
from generator.model.kinds import KINDS
from generator.problems import Problem
from generator.reading.entries import check_file_name, validate_entry
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.parsed import Parsed
from generator.reading.references import check_references, iter_written_references
from generator.reading.source import SourceFile, read_source

# Folders and files beside the entries.
NOT_ENTRIES = {"schema", "README.md"}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of reading: the entries that are sound, the problems, and how many files were read."""

    handbook: Handbook
    problems: tuple[Problem, ...]
    checked: int


def load_handbook(data_dir: Path, name: str | None = None, parsed: Parsed | None = None) -> Loaded:
    """Read every entry below `data_dir`. `name` is how messages call the folder (default: its own path).

    `parsed` holds what files said before.
    """
    shown = name if name is not None else str(data_dir)
    problems: list[Problem] = []
    files: dict[EntryKey, SourceFile] = {}
    entries: dict[str, dict[str, Entry]] = {kind: {} for kind in KINDS}
    present: dict[str, dict[str, None]] = {kind: {} for kind in KINDS}
    if not data_dir.is_dir():
        missing = Problem(shown, 1, 1, "no-data-folder", {"found": shown})
        return Loaded(Handbook(MappingProxyType({}), MappingProxyType({})), (missing,), 0)
    for kind, path in _entry_files(data_dir, shown, problems):
        file_name = f"{shown}/{kind}/{path.name}"
        named_badly = check_file_name(path, file_name)
        source = read_source(path, file_name, parsed.parse if parsed else None)
        problems += [*named_badly, *source.problems]
        key = EntryKey(kind, path.stem)
        files[key] = source
        if named_badly:
            continue
        present[kind][key.id] = None
        entry, found = validate_entry(source, kind)
        problems += found
        if entry is not None:
            entries[kind][key.id] = entry
    problems += _same_names(files)
    frozen = MappingProxyType({kind: MappingProxyType(of_kind) for kind, of_kind in entries.items()})
    handbook = Handbook(frozen, MappingProxyType(files))
    for key, source in files.items():
        sound = handbook.references.get(key)
        if sound is not None:
            problems += check_references(sound, source, present)
        elif source.values is not None:
            written = iter_written_references(KINDS[key.kind], source.values)
            problems += check_references(written, source, present)
    return Loaded(handbook, tuple(problems), len(files))


def _entry_files(data_dir: Path, shown: str, problems: list[Problem]) -> Iterable[tuple[str, Path]]:
    for folder in sorted(data_dir.iterdir()):
        if folder.name in NOT_ENTRIES or folder.name.startswith("."):
            continue
        if folder.name not in KINDS or not folder.is_dir() or folder.is_symlink():
            problems.append(
                Problem(
                    f"{shown}/{folder.name}",
                    1,
                    1,
                    "unknown-kind",
                    {"found": folder.name, "expected": ", ".join(KINDS)},
                )
            )
            continue
        for path in sorted(folder.iterdir()):
            if not path.name.startswith("."):
                yield folder.name, path


def _same_names(files: dict[EntryKey, SourceFile]) -> Iterable[Problem]:
    """Names that differ by case alone are one file on many disks."""
    first: dict[tuple[str, str], EntryKey] = {}
    for key, source in files.items():
        folded = (key.kind, key.id.casefold())
        if folded in first:
            yield Problem(source.name, 1, 1, "duplicate-id", {"found": key.id, "other": first[folded].file})
        first.setdefault(folded, key)

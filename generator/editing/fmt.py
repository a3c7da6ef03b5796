"""The canonical form of an entry's file. Comments are kept; what the file says is not changed."""

from dataclasses import dataclass
from pathlib import Path

from generator.editing.comments import MODELINE, read_comments
from generator.editing.emitter import emit
from generator.editing.shape import shape_of
from generator.model.kinds import KINDS
from generator.problems import Problem
from generator.reading.source import parse_source, read_source


def modeline(kind: str) -> str:
    """The first line, by which editors find the schema of the kind."""
    return f"{MODELINE} $schema=../schema/{kind}.schema.json"


def format_text(text: str, kind: str) -> str:
    """The canonical text of one readable entry; ValueError for one that cannot be read."""
    source = parse_source(text, "")
    if source.values is None or source.problems:
        raise ValueError("not a readable entry")
    lines = emit(source.values, shape_of(kind), read_comments(text))
    return "\n".join([modeline(kind), *lines]) + "\n"


@dataclass(frozen=True, slots=True)
class Formatted:
    """One file as it is and as it should be; `problems` where it cannot be read and is left alone."""

    path: Path
    text: str
    formatted: str
    problems: tuple[Problem, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the file is not in its canonical form."""
        return self.text != self.formatted


def format_file(path: Path) -> Formatted:
    """Format one file in memory. The kind is the folder's name."""
    source = read_source(path, str(path))
    kind = path.resolve().parent.name
    if source.values is None or source.problems or kind not in KINDS:
        return Formatted(path, source.text, source.text, source.problems)
    return Formatted(path, source.text, format_text(source.text, kind))


def save(path: Path, text: str) -> None:
    """Put `text` in the file's place whole: a stopped write leaves the old file."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)


def entry_files(paths: tuple[Path, ...]) -> list[Path]:
    """The entries named by files and folders, in order, each once."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = [file for kind in KINDS for file in sorted(path.glob(f"{kind}/*.yaml"))]
            files = inside or (sorted(path.glob("*.yaml")) if path.resolve().name in KINDS else [])
            found.update(dict.fromkeys(files))
        else:
            found[path] = None
    return list(found)

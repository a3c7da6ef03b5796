"""Data flows one way: imports run down the order of the rooms, never up."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
# From the ground up. Modules that stand alone in `generator` belong to the room named beside them.
ROOMS = ["processes", "model", "problems", "reading", "journeys", "rules", "labels", "views", "site", "exports", "editing", "offline", "serving",
         "build", "commands", "cli"]  # fmt: skip
ALONE = {
    "messages": "problems",
    "problems": "problems",
    "error_guide": "site",
    "labels": "labels",
    "swap": "build",
    "build": "build",
    "build_plan": "build",
    "indexes": "build",
    "output": "build",
    "processes": "processes",
    "program": "processes",
    "compiled": "processes",
    "tables": "processes",
    "site_build": "build",
    "mkdocs_build": "build",
    "ledger": "build",
    "start": "cli",
    "cli": "cli",
}


def room_of(module: str) -> str:
    """The room of `generator.x.y`."""
    part = module.split(".")[1] if "." in module else module
    return ALONE.get(part, part)


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def python_files(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def test_search_knows_nothing_of_the_handbook() -> None:
    guilty = [
        path for path in python_files("search") if any(n.startswith("generator") for n in imports_of(path))
    ]
    assert not guilty


def test_only_two_modules_import_whoosh() -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for package in ("search", "generator")
        for path in python_files(package)
        if any(name.split(".")[0] == "whoosh" for name in imports_of(path))
    }
    assert users <= {"search/index.py", "search/query.py"}


def test_only_the_reader_reads_entries() -> None:
    """PyYAML opens data files in `reading/source.py` alone; what else the program reads with it is its own."""
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in python_files("generator")
        if "yaml" in imports_of(path) and "reading" in path.parts
    }
    assert readers == {"generator/reading/source.py"}


@pytest.mark.parametrize(
    "path", python_files("generator"), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_imports_run_down(path: Path) -> None:
    relative = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    own = room_of(relative)
    assert own in ROOMS or relative == "generator.__init__", f"{relative} stands in no room"
    for name in imports_of(path):
        if name.startswith("generator.") and own in ROOMS:
            other = room_of(name)
            assert ROOMS.index(other) <= ROOMS.index(own), f"{relative} imports {name}"

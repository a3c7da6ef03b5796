"""Takes a wrong and a right example of every problem code from the tests' fixtures into the guide's own table.

    python scripts/error_examples.py [--check]

The fixtures are no part of the installed program; `generator/error_examples.yaml` is. `--check` exits with 1 where it
is not what the fixtures give.
"""

import shutil
import sys
import tempfile
import unicodedata
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import yaml

from generator.messages import codes, visible
from generator.problems import Problem
from generator.rules import check_handbook

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "fixtures" / "problems"
TABLE = ROOT / "generator" / "error_examples.yaml"
HEAD = "# Made from tests/fixtures/problems by scripts/error_examples.py: what each code finds, and the same put right.\n"
# The day for which the fixtures are written.
AS_OF = date(2026, 11, 21)
# Columns of a line and lines of an example that are shown; what a code finds stands in the first of them.
WIDEST, LONGEST = 400, 8


def lines_of(path: Path) -> list[str]:
    """The lines of a file, what no screen shows written out."""
    text = path.read_bytes().decode("utf-8", errors="backslashreplace")
    return [_shown(line) for line in text.split("\n")[:-1] or [text]]


def _shown(line: str) -> str:
    """The line with signs that are not seen, and marks that are not joined to their letter, as code points."""
    shown = visible(line[:WIDEST])
    joined = unicodedata.is_normalized("NFC", shown)
    return "".join(
        f"\\u{ord(sign):04x}"
        if unicodedata.category(sign) == "Cf" or (not joined and "\u0300" <= sign <= "\u036f")
        else sign
        for sign in shown
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _with_parents(lines: list[str], wanted: set[int]) -> str:
    """The lines wanted, each below those it belongs to; what is left out between them is marked."""
    kept = set(wanted)
    for place in wanted:
        indent = _indent(lines[place])
        for above in range(place - 1, -1, -1):
            if indent == 0:
                break
            if lines[above].strip() and _indent(lines[above]) < indent:
                kept.add(above)
                indent = _indent(lines[above])
    text = []
    last = -1
    for place in sorted(kept)[:LONGEST]:
        if place > last + 1:
            text.append(" " * _indent(lines[place]) + "# …")
        text.append(lines[place])
        last = place
    if last < len(lines) - 1:
        text.append("# …")
    return "\n".join(text) + "\n"


def changed(wrong: list[str], right: list[str]) -> tuple[str, str]:
    """The lines in which two versions of a file differ; where one has none, the line beside the gap."""
    sides: tuple[set[int], set[int]] = (set(), set())
    for tag, *places in SequenceMatcher(None, wrong, right, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for side, lines, (start, end) in zip(sides, (wrong, right), (places[:2], places[2:]), strict=True):
            side.update(
                range(start, end) if end > start else range(max(0, start - 1), min(len(lines), start + 1))
            )
    return _with_parents(wrong, sides[0]), _with_parents(right, sides[1])


def example(case: Path, workshop: Path) -> dict[str, Any]:
    """The row of one code: `file`, `wrong` and `right` text, and what the message is filled with."""
    data = workshop / case.name
    shutil.copytree(CASES / "base", data)
    shutil.copytree(case / "bad", data, dirs_exist_ok=True)
    problem = next(row for row in check_handbook(data, AS_OF).problems if row.code == case.name)
    wrong = max((case / "bad").rglob("*.yaml"), key=lambda path: _difference(path, case))
    name = wrong.relative_to(case / "bad").as_posix()
    right = case / "good" / name
    row = {"place": f"data{problem.file.removeprefix(str(data))}:{problem.line}:{problem.column}"}
    if right.exists():
        texts = changed(lines_of(wrong), lines_of(right))
        row |= {"file": f"data/{name}", "wrong": texts[0], "right": texts[1]}
    return row | {"severity": problem.severity, "params": _params(problem, str(data))}


def _difference(path: Path, case: Path) -> int:
    base = CASES / "base" / path.relative_to(case / "bad")
    return 1 if not base.exists() or base.read_bytes() != path.read_bytes() else 0


def _params(problem: Problem, data: str) -> dict[str, str]:
    return {key: visible(value).replace(data, "data") for key, value in sorted(problem.params.items())}


class _Blocks(yaml.SafeDumper):
    """Examples as they stand in a file, line by line."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if value.endswith("\n") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Blocks.add_representer(str, _text)


def table() -> str:
    """The whole file, in the order of the codes."""
    with tempfile.TemporaryDirectory() as workshop:
        rows = {code: example(CASES / code, Path(workshop)) for code in codes() if (CASES / code).is_dir()}
    return HEAD + yaml.dump(rows, Dumper=_Blocks, allow_unicode=True, sort_keys=False, width=1000)


if __name__ == "__main__":
    made = table()
    if "--check" in sys.argv:
        same = TABLE.read_text(encoding="utf-8") == made
        sys.exit(
            0 if same else "generator/error_examples.yaml is behind: run python scripts/error_examples.py"
        )
    TABLE.write_text(made, encoding="utf-8")

"""What is documented exists, and what exists is documented."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from generator.cli import COMMANDS, main

ROOT = Path(__file__).parent.parent.parent
TEXTS = {
    name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "HACKING.md", "ARCHITECTURE.md")
}


def test_the_readmes_table_of_kinds_is_computed() -> None:
    done = subprocess.run([sys.executable, "scripts/readme_kinds.py", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_is_documented(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.help
    assert any(f"handbook {name}" in text for text in TEXTS.values()), (
        f"handbook {name} stands in no document"
    )


def test_every_command_named_exists() -> None:
    named = {word for text in TEXTS.values() for word in re.findall(r"(?:`|bin/)handbook ([a-z]+)\b", text)}
    assert named <= set(COMMANDS)


def test_make_targets_named_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {word for text in TEXTS.values() for word in re.findall(r"\bmake ([a-z-]+)\b", text)}
    assert named <= targets | {"run", "test"}


def test_libraries_are_named_with_their_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = project.split("dependencies = [", 1)[1].split("]", 1)[0]
    names = re.findall(r'"([A-Za-z0-9_-]+)', section)
    missing = [name for name in names if name.lower() not in TEXTS["ARCHITECTURE.md"].lower()]
    assert not missing


def test_ci_runs_what_the_readme_says() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make test" in TEXTS["README.md"]

"""A small handbook in a git repository, as an official's clone would be."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from clone_work import git

from generator.cli import main

BASE = Path(__file__).parent.parent / "fixtures" / "problems" / "base"


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(BASE, tmp_path / "data")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "data")
    git(tmp_path, "commit", "-q", "-m", "Base")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HANDBOOK_LANG", "en")
    return tmp_path


@pytest.fixture
def commit(clone: Path) -> Callable[[], None]:
    def make() -> None:
        git(clone, "commit", "-q", "-a", "-m", "Change")

    return make


@pytest.fixture
def handbook(clone: Path) -> Callable[..., Result]:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, list(arguments))

    return run

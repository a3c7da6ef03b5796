"""The small handbook of tests/fixtures, built once; its offline copies are made from it."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.build import BuildPlan, build_handbook
from generator.reading.handbook import Handbook
from generator.rules import require_sound_handbook

REPOSITORY = Path(__file__).parents[2]
FIXTURE = REPOSITORY / "tests/fixtures/handbook"
AS_OF = date(2026, 11, 21)


def workplace(folder: Path) -> Path:
    """A root to build in: the repository's configuration and written pages, and the small handbook as data."""
    shutil.copyfile(REPOSITORY / "mkdocs.yml", folder / "mkdocs.yml")
    (folder / "generator").symlink_to(REPOSITORY / "generator")
    shutil.copytree(FIXTURE, folder / "data")
    for language in ("vi", "lo"):
        for name in ("about", "contribute", "guides"):
            pages = REPOSITORY / "docs" / language / name
            if pages.is_dir():
                shutil.copytree(pages, folder / "docs" / language / name)
        shutil.copyfile(REPOSITORY / f"docs/{language}/search.md", folder / f"docs/{language}/search.md")
    return folder


def build(root: Path, as_of: date = AS_OF) -> BuildPlan:
    """Build site/ and index/ below `root`."""
    plan = BuildPlan(root, root / "data", root / "site", root / "index", as_of)
    build_handbook(plan, lambda stage: None)
    return plan


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildPlan:
    """The small handbook as site and index. Read-only: tests that change it copy it."""
    return build(workplace(tmp_path_factory.mktemp("handbook")))


@pytest.fixture(scope="session")
def handbook() -> Handbook:
    """The small handbook as a model."""
    return require_sound_handbook(FIXTURE, AS_OF)

"""The small handbook of tests/fixtures and a place to build it in."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from generator.build import BuildPlan, build_handbook

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


def in_thread(work: Callable[..., Any], *arguments: Any) -> Any:
    """The result of `work`, done in a thread of its own: one thread cannot drive two browsers at a time."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *arguments).result()

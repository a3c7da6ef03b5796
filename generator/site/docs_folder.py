"""Generated pages below docs/, for a bare MkDocs build: written where changed, removed when nothing makes them any more."""

import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from generator.labels import LANGUAGES
from generator.model.kinds import KINDS
from generator.rules import require_sound_handbook
from generator.site.pages import GeneratedPage, plan_pages


def generated_folders(docs_dir: Path) -> list[Path]:
    """The folders below docs/ that hold generated pages alone."""
    names = [*KINDS, "both", "cards", "packs", "contribute/errors"]
    return [docs_dir / language / name for language in LANGUAGES for name in names]


def write_pages(pages: Iterable[GeneratedPage], docs_dir: Path) -> int:
    """Write what changed and remove what nothing makes any more; how many files were written."""
    wanted: set[Path] = set()
    written = 0
    for page in pages:
        path = docs_dir / page.path
        wanted.add(path)
        data = page.text.encode("utf-8")
        if path.is_file() and path.read_bytes() == data:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written += 1
    for folder in generated_folders(docs_dir):
        _prune(folder, wanted)
    return written


def _prune(folder: Path, wanted: set[Path]) -> None:
    if not folder.is_dir():
        return
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in wanted:
            path.unlink()
    if not any(folder.iterdir()):
        shutil.rmtree(folder)


def write_site_pages(data_dir: Path, docs_dir: Path, today: date) -> int:
    """Load the data and write its pages; raises `DataProblems` where the data has errors."""
    return write_pages(plan_pages(require_sound_handbook(data_dir, today), today), docs_dir)

"""All generated pages: planned from the handbook, written only when changed, removed when nothing makes them any more."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.model.kinds import KINDS
from generator.reading.handbook import EntryKey, Handbook
from generator.rules import require_sound_handbook
from generator.site.labels import LANGUAGES, other
from generator.site.page_info import Neighbour, PageInfo, first_line
from generator.site.render import render_entry, render_list, render_parallel
from generator.views.blocks import PageView
from generator.views.context import Context, entry_title
from generator.views.gates import in_order
from generator.views.lists import list_view
from generator.views.pages import page_view
from generator.views.parallel import parallel_view

# Kinds that are bilingual by nature, or not translated at all: no side-by-side page.
NOT_PARALLEL = frozenset({"glossary", "sources"})


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A Markdown file below docs/: its path and its text."""

    path: str
    text: str


def _neighbours(handbook: Handbook, kind: str) -> dict[str, tuple[str | None, str | None]]:
    """Previous and next within a kind: gates along the border, the rest by id."""
    ids = [gate_id for gate_id, _ in in_order(handbook)] if kind == "gates" else list(handbook.entries[kind])
    return {
        entry_id: (ids[n - 1] if n else None, ids[n + 1] if n + 1 < len(ids) else None)
        for n, entry_id in enumerate(ids)
    }


def _info(
    handbook: Handbook, page: PageView, around: tuple[str | None, str | None], about: dict[str, str]
) -> PageInfo:
    def neighbour(entry_id: str | None) -> Neighbour | None:
        if entry_id is None:
            return None
        title = entry_title(handbook.entries[page.kind][entry_id], page.locale)
        return Neighbour(f"{page.kind}/{entry_id}", title)

    return PageInfo(
        source=f"data/{page.kind}/{page.id}.yaml",
        title=page.title,
        previous=neighbour(around[0]),
        next=neighbour(around[1]),
        about=about,
    )


def _entry_pages(handbook: Handbook, today: date, kind: str) -> Iterator[GeneratedPage]:
    around = _neighbours(handbook, kind)
    for entry_id in handbook.entries[kind]:
        key = EntryKey(kind, entry_id)
        for language in LANGUAGES:
            page = page_view(handbook, key, language, today)
            info = _info(handbook, page, around[entry_id], {})
            yield GeneratedPage(f"{language}/{kind}/{entry_id}.md", first_line(info) + render_entry(page))
        if kind not in NOT_PARALLEL:
            yield from _parallel_pages(handbook, key, today)


def _parallel_pages(handbook: Handbook, key: EntryKey, today: date) -> Iterator[GeneratedPage]:
    folder = f"both/{key.kind}"
    views = {language: page_view(handbook, key, language, today, folder) for language in LANGUAGES}
    for language in LANGUAGES:
        page, paired = views[language], views[other(language)]
        info = PageInfo(source=f"data/{key.file}", title=f"{page.title} / {paired.title}")
        text = first_line(info) + render_parallel(parallel_view(page, paired))
        yield GeneratedPage(f"{language}/{folder}/{key.id}.md", text)


def _list_pages(handbook: Handbook, today: date, kind: str) -> Iterator[GeneratedPage]:
    for language in LANGUAGES:
        context = Context(handbook, today, language, EntryKey(kind, "index"), kind)
        page = list_view(context, kind)
        yield GeneratedPage(
            f"{language}/{kind}/index.md", first_line(PageInfo(title=page.title)) + render_list(page)
        )


def plan_pages(handbook: Handbook, today: date) -> Iterator[GeneratedPage]:
    """Every generated page of the site."""
    for kind in KINDS:
        yield from _list_pages(handbook, today, kind)
        yield from _entry_pages(handbook, today, kind)


def generated_folders(docs_dir: Path) -> list[Path]:
    """The folders below docs/ that hold generated pages alone."""
    names = [*KINDS, "both", "cards", "packs"]
    return [docs_dir / language / name for language in LANGUAGES for name in names]


def write_pages(pages: Iterator[GeneratedPage], docs_dir: Path) -> int:
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

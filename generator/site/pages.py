"""All generated pages: planned from the handbook, written only when changed, removed when nothing makes them any more."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from generator.error_guide import error_pages
from generator.labels import LANGUAGES, Language, other
from generator.model.gate import Gate
from generator.model.journey import Journey
from generator.model.kinds import KINDS
from generator.model.procedure import Procedure
from generator.reading.handbook import EntryKey, Handbook
from generator.rules import require_sound_handbook
from generator.site.assets import finder_script
from generator.site.page_info import Neighbour, PageInfo, first_line
from generator.site.render import (
    render_card,
    render_entry,
    render_finder,
    render_home,
    render_list,
    render_pack,
    render_parallel,
    render_story,
)
from generator.views.blocks import PageView
from generator.views.cards import gate_card, journey_card, procedure_card
from generator.views.context import Context, entry_title
from generator.views.design_page import design_view, lead_to_sources
from generator.views.finder import finder_view
from generator.views.gates import in_order
from generator.views.home import home_view
from generator.views.lists import list_view, part_view
from generator.views.long_lists import parts
from generator.views.open_data_page import data_view
from generator.views.packs import pack_view
from generator.views.pages import page_view
from generator.views.parallel import parallel_view
from generator.views.story import changes_view, cooperation_view

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
        is_html=True,
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
        info = PageInfo(source=f"data/{key.file}", title=f"{page.title} / {paired.title}", is_html=True)
        text = first_line(info) + render_parallel(parallel_view(page, paired))
        yield GeneratedPage(f"{language}/{folder}/{key.id}.md", text)


def _list_pages(handbook: Handbook, today: date, kind: str) -> Iterator[GeneratedPage]:
    for language in LANGUAGES:
        context = Context(handbook, today, language, EntryKey(kind, "index"), kind, with_sources=False)
        page = list_view(context, kind)
        info = PageInfo(title=page.title, is_html=True)
        yield GeneratedPage(f"{language}/{kind}/index.md", first_line(info) + render_list(page))
    for part in parts(handbook, kind):
        for language in LANGUAGES:
            context = Context(handbook, today, language, EntryKey(kind, "index"), part.folder)
            page = part_view(context, part)
            info = PageInfo(title=page.title, is_html=True)
            yield GeneratedPage(
                f"{language}/{part.folder}/{part.slug}.md", first_line(info) + render_list(page)
            )


# Sample queries of the home page: words, language.
SEARCHES = (("cua khau lao bao", "vi"), ("ດ່ານລາວບາວ", "lo"), ("mẫu S", "vi"))


def _single_pages(handbook: Handbook, today: date) -> Iterator[GeneratedPage]:
    """Home, finder, changes and cooperation."""
    for language in LANGUAGES:
        context = Context(handbook, today, language, EntryKey("", "index"), "", with_sources=False)
        words = context.words
        searches = [(f"search.html?{urlencode({'q': said})}", said, tongue) for said, tongue in SEARCHES]
        yield GeneratedPage(f"{language}/index.md", render_home(home_view(context, searches), words))
        info = PageInfo(title=words["finder.title"], scripts=(finder_script().path,), is_html=True)
        finder = first_line(info) + render_finder(finder_view(context), words)
        yield GeneratedPage(f"{language}/finder.md", finder)
        for name, story in (("changes", changes_view(context)), ("cooperation", cooperation_view(context))):
            info = PageInfo(title=story.title, is_html=True)
            yield GeneratedPage(f"{language}/{name}.md", first_line(info) + render_story(story))
        yield from _about_pages(handbook, today, language)
        for path, text in error_pages(language):
            yield GeneratedPage(f"{language}/{path}", first_line(PageInfo()) + text)


def _about_pages(handbook: Handbook, today: date, language: Language) -> Iterator[GeneratedPage]:
    """What the open data holds, and the parts of the design: made from the data, beside the written pages."""
    context = Context(handbook, today, language, EntryKey("", "index"), "about")
    for name, page in (("data", data_view(context)), ("design", design_view(context))):
        info = PageInfo(title=page.title, is_html=True)
        yield GeneratedPage(
            f"{language}/about/{name}.md", first_line(info) + lead_to_sources(render_list(page))
        )


def _card_pages(handbook: Handbook, today: date) -> Iterator[GeneratedPage]:
    """Officer cards for both viewers, and pack lists."""
    makers = (
        ("gate", Gate, gate_card),
        ("procedure", Procedure, procedure_card),
        ("journey", Journey, journey_card),
    )
    for language in LANGUAGES:
        for name, model, make in makers:
            for entry_id in handbook.of(model):
                for viewer in LANGUAGES:
                    # The plain address is for an officer of the other country.
                    # "home" stands in front: behind, it would be the address of an entry whose id ends so.
                    plain, turned = f"{name}-{entry_id}", f"home-{name}-{entry_id}"
                    path = turned if viewer == language else plain
                    context = Context(handbook, today, language, EntryKey(model.kind, entry_id), "cards")
                    card = make(context, entry_id, viewer)
                    to = {
                        viewer: f"{path}.html",
                        other(viewer): f"{plain if path == turned else turned}.html",
                    }
                    text = render_card(card, context.words, to["lo"], to["vi"])
                    info = PageInfo(
                        source=f"data/{model.kind}/{entry_id}.yaml", title=card.title, is_html=True
                    )
                    yield GeneratedPage(f"{language}/cards/{path}.md", first_line(info) + text)
        for entry_id in handbook.of(Journey):
            context = Context(handbook, today, language, EntryKey("journeys", entry_id), "packs")
            pack = pack_view(context, entry_id)
            title = f"{pack.title}: {pack.journey}"
            info = PageInfo(source=f"data/journeys/{entry_id}.yaml", title=title, is_html=True)
            yield GeneratedPage(
                f"{language}/packs/{entry_id}.md", first_line(info) + render_pack(pack, context.words)
            )


def plan_pages(handbook: Handbook, today: date) -> Iterator[GeneratedPage]:
    """Every generated page of the site."""
    yield from _single_pages(handbook, today)
    yield from _card_pages(handbook, today)
    for kind in KINDS:
        yield from _list_pages(handbook, today, kind)
        yield from _entry_pages(handbook, today, kind)


def generated_folders(docs_dir: Path) -> list[Path]:
    """The folders below docs/ that hold generated pages alone."""
    names = [*KINDS, "both", "cards", "packs", "contribute/errors"]
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

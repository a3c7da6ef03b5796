"""All generated pages, planned from the handbook in jobs that can be done in any order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import urlencode

from generator.error_guide import error_pages, error_paths
from generator.labels import LANGUAGES, Language, other
from generator.model.entry import Entry
from generator.model.gate import Gate
from generator.model.journey import Journey
from generator.model.kinds import KINDS
from generator.model.procedure import Procedure
from generator.reading.handbook import EntryKey, Handbook
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
from generator.views.border_line import in_order
from generator.views.cards import OfficerCard, gate_card, journey_card, procedure_card
from generator.views.context import Context, title_in
from generator.views.design_page import design_view, lead_to_sources
from generator.views.finder import finder_view
from generator.views.home import home_view
from generator.views.linked_data import main_entity
from generator.views.lists import ListView, list_view, part_view
from generator.views.long_lists import Part, parts
from generator.views.open_data_page import data_view
from generator.views.packs import pack_view
from generator.views.pages import Views, views_of
from generator.views.parallel import parallel_view
from generator.views.story import changes_view, cooperation_view

# Kinds that are bilingual by nature, or not translated at all: no side-by-side page.
NOT_PARALLEL = frozenset({"glossary", "sources"})


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A Markdown file below docs/: its path and its text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class PageJob:
    """Pages that are made together. `paths` are theirs, known before they are made.

    `entry` is the entry whose own pages these are; its views are given to `make`, so that they serve others too.
    `given` is all that the plan found out for the pages: another `given`, other pages. Pages `of_program` say nothing of
    the data.
    """

    paths: tuple[str, ...]
    make: Callable[[Views], Iterator[GeneratedPage]]
    entry: EntryKey | None = None
    given: str = ""
    of_program: bool = False


def _neighbours(handbook: Handbook, kind: str) -> dict[str, tuple[str | None, str | None]]:
    """Previous and next within a kind: gates along the border, the rest by id."""
    ids = [gate_id for gate_id, _ in in_order(handbook)] if kind == "gates" else list(handbook.entries[kind])
    return {
        entry_id: (ids[n - 1] if n else None, ids[n + 1] if n + 1 < len(ids) else None)
        for n, entry_id in enumerate(ids)
    }


def _info(
    handbook: Handbook, page: PageView, language: Language, around: tuple[str | None, str | None]
) -> PageInfo:
    def neighbour(entry_id: str | None) -> Neighbour | None:
        if entry_id is None:
            return None
        title = title_in(handbook.name_of(page.kind, entry_id), page.locale)
        return Neighbour(f"{page.kind}/{entry_id}", title)

    return PageInfo(
        source=f"data/{page.kind}/{page.id}.yaml",
        title=page.title,
        previous=neighbour(around[0]),
        next=neighbour(around[1]),
        thing=main_entity(handbook, EntryKey(page.kind, page.id), language),
        is_html=True,
    )


def _entry_pages(
    handbook: Handbook, key: EntryKey, around: tuple[str | None, str | None], views: Views
) -> Iterator[GeneratedPage]:
    """An entry in each language, and side by side."""
    for language, page in views.items():
        info = _info(handbook, page, language, around)
        yield GeneratedPage(f"{language}/{key.kind}/{key.id}.md", first_line(info) + render_entry(page))
    if key.kind in NOT_PARALLEL:
        return
    for language, page in views.items():
        paired = views[other(language)]
        info = PageInfo(source=f"data/{key.file}", title=f"{page.title} / {paired.title}", is_html=True)
        text = first_line(info) + render_parallel(parallel_view(page, paired), key.kind)
        yield GeneratedPage(f"{language}/both/{key.kind}/{key.id}.md", text)


def _entry_paths(key: EntryKey) -> Iterator[str]:
    for language in LANGUAGES:
        yield f"{language}/{key.kind}/{key.id}.md"
        if key.kind not in NOT_PARALLEL:
            yield f"{language}/both/{key.kind}/{key.id}.md"


def _entry_jobs(handbook: Handbook, kind: str) -> Iterator[PageJob]:
    around = _neighbours(handbook, kind)
    for entry_id in handbook.entries[kind]:
        key = EntryKey(kind, entry_id)
        make = partial(_entry_pages, handbook, key, around[entry_id])
        yield PageJob(tuple(_entry_paths(key)), make, key, repr(around[entry_id]))


def _list_page(
    handbook: Handbook, today: date, kind: str, language: Language, views: Views
) -> Iterator[GeneratedPage]:
    context = Context(handbook, today, language, EntryKey(kind, "index"), kind, with_sources=False)
    page = list_view(context, kind)
    info = PageInfo(title=page.title, is_html=True)
    yield GeneratedPage(f"{language}/{kind}/index.md", first_line(info) + render_list(page))


def _part_page(
    handbook: Handbook, today: date, part: Part, language: Language, views: Views
) -> Iterator[GeneratedPage]:
    context = Context(handbook, today, language, EntryKey(part.kind, "index"), part.folder)
    page = part_view(context, part)
    info = PageInfo(title=page.title, is_html=True)
    yield GeneratedPage(f"{language}/{part.folder}/{part.slug}.md", first_line(info) + render_list(page))


def _list_jobs(handbook: Handbook, today: date, kind: str) -> Iterator[PageJob]:
    for language in LANGUAGES:
        make = partial(_list_page, handbook, today, kind, language)
        yield PageJob((f"{language}/{kind}/index.md",), make)
        for part in parts(handbook, kind):
            make = partial(_part_page, handbook, today, part, language)
            yield PageJob((f"{language}/{part.folder}/{part.slug}.md",), make, given=repr(part))


# Sample queries of the home page: words, language.
SEARCHES = (("cua khau lao bao", "vi"), ("ດ່ານລາວບາວ", "lo"), ("mẫu S", "vi"))


def _home_page(handbook: Handbook, today: date, language: Language, views: Views) -> Iterator[GeneratedPage]:
    context = Context(handbook, today, language, EntryKey("", "index"), "", with_sources=False)
    searches = [(f"search.html?{urlencode({'q': said})}", said, tongue) for said, tongue in SEARCHES]
    yield GeneratedPage(f"{language}/index.md", render_home(home_view(context, searches), context.words))


def _error_pages(language: Language, views: Views) -> Iterator[GeneratedPage]:
    for path, text in error_pages(language):
        yield GeneratedPage(f"{language}/{path}", first_line(PageInfo()) + text)


def _story_pages(
    handbook: Handbook, today: date, language: Language, views: Views
) -> Iterator[GeneratedPage]:
    """Finder, changes and cooperation."""
    context = Context(handbook, today, language, EntryKey("", "index"), "", with_sources=False)
    words = context.words
    info = PageInfo(title=words["finder.title"], scripts=(finder_script().path,), is_html=True)
    finder = first_line(info) + render_finder(finder_view(context), words)
    yield GeneratedPage(f"{language}/finder.md", finder)
    for name, story in (("changes", changes_view(context)), ("cooperation", cooperation_view(context))):
        info = PageInfo(title=story.title, is_html=True)
        yield GeneratedPage(f"{language}/{name}.md", first_line(info) + render_story(story))


def _about_page(
    name: str,
    view: Callable[[Context], ListView],
    handbook: Handbook,
    today: date,
    language: Language,
    views: Views,
) -> Iterator[GeneratedPage]:
    """A page made from the data beside the written ones: what the open data holds, or the parts of the design."""
    page = view(Context(handbook, today, language, EntryKey("", "index"), "about"))
    info = PageInfo(title=page.title, is_html=True)
    yield GeneratedPage(f"{language}/about/{name}.md", first_line(info) + lead_to_sources(render_list(page)))


def _single_jobs(handbook: Handbook, today: date) -> Iterator[PageJob]:
    makers = (
        (("about/data.md",), partial(_about_page, "data", data_view)),
        (("about/design.md",), partial(_about_page, "design", design_view)),
        (("finder.md", "changes.md", "cooperation.md"), _story_pages),
    )
    for language in LANGUAGES:
        for names, make in makers:
            paths = tuple(f"{language}/{name}" for name in names)
            yield PageJob(paths, partial(make, handbook, today, language))


CardMaker = Callable[[Context, str, Language], OfficerCard]
CARDS: tuple[tuple[str, type[Entry], CardMaker], ...] = (
    ("gate", Gate, gate_card),
    ("procedure", Procedure, procedure_card),
    ("journey", Journey, journey_card),
)


def _card_names(name: str, entry_id: str) -> tuple[str, str]:
    """The plain address is for an officer of the other country.

    "home" stands in front: behind, it would be the address of an entry whose id ends so.
    """
    return f"{name}-{entry_id}", f"home-{name}-{entry_id}"


def _card_pages(
    handbook: Handbook, today: date, name: str, key: EntryKey, make: CardMaker, views: Views
) -> Iterator[GeneratedPage]:
    """Officer cards for both viewers."""
    plain, turned = _card_names(name, key.id)
    for language in LANGUAGES:
        for viewer in LANGUAGES:
            path = turned if viewer == language else plain
            context = Context(handbook, today, language, key, "cards")
            card = make(context, key.id, viewer)
            to = {
                viewer: f"{path}.html",
                other(viewer): f"{plain if path == turned else turned}.html",
            }
            text = render_card(card, context.words, to["lo"], to["vi"])
            above = Neighbour(f"{key.kind}/{key.id}", context.title_of(key.kind, key.id))
            info = PageInfo(source=f"data/{key.file}", title=card.title, above=above, is_html=True)
            yield GeneratedPage(f"{language}/cards/{path}.md", first_line(info) + text)


def _pack_pages(handbook: Handbook, today: date, key: EntryKey, views: Views) -> Iterator[GeneratedPage]:
    for language in LANGUAGES:
        context = Context(handbook, today, language, key, "packs")
        pack = pack_view(context, key.id)
        above = Neighbour(f"{key.kind}/{key.id}", pack.journey)
        info = PageInfo(
            source=f"data/{key.file}", title=f"{pack.title}: {pack.journey}", above=above, is_html=True
        )
        text = first_line(info) + render_pack(pack, context.words)
        yield GeneratedPage(f"{language}/packs/{key.id}.md", text)


def _card_jobs(handbook: Handbook, today: date) -> Iterator[PageJob]:
    for name, model, make in CARDS:
        for entry_id in handbook.of(model):
            key = EntryKey(model.kind, entry_id)
            paths = tuple(
                f"{language}/cards/{path}.md"
                for language in LANGUAGES
                for path in _card_names(name, entry_id)
            )
            yield PageJob(paths, partial(_card_pages, handbook, today, name, key, make))
    for entry_id in handbook.of(Journey):
        paths = tuple(f"{language}/packs/{entry_id}.md" for language in LANGUAGES)
        key = EntryKey(Journey.kind, entry_id)
        yield PageJob(paths, partial(_pack_pages, handbook, today, key))


def mkdocs_jobs(handbook: Handbook, today: date) -> Iterator[PageJob]:
    """The generated pages that MkDocs builds with the written ones: home, which its navigation names, and Markdown."""
    for language in LANGUAGES:
        yield PageJob((f"{language}/index.md",), partial(_home_page, handbook, today, language))
        paths = tuple(f"{language}/{path}" for path in error_paths())
        yield PageJob(paths, partial(_error_pages, language), of_program=True)


def framed_jobs(handbook: Handbook, today: date) -> Iterator[PageJob]:
    """All other generated pages; the longest jobs come first."""
    yield from _single_jobs(handbook, today)
    for kind in KINDS:
        yield from _list_jobs(handbook, today, kind)
    yield from _card_jobs(handbook, today)
    for kind in KINDS:
        yield from _entry_jobs(handbook, kind)


def done(job: PageJob, handbook: Handbook, today: date) -> Iterator[GeneratedPage]:
    """The pages of a job."""
    yield from job.make(views_of(handbook, job.entry, today) if job.entry else {})


def plan_pages(handbook: Handbook, today: date) -> Iterator[GeneratedPage]:
    """Every generated page of the site."""
    for job in (*mkdocs_jobs(handbook, today), *framed_jobs(handbook, today)):
        yield from done(job, handbook, today)

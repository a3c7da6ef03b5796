"""Views to HTML: one Jinja environment, everything escaped, undefined names are our own bugs."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from generator.labels import Labels, labels
from generator.site.assets import page_style
from generator.site.compiled_templates import CompiledTemplates
from generator.site.page_info import PageInfo, first_line
from generator.views.blocks import BorderLine, Figure, PageView, Section, Timeline
from generator.views.cards import OfficerCard
from generator.views.finder import FinderView
from generator.views.home import HomeView
from generator.views.lists import ListView
from generator.views.packs import PackView
from generator.views.parallel import ParallelView
from generator.views.story import StoryView

TEMPLATES = Path(__file__).parent / "templates"
# From the first of these on, sections run over the whole width, below both columns.
WIDE = ("steps",)
# What stands before the address of another page of ours. In text a quotation mark is escaped: it is not found there.
OWN_LINK = re.compile(r'(?<= href=")(?![a-z]+:|[#/])(?:\.\./)?')
CLOSING = ("conflicts", "unverified", "related", "trust", "sources")


@cache
def environment() -> jinja2.Environment:
    """The templates of generated pages."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=CompiledTemplates(),
    )


def _html(template: str, **values: Any) -> str:
    """A rendered template as one block of HTML: blank lines would end the block in Markdown."""
    said = environment().get_template(template).render(**values)
    return "\n".join(line for line in (part.strip() for part in said.splitlines()) if line) + "\n"


def _split(sections: tuple[Section, ...]) -> tuple[list[Section], list[Section]]:
    return [s for s in sections if not s.aside], [s for s in sections if s.aside]


def render_entry(page: PageView) -> str:
    """An entry page."""
    main, aside = _split(page.sections)
    wide = next(
        (n for n, section in enumerate(main) if section.id in WIDE or section.id in CLOSING), len(main)
    )
    main, closing = main[:wide], main[wide:]
    return _html("entry.html", page=page, main=main, aside=aside, closing=closing)


def render_list(page: ListView) -> str:
    """An index page."""
    main, aside = _split(page.sections)
    return _html("list.html", heading=page.title, lead=page.lead, main=main, aside=aside)


def render_parallel(page: ParallelView, kind: str) -> str:
    """Both languages field by field, in `both/<kind>/`; the links of `page` are relative to the folder of the kind."""
    said = _html("parallel.html", **{name: getattr(page, name) for name in ParallelView.__slots__})
    return OWN_LINK.sub(lambda up: "../../" if up[0] else f"../../{kind}/", said)


def render_story(page: StoryView) -> str:
    """A page of timelines."""
    return _html("list.html", heading=page.title, lead=page.lead, main=page.sections, aside=[])


def _page_style(name: str, up: str, words: Labels) -> str:
    """The address of a page's own style from a page `up` from its language's root."""
    return f"{up}{'../' if words.language == 'lo' else ''}{page_style(name).path}"


def render_card(card: OfficerCard, words: Labels, to_laos: str, to_vietnam: str) -> str:
    """A show-the-officer card; the other two arguments are the addresses of its two directions."""
    style = _page_style("cards", "../", words)
    return _html("card.html", card=card, t=words, to_laos=to_laos, to_vietnam=to_vietnam, style=style)


def render_pack(pack: PackView, words: Labels) -> str:
    """A pack list."""
    return _html("pack.html", pack=pack, t=words, style=_page_style("cards", "../", words))


def render_finder(finder: FinderView, words: Labels) -> str:
    """The finder; its data stands in the page as JSON that cannot close the script element."""
    said = json.dumps(finder.data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    style = _page_style("finder", "", words)
    return _html("finder.html", finder=finder, t=words, data=Markup(said), style=style)


def _block(block: BorderLine | Timeline | Figure) -> Markup:
    return Markup(_html(f"blocks/{block.template}.html", block=block))


def render_home(home: HomeView, words: Labels) -> str:
    """The home page."""
    return _html(
        "home.md.j2",
        t=words,
        other=labels("vi" if words.language == "lo" else "lo"),
        first_line=Markup(first_line(PageInfo(title=words["home.title"], is_html=True))),
        searches=home.searches,
        directions=home.directions,
        chips=home.chips,
        ways=home.ways,
        kinds=home.kinds,
        gate_count=home.gate_count,
        line=_block(home.line),
        changes=_block(home.changes),
        chart=_block(home.chart) if home.chart is not None else None,
    )

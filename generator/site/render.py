"""Views to HTML: one Jinja environment, everything escaped, undefined names are our own bugs."""

from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from generator.views.blocks import PageView, Section
from generator.views.lists import ListView
from generator.views.parallel import ParallelView

TEMPLATES = Path(__file__).parent / "templates"
# Sections that always run over the whole width, below both columns.
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
    closing = [section for section in main if section.id in CLOSING]
    main = [section for section in main if section.id not in CLOSING]
    return _html("entry.html", page=page, main=main, aside=aside, closing=closing)


def render_list(page: ListView) -> str:
    """An index page."""
    main, aside = _split(page.sections)
    return _html("list.html", heading=page.title, lead=page.lead, main=main, aside=aside)


def render_parallel(page: ParallelView) -> str:
    """Both languages field by field."""
    return _html("parallel.html", **{name: getattr(page, name) for name in ParallelView.__slots__})

"""Finished HTML into the frame of the site, by the theme's own template and without the rest of MkDocs.

Generated pages are nine in ten and need nothing that MkDocs does for a page: no Markdown, no navigation, no titles,
no copying between languages. MkDocs builds the written pages and home; both ways print the same template with the
same words, so a page does not show which way it came.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import jinja2

from generator.labels import Language, labels, other
from generator.site.assets import THEME_DIR
from generator.site.compiled_templates import CompiledTemplates
from generator.site.page_info import PageInfo, take
from generator.site.shell import Frame, Place, Settings

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

ID = re.compile(r'\bid="([^"]+)"')


def settings(config: "MkDocsConfig") -> Settings:
    """The settings of this build from mkdocs.yml. Without a date given, the day is read here, at the edge."""
    extra = config.extra
    given = str(extra.get("as_of") or "")
    repository = config.repo_url or ""
    return Settings(
        site_url=config.site_url or "",
        repository=repository if not repository or repository.endswith("/") else f"{repository}/",
        today=date.fromisoformat(given) if given else date.today(),
        ageing_days=int(extra["ageing_days"]),
        overdue_days=int(extra["overdue_days"]),
    )


def frame_of(settings: Settings, paths: Iterable[str]) -> Frame:
    """The frame of a site that holds the pages at `paths` below docs/."""
    pages: dict[Language, set[str]] = {"vi": set(), "lo": set()}
    for path in paths:
        place = Place.of_source(path)
        pages[place.language].add(place.path)
    return Frame(settings, {language: frozenset(found) for language, found in pages.items()})


def is_framed(path: str, info: PageInfo) -> bool:
    """Whether a page below docs/ gets its frame here. Home stays with MkDocs, whose navigation names it."""
    return info.is_html and Place.of_source(path).path != "index"


def frame_context(frame: Frame, place: Place, info: PageInfo, content: str) -> dict[str, Any]:
    """What the frame's template prints beside the content: the page's shell, and the words of both languages."""
    return {
        "shell": frame.shell(place, info, content),
        "t": labels(place.language),
        "other": labels(other(place.language)),
    }


@cache
def _environment() -> jinja2.Environment:
    """The templates of the theme in MkDocs' order, ours before those of Material."""
    material = find_spec("material")
    folders = list(material.submodule_search_locations or ()) if material else []
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([THEME_DIR, *(Path(folder) / "templates" for folder in folders)]),
        autoescape=True,
        auto_reload=False,
        bytecode_cache=CompiledTemplates(),
    )


class Framer:
    """Puts pages of finished HTML into the frame."""

    def __init__(self, frame: Frame) -> None:
        self._template = _environment().get_template("main.html")
        self._frame = frame

    def page(self, path: str, text: str) -> tuple[str, bytes]:
        """The page at `path` below docs/ with its first line, as its address in the site and its content."""
        place = Place.of_source(path)
        # MkDocs' plugins take a page by lines, and so the last line's end away.
        info, content = take(text.removesuffix("\n"))
        said = self._template.render(
            frame_context(self._frame, place, info, content),
            config=SimpleNamespace(theme=SimpleNamespace(language=place.language)),
            page=SimpleNamespace(content=content),
        )
        return place.address, said.encode("utf-8", errors="xmlcharrefreplace")


@dataclass(frozen=True, slots=True)
class AnchorLink:
    """A link of a written page to a place on a generated one: both paths below docs/, and the link as written."""

    source: str
    target: str
    anchor: str
    link: str


@dataclass(slots=True)
class Beside:
    """The generated pages that stand in the site beside those of MkDocs: paths below docs/, and who links into them."""

    paths: frozenset[str]
    links: list[AnchorLink] = field(default_factory=list)


def broken_links(links: Iterable[AnchorLink], site_dir: Path) -> list[str]:
    """What is wrong with links into generated pages, once these are in the site."""
    return [
        f"Doc file '{link.source}' contains a link '{link.link}', "
        f"but the doc '{link.target}' does not contain an anchor '#{link.anchor}'."
        for link in links
        if link.anchor
        not in ID.findall((site_dir / Place.of_source(link.target).address).read_text(encoding="utf-8"))
    ]

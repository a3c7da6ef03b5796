"""The MkDocs hook: pages from data before the build, our frame around every page, publication files after it.

Generated pages are written below docs/ and then go past MkDocs (`site/framing.py`), which knows them only as what
written pages may link to. The i18n plugin builds once per language; what is needed once is done in the first of the
builds.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file
from mkdocs.utils.templates import TemplateContext

from generator.labels import LANGUAGES, labels, other
from generator.site import assets, publication
from generator.site.framing import (
    ID,
    AnchorLink,
    Beside,
    Framer,
    broken_links,
    frame_context,
    frame_of,
    is_framed,
    settings,
)
from generator.site.page_info import is_generated, take
from generator.site.shell import Frame, Place

log = logging.getLogger("mkdocs.plugins.handbook")

# Admonitions of written pages become the boxes of the design; no other kind exists.
ADMONITION = re.compile(r'<div class="admonition (\w+)">\s*(?:<p class="admonition-title">(.*?)</p>)?')
BOXES = {"note": "box", "warning": "box age", "danger": "box stop"}


class _Made(File):
    """A generated page: links may name it, and MkDocs neither reads nor copies it."""

    def __init__(self, path: str, config: MkDocsConfig) -> None:
        address = Place.of_source(path).address
        super().__init__(path, None, config.site_dir, config.use_directory_urls, dest_uri=address)

    def is_documentation_page(self) -> bool:
        return False

    def copy_file(self, dirty: bool = False) -> None:
        pass


@dataclass
class _Build:
    """One build, that of the further language included. `beside` is None where the hook frames generated pages."""

    frame: Frame
    made: frozenset[str]
    beside: Beside | None
    links: list[AnchorLink]


_builds: dict[str, _Build] = {}


def _nested(config: MkDocsConfig) -> bool:
    """Whether this is the build of a further language inside the first."""
    return bool(getattr(config.plugins["i18n"], "building", False))


def _unnamed_heading(page: Page) -> Callable[[str, str], str]:
    """A slug function that reports each heading without an id of its own (ids are equal in both languages)."""

    def slugify(text: str, separator: str) -> str:
        log.warning("%s: the heading '%s' has no {#id}", page.file.src_uri, text)
        return separator.join(("heading", "without", "id"))

    return slugify


def on_pre_build(config: MkDocsConfig) -> None:
    """Write the pages of all entries into docs/, once per build; `extra.data_dir: ""` builds written pages only."""
    data_dir = config.extra.get("data_dir")
    if not data_dir or _nested(config):
        return
    from generator.site.docs_folder import write_site_pages

    root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
    write_site_pages(root / str(data_dir), Path(config.docs_dir), settings(config).today)


def _take_pages(files: Files, config: MkDocsConfig) -> Files:
    """Leave out the theme's own files and generated pages; see that every page exists in both languages."""
    docs_dir = Path(config.docs_dir)
    beside: Beside | None = config.extra.get("beside")
    made = set(beside.paths) if beside else set()
    written: set[str] = set()
    for file in list(files):
        if file.abs_src_path is None or not Path(file.abs_src_path).is_relative_to(docs_dir):
            files.remove(file)
        elif file.is_documentation_page():
            if _is_framed(file):
                files.remove(file)
                made.add(file.src_uri)
            else:
                written.add(file.src_uri)
    frame = frame_of(settings(config), (*made, *written))
    for language in LANGUAGES:
        for path in sorted(frame.pages[other(language)] - frame.pages[language]):
            log.warning("docs/%s/%s.md is missing: each page stands in both languages", language, path)
    links = beside.links if beside else []
    _builds[config.site_dir] = _Build(frame, frozenset(made), beside, links)
    return files


def _is_framed(file: File) -> bool:
    path = Path(str(file.abs_src_path))
    if not is_generated(path):
        return False
    with path.open(encoding="utf-8") as page:
        info, _ = take(page.readline())
    return is_framed(file.src_uri, info)


@event_priority(-200)
def _add_made(files: Files, config: MkDocsConfig) -> Files:
    """After the i18n plugin, which would copy each of them: what the pages of this language may link to."""
    for path in sorted(_builds[config.site_dir].made):
        if Place.of_source(path).language == getattr(config.plugins["i18n"], "current_language", None):
            files.append(_Made(path, config))
    return files


on_files = CombinedEvent(_take_pages, _add_made)


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Escape whatever a template prints, unless it says otherwise. All pages are read now: note where links lead."""
    env.autoescape = True
    for file in files.documentation_pages():
        for target, links in ((file.page and file.page.links_to_anchors) or {}).items():
            if isinstance(target, _Made):
                _builds[config.site_dir].links += (
                    AnchorLink(file.src_uri, target.src_uri, anchor, link) for anchor, link in links.items()
                )
    return env


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Take the first line's information out of the page, and a page of HTML past Markdown."""
    info, markdown = take(markdown)
    page.meta["info"] = info
    if info.is_html:
        page.meta["html"] = markdown
        return ""
    config.mdx_configs.setdefault("toc", {})["slugify"] = _unnamed_heading(page)
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put a page of HTML back, its ids known to the check of links; give admonitions the design's boxes."""
    if page.meta["info"].is_html:
        html = page.meta.pop("html")
        page.present_anchor_ids = set(ID.findall(html))
        return html
    if "admonition" not in html:
        return html

    def box(match: re.Match[str]) -> str:
        kind, title = match.groups()
        if kind not in BOXES:
            log.warning("%s: no box for '!!! %s'; there are %s", page.file.src_uri, kind, ", ".join(BOXES))
        heading = f"<p><b>{title}</b></p>" if title else ""
        return f'<div class="{BOXES.get(kind, "box")}">{heading}'

    return ADMONITION.sub(box, html)


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Give the templates the page's frame (`shell`) and the words of both languages (`t`, `other`)."""
    place = Place.of_source(page.file.src_uri)
    frame = _builds[config.site_dir].frame
    cast("dict[str, Any]", context).update(frame_context(frame, place, page.meta["info"], page.content or ""))
    return context


def on_template_context(
    context: TemplateContext, template_name: str, config: MkDocsConfig
) -> TemplateContext:
    """What the bilingual pages outside the data print: not found, no line. They are found from any depth."""
    said = settings(config)
    root = urlsplit(said.site_url).path or "/"
    cast("dict[str, Any]", context).update(
        root=root if template_name == "404.html" else "",
        words=[(language, labels(language)) for language in LANGUAGES],
        style=assets.style().path,
        script=assets.script().path,
        date_iso=said.today.isoformat(),
        ageing_days=said.ageing_days,
        overdue_days=said.overdue_days,
    )
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Frame the generated pages, write style, script, fonts, sitemap and robots.txt beside them, once per build."""
    build = _builds[config.site_dir]
    site_dir = Path(config.site_dir)
    if not _nested(config):
        assets.write_assets(site_dir)
        publication.write(site_dir, build.frame)
        if build.beside is None:
            _frame_pages(build, config)
    if build.beside is None:
        for said in broken_links(build.links, site_dir):
            log.log(config.validation.links.anchors, said)
        build.links.clear()


def _frame_pages(build: _Build, config: MkDocsConfig) -> None:
    framer = Framer(build.frame)
    for path in sorted(build.made):
        text = Path(config.docs_dir, path).read_text(encoding="utf-8")
        address, content = framer.page(path, text)
        write_file(content, str(Path(config.site_dir, address)))

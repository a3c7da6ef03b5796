"""The MkDocs hook: pages from data before the build, our frame around every page, publication files after it.

The i18n plugin builds once per language; what is needed once is done in the first of the builds.
"""

import logging
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from generator.labels import LANGUAGES, Language, labels, other
from generator.site import assets, publication
from generator.site.page_info import PageInfo, take
from generator.site.shell import Frame, Place, Settings

log = logging.getLogger("mkdocs.plugins.handbook")

# Admonitions of written pages become the boxes of the design; no other kind exists.
ADMONITION = re.compile(r'<div class="admonition (\w+)">\s*(?:<p class="admonition-title">(.*?)</p>)?')
BOXES = {"note": "box", "warning": "box age", "danger": "box stop"}

ID = re.compile(r'\bid="([^"]+)"')

_frames: dict[str, Frame] = {}


def _nested(config: MkDocsConfig) -> bool:
    """Whether this is the build of a further language inside the first."""
    return bool(getattr(config.plugins["i18n"], "building", False))


def settings(config: MkDocsConfig) -> Settings:
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
    from generator.site.pages import write_site_pages

    root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
    write_site_pages(root / str(data_dir), Path(config.docs_dir), settings(config).today)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave the theme's own files out of the site and see that every page exists in both languages."""
    docs_dir = Path(config.docs_dir)
    pages: dict[Language, set[str]] = {"vi": set(), "lo": set()}
    for file in list(files):
        if file.abs_src_path is None or not Path(file.abs_src_path).is_relative_to(docs_dir):
            files.remove(file)
        elif file.is_documentation_page():
            place = Place.of_source(file.src_uri)
            pages[place.language].add(place.path)
    for language in LANGUAGES:
        for path in sorted(pages[other(language)] - pages[language]):
            log.warning("docs/%s/%s.md is missing: each page stands in both languages", language, path)
    _frames[config.site_dir] = Frame(
        settings(config), {language: frozenset(paths) for language, paths in pages.items()}
    )
    return files


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Escape whatever a template prints, unless it says otherwise."""
    env.autoescape = True
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
    info: PageInfo = page.meta["info"]
    shell = _frames[config.site_dir].shell(place, info, page.content or "")
    cast("dict[str, Any]", context).update(
        shell=shell, t=labels(place.language), other=labels(other(place.language))
    )
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
    """Write style, script, fonts, sitemap and robots.txt beside the pages, once per build."""
    if _nested(config):
        return
    site_dir = Path(config.site_dir)
    assets.write_assets(site_dir)
    publication.write(site_dir, _frames[config.site_dir])

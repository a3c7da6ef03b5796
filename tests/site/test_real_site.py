"""The built site: equal in both languages, no broken link or anchor, nothing from another host."""

import posixpath
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from generator.model.kinds import KINDS
from generator.reading.load import Loaded
from generator.site.pages import NOT_PARALLEL

pytestmark = pytest.mark.site

# Attributes that make a browser fetch something by itself.
FETCHING = {
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("iframe", "src"),
    ("source", "src"),
    ("object", "data"),
}


class Page(HTMLParser):
    """Ids, links, fetched addresses and languages of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.headings: list[str | None] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.language = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "html":
            self.language = values.get("lang") or ""
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(values.get("id"))
        if tag == "a" and values.get("href"):
            self.links.append(str(values["href"]))
        for name, value in attrs:
            if (
                (tag, name) in FETCHING
                and value
                and not (tag == "link" and values.get("rel") in ("canonical", "alternate"))
            ):
                self.fetched.append(value)


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    """Every page of the site by its path."""
    return {
        path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in site.rglob("*.html")
        if "admin" not in path.relative_to(site).parts
    }


def pairs(pages: dict[str, Page]) -> Iterator[tuple[str, Page, Page]]:
    for path, page in pages.items():
        if not path.startswith("lo/") and path not in ("404.html", "offline.html"):
            yield path, page, pages[f"lo/{path}"]


def test_same_paths_in_both_languages(pages: dict[str, Page]) -> None:
    vietnamese = {path for path in pages if not path.startswith("lo/")} - {"404.html", "offline.html"}
    assert vietnamese == {path.removeprefix("lo/") for path in pages if path.startswith("lo/")}


def test_same_heading_ids_in_both_languages(pages: dict[str, Page]) -> None:
    assert not [path for path, vi, lo in pairs(pages) if vi.headings != lo.headings]


def test_every_heading_has_an_id_of_its_own(pages: dict[str, Page]) -> None:
    assert not [path for path, page in pages.items() if None in page.headings]
    assert not [path for path, page in pages.items() if len(page.ids) != len(set(page.ids))]


def test_language_of_pages(pages: dict[str, Page]) -> None:
    wrong = [path for path, vi, lo in pairs(pages) if (vi.language, lo.language) != ("vi", "lo")]
    assert not wrong


def test_every_entry_has_its_pages(pages: dict[str, Page], loaded: Loaded) -> None:
    for kind in KINDS:
        for entry_id in loaded.handbook.entries[kind]:
            assert f"{kind}/{entry_id}.html" in pages
            if kind not in NOT_PARALLEL:
                assert f"both/{kind}/{entry_id}.html" in pages
        assert f"{kind}/index.html" in pages


def test_no_broken_link_or_anchor(pages: dict[str, Page], site: Path) -> None:
    broken = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or path in ("404.html", "offline.html"):
                continue
            target = path
            if parts.path:
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
            if target not in pages:
                if not (site / target).exists():
                    broken.append(f"{path}: {link}")
            elif parts.fragment and parts.fragment not in pages[target].ids:
                broken.append(f"{path}: {link} (anchor)")
    assert not broken[:20]


def test_nothing_is_fetched_from_another_host(pages: dict[str, Page]) -> None:
    foreign = [
        f"{path}: {link}" for path, page in pages.items() for link in page.fetched if urlsplit(link).netloc
    ]
    assert not foreign


def test_names_are_ascii_and_nothing_is_left_over(site: Path) -> None:
    names = [path.relative_to(site).as_posix() for path in site.rglob("*")]
    assert not [name for name in names if not name.isascii()]
    assert not [name for name in names if name.endswith(".map") or "bundle" in name.rsplit("/", 1)[-1]]


def test_side_by_side_shows_no_markup(site: Path) -> None:
    shown = [
        page.relative_to(site).as_posix()
        for folder in ("both", "lo/both")
        for page in (site / folder).rglob("*.html")
        if "&lt;" in page.read_text(encoding="utf-8")
    ]
    assert shown == []

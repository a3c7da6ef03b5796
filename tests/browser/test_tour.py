"""The visual tour: each kind of page in both languages, narrow and wide, light and dark, opened and looked over.

Nothing may overflow, speak on the console, ask another host, weigh too much or be a barrier. With `--tour DIR` a
picture of each is kept there for people to look at.
"""

import gzip
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Page, Response

from generator.model.kinds import KINDS

pytestmark = [pytest.mark.browser, pytest.mark.site]

NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
SMALLEST = 320
# Bytes on the line: all that a first visit to an entry needs, and the text of each further page.
FIRST_VISIT = 60_000
LATER_PAGE = 15_000
# Levels A and AA up to WCAG 2.2, and what axe holds to be good practice.
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
AXE_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
# Lists are one template: axe reads one of each make-up, and its contrasts in the dark.
LISTS_READ = ("list-gates", "list-agreements", "list-journeys", "list-glossary", "list-sources-part")
# What people at the border read most.
IN_BOTH = (
    "index",
    "finder",
    "gates",
    "procedures",
    "documents",
    "journeys",
    "agreements",
    "card-gate",
    "pack",
)
COMPRESSED = re.compile(r"\.(html|css|js|json|svg|webmanifest)$")


class Weight(NamedTuple):
    """What a visit moved, in bytes: all of it, and the page's own text."""

    visit: int
    text: int


# Each stop: a page by its path from the root, or the folder (and names) of which the heaviest page is shown.
STOPS: dict[str, tuple[str, str]] = {
    **{name: ("", f"{name}.html") for name in ("index", "finder", "search", "changes", "cooperation")},
    **{f"about-{name}": ("about", f"{name}.html") for name in ("index", "data", "design")},
    "contribute": ("contribute", "index.html"),
    "contribute-errors": ("contribute", "errors.html"),
    "guide": ("guides", "offline.html"),
    **{f"list-{kind}": (kind, "index.html") for kind in KINDS},
    **{kind: (kind, "*.html") for kind in KINDS},
    "list-glossary-part": ("glossary/domain", "*.html"),
    "list-sources-part": ("sources/by", "*.html"),
    **{f"both-{kind}": (f"both/{kind}", "*.html") for kind in ("gates", "journeys", "agreements")},
    **{f"card-{card}": ("cards", f"{card}-*.html") for card in ("gate", "procedure", "journey")},
    "pack": ("packs", "*.html"),
}


def path_of(site: Path, stop: str) -> str:
    """The path of a stop from the root: of several pages one that has more to show than most."""
    folder, name = STOPS[stop]
    pages = [site / folder / name] if "*" not in name else [
        page for page in (site / folder).glob(name) if page.name != "index.html"
    ]  # fmt: skip
    pages.sort(key=lambda page: (page.stat().st_size, page.name))
    return pages[len(pages) * 3 // 4].relative_to(site).as_posix()


def axe(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe finds, as rule and element."""
    found = page.evaluate("options => axe.run(document, options)", options)
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found["violations"]]


def packed(path: Path) -> int:
    """The bytes of a file on the line, with its text compressed."""
    content = path.read_bytes()
    return len(gzip.compress(content, 6)) if COMPRESSED.search(path.name) else len(content)


def weigh(answers: list[Response], site: Path, served: str) -> Weight:
    """The bytes of a visit with the text compressed, as web servers send it."""
    sizes = {}
    for answer in answers:
        path = site / (answer.url.removeprefix(served).partition("?")[0].partition("#")[0] or "index.html")
        sizes[path] = packed(path)
    return Weight(sum(sizes.values()), max(size for path, size in sizes.items() if path.suffix == ".html"))


def too_wide(page: Page) -> list[str]:
    """Elements that reach out of the page, without those in a box that scrolls by itself."""
    found: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > width + 1)
            .slice(0, 3).map((one) => one.outerHTML.slice(0, 120)).concat('page');
        }"""
    )
    return found


@pytest.mark.parametrize("language", ["vi", "lo"])
def test_every_page_keeps_within_the_budget(site: Path, language: str, pytestconfig: pytest.Config) -> None:
    """Style, script and all four faces are counted for each page, though many need but three of them.

    By default the 200 longest pages and every tenth of the others are weighed; all of them with `--thorough`.
    """
    assets = site / "assets"
    each = [*assets.glob("look.*.css"), *assets.glob("page.*.js"), *assets.glob("fonts/*00.woff2"),
            assets / "images/emblem.svg", site / "manifest.webmanifest"]  # fmt: skip
    assert len(each) == 8
    frame = sum(packed(path) for path in each)
    root = site if language == "vi" else site / "lo"
    pages = sorted(root.rglob("*.html"), key=lambda page: (-page.stat().st_size, page))
    pages = [page for page in pages if not page.relative_to(root).as_posix().startswith(("lo/", "admin/"))]
    if not pytestconfig.getoption("--thorough"):
        pages = pages[:200] + pages[200::10]
    found = []
    for page in pages:
        path = page.relative_to(root).as_posix()
        weight = packed(page)
        # What a tool's own script weighs is measured where the page is opened.
        if frame + weight > FIRST_VISIT or weight > LATER_PAGE:
            found.append(f"{path}: {frame} + {weight}")
    assert found == []


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The longest pages in both languages; others in one, by turns, unless the whole tour is asked for."""
    if metafunc.definition.name != "test_tour":
        return
    whole = metafunc.config.getoption("--tour") or metafunc.config.getoption("--thorough")
    visits = [
        (stop, language)
        for number, stop in enumerate(STOPS)
        for turn, language in enumerate(("vi", "lo"))
        if whole or stop in IN_BOTH or (number + turn) % 2 == 0
    ]
    metafunc.parametrize(
        ("stop", "language"), visits, ids=[f"{stop}-{language}" for stop, language in visits]
    )


def test_tour(
    browser: Browser, site: Path, served: str, stop: str, language: str, request: pytest.FixtureRequest
) -> None:
    own = path_of(site, stop)
    path = ("" if language == "vi" else "lo/") + own
    context = browser.new_context(viewport=NARROW, color_scheme="light", bypass_csp=True,
                                  locale="vi-VN" if language == "vi" else "lo-LA")  # fmt: skip
    page = context.new_page()
    page.clock.set_fixed_time("2026-11-30T08:00:00Z")
    said: list[str] = []
    answers: list[Response] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(served) else said.append(asked.url))
    page.on("response", lambda answer: answers.append(answer))
    page.goto(served + path)
    page.evaluate("document.fonts.ready")
    weight = weigh(answers, site, served)
    problems: list[str] = []
    folder = request.config.getoption("--tour")
    page.add_script_tag(path=str(AXE_FILE_PATH))
    read = not stop.startswith("list-") or stop in LISTS_READ
    for width, size in (("narrow", NARROW), ("wide", WIDE)):
        page.set_viewport_size(size)
        problems += [f"{width}: too wide: {one}" for one in too_wide(page)]
        for scheme in ("light", "dark") if folder or (read and width == "narrow") else ():
            page.emulate_media(color_scheme=scheme)
            if read and width == "narrow":
                found = axe(page, AXE if scheme == "light" else AXE_COLOURS)
                problems += [f"{scheme}: {one}" for one in found]
            if folder:
                Path(folder).mkdir(parents=True, exist_ok=True)
                picture = Path(folder) / f"{stop}.{language}.{size['width']}.{scheme}.png"
                page.screenshot(path=str(picture), full_page=True)
    page.set_viewport_size({"width": SMALLEST, "height": 640})
    problems += [f"{SMALLEST}: too wide: {one}" for one in too_wide(page)]
    context.close()
    if weight.visit > FIRST_VISIT:
        problems.append(f"a first visit moves {weight.visit} bytes")
    if weight.text > LATER_PAGE:
        problems.append(f"the page weighs {weight.text} bytes")
    assert not [*said, *problems], "\n".join([*said, *problems])

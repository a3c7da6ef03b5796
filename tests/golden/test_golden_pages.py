"""What the pages say, word for word, made from the small handbook in tests/fixtures/handbook.

A golden file holds a page as it is read aloud: one line a block, headings with their ids, the other language marked.
After an intended change: `pytest tests/golden --update-golden`, then read the diff of tests/golden/pages.
"""

import re
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from generator.model.kinds import KINDS
from generator.rules import require_sound_handbook
from generator.site.page_info import take
from generator.site.pages import plan_pages

HERE = Path(__file__).parent
DATA = HERE.parent / "fixtures/handbook"
TODAY = date(2026, 11, 21)
LANGUAGES = ("vi", "lo")
SPECIAL = (
    "index",
    "finder",
    "changes",
    "cooperation",
    "gates/index",
    "glossary/index",
    "both/gates/lao-bao",
    "both/journeys/cassava-la-vn",
    "cards/gate-lao-bao",
    "cards/procedure-commercial-import-la-vn",
    "packs/cassava-la-vn",
)
INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "br",
    "code",
    "data",
    "em",
    "i",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
}
INLINE |= {"sup", "text", "time", "tspan", "u", "wbr", "label", "input", "button", "option", "select"}
SILENT = {"script", "style", "template"}


def first_of_each_kind() -> list[str]:
    return [f"{kind}/{sorted((DATA / kind).glob('*.yaml'))[0].stem}" for kind in KINDS]


PAGES = [f"{language}/{name}" for name in (*first_of_each_kind(), *SPECIAL) for language in LANGUAGES]


def read_aloud(markup: str) -> str:
    """One line a block: heading marks and id, or the text; a part in another language in ⟨lang: …⟩."""
    lines: list[str] = []
    words: list[str] = []

    def close(before: str = "") -> None:
        text = re.sub(r"\s+", " ", "".join(words)).strip()
        words.clear()
        if text:
            lines.append(before + text)

    def walk(element: html.HtmlElement) -> None:
        if not isinstance(element.tag, str) or element.tag in SILENT:
            words.append(element.tail or "")
            return
        inline = element.tag in INLINE
        heading = re.fullmatch("h([1-6])", element.tag)
        if not inline:
            close()
        words.append(f"⟨{element.get('lang')}: " if element.get("lang") else "")
        words.append(element.text or "")
        for child in element:
            walk(child)
        words.append("⟩" if element.get("lang") else "")
        if not inline:
            close(f"{'#' * int(heading[1])} {{{element.get('id')}}} " if heading else "")
        words.append(element.tail or "")

    walk(html.fragment_fromstring(markup, create_parent="div"))
    close()
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    handbook = require_sound_handbook(DATA, TODAY)
    return {page.path.removesuffix(".md"): page.text for page in plan_pages(handbook, TODAY)}


@pytest.mark.parametrize("name", PAGES)
def test_page_says_what_it_said(name: str, made: dict[str, str], request: pytest.FixtureRequest) -> None:
    said = read_aloud(take(made[name])[1])
    golden = HERE / "pages" / f"{name}.txt"
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


def test_no_golden_page_is_left_over() -> None:
    kept = {str(path.relative_to(HERE / "pages").with_suffix("")) for path in (HERE / "pages").rglob("*.txt")}
    assert kept == set(PAGES)

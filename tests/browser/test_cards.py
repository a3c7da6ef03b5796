"""Cards for the officer and pack lists: on the screen, on paper, and after the browser was closed."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from generator.model.journey import Journey
from generator.reading.load import Loaded

pytestmark = pytest.mark.browser

A4 = (595, 842)
A6 = (298, 420)
CARDS = (
    "cards/journey-enterprise-import-cassava-la-vn.html",
    "cards/home-journey-enterprise-export-general-vn-la.html",
    "cards/procedure-vehicle-cross-border-permit-vn.html",
    "cards/procedure-commercial-import-la-vn.html",
    "cards/procedure-commercial-import-la-vn.html#step-4",
    "cards/home-procedure-lnsw-asycuda.html#step-3",
    "cards/gate-lao-bao.html",
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def printed(page: Page) -> list[tuple[int, int]]:
    """The sizes of the sheets a page is printed on, in points."""
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    return [(round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) for sheet in sheets]


@pytest.mark.parametrize("language", ["", "lo/"])
def test_each_pack_list_is_one_a4(page: Page, site: Path, loaded: Loaded, language: str) -> None:
    for journey_id in loaded.handbook.of(Journey):
        page.goto(f"{site.as_uri()}/{language}packs/{journey_id}.html")
        ((width, height),) = printed(page)
        assert (abs(width - A4[0]) < 3, abs(height - A4[1]) < 3) == (True, True), journey_id


@pytest.mark.parametrize("language", ["", "lo/"])
@pytest.mark.parametrize("card", CARDS)
def test_a_card_is_one_small_sheet(page: Page, site: Path, language: str, card: str) -> None:
    page.goto(f"{site.as_uri()}/{language}{card}")
    ((width, height),) = printed(page)
    assert (abs(width - A6[0]) < 3, abs(height - A6[1]) < 3) == (True, True)


@pytest.mark.parametrize(("language", "viewer"), [("", "lo"), ("lo/", "vi")])
def test_the_officers_language_comes_first_and_large(
    page: Page, site: Path, language: str, viewer: str
) -> None:
    page.goto(f"{site.as_uri()}/{language}cards/procedure-commercial-import-la-vn.html")
    card = page.locator(".card:visible")
    expect(card).to_have_count(1)
    first = card.locator("p.say").first
    expect(first).to_have_attribute("lang", viewer)
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert first.evaluate(size) > 1.3 * card.locator("p.own").evaluate(size)
    text = card.inner_text()
    assert "20.000" in text
    assert "206/2025/NĐ-CP" in text
    assert "11/2026" in text
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_step_has_a_card_of_its_own(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/journeys/enterprise-import-cassava-la-vn.html")
    page.locator("#steps ~ .lanes a[href$='cards/procedure-commercial-import-la-vn.html#step-4']").click()
    card = page.locator(".card:visible")
    expect(card).to_have_count(1)
    expect(card).to_have_attribute("id", "step-4")
    text = card.inner_text()
    for said in ("ມາດຕາ 23", "Điều 23", "20.000 ດົງ", "20.000 đồng", "ລະບົບຂອງພາສີ", "11/2026"):
        assert said in text
    card.locator("a[href='#card']").click()
    expect(page.locator(".card:visible")).to_have_attribute("id", "card")


def test_a_card_needs_no_javascript_and_no_line(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/cards/procedure-commercial-import-la-vn.html#step-3")
    expect(page.locator(".card:visible")).to_have_count(1)
    context.close()


def test_what_is_ticked_stays_ticked_when_the_browser_was_closed(
    browser: Browser, served: str, tmp_path: Path
) -> None:
    address = f"{served}packs/enterprise-import-cassava-la-vn.html"
    paper = "[data-tick=co-form-s-la] input[type=checkbox]"
    for visit in ("first", "second"):
        context = browser.browser_type.launch_persistent_context(
            tmp_path, executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = context.new_page()
        page.goto(address)
        if visit == "first":
            page.locator(paper).check()
        else:
            expect(page.locator(paper)).to_be_checked()
            expect(page.locator("input.tick:checked")).to_have_count(1)
        context.close()

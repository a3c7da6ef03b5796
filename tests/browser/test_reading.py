"""Reading the built site: without a line, without script, by keyboard, with filters, on paper."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from generator.labels import labels
from generator.model.gate import Gate
from generator.reading.load import Loaded
from generator.views.border_line import class_on
from generator.views.collation import LAO, LAO_VOWELS

pytestmark = [pytest.mark.browser, pytest.mark.site]

GATE = "gates/lao-bao.html"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.clock.set_fixed_time("2026-11-30T08:00:00Z")
    return page


def test_visited_entry_opens_without_a_line_and_renews_itself(
    page: Page, context: BrowserContext, site: Path, served: str
) -> None:
    page.goto(served + GATE)
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function(f"caches.open('pages').then((kept) => kept.match('{served}{GATE}'))")
    context.set_offline(True)
    page.reload()
    expect(page.locator(".plate")).to_be_visible()
    assert page.evaluate("document.fonts.check('600 16px \"Be Vietnam Pro\"')")
    context.set_offline(False)
    file = site / GATE
    before = file.read_bytes()
    try:
        file.write_bytes(before.replace(b'<div class="plate">', b'<div class="plate renewed">'))
        page.reload()
        expect(page.locator(".plate.renewed")).to_have_count(1)
        context.set_offline(True)
        page.reload()
        expect(page.locator(".plate.renewed")).to_have_count(1)
    finally:
        file.write_bytes(before)


@pytest.mark.parametrize("path", [GATE, f"lo/{GATE}", "gates/index.html", "statistics/trade-by-year.html"])
def test_text_and_links_without_script(browser: Browser, served: str, path: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(served + path)
    expect(page.locator("h1")).to_be_visible()
    assert len(page.locator("main").inner_text()) > 500
    assert page.locator("main a:visible").count() > 5
    assert page.locator(".filters:visible, .tools:visible").count() == 0
    context.close()


def test_chips_narrow_line_and_table_by_keyboard(page: Page, served: str, loaded: Loaded) -> None:
    page.goto(served + "gates/index.html")
    gates = loaded.handbook.of(Gate).values()
    day = date.fromisoformat(page.locator("body").get_attribute("data-date") or "")
    wanted = [gate for gate in gates if class_on(gate, day) == "international"]
    chip = page.locator("a[data-key=class][data-value=international]")
    chip.focus()
    page.keyboard.press("Space")
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#list tbody tr:visible")).to_have_count(len(wanted))
    expect(page.locator("#line li[data-class]:visible")).to_have_count(
        sum(gate.rank is not None for gate in wanted)
    )
    expect(page.locator("[data-count=list]")).to_have_text(labels("vi").fill("filter.count", n=len(wanted)))
    state = page.locator("a[data-key=state][data-value=open]")
    state.focus()
    page.keyboard.press("Enter")
    both = [gate for gate in wanted if (on := gate.state_on(day)) is not None and on.state == "open"]
    expect(page.locator("#list tbody tr:visible")).to_have_count(len(both))
    page.locator("a[data-key=class][data-value='']").press("Enter")
    page.locator("a[data-key=state][data-value='']").press("Enter")
    expect(page.locator("#list tbody tr:visible")).to_have_count(len(gates))


@pytest.mark.parametrize("path", [GATE, "lo/gates/index.html", "lo/both/gates/lao-bao.html"])
def test_every_link_is_reached_by_keyboard_and_seen(page: Page, served: str, path: str) -> None:
    page.goto(served + path)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    total = page.locator("a[href]:visible, button:visible, input:visible, select:visible").count()
    reached = set()
    for _ in range(total + 3):
        seen = page.evaluate(
            """() => {
              const one = document.activeElement, style = getComputedStyle(one);
              const all = [...document.querySelectorAll('*')];
              const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
              return one === document.body ? null : [all.indexOf(one), seen];
            }"""
        )
        if seen is None:  # behind the last one
            break
        reached.add(seen[0])
        assert seen[1], page.evaluate("document.activeElement.outerHTML")
        page.keyboard.press("Tab")
    assert len(reached) >= total


def test_address_is_copied(context: BrowserContext, page: Page, served: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(served + GATE)
    page.get_by_role("button", name=labels("vi")["share"]).click()
    expect(page.locator(".tools [aria-live]")).to_have_text(labels("vi")["share.copied"])
    assert page.evaluate("navigator.clipboard.readText()").endswith(GATE)


def test_nothing_moves_while_an_entry_loads(page: Page, context: BrowserContext, served: str) -> None:
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 300, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    line.send("Network.emulateNetworkConditions", slow)
    for path in (GATE, f"lo/{GATE}"):
        page.goto(served + path)
        page.wait_for_load_state("networkidle")
        shift = page.evaluate(
            """() => new Promise((done) => {
              let sum = 0;
              new PerformanceObserver((list) => list.getEntries().forEach((one) => { sum += one.value; }))
                .observe({type: 'layout-shift', buffered: true});
              setTimeout(() => done(sum), 300);
            })"""
        )
        assert shift < 0.01, path


def test_lao_names_do_not_break_inside(page: Page, served: str, loaded: Loaded) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(served + "lo/gates/index.html")
    broken = page.evaluate(
        """() => [...document.querySelectorAll('#line .nb:lang(lo)')].filter((one) => {
          const lines = new Set([...one.getClientRects()].map((box) => Math.round(box.top)));
          return lines.size > 1;
        }).map((one) => one.textContent)"""
    )
    assert page.locator("#line .nb").count() > 20
    assert broken == []


def test_print_is_plain_and_short(page: Page, served: str, tmp_path: Path) -> None:
    page.goto(served + GATE)
    page.emulate_media(media="print")
    assert (
        page.locator(".top:visible, .menu:visible, .btns:visible, .chips:visible, .tools:visible").count()
        == 0
    )
    paper = tmp_path / "page.pdf"
    page.pdf(path=str(paper), format="A4", prefer_css_page_size=True)
    assert len(PdfReader(paper).pages) <= 8


def test_lao_order_is_the_one_browsers_know(page: Page) -> None:
    characters = [character for character in LAO + LAO_VOWELS if re.match(r"\w|[\u0eb0-\u0ebd]", character)]
    ordered = page.evaluate("all => all.slice().sort(new Intl.Collator('lo').compare)", characters)
    assert ordered == characters

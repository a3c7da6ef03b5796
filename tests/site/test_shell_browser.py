"""The frame of the site in a real browser: languages, side by side, age of the copy, live parts, no line."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from test_shell import build_site, sample_docs

from generator.labels import labels

pytestmark = pytest.mark.browser

SHIFT = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(sum), 300);
})"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A plain file server."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shell-browser")
    sample_docs(folder / "docs")
    build_site(folder / "docs", folder / "site")
    # Search has tests of its own; here its page stands without an index.
    (folder / "site/search").mkdir()
    (folder / "site/search/start.js").touch()
    return folder / "site"


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    """The site over http; its address with a slash."""
    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}/"
        served.shutdown()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    yield context
    context.close()


@pytest.fixture(params=["http", "file"])
def address(request: pytest.FixtureRequest, server: str, site: Path) -> str:
    """The site's root over http and from a folder."""
    return server if request.param == "http" else f"{site.as_uri()}/"


def watched(context: BrowserContext, address: str) -> tuple[Page, list[str]]:
    """A page, and what it says on the console or asks of others."""
    page = context.new_page()
    page.clock.set_fixed_time("2026-11-30T08:00:00Z")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(address) else said.append(request.url))
    return page, said


@pytest.mark.parametrize(
    "path", ["index.html", "lo/index.html", "gates/lao-bao.html", "lo/both/gates/lao-bao.html", "search.html"]
)
def test_pages_are_quiet_and_narrow(context: BrowserContext, address: str, path: str) -> None:
    page, said = watched(context, address)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_language_switch_keeps_the_heading_in_view(context: BrowserContext, address: str) -> None:
    page, _ = watched(context, address)
    page.goto(address + "gates/lao-bao.html")
    page.evaluate("document.getElementById('plan-b').scrollIntoView()")
    page.evaluate("document.querySelector('.langs [data-set=lo]').click()")
    page.wait_for_url("**/lo/gates/lao-bao.html#plan-b")
    assert page.evaluate("document.documentElement.lang") == "lo"


def test_side_by_side_is_remembered_until_a_language_is_chosen(context: BrowserContext, address: str) -> None:
    page, _ = watched(context, address)
    page.goto(address + "gates/lao-bao.html")
    page.click(".langs [data-set=both]")
    page.wait_for_url("**/both/gates/lao-bao.html")
    page.click("#la-lay-link")
    page.wait_for_url("**/both/gates/la-lay.html#plan-b")
    page.goto(address + "lo/gates/lao-bao.html")
    page.click("#la-lay-link")
    page.wait_for_url("**/lo/both/gates/la-lay.html#plan-b")
    page.click(".langs [data-set=vi]")
    page.wait_for_url("**/gates/la-lay.html")
    page.go_back()
    page.click("#la-lay-link")
    page.wait_for_url("**/lo/gates/la-lay.html#plan-b")


def test_side_by_side_is_a_plain_link_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "lo/gates/lao-bao.html")
    page.click(".langs [data-set=both]")
    assert page.url.endswith("/lo/both/gates/lao-bao.html")
    expect(page.locator(".par [lang=vi]").first).to_be_visible()
    context.close()


def test_lao_device_is_offered_lao_and_may_refuse(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="lo-LA")
    page, _ = watched(context, address)
    page.goto(address + "index.html")
    assert page.url == address + "index.html"
    offer = page.locator(".note.offer")
    expect(offer.locator("p")).to_have_attribute("lang", "lo")
    expect(offer.locator("a")).to_have_attribute("href", f"{address}lo/index.html")
    offer.locator("button").click()
    expect(offer).to_have_count(0)
    page.reload()
    expect(page.locator(".note.offer")).to_have_count(0)
    context.close()


def test_no_offer_in_the_language_of_the_device(context: BrowserContext, address: str) -> None:
    page, _ = watched(context, address)
    page.goto(address + "index.html")
    expect(page.locator(".note")).to_have_count(0)


@pytest.mark.parametrize(
    ("clock", "kind", "languages"),
    [
        ("2026-11-20T08:00:00Z", None, []),
        ("2027-01-10T08:00:00Z", None, []),
        ("2027-03-10T08:00:00Z", "ageing", ["lo"]),
        ("2027-08-10T08:00:00Z", "overdue", ["lo", "vi"]),
    ],
)
def test_old_copy_says_so(
    browser: Browser, address: str, clock: str, kind: str | None, languages: list[str]
) -> None:
    context = browser.new_context(locale="lo-LA")
    page = context.new_page()
    page.clock.set_fixed_time(clock)
    page.goto(address + "lo/gates/lao-bao.html")
    assert [note.get_attribute("class") for note in page.locator(".note").all()] == (
        [f"note {kind}"] if kind else []
    )
    assert [part.get_attribute("lang") for part in page.locator(".note p").all()] == languages
    if kind:
        expect(page.locator(".note p").first).to_contain_text("21/11/2026")
    context.close()


def test_ticks_of_a_pack_list_stay(context: BrowserContext, address: str) -> None:
    page, said = watched(context, address)
    page.goto(address + "journeys/cassava.html")
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(2)
    page.get_by_role("checkbox", name="C/O S").check()
    page.reload()
    assert [box.is_checked() for box in boxes.all()] == [True, False]
    page.get_by_role("button", name=labels("vi")["pack.clear"]).click()
    page.reload()
    assert [box.is_checked() for box in boxes.all()] == [False, False]
    assert said == []


def test_chips_filter_and_count(context: BrowserContext, server: str) -> None:
    page, _ = watched(context, server)
    page.goto(server + "journeys/cassava.html")
    page.get_by_role("button", name="Laos").click()
    assert [row.is_visible() for row in page.locator("#papers > li").all()] == [True, False]
    expect(page.locator("[data-count=papers]")).to_have_text(labels("vi").fill("filter.count", n=1))
    page.get_by_role("button", name="all").press("Space")
    assert [row.is_visible() for row in page.locator("#papers > li").all()] == [True, True]


def test_search_box_is_a_plain_form(context: BrowserContext, address: str) -> None:
    page, said = watched(context, address)
    page.goto(address + "lo/index.html")
    page.fill("#q", "lao bao")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lo/search.html?q=lao+bao")
    assert said == []


def test_visited_pages_open_without_a_line(context: BrowserContext, server: str) -> None:
    page = context.new_page()
    page.goto(server + "gates/lao-bao.html")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("caches.open('pages').then(kept => kept.match('gates/../lao-bao.html'))")
    page.goto(server)
    page.wait_for_function(f"caches.open('pages').then(kept => kept.match('{server}index.html'))")
    context.set_offline(True)
    page.goto(server + "gates/lao-bao.html")
    expect(page.locator("h1")).to_have_text("lao-bao")
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 50
    page.goto(server)
    expect(page.locator("h1")).to_have_text(labels("vi")["home.title"])
    page.goto(server + "gates/la-lay.html")
    expect(page.locator("#saved a")).to_have_count(2)
    expect(page.locator("section[lang=lo]")).to_contain_text(labels("lo")["line.text"])
    context.set_offline(False)
    page.goto(server + "gates/la-lay.html")
    expect(page.locator("h1")).to_have_text("la-lay")


def test_new_page_replaces_the_kept_one(context: BrowserContext, server: str, site: Path) -> None:
    page = context.new_page()
    page.goto(server + "goods/index.html")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("caches.open('pages').then(kept => kept.match('index.html'))")
    file = site / "goods/index.html"
    before = file.read_text(encoding="utf-8")
    try:
        file.write_text(before.replace("<h1", "<h1 class='new'"), encoding="utf-8")
        page.reload()
        expect(page.locator("h1.new")).to_have_count(1)
    finally:
        file.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    ["index.html", "lo/index.html", "lo/gates/lao-bao.html", "both/gates/lao-bao.html", "lo/about/index.html",
     "search.html", "404.html", "offline.html", "journeys/cassava.html", "contribute/index.html"],
)  # fmt: skip
def test_accessibility(browser: Browser, server: str, path: str, scheme: Any) -> None:
    context = browser.new_context(
        color_scheme=scheme, locale="lo-LA" if scheme == "dark" else "vi-VN", bypass_csp=True
    )
    page = context.new_page()
    page.clock.set_fixed_time("2027-08-10T08:00:00Z" if scheme == "dark" else "2026-11-30T08:00:00Z")
    page.goto(server + path)
    violations = Axe().run(page).response["violations"]
    assert [(found["id"], found["nodes"][0]["html"]) for found in violations] == []
    context.close()


@pytest.mark.parametrize(
    ("path", "locale"),
    [("index.html", "lo-LA"), ("lo/index.html", "vi-VN"), ("lo/gates/lao-bao.html", "lo-LA")],
)
def test_nothing_moves_on_a_slow_line(browser: Browser, server: str, path: str, locale: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale=locale)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 300, "downloadThroughput": 50 * 1024, "uploadThroughput": 50 * 1024},
    )
    page.goto(server + path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFT) < 0.01
    context.close()


def test_whole_frame_by_keyboard(context: BrowserContext, server: str) -> None:
    page, _ = watched(context, server)
    page.goto(server + "gates/lao-bao.html")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".crumb a").first).to_be_focused()

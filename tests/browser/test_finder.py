"""The finder in a real browser: both languages, with and without JavaScript, over http and from a folder, at 360 px."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.journeys.matching import Request, fitting, goods_named, match_journeys
from generator.labels import labels
from generator.model.goods import Goods
from generator.model.journey import Journey
from generator.reading.load import Loaded

pytestmark = pytest.mark.browser

DAY = date(2026, 11, 21)
FINDER = {"vi": "finder.html", "lo": "lo/finder.html"}


@pytest.fixture(params=["http", "file"])
def root_address(request: pytest.FixtureRequest, served: str, site: Path) -> str:
    return served if request.param == "http" else f"{site.as_uri()}/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context
    context.close()


def opened(context: BrowserContext, address: str) -> tuple[Page, list[str]]:
    """A page, and everything it complains of or asks of another host."""
    said: list[str] = []
    page = context.new_page()
    page.on(
        "console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    home = urlsplit(address).netloc
    page.on(
        "request", lambda request: said.append(request.url) if urlsplit(request.url).netloc != home else None
    )
    page.goto(address)
    return page, said


def shown(page: Page) -> list[str]:
    """The ids of the journeys in the table, in order."""
    rows = page.locator("#journeys tbody tr:visible")
    return [str(row.get_attribute("data-journey")) for row in rows.all()]


@pytest.mark.parametrize("language", ["vi", "lo"])
def test_without_javascript_it_is_a_table_that_leads_to_every_journey(
    browser: Browser, root_address: str, loaded: Loaded, language: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(root_address + FINDER[language])
    expect(page.locator("form.finder")).to_be_hidden()
    assert sorted(shown(page)) == sorted(loaded.handbook.of(Journey))
    page.locator("tr[data-journey=enterprise-import-cassava-la-vn] a").first.click()
    assert page.url.endswith("journeys/enterprise-import-cassava-la-vn.html")
    assert page.locator(".step").count() == 22
    context.close()


@pytest.mark.parametrize("language", ["vi", "lo"])
def test_choices_narrow_the_table_to_one_journey(
    context: BrowserContext, root_address: str, language: str
) -> None:
    page, said = opened(context, root_address + FINDER[language])
    expect(page.locator("form.finder")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_label(labels(language)["field.direction"], exact=True).select_option("vn-to-la")  # type: ignore[arg-type]
    page.locator("#goods").fill("rau" if language == "vi" else "ຜັກ")
    page.locator("#who").select_option("enterprise")
    page.locator("#gate").select_option("lao-bao")
    assert shown(page) == ["enterprise-export-plants-vn-la"]
    found = page.locator("#found")
    expect(found).to_have_attribute("aria-live", "polite")
    expect(found.locator("a.btn")).to_have_attribute("href", "journeys/enterprise-export-plants-vn-la.html")
    page.locator("form.finder button.go").click()
    page.wait_for_url("**/journeys/enterprise-export-plants-vn-la.html")
    assert page.locator(".cross").count() == 2
    assert said == []


def test_the_choice_lives_in_the_address(context: BrowserContext, root_address: str) -> None:
    page, said = opened(context, root_address + FINDER["vi"])
    page.locator("#direction").select_option("la-to-vn")
    page.locator("#goods").fill("sắn")
    address = page.evaluate("location.href")
    kept = parse_qs(urlsplit(address).query or urlsplit(address).fragment)
    assert kept == {"direction": ["la-to-vn"], "goods": ["sắn"]}
    again, more = opened(context, address)
    expect(again.locator("#direction")).to_have_value("la-to-vn")
    expect(again.locator("#goods")).to_have_value("sắn")
    assert shown(again) == shown(page)
    again.locator("button[type=reset]").click()
    expect(again.locator("#found")).to_be_empty()
    assert len(shown(again)) == 20
    assert said + more == []


def test_a_plain_form_elsewhere_leads_here_with_its_choice(
    context: BrowserContext, root_address: str
) -> None:
    page, _ = opened(context, root_address + FINDER["lo"] + "?direction=la-to-vn&goods=1006&who=enterprise")
    assert shown(page) == ["enterprise-import-quota-rice-la-vn"]
    assert page.locator("#found").evaluate("e => e.getBoundingClientRect().bottom < innerHeight")


def test_where_nothing_fits_it_says_so_and_what_comes_nearest(
    context: BrowserContext, root_address: str
) -> None:
    page, _ = opened(
        context, root_address + FINDER["vi"] + "?direction=la-to-vn&goods=than&who=enterprise&gate=lao-bao"
    )
    expect(page.locator("#found p").first).to_have_text(labels("vi")["finder.none"])
    nearest = page.locator("#found li").first
    expect(nearest.locator("a")).to_have_attribute("href", "journeys/enterprise-import-coal-la-vn.html")
    expect(nearest).to_contain_text("khác về: cửa khẩu")
    page.locator("#gate").select_option("")
    page.locator("#goods").fill("xyz")
    expect(page.locator("#found p").first).to_contain_text("xyz")
    assert len(shown(page)) > 1


def test_keyboard_alone_is_enough(context: BrowserContext, root_address: str) -> None:
    page, _ = opened(context, root_address + FINDER["vi"])
    page.locator("#goods").focus()
    page.keyboard.type("nông sản")
    page.keyboard.press("Enter")
    assert len(shown(page)) > 1
    assert page.evaluate("document.activeElement.id") == "found"


QUERIES = [
    {"direction": direction, "goods": goods, "who": who, "gate": gate}
    for direction in ("", "vn-to-la", "la-to-vn")
    for goods in ("", "sắn", "gao", "1006", "ມັນຕົ້ນ", "gỗ", "xăng", "0714.10")
    for who in ("", "enterprise", "border-resident", "carrier")
    for gate in ("", "lao-bao", "la-lay")
]


def test_the_page_and_the_terminal_give_the_same_answer(
    context: BrowserContext, site: Path, loaded: Loaded
) -> None:
    page, _ = opened(context, site.as_uri() + "/finder.html")
    handbook = loaded.handbook
    for query in QUERIES:
        found = goods_named(handbook, query["goods"]) if query["goods"] else ()
        classes = dict.fromkeys(name for item in found for name in handbook.get(Goods, item).goods_class)
        request = Request(
            query["direction"] or None,  # type: ignore[arg-type]
            tuple(classes),
            found,
            query["who"] or None,  # type: ignore[arg-type]
            query["gate"] or None,
        )
        expected = [match.journey_id for match in fitting(match_journeys(handbook, request, DAY))]
        page.evaluate(
            """wish => {
              const form = document.querySelector('[data-finder]');
              for (const name in wish) form.elements[name].value = wish[name];
              form.dispatchEvent(new Event('input', { bubbles: true }));
            }""",
            query,
        )
        said = page.locator("#found p").first
        none = any(query.values()) and said.text_content() == labels("vi")["finder.none"]
        assert ([] if none else shown(page)) == expected, json.dumps(query, ensure_ascii=False)

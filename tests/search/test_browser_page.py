"""The page of results in a real browser: by keyboard alone, wide and narrow, served and from a stick without a line."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from browser_search import QUERIES, generated_texts, utf16_places
from playwright.sync_api import Browser, Page, expect

from generator.labels import Language, labels
from search.analyzer import analyze
from search.document import SearchDocument, Section
from search.engine import build_index, open_index
from search.export import export_browser_index

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.timeout(900)]

PATIENCE = 20_000
# Language, what is typed, and the entry that answers first.
ASKED: list[tuple[Language, str, str]] = [
    ("vi", "cua khau lao bao", "gates/lao-bao.html"),
    ("lo", "ດ່ານລາວບາວ", "lo/gates/lao-bao.html"),
]


@contextmanager
def opened(browser: Browser, width: int = 1280, offline: bool = False) -> Iterator[Page]:
    """A page whose console must stay empty and whose requests must stay on one host."""
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=offline)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    said: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: hosts.add(re.sub(r"(//[^/]*).*", r"\1", request.url)))
    yield page
    context.close()
    assert said == []
    assert len(hosts) <= 1


def address(base: str, language: Language, query: str = "") -> str:
    folder = "" if language == "vi" else "lo/"
    return f"{base}{folder}search.html" + (f"?q={quote(query)}" if query else "")


def wake(page: Page) -> None:
    """Touch the box, which fetches the search."""
    page.locator("#q").focus()
    page.wait_for_function("'handbookSearch' in window")


@pytest.fixture(params=["http", "file"])
def base(request: pytest.FixtureRequest, site: Path) -> str:
    """The address of the site's root, served or on a stick."""
    if request.param == "file":
        return site.as_uri() + "/"
    return str(request.getfixturevalue("served"))


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(("language", "query", "expected"), ASKED)
def test_by_keyboard_alone(
    browser: Browser, base: str, language: Language, query: str, expected: str, width: int
) -> None:
    words = labels(language)
    with opened(browser, width, offline=base.startswith("file:")) as page:
        page.goto(address(base, language))
        for _ in range(40):
            if page.evaluate("document.activeElement.id") == "q":
                break
            page.keyboard.press("Tab")
        page.keyboard.type(query)
        first = page.locator("#search-results ol.hits li").first.get_by_role("link")
        expect(first).to_have_attribute("href", re.compile(re.escape(expected) + "$"), timeout=PATIENCE)
        count = re.escape(words["search.count"]).replace(r"\{n\}", r"\d+")
        expect(page.get_by_role("status")).to_have_text(re.compile(count))
        assert page.evaluate("document.activeElement.id") == "q", "the focus stays in the box while one types"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

        page.keyboard.press("ArrowDown")
        expect(first).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(first).not_to_be_focused()
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        expect(page.locator("#q")).to_be_focused()

        chip = page.get_by_role("button", name=re.compile(f"^{re.escape(words['kind.gates'])} "))
        while not chip.evaluate("chip => chip === document.activeElement"):
            page.keyboard.press("Tab")
        counted = (chip.text_content() or "").split()[-1]
        page.keyboard.press("Space")
        expect(chip).to_have_attribute("aria-pressed", "true")
        expect(chip).to_be_focused()
        assert counted in (page.get_by_role("status").text_content() or "").split()
        kinds = page.locator("#search-results .kick").all_text_contents()
        assert set(kinds) == {words["kind.gates"]}

        page.keyboard.press("Escape")
        expect(page.locator("#q")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
        expect(first).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: url.endswith(expected))

        page.go_back()
        expect(first).to_have_attribute("href", re.compile(re.escape(expected) + "$"))
        page.locator("#q").focus()
        page.keyboard.press("Escape")
        expect(page.locator("#search-results .recent a")).to_have_text([query])
        page.get_by_role("button", name=words["search.clear"]).focus()
        page.keyboard.press("Enter")
        expect(page.locator("#search-results .recent")).to_have_count(0)
        assert page.evaluate("localStorage.getItem('handbook.searches')") is None


def test_answers_equal_those_of_the_terminal(browser: Browser, index: Path, site: Path) -> None:
    engine = open_index(index)
    queries = [
        "giấy chứng nhận xuất xứ",
        "mau s",
        "ໃບຢັ້ງຢືນແຫຼ່ງກຳເນີດສິນຄ້າ",
        "savannakhet",
        "nd 14 2018",
        "biên đổi",
    ]
    with opened(browser, offline=True) as page:
        page.goto(address(site.as_uri() + "/", "vi"))
        wake(page)
        page.evaluate("""() => {
          window.engine = new handbookSearch.Engine(handbookSearch.shardFetcher('search/'));
        }""")
        for query in queries:
            found = page.evaluate("query => engine.search(query, {lang: 'vi'})", query)
            expected = engine.search(query, lang="vi")
            assert [hit["id"] for hit in found["hits"]] == [hit.id for hit in expected.hits]
            assert [hit["score"] for hit in found["hits"]] == [hit.score for hit in expected.hits]
            assert [hit["snippet"] for hit in found["hits"]] == [hit.snippet for hit in expected.hits]
            assert found["suggestion"] == expected.suggestion
            assert found["total"] == expected.total
    engine.close()


def test_ranking_and_tokens_equal_those_of_the_terminal(
    browser: Browser, index: Path, site: Path, request: pytest.FixtureRequest
) -> None:
    """In this browser too: the best ten of written queries, and the tokens of generated texts and all names.

    Every query is asked of Node by default, of the browser every fourth; all of them with `--thorough`.
    """
    engine = open_index(index)
    rows = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    rows = rows[:: 1 if request.config.getoption("--thorough") else 4]
    documents = [engine.reader.document(number) for number in range(engine.documents)]
    texts = generated_texts(10_000, 20261122)
    texts += sorted({name for one in documents for name in (*one["title"].values(), *one["aliases"])})
    with opened(browser, offline=True) as page:
        page.goto(address(site.as_uri() + "/", "vi"))
        wake(page)
        ranked = page.evaluate(
            """async (queries) => {
              const engine = new handbookSearch.Engine(handbookSearch.shardFetcher('search/'));
              const answers = [];
              for (const query of queries) {
                const { hits, total } = await engine.search(query, { lang: 'vi' });
                answers.push([total, hits.map((hit) => [hit.kind, hit.id, hit.score])]);
              }
              return answers;
            }""",
            [row["q"] for row in rows],
        )
        # as JSON, so that halves of letters reach the page
        tokens = page.evaluate(
            """json => JSON.parse(json).map(text => handbookSearch.analyze(text)
              .map(token => [token.exact, token.folded, token.start, token.end]))""",
            json.dumps(texts),
        )
    for row, (total, hits) in zip(rows, ranked, strict=True):
        _, (best, count) = engine.rank(row["q"], 10)
        named = [(documents[item.number], item.score) for item in best]
        expected = [[one["kind"], one["id"], round(score / 1_000_000, 6)] for one, score in named]
        assert [total, hits] == [count, expected], row["q"]
    for text, found in zip(texts, tokens, strict=True):
        places = utf16_places(text)
        expected_tokens = [[t.exact, t.folded, places[t.start], places[t.end]] for t in analyze(text)]
        assert found == expected_tokens, ascii(text)
    engine.close()


def test_link_to_a_query_and_other_spelling(browser: Browser, base: str) -> None:
    with opened(browser, 360) as page:
        page.goto(address(base, "vi", "cua khau lao bao"))
        meant = page.locator("#search-results .meant a")
        expect(meant).to_have_text("cửa khẩu Lao Bảo")
        meant.click()
        expect(page.locator("#q")).to_have_value("cửa khẩu Lao Bảo")
        expect(page.locator("#search-results ol.hits mark").first).to_be_visible()
        expect(meant).to_have_count(0)


def test_home_leads_to_results(browser: Browser, served: str) -> None:
    with opened(browser) as page:
        page.goto(f"{served}lo/index.html")
        page.get_by_role("search").get_by_role("searchbox").fill("ດ່ານ")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/lo/search\.html\?q="))
        expect(page.locator("#search-results ol.hits")).to_be_visible()


def test_nothing_found(browser: Browser, served: str) -> None:
    with opened(browser, 360) as page:
        page.goto(address(served, "vi", "khaux"))
        page.locator("#q").fill("zzqjxx")
        expect(page.get_by_role("status")).to_have_text(labels("vi")["search.none"])
        expect(page.locator("#search-results ul.all a").first).to_have_attribute("href", "gates/index.html")
        page.locator("#q").fill("qqkhau")
        near = page.locator("#search-results p a.nb", has_text="khẩu")
        near.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#search-results ol.hits mark").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_more_hits(browser: Browser, served: str) -> None:
    with opened(browser) as page:
        page.goto(address(served, "vi", "cửa khẩu"))
        hits = page.locator("#search-results [data-act=hit]")
        expect(hits).to_have_count(10)
        page.get_by_role("button", name=labels("vi")["search.more"]).click()
        expect(hits).to_have_count(20)


def test_for_screen_readers(browser: Browser, served: str) -> None:
    for language, query, _ in ASKED:
        for width in (360, 1280):
            with opened(browser, width) as page:
                page.goto(address(served, language, query))
                expect(page.locator("#search-results ol.hits")).to_be_visible()
                found = Axe().run(page)
                assert found.violations_count == 0, found.generate_report()


def test_without_script(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(served, "lo"))
    expect(page.locator("noscript a").first).to_have_attribute("href", "gates/index.html")
    context.close()


def test_a_query_loads_little(browser: Browser, served: str, site: Path) -> None:
    """Only the shards a query needs; all of them together are many times more."""
    with opened(browser) as page:
        page.goto(address(served, "vi", "giay chung nhan xuat xu"))
        expect(page.locator("#search-results ol.hits")).to_be_visible()
        loaded = page.evaluate(
            "performance.getEntriesByType('resource').map(entry => entry.name)"
            ".filter(name => name.includes('/search/')).length"
        )
        assert 3 < loaded < len(list((site / "search").rglob("*.js"))) / 4


def test_the_search_is_fetched_when_somebody_is_about_to_search(browser: Browser, base: str) -> None:
    """Before that the page weighs no more than another; what is typed meanwhile is asked for."""
    with opened(browser) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
        page.goto(address(base, "lo"))
        assert "start.js" in asked and "search.js" not in asked
        page.evaluate("document.getElementById('q').value = 'ດ່ານລາວບາວ'")
        page.locator("#q").focus()
        expect(page.locator("#search-results ol.hits")).to_be_visible()
        assert asked.count("search.js") == 1


HOSTILE = '<img src=x onerror="document.title=1"> </script><b>'


def test_data_stay_text(browser: Browser, site: Path, tmp_path: Path) -> None:
    """Markup, quotes and the names of JavaScript's own properties in data and queries are plain text."""
    documents = [
        SearchDocument(
            id=f"bad-{name}",
            kind=name,
            url={"vi": "gates/index.html"},
            title={"vi": f"{name} {HOSTILE} cửa khẩu"},
            sections=(Section(text={"vi": f"\u2028 {name} prototype {HOSTILE}"}),),
        )
        for name in ("constructor", "__proto__", "toString")
    ]
    build_index(documents, tmp_path / "index", [["constructor", "hasOwnProperty"]])
    words = json.loads(re.search(r"const WORDS=(.*);", (site / "search/search.js").read_text())[1])  # type: ignore[index]
    export_browser_index(tmp_path / "index", tmp_path / "site/search", words)
    shutil.copy(site / "search.html", tmp_path / "site")
    shutil.copytree(site / "assets", tmp_path / "site/assets")
    with opened(browser) as page:
        page.goto(address((tmp_path / "site").as_uri() + "/", "vi", f"constructor {HOSTILE}"))
        hits = page.locator("#search-results ol.hits h2")
        expect(hits).to_have_count(3)
        assert HOSTILE in (hits.first.text_content() or "")
        assert page.locator("main img, main script, main b").count() == 0
        for query in ("__proto__", "hasOwnProperty", "toString"):
            page.locator("#q").fill(query)
            expect(hits.first).to_contain_text(HOSTILE)
        assert page.title() != "1"


def test_a_lost_file_is_said(browser: Browser, served: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/search/vi/*", lambda route: route.abort())
    page.goto(address(served, "vi", "lao bao"))
    expect(page.get_by_role("status")).to_have_text(labels("vi")["search.failed"], timeout=PATIENCE)
    page.unroute("**/search/vi/*")
    page.get_by_role("link", name=labels("vi")["search.again"]).click()
    expect(page.locator("#search-results ol.hits")).to_be_visible(timeout=PATIENCE)
    context.close()

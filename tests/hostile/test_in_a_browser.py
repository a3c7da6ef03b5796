"""The hostile site in Chromium: no dialog, no request to another host, no violation of the policy, every text as text."""

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from hostile_site import IDS, HostileSource

from generator.build import BuildPlan
from generator.model.kinds import KINDS

pytestmark = pytest.mark.browser

WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample);
});
"""
# What a reader sees, closed boxes opened; parts of a page that stand beside each other are apart in it.
TEXT = """
() => {
  for (const box of document.querySelectorAll('details')) box.open = true;
  return [document.body.innerText, document.title];
}
"""
HANDLERS = """
() => [...document.querySelectorAll('*')].filter((element) =>
  [...element.attributes].some((attribute) => /^on|^srcdoc$|^formaction$/i.test(attribute.name)
    || (/^(href|src|action|xlink:href)$/i.test(attribute.name) && /^\\s*(javascript|data|vbscript):/i.test(attribute.value))))
  .map((element) => element.outerHTML)
"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(plan: BuildPlan) -> Iterator[str]:
    """The hostile site over HTTP."""
    handler = functools.partial(_Quiet, directory=str(plan.site_dir))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


class Watched:
    """One page that notes whatever a page of words must not do."""

    def __init__(self, browser: Any, address: str) -> None:
        self.address = address
        self.said: list[str] = []
        self.context = browser.new_context(viewport={"width": 320, "height": 700})
        self.context.add_init_script(WATCH)
        self.page = self.context.new_page()
        self.page.on("dialog", self._dialog)
        self.context.on("request", self._request)
        self.page.on("popup", lambda page: self.said.append(f"popup {page.url}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error {error}"))
        self.page.on("console", self._console)

    def _dialog(self, dialog: Any) -> None:
        self.said.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.said.append(f"request {request.url}")

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.said.append(f"console {message.text}")

    def visit(self, path: str) -> None:
        self.said.clear()
        self.page.goto(self.address + path)
        self.check(path)

    def check(self, path: str) -> None:
        assert self.page.evaluate("window.violations") == [], path
        assert self.page.evaluate(HANDLERS) == [], path
        assert self.said == [], path

    def texts(self) -> list[str]:
        return [" ".join(text.split()) for text in self.page.evaluate(TEXT)]


@pytest.fixture(scope="module")
def watched(browser: Any, address: str) -> Iterator[Watched]:
    page = Watched(browser, address)
    yield page
    page.context.close()


def assert_verbatim(texts: list[str], source: HostileSource, path: str) -> int:
    """Every hostile text whose mark stands on the page stands there whole; how many there are."""
    marks = {mark for text in texts for mark in re.findall(r"\bq\d+\b", text)} & source.marked.keys()
    for mark in marks:
        wanted = " ".join(seen(source.marked[mark]).split())
        assert any(wanted in seen(text) for text in texts), (path, mark, wanted)
    return len(marks)


def seen(text: str) -> str:
    """A text as innerText gives it: without what takes no room."""
    return re.sub(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]", "", text)


@pytest.mark.parametrize("kind", KINDS)
def test_entry_page(kind: str, watched: Watched, source: HostileSource) -> None:
    for language in ("", "lo/"):
        path = f"{language}{kind}/{IDS[kind][1]}.html"
        watched.visit(path)
        assert assert_verbatim(watched.texts(), source, path) >= 3
        assert watched.page.evaluate(OVERFLOW) <= 0, f"{path} is wider than a small phone"


@pytest.mark.parametrize(
    "path",
    ["index.html", "changes.html", "lo/cooperation.html", "gates/index.html", "lo/sources/second.html",
     "both/gates/first.html", "lo/both/journeys/second.html", "cards/gate-first.html", "lo/cards/journey-second.html",
     "packs/first.html", "goods/index.html"],
)  # fmt: skip
def test_other_page(path: str, watched: Watched, source: HostileSource) -> None:
    watched.visit(path)
    assert watched.page.evaluate(OVERFLOW) <= 0, f"{path} is wider than a small phone"
    assert assert_verbatim(watched.texts(), source, path) >= 1


@pytest.mark.parametrize(
    "path",
    [
        "finder.html",
        "statistics/index.html",
        "zones/index.html",
        "about/data.html",
        "about/design.html",
        "about/licence.html",
        "404.html",
    ],
)
def test_page_of_few_hostile_texts(path: str, watched: Watched, source: HostileSource) -> None:
    for language in ("",) if path == "404.html" else ("", "lo/"):
        watched.visit(f"{language}{path}")
        assert watched.page.evaluate(OVERFLOW) <= 0, f"{language}{path} is wider than a small phone"
        assert_verbatim(watched.texts(), source, path)


@pytest.mark.parametrize("query", ["q1", "{{ 7*7 }}", "<img src=x onerror=alert(1)>", "javascript:alert(1)"])
def test_search_page(query: str, watched: Watched, source: HostileSource) -> None:
    """Hostile texts as results, and a hostile query in the address."""
    from urllib.parse import urlencode

    for language in ("", "lo/"):
        watched.visit(f"{language}search.html?{urlencode({'q': query})}")
        watched.page.wait_for_function("document.querySelector('main').textContent.length > 200")
        watched.page.wait_for_timeout(300)
        watched.check(query)
        assert query in watched.page.input_value("input[type=search]")


def test_every_result_is_text(watched: Watched, source: HostileSource) -> None:
    watched.visit("search.html?q=q41")
    watched.page.wait_for_selector("main a[href*='first.html'], main a[href*='second.html']")
    watched.check("results")
    titles = watched.page.locator("main a[href*='first.html'], main a[href*='second.html']").all_inner_texts()
    assert titles and all(" ".join(title.split()) for title in titles)

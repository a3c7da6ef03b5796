"""Bytes and time to the first result in the browser: our search, the theme's own, and Pagefind, on the same documents.

    python benchmarks/search_browser.py [--documents 3000] [--docs DIR] [--pagefind PROGRAM] [--slow]

DIR holds what `handbook documents` writes; without it the handbook's own documents are used. More documents than it
has are made of sections of real ones, drawn with a fixed seed. Each query meets a browser that has loaded nothing
yet. Bytes are those of the search alone (program and data, as a server with gzip sends them), without page, style and
fonts; the theme's share of its common script is left out, in its favour. Pagefind is a program of its own (npm package
`pagefind`); without it its column says so.
"""

import argparse
import contextlib
import functools
import gzip
import http.server
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from playwright.sync_api import Browser, Playwright, sync_playwright

from generator.site.assets import search_words
from search.document import SearchDocument, parse_synonyms, read_documents
from search.engine import build_index
from search.export import export_browser_index

SEED = 20261121
QUERIES = (
    "cửa khẩu Lao Bảo",
    "cua khau lao bao",
    "giấy chứng nhận xuất xứ",
    "xuất khẩu sắn sang Lào cần giấy gì",
    "kiem dihc thuc vat",
    "savannakhet",
    "14/2018/NĐ-CP",
    "ດ່ານລາວບາວ",
    "ໃບຢັ້ງຢືນແຫຼ່ງກຳເນີດສິນຄ້າ",
)
PATIENCE = 60_000
# A usual line at the border: 1.6 Mbit/s, 150 ms there and back.
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}

OUR_PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>search</title></head><body data-root="">
<form><input id="q" name="q"></form><p id="search-status"></p><div id="search-results"></div>
<script src="search/search.js" defer></script></body></html>"""

PAGEFIND_PAGE = """<!doctype html><html lang="LANGUAGE"><head><meta charset="utf-8"><title>search</title></head><body>
<script type="module">
const pagefind = await import('/pagefind/pagefind.js');
const found = await pagefind.search(new URLSearchParams(location.search).get('q'));
const shown = await Promise.all(found.results.slice(0, 10).map((result) => result.data()));
const said = document.createElement('p');
said.id = 'done';
said.dataset.count = shown.length;
said.textContent = shown.length ? shown[0].excerpt : '0';
document.body.append(said);
</script></body></html>"""


@dataclass(frozen=True)
class Engine:
    """A site with a search. `ready` is true in the page as soon as an answer stands there; `counted` tells which
    addresses belong to the search; `hits` counts the answers."""

    name: str
    folder: Path
    page: Callable[[str], str]
    counted: Callable[[str], bool]
    ready: str
    hits: str


@dataclass(frozen=True)
class Measured:
    """One query: kilobytes and number of files transferred, milliseconds to the first answer, answers shown."""

    kilobytes: float
    files: int
    milliseconds: float
    hits: int


def documents_of(folder: Path, count: int) -> list[SearchDocument]:
    """`count` documents: the real ones, or some of them, or more made of their sections."""
    with (folder / "documents.jsonl").open("rb") as stream:
        real = list(read_documents(stream))
    chance = random.Random(SEED)
    if count <= len(real):
        return chance.sample(real, count)
    made = []
    for number in range(count - len(real)):
        model = chance.choice(real)
        others = [chance.choice(real) for _ in range(3)]
        sections = tuple(chance.choice(other.sections) for other in (model, *others) if other.sections)
        made.append(replace(model, id=f"{model.id}-{number}", aliases=(), codes=(), sections=sections))
    return real + made


def page_texts(document: SearchDocument, language: str) -> tuple[str, str]:
    """Title and text of a document's page in one language."""
    title = document.title.get(language) or next(iter(document.title.values()), document.id)
    parts = [
        text
        for section in document.sections
        for text in (section.heading.get(language), section.text.get(language))
        if text
    ]
    return title, "\n".join([*document.aliases, *document.codes, *parts])


def build_ours(documents: list[SearchDocument], synonyms: list[list[str]], folder: Path) -> Engine:
    build_index(documents, folder / "index", synonyms)
    site = folder / "site"
    export_browser_index(folder / "index", site / "search", search_words())
    (site / "search.html").write_text(OUR_PAGE, encoding="utf-8")
    return Engine(
        "ours",
        site,
        lambda query: f"search.html?q={quote(query)}",
        lambda path: path.startswith("/search/"),
        "document.querySelector('#search-results .hits, #search-results .all')",
        "document.querySelectorAll('#search-results .hits > li').length",
    )


def build_theme(documents: list[SearchDocument], folder: Path) -> Engine:
    """A page of the theme with its own search switched on, over an index of all documents in its own form."""
    (folder / "docs").mkdir(parents=True)
    (folder / "docs/index.md").write_text("# Search\n", encoding="utf-8")
    config = {
        "site_name": "search",
        "theme": {"name": "material", "language": "vi", "font": False},
        "plugins": [{"search": {"lang": "vi"}}],
        "use_directory_urls": False,
    }
    (folder / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml")]
    subprocess.run(command, check=True, capture_output=True)
    target = folder / "site/search/search_index.json"
    index = json.loads(target.read_text(encoding="utf-8"))
    index["docs"] = []
    for number, document in enumerate(documents):
        for language in ("vi", "lo"):
            title, text = page_texts(document, language)
            location = f"{language}/{number}.html"
            index["docs"].append({"location": location, "title": escape(title), "text": escape(text)})
    target.write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")
    return Engine(
        "theme",
        folder / "site",
        lambda query: f"index.html?q={quote(query)}",
        lambda path: "search" in path and not path.endswith(".html"),
        "document.querySelector('.md-search-result__item a')"
        " || /^(Không|No )/.test((document.querySelector('.md-search-result__meta') || {}).innerText)",
        "document.querySelectorAll('.md-search-result__item').length",
    )


def build_pagefind(documents: list[SearchDocument], folder: Path, program: str) -> Engine:
    """One page a document and language, indexed by Pagefind; it keeps an index per language."""
    site = folder / "site"
    for language in ("vi", "lo"):
        (site / language).mkdir(parents=True)
        page = PAGEFIND_PAGE.replace("LANGUAGE", language)
        (site / f"search-{language}.html").write_text(page, encoding="utf-8")
        for number, document in enumerate(documents):
            title, text = page_texts(document, language)
            body = f"<h1>{escape(title)}</h1><p>{escape(text)}</p>"
            (site / language / f"{number}.html").write_text(
                f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
                f"</head><body data-pagefind-body>{body}</body></html>",
                encoding="utf-8",
            )
    subprocess.run([program, "--site", str(site)], check=True, capture_output=True)
    return Engine(
        "pagefind",
        site,
        lambda query: (
            f"search-{'lo' if any('ກ' <= char <= 'ໟ' for char in query) else 'vi'}.html?q={quote(query)}"
        ),
        lambda path: path.startswith("/pagefind/"),
        "document.getElementById('done')",
        "Number(document.getElementById('done').dataset.count)",
    )


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A plain file server; a browser that leaves before the end is no error."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file."""
        with contextlib.suppress(ConnectionError):
            super().copyfile(source, outputfile)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder over HTTP; the address ends with a slash."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def launch(playwright: Playwright) -> Browser:
    """The machine's own Chromium."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    return playwright.chromium.launch(executable_path=chromium, args=flags)


def transferred(path: Path) -> int:
    """Bytes of a file as a server with gzip sends it; what is compressed already does not shrink."""
    content = path.read_bytes()
    return min(len(content), len(gzip.compress(content, 6)))


def measure(engine: Engine, query: str, address: str, browser: Browser, slow: bool) -> Measured:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    if slow:
        context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW_LINE)
    asked: set[str] = set()
    # workers fetch as well
    context.on("request", lambda request: asked.add(unquote(urlsplit(request.url).path)))
    page.goto(address + engine.page(query), wait_until="commit")
    page.wait_for_function(engine.ready, timeout=PATIENCE)
    milliseconds = float(page.evaluate("performance.now()"))
    hits = int(page.evaluate(engine.hits))
    context.close()
    files = [engine.folder / path.lstrip("/") for path in asked if engine.counted(path)]
    return Measured(sum(map(transferred, files)) / 1000, len(files), milliseconds, hits)


def print_table(engines: list[Engine], results: dict[str, list[Measured]], notes: list[str]) -> None:
    print("| query | " + " | ".join(f"{engine.name}: kB, files, ms, hits" for engine in engines) + " |")
    print("|---|" + "--:|" * len(engines))
    for place, query in enumerate(QUERIES):
        cells = [results[engine.name][place] for engine in engines]
        shown = [f"{c.kilobytes:.0f}, {c.files}, {c.milliseconds:.0f}, {c.hits}" for c in cells]
        print(f"| {query} | " + " | ".join(shown) + " |")
    for name, choose in (("median", statistics.median), ("most", max)):
        shown = []
        for engine in engines:
            found = results[engine.name]
            kilobytes = choose([one.kilobytes for one in found])
            milliseconds = choose([one.milliseconds for one in found])
            shown.append(f"{kilobytes:.0f}, –, {milliseconds:.0f}, –")
        print(f"| {name} | " + " | ".join(shown) + " |")
    for note in notes:
        print(f"\n{note}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=3000)
    parser.add_argument("--docs", type=Path)
    parser.add_argument("--pagefind", default=shutil.which("pagefind"))
    parser.add_argument("--slow", action="store_true", help="over a line of 1.6 Mbit/s and 150 ms")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        docs = options.docs
        if docs is None:
            docs = place / "docs"
            command = [sys.executable, "-m", "generator.cli", "documents", "--out", str(docs)]
            subprocess.run(command, check=True, capture_output=True)
        documents = documents_of(docs, options.documents)
        groups = parse_synonyms(json.loads((docs / "synonyms.json").read_bytes()))
        engines = [build_ours(documents, groups, place / "ours"), build_theme(documents, place / "theme")]
        notes = []
        if options.pagefind:
            engines.append(build_pagefind(documents, place / "pagefind", options.pagefind))
        else:
            notes.append("pagefind: not installed, not measured")
        line = "1.6 Mbit/s, 150 ms" if options.slow else "no limit"
        print(
            f"{len(documents)} documents, two languages each; line: {line}; nothing loaded before\n",
            flush=True,
        )
        results: dict[str, list[Measured]] = {}
        with sync_playwright() as playwright:
            browser = launch(playwright)
            for engine in engines:
                with served(engine.folder) as address:
                    results[engine.name] = [
                        measure(engine, query, address, browser, options.slow) for query in QUERIES
                    ]
            browser.close()
        print_table(engines, results, notes)


if __name__ == "__main__":
    main()

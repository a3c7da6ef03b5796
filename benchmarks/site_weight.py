"""Our pages beside the same pages in the theme's stock look: bytes, requests, time to readable text on a slow line.

    python benchmarks/site_weight.py [--site site] [--runs 3]

Both are served with the text compressed, and opened in headless Chromium with an empty cache over a line as slow as
Chromium's "Slow 3G" (400 kbit/s down and up, 2 s of latency), three times each (`--runs`); the middle time counts. The stock look is plain
MkDocs Material with its own fonts, search and scripts, built from the same page texts in a folder of its own. Fonts it would fetch
from another host are left out of its sums, to its advantage. Readable means: the first heading is painted.
"""

import argparse
import functools
import gzip
import http.server
import re
import shutil
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page, Response, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PAGES = (
    "index.html",
    "gates/lao-bao.html",
    "lo/gates/lao-bao.html",
    "gates/index.html",
    "journeys/{heaviest}",
)
SLOW_3G = {"offline": False, "latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
COMPRESSED = re.compile(r"\.(html|css|js|json|svg|xml|webmanifest)$")
MAIN = re.compile(r'<main id="main"><div class="wrap">(.*?)</div></main>', re.DOTALL)
HEADING_SHOWN = "() => { const one = document.querySelector('main h1, article h1'); return one && one.getClientRects().length > 0; }"


@dataclass(frozen=True)
class Visit:
    """One opening of a page: bytes on the line, requests, seconds until its heading is painted."""

    bytes: int
    requests: int
    seconds: float


class _Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves files, text compressed as a web server would."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path.partition("?")[0]))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if COMPRESSED.search(path.name):
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The folder over HTTP on a free port."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Compressing, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def stock_site(site: Path, paths: list[str], folder: Path) -> Path:
    """The same page texts in the theme's own look."""
    docs = folder / "docs"
    for path in paths:
        page = (site / path).read_text(encoding="utf-8")
        body = MAIN.search(page)
        assert body is not None, path
        target = docs / Path(path).with_suffix(".md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(body[1].strip() + "\n", encoding="utf-8")
    config = {
        "site_name": "Thương mại biên giới Việt Nam – Lào",
        "use_directory_urls": False,
        "theme": {"name": "material", "language": "vi", "features": ["navigation.instant", "search.suggest"]},
        "plugins": ["search"],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    build(load_config(str(folder / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(folder / "site")))
    return folder / "site"


def visit(browser: Browser, base: str, path: str) -> Visit:
    """Open a page once over the slow line, with nothing kept from before."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    page: Page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.route(
        "**/*", lambda route: route.continue_() if route.request.url.startswith(base) else route.abort()
    )
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_3G)
    page.goto(base + path, wait_until="commit")
    page.wait_for_function(HEADING_SHOWN)
    seconds: float = page.evaluate(
        """() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
          const paint = performance.getEntriesByName('first-contentful-paint')[0];
          done((paint ? paint.startTime : performance.now()) / 1000);
        }, 50)))"""
    )
    page.wait_for_load_state("networkidle")
    size = sum(int(answer.headers.get("content-length", 0)) for answer in answers)
    count = len(answers)
    context.close()
    return Visit(size, count, seconds)


def measure(browser: Browser, site: Path, paths: list[str], runs: int) -> dict[str, Visit]:
    """Each page: bytes and requests of a visit, the middle of its times."""
    found = {}
    with serving(site) as base:
        for path in paths:
            visits = [visit(browser, base, path) for _ in range(runs)]
            seconds = statistics.median(one.seconds for one in visits)
            found[path] = Visit(visits[0].bytes, visits[0].requests, seconds)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site")
    parser.add_argument("--runs", type=int, default=3, help="how often each page is opened")
    options = parser.parse_args()
    site = options.site.resolve()
    if not (site / "index.html").is_file():
        sys.exit(f"{site}: no site; run make build")
    journeys = sorted((site / "journeys").glob("*.html"), key=lambda page: page.stat().st_size)
    paths = [path.format(heaviest=journeys[-1].name) for path in PAGES]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        stock = stock_site(site, paths, Path(made))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        ours, theirs = (measure(browser, one, paths, options.runs) for one in (site, stock))
        browser.close()
    print("| page | bytes, ours | stock | requests, ours | stock | readable after, ours | stock |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for path in paths:
        a, b = ours[path], theirs[path]
        print(
            f"| `{path}` | {a.bytes:,} | {b.bytes:,} | {a.requests} | {b.requests} "
            f"| {a.seconds:.1f} s | {b.seconds:.1f} s |"
        )


if __name__ == "__main__":
    main()

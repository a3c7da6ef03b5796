"""What many tests need: the real data, the site built from it, a browser, a server on a port of its own."""

import fcntl
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from generator.reading.load import Loaded, load_handbook

ROOT = Path(__file__).parent.parent
# The day tests speak of, so that what they expect does not depend on the clock.
AS_OF = date(2026, 11, 21)
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="leave nothing to samples (minutes longer)")
    parser.addoption("--update-golden", action="store_true", help="write tests/golden/pages anew")
    parser.addoption("--tour", default=None, help="folder in which the visual tour leaves its pictures")
    parser.addoption(
        "--site", default=None, help="test this built site, its index beside it, instead of building"
    )


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def loaded() -> Loaded:
    """The real data."""
    return load_handbook(ROOT / "data", "data")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The real site with its index beside it (`site/`, `index/`), built once for all workers."""
    if given := request.config.getoption("--site"):
        return Path(given).resolve()
    # The folder that all workers of this run share, and no other run.
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "built"
    with (place.parent / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "done").exists():
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(parents=True)
            command = [sys.executable, "-m", "generator.cli", "build", "-q", "--as-of", AS_OF.isoformat()]
            out = ["--out", str(place / "site"), "--index", str(place / "index")]
            done = subprocess.run([*command, *out], cwd=ROOT, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            (place / "done").touch()
    return place / "site"


@pytest.fixture(scope="session")
def index(site: Path) -> Path:
    """The search index built with the site."""
    return site.parent / "index"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The built site over HTTP; the address ends with a slash."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator["object"]:
    """Debian's Chromium driven by Playwright."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "chromium is missing: run make setup-test"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield running
        running.close()


@pytest.fixture
def keeps_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Python, and with it the program, keeps in this test what it compiles."""
    folder = tmp_path / "compiled"
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(folder))
    return folder


# Each file goes to one worker, so the long ones begin first: the longest, which waits for the real site, then some that
# need none, so that the other workers do not wait as well, then rooms of tests by how long their files take.
BEGIN = (
    "browser/test_tour.py",
    "offline/test_book.py",
    "site/test_site_build.py",
    "resilience/test_builds_cannot_half_happen.py",
)
LONGEST_FIRST = ("browser", "search", "hostile", "offline", "resilience", "site", "editing")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first; within a file nothing moves."""
    begin = {name: number - len(BEGIN) for number, name in enumerate(BEGIN)}
    rooms = {name: number for number, name in enumerate(LONGEST_FIRST)}

    def rank(item: pytest.Item) -> int:
        path = item.path.relative_to(ROOT / "tests")
        return begin.get(path.as_posix(), rooms.get(path.parts[0], len(rooms)))

    items.sort(key=rank)

"""The copy for a stick: its size, how soon a search answers, and how small an update of one fact is.

    python benchmarks/offline_copy.py [--site site --index index --data data]

The copy is made from the built site. For the update one opening time of one gate is changed in a copy of the data, which
is built again as published a fortnight later: every page carries the date, so every page changes.
"""

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import sync_playwright

from generator.build import BuildPlan, build_handbook
from generator.offline.bundle import BundlePlan, bundle_of
from generator.offline.copies import read_copy
from generator.offline.delta import make_delta
from generator.offline.published import published_of_site

ROOT = Path(__file__).parent.parent
QUERIES = ("cua khau lao bao", "ດ່ານລາວບາວ", "giấy chứng nhận xuất xứ", "ມັນຕົ້ນ")
GATE, HOUR = "la-lay", re.compile(r"(closes: )19:00")
LATER = timedelta(days=14)


def row(name: str, value: str) -> None:
    """A line of the table."""
    print(f"| {name} | {value} |", flush=True)


def terminal_seconds(folder: Path) -> float:
    """Median wall time of a whole `search.pyz` call, the interpreter's start included."""
    times = []
    for query in QUERIES * 3:
        started = time.perf_counter()
        command = [sys.executable, "-I", "-S", str(folder / "search.pyz"), query, "--json"]
        run = subprocess.run(command, capture_output=True, check=True)
        times.append(time.perf_counter() - started)
        assert json.loads(run.stdout)["total"]
    return statistics.median(times)


def browser_seconds(folder: Path) -> float:
    """Median time from opening the page of results on file: to the first hit on the screen, nothing cached."""
    times = []
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for query in QUERIES:
            page = browser.new_context().new_page()
            page.goto((folder / "about/index.html").as_uri())
            started = time.perf_counter()
            page.goto(f"{(folder / 'search.html').as_uri()}?q={query}")
            page.locator("main .hits a").first.wait_for(timeout=60_000)
            times.append(time.perf_counter() - started)
            page.context.close()
        browser.close()
    return statistics.median(times)


def changed_data(data: Path, folder: Path) -> Path:
    """The data with one closing time of one gate changed."""
    copy = shutil.copytree(data, folder / "data")
    gate = copy / "gates" / f"{GATE}.yaml"
    text, count = HOUR.subn(r"\g<1>20:00", gate.read_text(encoding="utf-8"), count=1)
    assert count == 1, f"{gate} has no such hour any more: choose another fact"
    gate.write_text(text, encoding="utf-8")
    return copy


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("site", "index", "data"):
        parser.add_argument(f"--{name}", type=Path, default=ROOT / name)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as made:
        folder = Path(made)
        started = time.perf_counter()
        plan = BundlePlan(ROOT, options.site, options.index)
        bundle = bundle_of(plan)
        took = time.perf_counter() - started
        (folder / "old.zip").write_bytes(bundle.content)
        with zipfile.ZipFile(folder / "old.zip") as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            archive.extractall(folder / "old")
        row("", "")
        print("|---|--:|")
        row("bundle, zip file", f"{len(bundle.content) / 1e6:.1f} MB")
        row("bundle, unpacked", f"{unpacked / 1e6:.1f} MB")
        row("bundle, files", str(bundle.files))
        row("making it from a built site", f"{took:.1f} s")
        row(
            "search.pyz, one query from a cold start (median)",
            f"{terminal_seconds(folder / 'old') * 1000:.0f} ms",
        )
        row(
            "browser on file:, page to first hit (median)", f"{browser_seconds(folder / 'old') * 1000:.0f} ms"
        )
        day = published_of_site(options.site).on + LATER
        later = BuildPlan(ROOT, changed_data(options.data, folder), folder / "site", folder / "index", day)
        build_handbook(later, lambda stage: None)
        (folder / "new.zip").write_bytes(bundle_of(BundlePlan(ROOT, later.site_dir, later.index_dir)).content)
        started = time.perf_counter()
        delta, change = make_delta(read_copy(folder / "old.zip"), read_copy(folder / "new.zip"))
        took = time.perf_counter() - started
        (folder / "update.zip").write_bytes(delta)
        row("update of one fact, a fortnight later", f"{len(delta) / 1e3:.1f} kB")
        row("… of the bundle", f"{100 * len(delta) / len(bundle.content):.2f} %")
        row("… files that change (each carries the date)", str(change.patched))
        row("… making it", f"{took:.1f} s")
        started = time.perf_counter()
        command = [sys.executable, "-I", "-S", str(folder / "old/apply.py"), str(folder / "update.zip")]
        subprocess.run(command, check=True, capture_output=True)
        row("… taking it at the post", f"{time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()

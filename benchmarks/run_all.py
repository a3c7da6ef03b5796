"""Runs the benchmarks and adds their tables to RESULTS.md under today's date.

    python benchmarks/run_all.py [search] [site] [scale] [--dry] [--pagefind PROGRAM]

Programs that a benchmark compares with and does not find are named in its table as not installed. tantivy and Pagefind
are no dependencies of the handbook: a virtual environment of their own is enough,

    python -m venv /tmp/other && /tmp/other/bin/pip install tantivy pagefind-bin
    PYTHONPATH=$(echo /tmp/other/lib/python3*/site-packages) .venv/bin/python benchmarks/run_all.py search \\
        --pagefind /tmp/other/lib/python3*/site-packages/pagefind_bin/pagefind

A quiet machine is wanted: all figures of a run stand side by side, but the seconds are those of that machine.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
RESULTS = HERE / "RESULTS.md"

# Heading and command of each table, by group.
GROUPS: dict[str, list[tuple[str, list[str]]]] = {
    "search": [
        ("The right entry first, written queries", ["relevance.py", "--theme"]),
        ("The right passage first, queries kept aside", ["kept_aside.py"]),
        ("Index, warm and cold", ["search_engines.py"]),
        ("In the browser, 3,000 documents", ["search_browser.py"]),
    ],
    "site": [
        ("Weight of pages", ["site_weight.py"]),
        ("The offline copy", ["offline_copy.py"]),
        ("The server under load", ["load.py"]),
    ],
    "scale": [("How the build grows", ["scale.py"])],
}


def machine() -> str:
    """What the figures were measured on, in one line."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.partition(":")[2].strip()
            for line in info.read_text().splitlines()
            if line.startswith("model name")
        ]
        model = names[0] if names else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return (
        f"{model}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; load before the run {load:.1f}"
    )


def table(command: Sequence[str]) -> str:
    """What a benchmark prints, or that it failed and why."""
    done = subprocess.run(
        [sys.executable, str(HERE / command[0]), *command[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        return f"Not measured: {last[0]}"
    return done.stdout.strip()


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints each table as it comes, and adds all of them to RESULTS.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("groups", nargs="*", choices=[[], *GROUPS], help="which benchmarks; all by default")
    parser.add_argument("--dry", action="store_true", help="print only")
    parser.add_argument("--pagefind", default=shutil.which("pagefind"), help="the program to compare with")
    options = parser.parse_args(arguments)
    groups = options.groups or list(GROUPS)
    pieces = [f"## {date.today().isoformat()}: {', '.join(groups)}", machine()]
    print("\n\n".join(pieces), flush=True)
    failed = False
    for group in groups:
        for heading, command in GROUPS[group]:
            extra = ["--pagefind", options.pagefind] if options.pagefind and "browser" in command[0] else []
            found = table([*command, *extra])
            failed = failed or found.startswith("Not measured")
            pieces += [f"### {heading}", f"`python benchmarks/{' '.join(command)}`", found]
            print("\n" + "\n\n".join(pieces[-3:]), flush=True)
    if not options.dry:
        with RESULTS.open("a", encoding="utf-8") as stream:
            stream.write("\n" + "\n\n".join(pieces) + "\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

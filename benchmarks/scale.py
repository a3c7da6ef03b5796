"""How the build grows: 300 to 10,000 entries, stage by stage, beside a bare `mkdocs build` of the same pages.

    python benchmarks/scale.py [--sizes 300 1000 3000 10000] [--bare 1000] [--edited 1000] [--keep FOLDER]

Prints tables: seconds of each stage at each size (processor seconds, so that another program in the background counts
little), what each grows with (n to the power of …), memory of all processes together at its highest, the rebuild after
one edited entry, `check`, and the whole build against MkDocs with stock settings on the same pages (`--bare`: at which
sizes), one right after the other. `python benchmarks/run_all.py scale` puts the tables into RESULTS.md.
"""

import argparse
import json
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scale_entries import ROOT, write_entries

from generator.reading.load import load_handbook

HERE = Path(__file__).parent
STAGES = {
    "check": "read and check",
    "pages": "pages (views, templates, frame, MkDocs), open data, form",
    "index": "search index",
    "browser-index": "browser index",
    "swap": "swap in",
    "bundle": "bundle",
}
# The kinds whose entry is edited, from the most to the least referred to.
EDITED = ("agreements", "gates", "procedures", "documents", "offices", "glossary", "sources")
TIMES = 3
COMPILED = tempfile.TemporaryDirectory(prefix="compiled-")


class Memory:
    """The highest sum of the proportional memory of a process and all below it, in MB.

    To look takes as long as there is memory, and holds up what is looked at: it is done ten times a second at the most,
    and for no more than a fiftieth of the time.
    """

    def __init__(self, pid: int) -> None:
        self.highest = 0.0
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        self._ended.set()
        self._thread.join()
        return self.highest

    def _watch(self) -> None:
        pause = 0.1
        while not self._ended.wait(pause):
            began = time.perf_counter()
            self.highest = max(self.highest, sum(map(proportional, family(self._pid))))
            pause = max(0.1, 50 * (time.perf_counter() - began))


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for one in found:
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def proportional(pid: int) -> float:
    """Memory in MB, each shared page divided by those who share it; 0 for a process that is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


@dataclass(frozen=True)
class Run:
    """What a command said and took: seconds by the clock and of the processor, highest memory in MB."""

    output: str
    seconds: float
    processor: float
    memory: float


def measured(command: Sequence[str | Path], **more: Any) -> Run:
    """A command that must succeed, with what it takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    # Modules are compiled before, as on any machine in use.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", "PYTHONPYCACHEPREFIX": COMPILED.name}
    run = subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.PIPE, text=True, env=environment, **more
    )
    memory = Memory(run.pid)
    output, _ = run.communicate()
    seconds = time.perf_counter() - started
    if run.returncode:
        raise SystemExit(f"{command} failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(output, seconds, processor, memory.stop())


def stages(data: Path, out: Path, *options: str | Path) -> tuple[dict[str, Any], float]:
    """What `scale_stages.py` says, and memory in MB."""
    run = measured([sys.executable, HERE / "scale_stages.py", data, out, *options], cwd=ROOT)
    result: dict[str, Any] = json.loads(run.output.splitlines()[-1])
    return result, run.memory


def build(data: Path, out: Path) -> Run:
    """`handbook build` as people run it."""
    command = [
        sys.executable,
        "-m",
        "generator.start",
        "build",
        "-q",
        "--as-of",
        "2026-11-21",
        "--data",
        data,
    ]
    return measured([*command, "--out", out / "site", "--index", out / "index"], cwd=ROOT)


def edit(data: Path, kind: str, what: str) -> None:
    """Change the middle entry of a kind as an official would: its name, or the last sentence it says.

    Where an entry says nothing but its name, the day it was last checked is changed.
    """
    files = sorted((data / kind).iterdir())
    file = files[len(files) // 2]
    lines = file.read_text(encoding="utf-8").splitlines()
    keys = ("vi: ", "lo: ", "title: ") if what == "renamed" else ("vi: ", "lo: ")
    changed = False
    for key, addition in zip(keys, (" (đã sửa)", " (ແກ້ໄຂແລ້ວ)", " (sửa)"), strict=False):
        places = [n for n, line in enumerate(lines) if line.strip().startswith(key)]
        if what == "renamed":
            places = places[:1]
        elif len(places) > 1:
            places = places[-1:]
        else:
            continue
        for at in places:
            quote = lines[at][-1] if lines[at][-1] in "'\"" else ""
            lines[at] = lines[at].removesuffix(quote) + addition + quote
            changed = True
    if not changed:
        at = next(n for n, line in enumerate(lines) if line.strip() == "verified:")
        lines[at + 1] = "  'on': 2026-10"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def medians(runs: Sequence[Run]) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    return statistics.median(run.seconds for run in runs), statistics.median(run.processor for run in runs)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|---|" + "--:|" * (len(head) - 1)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def growth(first: float, last: float, sizes: Sequence[int]) -> str:
    if len(sizes) < 2 or first < 0.05:
        return "–"
    return f"{math.log(last / first) / math.log(sizes[-1] / sizes[0]):.2f}"


def grown(folder: Path, sizes: Sequence[int]) -> str:
    """The table of stages over sizes."""
    results, memories, walls, checks = [], [], [], []
    for size in sizes:
        out = folder / f"out-{size}"
        data = folder / f"data-{size}"
        alone, _ = stages(data, out)
        shutil.rmtree(out)
        run = build(data, out)
        bundle, memory = stages(data, out, "--bundle")
        results.append(alone["stages"] | bundle["stages"])
        walls.append(run.seconds)
        memories.append(max(run.memory, memory))
        check = [sys.executable, "-m", "generator.cli", "check", "--format", "json", "--data"]
        checks.append(measured([*check, folder / f"data-{size}"], cwd=ROOT).processor)
        shutil.rmtree(out)
    rows = []
    for stage, name in STAGES.items():
        seconds = [result.get(stage, 0.0) for result in results]
        rows.append([name, *(f"{one:.1f}" for one in seconds), growth(seconds[0], seconds[-1], sizes)])
    rows.append(
        [
            "whole build on all cores, by the clock",
            *(f"{one:.1f}" for one in walls),
            growth(walls[0], walls[-1], sizes),
        ]
    )
    rows.append(
        [
            "`handbook check`",
            *(f"{one:.1f}" for one in checks),
            growth(checks[0], checks[-1], sizes),
        ]
    )
    rows.append(["memory, MB", *(f"{one:.0f}" for one in memories), ""])
    return table(["seconds of the processor", *(f"{size:,}" for size in sizes), "n^"], rows)


def rebuilt(folder: Path, size: int) -> str:
    """The table of rebuilds after one edited entry: each some times upon the same clean build, the median; and one upon
    all the others."""
    names = ("edited", "out-edited", "out-clean", "out-again")
    data, out, clean, beside = (folder / f"{name}-{size}" for name in names)
    sound = folder / f"data-{size}"
    # The data is named in messages, and so in what a build keeps: it lies in one place.
    shutil.copytree(sound, data)
    build(data, clean)
    runs: list[tuple[str, list[Run]]] = []
    cleans: list[Run] = []
    edits = [(kind, what) for what in ("changed", "renamed") for kind in EDITED]
    for kind, what in edits:
        # A machine is not always as quick: clean builds stand between the others.
        if len(runs) % 2 == 0:
            cleans.append(build(data, beside))
            shutil.rmtree(beside)
        some = []
        for _ in range(TIMES):
            shutil.copytree(clean, out)
            edit(data, kind, what)
            some.append(build(data, out))
            for made in (data, out):
                shutil.rmtree(made)
            shutil.copytree(sound, data)
        runs.append((f"one of {kind} {what}", some))
    shutil.copytree(clean, out)
    for kind, what in edits:
        edit(data, kind, what)
        last = build(data, out)
    runs.append((f"the last of these {len(edits)}, one upon the other", [last]))
    seconds, processor = medians(cleans)
    rows = [[f"clean, median of {len(cleans)}", f"{seconds:.1f}", "", f"{processor:.1f}", ""]]
    for name, some in runs:
        wall, used = medians(some)
        rows.append([name, f"{wall:.1f}", f"{wall / seconds:.0%}", f"{used:.1f}", f"{used / processor:.0%}"])
    for made in (data, out, clean):
        shutil.rmtree(made)
    return table([f"{size:,} entries", "by the clock", "of a clean build", "of the processor", "of it"], rows)


def beside_mkdocs(folder: Path, size: int) -> str:
    """Our whole build and bare MkDocs, one right after the other."""
    stock, out = folder / f"stock-{size}", folder / f"out-bare-{size}"
    result, _ = stages(folder / f"data-{size}", out, "--mkdocs", stock)
    shutil.rmtree(out)
    ours = build(folder / f"data-{size}", out)
    bare = measured([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=stock)
    rows = []
    for name, run in (
        ("whole build: pages, open data, form, both indexes", ours),
        (f"bare `mkdocs build` of the same {result['pages']:,} pages", bare),
    ):
        rows.append(
            [
                name,
                f"{run.seconds:.1f}",
                f"{run.seconds / bare.seconds:.2f}",
                f"{run.processor:.1f}",
                f"{run.processor / bare.processor:.2f}",
                f"{run.memory:.0f}",
            ]
        )
    for made in (stock, out):
        shutil.rmtree(made)
    return table([f"{size:,} entries", "by the clock", "ratio", "of the processor", "ratio", "MB"], rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[300, 1000, 3000, 10000])
    parser.add_argument("--bare", type=int, nargs="*", default=[1000], help="compare with bare MkDocs here")
    parser.add_argument("--edited", type=int, nargs="*", default=[1000], help="rebuild after an edit here")
    parser.add_argument("--keep", type=Path, help="make the handbooks here and leave them for the next run")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = (asked.keep or Path(made)).resolve()
        handbook = load_handbook(ROOT / "data").handbook
        for size in {*asked.sizes, *asked.bare, *asked.edited}:
            if not (folder / f"data-{size}").exists():
                write_entries(handbook, size, folder / f"data-{size}")
        parts = [lambda size=size: beside_mkdocs(folder, size) for size in asked.bare]
        parts += [lambda size=size: rebuilt(folder, size) for size in asked.edited]
        parts += [lambda: grown(folder, asked.sizes)] if asked.sizes else []
        for part in parts:
            print(part(), end="\n\n", flush=True)


if __name__ == "__main__":
    main()

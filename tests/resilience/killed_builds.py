"""Builds that are really killed, at every stage and between the renames, and what is left of the output.

Run by the tests with few runs a stage; `python tests/resilience/killed_builds.py --runs 20` prints the table. It is the
command `handbook build` on a small handbook, MkDocs and all, in a child forked from a warm process. The child ends itself with
SIGKILL as soon as it says that it has reached the stage, or is killed by its parent at a random moment.
"""

import argparse
import io
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import mkdocs.commands.build  # noqa: E402, F401  # in memory before the first fork

from generator import swap  # noqa: E402
from generator.build import build_handbook  # noqa: E402, F401
from generator.cli import main as handbook  # noqa: E402
from generator.site.page_info import is_generated  # noqa: E402
from search.engine import open_index  # noqa: E402

DATA = ROOT / "tests" / "fixtures" / "problems" / "base"
FIRST_DAY = date(2026, 11, 21)
DATE = re.compile(r'data-date="(\d{4}-\d\d-\d\d)"')
STAGE = re.compile(r"^ *[\d.]+ s  ([a-z-]+(?: [a-z]+)?)$", re.MULTILINE)
# Said of a build as a whole, or of another that holds the lock.
NO_STAGE = {"wait"}


def day_of(number: int) -> str:
    """The day that build `number` is made for; pages and index carry it."""
    return (FIRST_DAY + timedelta(days=number)).isoformat()


class Deadly(io.StringIO):
    """A terminal that ends the process as soon as a stage is named on it."""

    def __init__(self, stage: str) -> None:
        super().__init__()
        self._stage = stage

    def write(self, text: str) -> int:
        if self._stage in STAGE.findall(text.rstrip("\n")):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().write(text)


class Works:
    """A root with mkdocs.yml, the written pages and a small handbook."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
        (root / "generator").symlink_to(ROOT / "generator")
        shutil.copytree(DATA, root / "data")
        for page in (ROOT / "docs").rglob("*.*"):
            if page.suffix in (".md", ".webp") and not (page.suffix == ".md" and is_generated(page)):
                target = root / "docs" / page.relative_to(ROOT / "docs")
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(page, target)

    def child(self, number: int, terminal: Callable[[], io.TextIOBase] = io.StringIO) -> int:
        """`handbook build` number `number` in a forked child; its process id. It exits as the command does."""
        pid = os.fork()
        if pid:
            return pid
        code = 3
        try:
            os.chdir(self.root)
            sys.stderr = terminal()  # type: ignore[assignment]
            handbook(["build", "--as-of", day_of(number)], standalone_mode=False)
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 4
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
        finally:
            if code and isinstance(sys.stderr, io.StringIO):
                print(sys.stderr.getvalue(), file=sys.__stderr__, flush=True)
            os._exit(code)

    def build(self, number: int, terminal: Callable[[], io.TextIOBase] = io.StringIO) -> None:
        """A build that must succeed."""
        status = os.waitpid(self.child(number, terminal), 0)[1]
        assert status == 0, f"build {number} ended with {status}"

    def pages(self) -> set[str]:
        """The pages of the site."""
        return {
            path.relative_to(self.root / "site").as_posix() for path in (self.root / "site").rglob("*.html")
        }

    def seen(self, pages: set[str]) -> tuple[int, int]:
        """The numbers of the builds that stand in site/ and index/; AssertionError where one is not whole."""
        site = self.root / "site"
        days = set()
        for path in site.rglob("*.html"):
            text = path.read_text(encoding="utf-8")
            assert text.rstrip().endswith("</html>"), path
            days |= set(DATE.findall(text))
        assert len(days) == 1, f"pages of several builds: {days}"
        assert self.pages() == pages, self.pages() ^ pages
        assert json.loads((site / "api/v1/index.json").read_text(encoding="utf-8"))["as_of"] in days
        engine = open_index(self.root / "index")
        assert engine.search("lao bao").total
        engine.close()
        published = (self.root / "index" / "published.json").read_text(encoding="utf-8")
        index_day = re.findall(r"\d{4}-\d\d-\d\d", published)[0]
        return tuple((date.fromisoformat(day) - FIRST_DAY).days for day in (days.pop(), index_day))  # type: ignore[return-value]

    def left_over(self) -> list[str]:
        """What a killed build left beside the output."""
        kept = {"docs", "data", "generator", "mkdocs.yml", "site", "index", ".cache"}
        found = [path.name for path in self.root.iterdir() if path.name not in kept]
        return found + [path.name for path in (self.root / ".cache").glob("build-*")]


def said_by(works: Works, number: int) -> str:
    """What a build says, by a pipe."""
    reading, writing = os.pipe()
    pid = works.child(number, lambda: os.fdopen(writing, "w", buffering=1))
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    assert os.waitpid(pid, 0)[1] == 0, said
    return said


def stages_of(said: str) -> list[str]:
    """The stages a build names, in order."""
    return [stage for stage in dict.fromkeys(STAGE.findall(said)) if stage not in NO_STAGE]


def kill(works: Works, number: int, stage: str, usual: float) -> None:
    """One build that is killed when it reaches the stage, or at a random moment of its usual seconds."""
    if stage == "at random":
        pid = works.child(number)
        time.sleep(random.uniform(0, usual))
        os.kill(pid, signal.SIGKILL)
    else:
        pid = works.child(number, lambda: Deadly(stage))
    status = os.waitpid(pid, 0)[1]
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    assert killed or stage == "at random", f"{stage} was not reached, the build ended with {status}"


def run(runs: int, only: Iterable[str]) -> dict[str, int]:
    """Kill builds; how many runs each stage had. AssertionError at the first output that is not whole.

    The swap is tried twice: as it is, and by renames alone, as on disks that cannot exchange folders.
    """
    exchange = swap._renameat2
    done: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix="killed-") as folder:
        works = Works(Path(folder))
        began = time.monotonic()
        stages = [*stages_of(said_by(works, 0)), "at random"]
        usual = time.monotonic() - began
        pages = works.pages()
        stands, number = (0, 0), 0
        for by_renames in (False, True):
            if by_renames:
                swap._renameat2 = lambda: None  # type: ignore[assignment]
                # Those between two renames are new; what comes before the swap is the same.
                number += 1
                stages = [f"{s} (renames)" for s in stages_of(said_by(works, number)) if " " in s]
                stands = (number, number)
            for stage in stages:
                for _ in range(runs if not only or stage in only else 0):
                    number += 1
                    kill(works, number, stage.removesuffix(" (renames)"), usual)
                    for place in (works.root / "site", works.root / "index"):
                        assert place.exists() or by_renames, f"{stage}: no {place.name}"
                        # What the next build does before anything else.
                        swap.recover(place)
                    seen = works.seen(pages)
                    assert set(seen) <= {*stands, number}, f"{stage}: {seen}, not {stands} or {number}"
                    stands = seen
                    done[stage] = done.get(stage, 0) + 1
        swap._renameat2 = exchange
        number += 1
        works.build(number)
        assert works.seen(pages) == (number, number)
        assert not works.left_over(), works.left_over()
    return done


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--only", action="append", default=[], help="this stage; may be given again")
    options = parser.parse_args()
    done = run(options.runs, options.only)
    for stage, count in done.items():
        print(f"{stage:26} {count:4} killed, 0 broken")


if __name__ == "__main__":
    main()

"""Killed, crowded out, without room or at the same time: the last good output stands."""

import io
import os
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from killed_builds import Works

from generator import swap
from generator.cli import main

SCRIPT = Path(__file__).with_name("killed_builds.py")


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Works:
    """A root with one good build; each test builds on, with numbers of its own."""
    made = Works(tmp_path_factory.mktemp("works"))
    made.build(0)
    return made


@pytest.fixture(scope="module")
def pages(works: Works) -> set[str]:
    """The pages of a whole site."""
    return works.pages()


@pytest.fixture
def exchanges(tmp_path: Path) -> None:
    """Only where the disk can exchange two folders in one step; elsewhere a rename leaves a gap of microseconds."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    if not swap._exchange(tmp_path / "one", tmp_path / "two"):
        pytest.skip("this disk cannot exchange two folders in one step")


def test_killed() -> None:
    """SIGKILL; each output is read whole afterwards. `killed_builds.py` alone does it at every stage, 20 times."""
    stages = ["take-over", "exchange index", "between site (renames)"]
    only = [word for stage in stages for word in ("--only", stage)]
    command = [sys.executable, str(SCRIPT), "--runs", "1", *only]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line[:26].strip() for line in lines] == stages
    assert all(line.endswith("0 broken") for line in lines)


@pytest.mark.usefixtures("exchanges")
def test_two_builds_at_once_and_a_reader(works: Works, pages: set[str]) -> None:
    """The second waits for the first, and who reads meanwhile meets whole pages of one or the other."""
    reading, writing = os.pipe()
    first = works.child(1)
    time.sleep(0.3)
    second = works.child(2, lambda: os.fdopen(writing, "w", buffering=1))
    os.close(writing)
    page, read, days, left = works.root / "site" / "index.html", 0, set(), {first, second}
    while left:
        left -= {pid for pid in left if os.waitpid(pid, os.WNOHANG) != (0, 0)}
        text = page.read_text(encoding="utf-8")
        assert text.rstrip().endswith("</html>")
        days |= set(re.findall(r'data-date="([0-9-]+)"', text))
        read += 1
    with os.fdopen(reading) as pipe:
        said = [line.split("  ")[-1] for line in pipe.read().splitlines()]
    assert said[:2] == ["wait", "check"]
    assert days == {"2026-11-21", "2026-11-22", "2026-11-23"} and read > 100
    assert works.seen(pages) == (2, 2) and not works.left_over()


def limited(size: int) -> io.TextIOBase:
    """The terminal of a child that may write no file longer than `size`: writing fails in the midst of one."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    # A pipe has no size.
    return sys.__stderr__


@pytest.mark.parametrize("size", [2_000, 60_000])
def test_no_room_for_a_file(
    works: Works, pages: set[str], size: int, capfd: pytest.CaptureFixture[str]
) -> None:
    """A limit on the size of files stands in for a full disk."""
    stood = works.seen(pages)
    pid = works.child(5, lambda: limited(size))
    status = os.waitpid(pid, 0)[1]
    assert os.waitstatus_to_exitcode(status) == 1
    assert works.seen(pages) == stood
    assert not works.left_over()


def test_a_full_disk(works: Works, pages: set[str]) -> None:
    """The place where the build works on a disk of its own that is too small, then on one that is large enough."""
    if subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode:
        pytest.skip(
            "no right to mount a disk here; test_no_room_for_a_file fails the same writes by another way"
        )
    stood = works.seen(pages)

    def on_disk_of(size: str) -> subprocess.CompletedProcess[str]:
        mount = 'mount -t tmpfs -o size="$1" none .cache && shift && exec "$@"'
        command = [
            "unshare",
            "-rm",
            "sh",
            "-c",
            mount,
            "sh",
            size,
            sys.executable,
            "-m",
            "generator.cli",
            "build",
        ]
        path = {**os.environ, "PYTHONPATH": str(SCRIPT.parents[2])}
        return subprocess.run(
            [*command, "--as-of", "2026-11-29"], cwd=works.root, env=path, capture_output=True, text=True, check=False
        )  # fmt: skip

    small = on_disk_of("300k")
    assert small.returncode == 1 and "No space left on device" in small.stderr, small.stderr
    assert "the last good output stands" in small.stderr
    assert works.seen(pages) == stood
    # Another disk than the output's: the new folders are copied beside their places before they change.
    large = on_disk_of("200m")
    assert large.returncode == 0, large.stderr
    assert works.seen(pages) == (8, 8) and not works.left_over()


def test_a_build_that_is_refused_changes_nothing(works: Works, pages: set[str]) -> None:
    stood = works.seen(pages)
    broken = works.root / "data" / "gates" / "broken.yaml"
    broken.write_text("name: [", encoding="utf-8")
    try:
        status = os.waitpid(works.child(9), 0)[1]
    finally:
        broken.unlink()
    assert os.waitstatus_to_exitcode(status) == 1
    assert works.seen(pages) == stood and not works.left_over()


@pytest.mark.parametrize("taken", ["data", "docs", ".", "..", "mine"])
def test_nobody_loses_files_by_a_mistyped_folder(
    taken: str, works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = works.root / "mine" / "letter.txt"
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("dear", encoding="utf-8")
    monkeypatch.chdir(works.root)
    before = sorted(path for path in works.root.rglob("*") if ".cache" not in path.parts)
    for option in ("--out", "--index"):
        done = CliRunner().invoke(main, ["build", option, taken, "-q"])
        assert done.exit_code == 2, done.output
    assert sorted(path for path in works.root.rglob("*") if ".cache" not in path.parts) == before
    mine.unlink()
    mine.parent.rmdir()


def test_output_can_be_read_by_others(works: Works) -> None:
    for place in ("site", "index"):
        assert (works.root / place).stat().st_mode & 0o777 == 0o755

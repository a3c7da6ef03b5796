"""Both ways to a site give the same pages; work spread over processes gives what work in turn gives."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from generator import processes
from generator.build import BuildPlan, SiteFailed, build_handbook
from generator.processes import spread
from generator.reading.handbook import Handbook
from generator.rules import DataProblems, handbook_while_checked, require_sound_handbook
from generator.site.framing import Framer, frame_of, settings
from generator.site.pages import done, framed_jobs, mkdocs_jobs
from tests.offline.small_handbook import AS_OF, REPOSITORY, build, workplace

# What `handbook build` puts into the site and MkDocs knows nothing of.
NOT_PAGES = ("api/", "search/", "admin/", "feed.xml", "lo/feed.xml", "_headers")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> BuildPlan:
    return build(workplace(tmp_path_factory.mktemp("whole")))


@pytest.fixture(scope="module")
def handbook(plan: BuildPlan) -> Handbook:
    return require_sound_handbook(plan.data_dir, AS_OF)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_bare_mkdocs_gives_the_same_site(
    plan: BuildPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workplace(tmp_path)
    monkeypatch.setenv("HANDBOOK_AS_OF", AS_OF.isoformat())
    monkeypatch.setenv("HANDBOOK_DATA", "data")
    config = load_config(config_file=str(root / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    whole, bare = files(plan.site_dir), files(root / "site")
    assert {name for name in whole if not name.startswith(NOT_PAGES)} == set(bare)
    assert [name for name, content in bare.items() if whole[name] != content] == []


def edited(root: Path) -> None:
    """A name that others print, a text, and an entry less."""
    gate = min((root / "data/gates").glob("*.yaml"))
    text = gate.read_text(encoding="utf-8")
    gate.write_text(text.replace("vi: ", "vi: Mới ", 2), encoding="utf-8")
    term = min((root / "data/glossary").glob("*.yaml"))
    term.rename(term.with_name(f"{term.stem}-b.yaml"))


def test_a_build_upon_another_gives_what_one_from_scratch_gives(tmp_path: Path) -> None:
    """Pages, open data, form and the browser's index; what is kept beside the output is used."""
    for name in ("upon", "scratch"):
        (tmp_path / name).mkdir()
    root = workplace(tmp_path / "upon")
    kept = root / ".cache/site.parsed"
    build(root)
    first = kept.read_bytes()
    edited(root)
    upon = build(root)
    assert kept.read_bytes().startswith(first) and len(kept.read_bytes()) > len(first)
    anew = workplace(tmp_path / "scratch")
    edited(anew)
    scratch = build(anew)
    made, expected = files(upon.site_dir), files(scratch.site_dir)
    assert set(made) == set(expected)
    assert [name for name, content in expected.items() if made[name] != content] == []


def test_one_core_gives_what_several_give(
    plan: BuildPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 1)
    alone = build(workplace(tmp_path))
    made, expected = files(alone.site_dir), files(plan.site_dir)
    assert set(made) == set(expected)
    assert [name for name, content in expected.items() if made[name] != content] == []


def test_a_handbook_that_is_unsound_by_its_rules_is_not_shown(plan: BuildPlan, tmp_path: Path) -> None:
    """What the preparation makes of it, be it a crash, gives way to what the rules say."""
    root = workplace(tmp_path)
    built = build(root)
    before = files(built.site_dir)
    gate = min((root / "data/gates").glob("*.yaml"))
    text = gate.read_text(encoding="utf-8")
    gate.write_text(text.replace("lo: ", "lo: ไทย ", 1), encoding="utf-8")
    with pytest.raises(DataProblems):
        build_handbook(built, lambda stage: None)
    with pytest.raises(DataProblems), handbook_while_checked(built.data_dir, AS_OF):
        raise ZeroDivisionError
    with pytest.raises(ZeroDivisionError), handbook_while_checked(plan.data_dir, AS_OF):
        raise ZeroDivisionError
    assert files(built.site_dir) == before


def test_a_frame_does_not_show_who_made_it(plan: BuildPlan, handbook: Handbook) -> None:
    """MkDocs makes home itself; framed as the other pages are, it has the same bytes."""
    config = load_config(config_file=str(plan.root / "mkdocs.yml"))
    config.extra["as_of"] = AS_OF.isoformat()
    paths = [path.relative_to(plan.docs_dir).as_posix() for path in plan.docs_dir.rglob("*.md")]
    jobs = (*mkdocs_jobs(handbook, AS_OF), *framed_jobs(handbook, AS_OF))
    framer = Framer(frame_of(settings(config), [*paths, *(p for job in jobs for p in job.paths)]))
    for job in mkdocs_jobs(handbook, AS_OF):
        for page in done(job, handbook, AS_OF):
            if page.path.endswith("/index.md"):
                address, content = framer.page(page.path, page.text)
                assert content == (plan.site_dir / address).read_bytes()


def test_a_job_makes_the_pages_it_names(handbook: Handbook) -> None:
    for job in (*mkdocs_jobs(handbook, AS_OF), *framed_jobs(handbook, AS_OF)):
        assert sorted(page.path for page in done(job, handbook, AS_OF)) == sorted(job.paths)


def test_a_link_of_a_written_page_into_a_generated_one_is_checked(tmp_path: Path) -> None:
    root = workplace(tmp_path)
    # A ledger that cannot be read or written costs time, never the build.
    (root / ".cache/site.ledger.json").mkdir(parents=True)
    plan = build(root)
    for language in ("vi", "lo"):
        page = root / f"docs/{language}/about/index.md"
        page.write_text(
            "# X {#x}\n\n[y](../gates/index.md#title) [z](../gates/index.md#nowhere)\n", encoding="utf-8"
        )
    with pytest.raises(SiteFailed) as failed:
        build_handbook(plan, lambda stage: None)
    assert [line for line in failed.value.lines if "nowhere" in line and "index.md" in line]
    assert not [line for line in failed.value.lines if "title" in line]
    assert (plan.site_dir / "index.html").is_file()


@pytest.mark.parametrize("count", [0, 1, 100])
@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers: int, count: int) -> None:
    with spread(lambda number: number * number, count, workers) as results:
        assert list(results) == [number * number for number in range(count)]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failure_in_a_worker_is_raised(workers: int) -> None:
    def work(number: int) -> int:
        if number == 40:
            raise OSError(28, "No space left on device", "here")
        return number

    with pytest.raises(OSError) as raised, spread(work, 100, workers) as results:
        list(results)
    assert (raised.value.errno, raised.value.filename) == (28, "here")


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [([], 0, "entries"), (["--data", "nowhere"], 1, "nowhere"), (["--as-of", "x"], 2, "'x'")],
)
def test_the_command_ends_with_its_exit_code_and_has_said_all(
    plan: BuildPlan, options: list[str], code: int, said: str
) -> None:
    """It ends at once, by a pipe too, which holds back what is written."""
    command = [sys.executable, "-m", "generator.start", "build", "--as-of", AS_OF.isoformat(), *options]
    done = subprocess.run(
        command,
        cwd=plan.root,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code and said in done.stderr


SLEEPERS = """
import os, time
from generator import processes
from generator.processes import spread

def work(number):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(60)

with spread(work, 2 * 16, 2) as results:
    list(results)
"""


def test_workers_end_with_a_killed_build() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", SLEEPERS], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    workers = [int(parent.stdout.readline()) for _ in range(2)]
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    until = time.monotonic() + 10
    while time.monotonic() < until and any(map(runs, workers)):
        time.sleep(0.05)
    assert not any(map(runs, workers))


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        # One that ended and whose end nobody has asked for yet no longer runs.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False

"""A build that takes over what has not changed gives the bytes of a clean one, whatever was edited in between."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.build_plan import BuildPlan
from generator.ledger import PACKAGES, bytes_digest, program_digest, read_ledger
from generator.model.kinds import KINDS
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.watched import Digests, Trace, watched
from generator.rules import require_sound_handbook
from generator.site_build import SiteBuild
from tests.offline.small_handbook import AS_OF, workplace


class Built(NamedTuple):
    """A site with the search documents that came of it."""

    site: SiteBuild
    documents: list[bytes]


class Desk:
    """A handbook that is edited, with the site of its last build."""

    def __init__(self, folder: Path) -> None:
        self.root = workplace(folder)
        self.today = AS_OF
        self.work = folder / "work"

    def plan(self, name: str) -> BuildPlan:
        return BuildPlan(self.root, self.root / "data", self.root / name, self.root / "index", self.today)

    @property
    def last(self) -> BuildPlan:
        return self.plan("last")

    def build(self, plan: BuildPlan) -> Built:
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir()
        plan.ledger.parent.mkdir(exist_ok=True)
        handbook = require_sound_handbook(plan.data_dir, self.today)
        site = SiteBuild(plan, handbook, self.work)
        documents = site.kept_documents()
        site.make(documents.extend, lambda stage: None)
        site.complete()
        return Built(site, sorted(documents))

    def again(self) -> tuple[Built, dict[str, bytes]]:
        """Build from the last site, and put the new one in its place."""
        built = self.build(self.last)
        shutil.rmtree(self.last.site_dir, ignore_errors=True)
        (self.work / "site").rename(self.last.site_dir)
        built.site.remember()
        return built, contents(self.last.site_dir)

    def clean(self) -> tuple[Built, dict[str, bytes]]:
        return self.build(self.plan("none")), contents(self.work / "site")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    built, _ = desk.again()
    assert built.site.kept == 0
    return desk


def lines(desk: Desk) -> list[str]:
    return desk.last.ledger.read_text(encoding="utf-8").split("\n")


def first(desk: Desk, kind: str) -> Path:
    return min((desk.root / "data" / kind).glob("*.yaml"))


def names_changed(desk: Desk) -> None:
    """The name of a gate stands on lists, in neighbours, on the border line and wherever it is linked."""
    file = first(desk, "gates")
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith("  vi: "))
    lines[at] = "  vi: Cửa khẩu đổi tên\n"
    file.write_text("".join(lines), encoding="utf-8")
    source = first(desk, "sources")
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("title: ", "title: Bản mới ", 1), encoding="utf-8")


def entry_added(desk: Desk) -> None:
    """One more in the middle of its kind changes its neighbours too."""
    file = first(desk, "glossary")
    file.with_name(f"{file.stem}-b.yaml").write_bytes(file.read_bytes())
    with (desk.root / "docs/vi/about/index.md").open("a", encoding="utf-8") as page:
        page.write("\nThêm một câu.\n")


def entry_removed(desk: Desk) -> None:
    """And somebody's hand in the last site does not reach the next one."""
    next((desk.root / "data/glossary").glob("*-b.yaml")).unlink()
    (desk.last.site_dir / "gates/index.html").write_text("<p>x</p>", encoding="utf-8")
    (desk.last.site_dir / "lo/gates/index.html").unlink()


def day_changed(desk: Desk) -> None:
    desk.today = date(2027, 6, 1)


def address_changed(desk: Desk) -> None:
    config = desk.root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("https://handbook.example/", "https://elsewhere.example/"), encoding="utf-8"
    )


def ledger_cut_off(desk: Desk) -> None:
    said = desk.last.ledger.read_bytes()
    desk.last.ledger.write_bytes(said[: len(said) // 2])


@pytest.mark.parametrize(
    ("edit", "least_kept"),
    [
        (names_changed, 1),
        (entry_added, 1),
        (entry_removed, 1),
        (day_changed, 0),
        (address_changed, 0),
        (ledger_cut_off, 0),
    ],
)
def test_never_stale(desk: Desk, edit: Callable[[Desk], None], least_kept: int) -> None:
    edit(desk)
    built, site = desk.again()
    clean, expected = desk.clean()
    assert set(site) == set(expected)
    assert [name for name, content in expected.items() if site[name] != content] == []
    assert built.documents == clean.documents
    assert (built.site.kept >= least_kept) and (bool(built.site.kept) == bool(least_kept))


def test_nothing_changed_nothing_made(desk: Desk) -> None:
    desk.again()
    built, _ = desk.again()
    assert built.site.made == 0 and built.site.kept > 50


def test_another_program_keeps_nothing(desk: Desk, tmp_path: Path) -> None:
    """Any file of the program counts: code, labels, templates, styles."""
    copy = tmp_path / "site"
    shutil.copytree(PACKAGES[0] / "site", copy, ignore=shutil.ignore_patterns("__pycache__"))
    seen = {program_digest((copy,))}
    for name in (
        "labels/vi.yaml",
        "templates/entry.html",
        "theme/base.html",
        "theme/css/base.css",
        "pages.py",
    ):
        with (copy / name).open("a", encoding="utf-8") as file:
            file.write("\n")
        program_digest.cache_clear()
        seen.add(program_digest((copy,)))
    program_digest.cache_clear()
    assert len(seen) == 6
    written = json.loads(lines(desk)[0])["program"]
    assert read_ledger(desk.last.ledger, written).jobs
    assert not read_ledger(desk.last.ledger, "another").jobs


def test_a_ledger_cannot_lead_out_of_the_site(desk: Desk, tmp_path: Path) -> None:
    desk.again()
    secret = desk.last.site_dir.parent / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    head, first_job, *rest = lines(desk)
    job = json.loads(first_job)
    job[2] = {"../secret.txt": bytes_digest(b"secret")}
    desk.last.ledger.write_text("\n".join((head, json.dumps(job), *rest)), encoding="utf-8")
    _, site = desk.again()
    assert not (desk.work / "secret.txt").exists()
    assert not [name for name, content in site.items() if content == b"secret"]


@pytest.fixture(scope="module")
def handbook(desk: Desk) -> Handbook:
    return require_sound_handbook(desk.root / "data", AS_OF)


def test_readings_are_noted(handbook: Handbook) -> None:
    trace = Trace()
    seen = watched(handbook, trace)
    entry_id = next(iter(handbook.entries["gates"]))
    assert seen.entries["gates"].get("none") is None
    assert seen.backlinks.get(EntryKey("gates", entry_id)) == handbook.backlinks.get(
        EntryKey("gates", entry_id)
    )
    assert trace.taken() == [("entry", "gates", "none"), ("links", "gates", entry_id)]
    assert [len(seen.entries[kind]) for kind in KINDS] == [len(handbook.entries[kind]) for kind in KINDS]
    assert {what for what, _, _ in trace.taken()} == {"ids"}
    assert list(seen) == list(handbook)
    assert ("entry", "gates", entry_id) in trace.taken()


def test_a_reading_changes_with_what_it_gives(handbook: Handbook) -> None:
    digests = Digests(handbook, {"vi": frozenset({"a"})})
    entry_id = next(iter(handbook.entries["gates"]))
    key = EntryKey("gates", entry_id)
    files = dict(handbook.files) | {key: replace(handbook.files[key], text="other")}
    changed = Digests(Handbook(handbook.entries, files), {"vi": frozenset()})
    for reading in (("entry", "gates", entry_id), ("page", "vi", "a")):
        assert digests.of(reading) != changed.of(reading)
    for reading in (("ids", "gates", ""), ("links", "gates", entry_id), ("entry", "gates", "none")):
        assert digests.of(reading) == changed.of(reading)
    assert digests.of(("entry", "gates", "none")) == ""


def test_who_prints_a_name_is_touched_by_the_name_alone(handbook: Handbook) -> None:
    trace = Trace()
    seen = watched(handbook, trace)
    entry_id, gate = next(iter(handbook.entries["gates"].items()))
    assert seen.name_of("gates", entry_id) == gate.name  # type: ignore[attr-defined]
    reading = ("name", "gates", entry_id)
    assert trace.taken() == [reading]
    key = EntryKey("gates", entry_id)
    files = dict(handbook.files) | {key: replace(handbook.files[key], text="other")}
    digests = [Digests(Handbook(handbook.entries, files), {}), Digests(handbook, {})]
    assert digests[0].of(reading) == digests[1].of(reading)
    renamed = gate.model_copy(update={"name": gate.name.model_copy(update={"lo": "ດ່ານ"})})  # type: ignore[attr-defined]
    entries = dict(handbook.entries) | {"gates": {**handbook.entries["gates"], entry_id: renamed}}
    assert Digests(Handbook(entries, files), {}).of(reading) != digests[1].of(reading)
    assert digests[1].of(("name", "gates", "none")) == ""

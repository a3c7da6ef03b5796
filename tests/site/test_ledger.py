"""A build that takes over what has not changed gives the bytes of a clean one, whatever was edited in between."""

import json
import shutil
from collections.abc import Callable
from dataclasses import astuple, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pydantic import ValidationError

from generator.build_plan import BuildPlan
from generator.ledger import bytes_digest, read_ledger
from generator.mkdocs_build import MkDocsBuild
from generator.model.gate import Gate
from generator.model.kinds import KINDS
from generator.program import PACKAGES, program_digest
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.references import iter_references
from generator.reading.texts import iter_texts
from generator.reading.watched import Digests, Trace, reading_of, watched
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

    def build(self, plan: BuildPlan, handbook: Handbook | None = None) -> Built:
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir()
        plan.ledger.parent.mkdir(exist_ok=True)
        handbook = handbook or require_sound_handbook(plan.data_dir, self.today)
        site = SiteBuild(plan, handbook, self.work)
        documents = site.kept_documents()
        site.make(documents.extend, lambda stage: None)
        site.complete()
        return Built(site, sorted(documents))

    def again(self, handbook: Handbook | None = None) -> tuple[Built, dict[str, bytes]]:
        """Build from the last site, and put the new one in its place."""
        built = self.build(self.last, handbook)
        shutil.rmtree(self.last.site_dir, ignore_errors=True)
        (self.work / "site").rename(self.last.site_dir)
        built.site.remember()
        return built, contents(self.last.site_dir)

    def clean(self, handbook: Handbook | None = None) -> tuple[Built, dict[str, bytes]]:
        return self.build(self.plan("none"), handbook), contents(self.work / "site")


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


# Fields that are tried by default: of the kinds that most pages read.
SAMPLE = (("gates", "vietnam"), ("procedures", "steps"), ("agreements", "name"))


def said_otherwise(value: Any) -> Any:
    """The same with something added to every text in two languages."""
    if isinstance(value, dict) and {"vi", "lo"} <= value.keys() and isinstance(value["vi"], str):
        return {**value, "vi": f"{value['vi']} thêm", "lo": f"{value['lo']} ເພີ່ມ"}
    if isinstance(value, dict):
        return {key: said_otherwise(item) for key, item in value.items()}
    return [said_otherwise(item) for item in value] if isinstance(value, list) else value


def with_field_changed(handbook: Handbook, kind: str, field: str) -> Handbook | None:
    """The field of all entries of a kind says something else, or nothing; None where it cannot."""
    entries, files = dict(handbook.entries[kind]), dict(handbook.files)
    for entry_id in entries:
        key = EntryKey(kind, entry_id)
        values = dict(files[key].values or {})
        other = said_otherwise(values.get(field))
        if field not in values:
            continue
        if other != values[field]:
            values[field] = other
        elif not KINDS[kind].model_fields[field].is_required():
            del values[field]
        try:
            entries[entry_id] = KINDS[kind].model_validate(values)
        except ValidationError:
            continue
        files[key] = replace(files[key], values=values, text=json.dumps(values, ensure_ascii=False))
    changed = Handbook({**handbook.entries, kind: entries}, files)
    return changed if changed.files != handbook.files else None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if {"kind", "field"} <= set(metafunc.fixturenames):
        every = [(kind, field) for kind, model in KINDS.items() for field in model.model_fields]
        metafunc.parametrize(("kind", "field"), every if metafunc.config.getoption("--thorough") else SAMPLE)


def test_no_page_misses_a_field_it_prints(desk: Desk, handbook: Handbook, kind: str, field: str) -> None:
    """One field of a kind is other than in the last build, in all entries, and nothing else."""
    now = with_field_changed(handbook, kind, field)
    if now is None:
        pytest.skip("no entry says anything there that could be otherwise")
    desk.again(handbook)
    built, site = desk.again(now)
    _, expected = desk.clean(now)
    assert [name for name, content in expected.items() if site[name] != content] == []
    assert built.site.kept


def test_nothing_changed_nothing_made(desk: Desk) -> None:
    desk.again()
    built, _ = desk.again()
    assert built.site.made == 0 and built.site.kept > 50


def test_settings_are_those_of_the_file_and_its_variables(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made_from(today: date = AS_OF) -> str:
        return MkDocsBuild(desk.root / "mkdocs.yml", tmp_path, tmp_path, today).made_from

    said = {made_from()}
    for name in ("_", "HOME", "A_VARIABLE_OF_SOMEBODY"):
        monkeypatch.setenv(name, "else")
    assert {made_from()} == said
    said.add(made_from(date(2027, 1, 1)))
    monkeypatch.setenv("HANDBOOK_SITE_URL", "https://elsewhere.example/")
    said.add(made_from())
    text = (desk.root / "mkdocs.yml").read_text(encoding="utf-8")
    monkeypatch.setattr(Path, "read_text", lambda self, encoding: f"{text}# more\n")
    said.add(made_from())
    assert len(said) == 4


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


def readings(trace: Trace) -> set[tuple[str, ...]]:
    return {tuple(one.split("\t")) for one in trace.taken()}


def test_readings_are_noted(handbook: Handbook) -> None:
    trace = Trace()
    seen = watched(handbook, trace)
    entry_id = next(iter(handbook.entries["gates"]))
    assert seen.entries["gates"].get("none") is None
    assert seen.backlinks.get(EntryKey("gates", entry_id)) == handbook.backlinks.get(
        EntryKey("gates", entry_id)
    )
    assert readings(trace) == {("there", "gates", "none"), ("links", "gates", entry_id)}
    assert [len(seen.entries[kind]) for kind in KINDS] == [len(handbook.entries[kind]) for kind in KINDS]
    assert {what for what, _, _ in readings(trace)} == {"ids"}
    assert [key for key, _ in seen] == [key for key, _ in handbook]
    assert {what for what, _, _ in readings(trace)} == {"ids"}
    assert entry_id in seen.entries["gates"]
    assert readings(trace) == {("there", "gates", entry_id)}


def test_an_entry_seen_is_the_entry_and_notes_its_fields(handbook: Handbook) -> None:
    trace = Trace()
    seen = watched(handbook, trace)
    for key, entry in handbook:
        twin = seen.entries[key.kind][key.id]
        assert isinstance(twin, type(entry)) and twin.kind == entry.kind
        trace.taken()
        for field in type(entry).model_fields:
            assert getattr(twin, field) == getattr(entry, field)
            assert readings(trace) == {(f".{field}", key.kind, key.id)}
        assert twin.model_dump() == entry.model_dump()
        assert twin.model_fields_set == entry.model_fields_set
        assert ("whole", key.kind, key.id) in readings(trace)
        assert list(iter_references(twin)) == list(iter_references(entry))
        assert list(iter_texts(twin)) == list(iter_texts(entry))


def test_what_a_method_of_an_entry_reads_is_noted(handbook: Handbook) -> None:
    trace = Trace()
    seen = watched(handbook, trace)
    entry_id, gate = next(iter(handbook.of(Gate).items()))
    assert seen.of(Gate)[entry_id].class_on(AS_OF) == gate.class_on(AS_OF)
    assert (".classes", "gates", entry_id) in readings(trace)


def changed(handbook: Handbook, key: EntryKey, **fields: object) -> Handbook:
    """The same handbook with other values in the file of an entry."""
    source = handbook.files[key]
    other = replace(source, text=f"{source.text}# changed\n", values={**(source.values or {}), **fields})
    return Handbook(handbook.entries, {**handbook.files, key: other})


def test_a_reading_changes_with_what_it_gives(handbook: Handbook) -> None:
    digests = Digests(handbook, {"vi": frozenset({"a"})})
    entry_id = next(iter(handbook.entries["gates"]))
    key = EntryKey("gates", entry_id)
    others = changed(handbook, key, name={"vi": "Khác", "lo": "ອື່ນ"})
    now = Digests(others, {"vi": frozenset()}, digests.wholes)
    for what in ("whole", ".name"):
        assert digests.of(reading_of(what, *astuple(key))) != now.of(reading_of(what, *astuple(key)))
    assert digests.of(reading_of("page", "vi", "a")) != now.of(reading_of("page", "vi", "a"))
    for one in (
        reading_of(".sources", *astuple(key)),
        reading_of("there", *astuple(key)),
        reading_of("links", *astuple(key)),
        reading_of("ids", "gates", ""),
        reading_of("there", "gates", "none"),
    ):
        assert digests.of(one) == now.of(one)
    assert digests.of(reading_of("there", "gates", "none")) == ""
    gone = {**handbook.entries, "gates": {}}
    assert Digests(Handbook(gone, handbook.files), {}).of(reading_of("there", *astuple(key))) == ""


def test_an_entry_as_it_was_is_not_looked_at_again(handbook: Handbook) -> None:
    """Its digests are those noted before, and only as long as its text is the same."""
    key = EntryKey("gates", next(iter(handbook.entries["gates"])))
    name = reading_of(".name", *astuple(key))
    noted = {**Digests(handbook, {}).wholes, name: "noted before"}
    assert Digests(handbook, {}, noted).of(name) == "noted before"
    assert Digests(changed(handbook, key), {}, noted).of(name) == Digests(handbook, {}).of(name)

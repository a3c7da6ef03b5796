"""The browser form: made from the model, writes as the formatter does, and saves what an official changed and no more."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from clone_work import git
from local_forge import branches, forge, saved, site
from playwright.sync_api import Browser, Page

from generator.cli import main
from generator.editing.fmt import format_text
from generator.editing.form import ADMIN, forge_at, form_config, form_shapes
from generator.editing.form_jobs import form_jobs
from generator.editing.shape import Shape, shape_of
from generator.model.kinds import KINDS
from generator.reading.handbook import Handbook
from generator.reading.load import load_handbook

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "fixtures" / "problems" / "base"
REPO = "https://github.com/example/handbook"
ROUND_TRIP = """
const {formatFor} = require(process.argv[1]);
const {shapes, files} = JSON.parse(require("fs").readFileSync(0, "utf8"));
const out = files.map(([kind, text]) => {
  const format = formatFor(kind, shapes[kind]);
  return format.toFile(JSON.parse(JSON.stringify(format.fromFile(text))));
});
process.stdout.write(JSON.stringify(out));
"""


@pytest.fixture(scope="module")
def real() -> Handbook:
    return load_handbook(ROOT / "data").handbook


def round_trip(files: list[tuple[str, str]], data: Any) -> list[str]:
    assert shutil.which("node"), "node is missing: run `make setup-test`"
    asked = json.dumps({"shapes": data["shapes"], "files": files})
    done = subprocess.run(
        ["node", "-e", ROUND_TRIP, str(ADMIN / "format.js")],
        input=asked,
        capture_output=True,
        text=True,
        check=True,
    )
    made: list[str] = json.loads(done.stdout)
    return made


def test_the_form_writes_every_real_entry_as_the_formatter_does(real: Handbook) -> None:
    wanted = [(key.kind, format_text(source.text, key.kind)) for key, source in real.files.items()]
    assert len(wanted) > 1000
    for (_kind, text), made in zip(wanted, round_trip(wanted, {"shapes": form_shapes()}), strict=True):
        assert made == text


def test_margin_comments_and_odd_values_survive_the_form(real: Handbook) -> None:
    text = format_text(
        "# why this gate\nname: {vi: 'no', lo: ບໍ່}\nmarker: '0605'\nhours: unknown\nclasses: []\n"
        "vietnam:\n  road: '1e3'\n# the end\n",
        "gates",
    )
    assert round_trip([("gates", text)], {"shapes": form_shapes()}) == [text]


def declared(fields: list[dict[str, Any]], shape: Shape) -> None:
    assert [field["name"] for field in fields] == list(shape.fields)
    for field in fields:
        part = shape.fields[field["name"]]
        assert field["label"] and field["hint"]
        if part.kind in ("text", "name", "phrase"):
            assert field["widget"] == "pair" and field["languages"] == list(part.fields)
        elif part.kind == "ref":
            assert (field["widget"], field["kind"]) == ("reference", part.ref)
        elif part.kind == "choice":
            assert [row["value"] for row in field["options"]][: len(part.choices)] == list(part.choices)
        elif field["widget"] == "object":
            declared(field["fields"], part)
        elif part.kind == "list" and part.item is not None and part.item.kind in ("text", "phrase"):
            assert [row["name"] for row in field["fields"]] == list(part.item.fields)
        elif part.kind == "list" and part.item is not None and "fields" in field:
            declared(field["fields"], part.item)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_key_is_declared_with_a_widget_that_fits(kind: str) -> None:
    config = form_config(forge_at(REPO))
    (collection,) = [row for row in config["collections"] if row["name"] == kind]
    declared(collection["fields"], shape_of(kind))
    assert collection["folder"] == f"data/{kind}" and collection["format"] == f"handbook-{kind}"


@pytest.mark.parametrize(
    ("address", "name", "host"),
    [
        ("https://github.com/a/b", "github", "https://api.github.com"),
        ("https://gitlab.com/a/b/c", "gitlab", "https://gitlab.com"),
        ("https://git.example/a/b", "forgejo", "https://git.example"),
    ],
)
def test_the_forge_is_told_by_the_repository(address: str, name: str, host: str) -> None:
    found = forge_at(address)
    assert found.backend["name"] == name
    assert host in found.hosts
    assert address.endswith(found.backend["repo"])


def test_what_the_forge_wants_to_know_of_the_form() -> None:
    assert forge_at("https://gitlab.com/a/b", "0123").backend["app_id"] == "0123"
    assert forge_at("https://git.example/a/b", "0123").backend["app_id"] == "0123"
    github = forge_at("https://github.com/a/b", "https://relay.example")
    assert github.backend["base_url"] == "https://relay.example" and "https://relay.example" in github.hosts
    assert "app_id" not in forge_at("https://gitlab.com/a/b").backend


def write_form(handbook: Handbook, site: Path) -> None:
    """The form as a built site holds it."""
    for job in form_jobs(handbook, REPO, ""):
        for name, content in job.make():
            path = site / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def test_config_is_data_and_no_way_out_of_its_script(tmp_path: Path, real: Handbook) -> None:
    write_form(real, tmp_path)
    said = {}
    for name in ("config", "entries"):
        text = (tmp_path / "admin" / f"{name}.js").read_text(encoding="utf-8")
        assert "</" not in text
        _, _, value = text.partition(" = ")
        said[name] = json.loads(value.removesuffix(";\n"))
    assert said["config"]["config"]["backend"]["repo"]
    assert {kind: list(of_kind) for kind, of_kind in said["entries"].items()} == {
        kind: list(of_kind) for kind, of_kind in real.entries.items()
    }
    page = (tmp_path / "admin" / "index.html").read_text(encoding="utf-8")
    assert "FORGE_HOSTS" not in page and "https://api.github.com" in page


class Desk:
    """An official at the form: a page of the browser, and the clone that saves go to."""

    def __init__(self, page: Page, clone: Path, address: str) -> None:
        self.page, self.clone, self.address = page, clone, address
        self.console: list[str] = []
        self.requests: list[str] = []
        page.on("pageerror", lambda error: self.console.append(f"{error}{error.stack or ''}"))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(address)
        page.get_by_role("button", name="Đăng nhập").or_(page.get_by_role("button", name="Login")).click()
        page.get_by_role("link", name="Cửa khẩu / ດ່ານ").first.wait_for()

    def open(self, kind: str, entry_id: str) -> None:
        self._go(f"{kind}/entries/{entry_id}")

    def _go(self, place: str) -> None:
        """A fresh page each time: what the last test left open is no part of this one."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}#/collections/{place}")
        self.page.locator(".pair, input[id^=title-field]").first.wait_for()

    def create(self, kind: str) -> None:
        self._go(f"{kind}/new")

    def save(self) -> None:
        self.page.get_by_role("button", name="Lưu", exact=True).click()
        self.page.get_by_text("Bản nháp", exact=False).or_(
            self.page.get_by_text("Mục đã được lưu")
        ).first.wait_for()

    def check(self, kind: str, entry_id: str) -> str:
        """What `check` and `fmt --check` say of the saved branch, in a copy: the form's server works in the clone."""
        fetched = self.clone.parent / f"{kind}-{entry_id}"
        git(
            self.clone.parent,
            "clone",
            "-q",
            "--branch",
            f"cms/{kind}/{entry_id}",
            str(self.clone),
            str(fetched),
        )
        data = str(fetched / "data")
        said = CliRunner().invoke(main, ["check", "--data", data, "--as-of", "2026-11-21", "--lang", "en"])
        laid = CliRunner().invoke(main, ["fmt", "--check", f"{data}/{kind}/{entry_id}.yaml"])
        assert laid.exit_code == 0, laid.output
        return said.output


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("form")
    clone = folder / "clone"
    shutil.copytree(BASE, clone / "data")
    CliRunner().invoke(main, ["fmt", "--data", str(clone / "data")])
    git(clone, "init", "-q", "-b", "main")
    git(clone, "add", "data")
    git(clone, "commit", "-q", "-m", "Base")
    write_form(load_handbook(clone / "data").handbook, folder / "site")
    with site(folder / "site") as pages, forge(clone) as local:
        address = f"http://127.0.0.1:{pages}/admin/index.html?local={local}"
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        yield Desk(page, clone, address)
        page.close()


@pytest.mark.browser
def test_a_pair_and_a_list_are_edited_and_the_change_is_small(desk: Desk) -> None:
    desk.open("gates", "lao-bao")
    summary = desk.page.locator(".pair").nth(1)
    summary.locator("textarea[lang=vi]").fill("Cặp cửa khẩu trên Quốc lộ 9.")
    summary.locator("textarea[lang=lo]").fill("ຄູ່ດ່ານຢູ່ທາງຫຼວງແຫ່ງຊາດ 9.")
    desk.page.get_by_role("button", name="Thêm / ເພີ່ມ: cách gọi khác").first.click()
    desk.page.locator("input[id*=item-field]:visible").first.fill("Lao Bao - Densavan, cũ")
    desk.save()
    assert saved(desk.clone, "gates", "lao-bao").splitlines() == [
        "-summary: {vi: Cửa khẩu trên Quốc lộ 9., lo: ດ່ານຢູ່ທາງຫຼວງແຫ່ງຊາດ 9.}",
        '+aliases: ["Lao Bao - Densavan, cũ"]',
        "+summary: {vi: Cặp cửa khẩu trên Quốc lộ 9., lo: ຄູ່ດ່ານຢູ່ທາງຫຼວງແຫ່ງຊາດ 9.}",
    ]
    assert desk.check("gates", "lao-bao") == ""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("kind", "entry_id"),
    [
        ("provinces", "savannakhet"),
        ("offices", "customs"),
        ("agreements", "law"),
        ("documents", "declaration"),
        ("glossary", "declaration"),
        ("procedures", "export"),
        ("statistics", "trade"),
        ("goods", "coffee"),
        ("journeys", "out"),
        ("zones", "lao-bao"),
        ("projects", "road"),
        ("events", "conference"),
        ("notices", "hours"),
    ],
)
def test_one_word_changed_is_one_line_changed(desk: Desk, kind: str, entry_id: str) -> None:
    desk.open(kind, entry_id)
    name = desk.page.locator(".pair").first
    for language, word in (("vi", " mới"), ("lo", "ໃໝ່")):
        field = name.locator(f"textarea[lang={language}]")
        field.fill(field.input_value() + word)
    desk.save()
    lines = saved(desk.clone, kind, entry_id).splitlines()
    assert [line[0] for line in lines] == ["-", "+"]
    assert "mới" in lines[1] and "ໃໝ່" in lines[1]
    assert "error" not in desk.check(kind, entry_id)


@pytest.mark.browser
def test_a_new_source_is_created(desk: Desk) -> None:
    desk.create("sources")
    desk.page.locator("input[id^=title-field]").fill("Báo Thương mại")
    for key, text in (
        ("publisher", "Bộ Công Thương"),
        ("url", "https://moit.gov.vn/x"),
        ("published", "2026-10"),
    ):
        desk.page.locator(f"input[id^={key}-field]").fill(text)
    for key, choice in (("lang", "tiếng Việt"), ("source_kind", "Báo chí")):
        desk.page.locator(f"input[id^={key}-field]").fill(choice)
        desk.page.keyboard.press("Enter")
    desk.page.locator("input[id^=on-field]").fill("2026-11")
    desk.page.locator("input[id^=by-field]").fill("editors")
    desk.save()
    assert saved(desk.clone, "sources", "bao-thuong-mai").splitlines() == [
        "+# yaml-language-server: $schema=../schema/sources.schema.json",
        "+title: Báo Thương mại",
        "+publisher: Bộ Công Thương",
        "+url: https://moit.gov.vn/x",
        "+published: 2026-10",
        "+lang: vi",
        "+source_kind: press",
        "+verified:",
        "+  on: 2026-11",
        "+  by: editors",
    ]
    assert desk.check("sources", "bao-thuong-mai") == ""


@pytest.mark.browser
def test_nothing_is_asked_of_other_hosts(desk: Desk) -> None:
    hosts = {url.split("/")[2].split(":")[0] for url in desk.requests if url.startswith("http")}
    assert hosts == {"127.0.0.1"}
    assert desk.console == []


@pytest.mark.browser
def test_half_a_pair_and_a_wrong_reference_are_not_saved(desk: Desk) -> None:
    desk.open("provinces", "quang-tri")
    desk.page.locator(".pair").first.locator("textarea[lang=lo]").fill("")
    desk.page.locator("input[list=entries-provinces]:visible").first.fill("quang-tree")
    desk.page.get_by_role("button", name="Lưu", exact=True).click()
    desk.page.get_by_text("Cần cả tiếng Việt và tiếng Lào").first.wait_for()
    desk.page.get_by_text("Không có mục này").first.wait_for()
    assert "cms/provinces/quang-tri" not in branches(desk.clone)

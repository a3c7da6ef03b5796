"""The copy for a stick: what is in it, that it is the same bytes each time, and that it works from a fresh folder."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page
from small_handbook import AS_OF, REPOSITORY

from generator.build import BuildPlan
from generator.offline.bundle import HOST_FOLDERS, HOST_ONLY, Bundle, BundlePlan, bundle_of
from generator.offline.copies import read_copy
from generator.offline.delta import make_delta
from generator.offline.portable.manifest import MANIFEST


@pytest.fixture(scope="session")
def plan(built: BuildPlan) -> BundlePlan:
    return BundlePlan(REPOSITORY, built.site_dir, built.index_dir)


@pytest.fixture(scope="session")
def made(plan: BundlePlan) -> Bundle:
    return bundle_of(plan)


@pytest.fixture(scope="session")
def unpacked(made: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy in a fresh folder, with a space and a letter beyond ASCII in its name, as readers have them."""
    folder = tmp_path_factory.mktemp("thẻ USB")
    (folder / "copy.zip").write_bytes(made.content)
    with zipfile.ZipFile(folder / "copy.zip") as archive:
        archive.extractall(folder / "handbook")
    return folder / "handbook"


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def test_the_same_data_gives_the_same_bytes(plan: BundlePlan, made: Bundle, tmp_path: Path) -> None:
    """Also when the site lies elsewhere, with other dates and modes on its files."""
    site = shutil.copytree(plan.site_dir, tmp_path / "site", copy_function=shutil.copyfile)
    assert bundle_of(BundlePlan(REPOSITORY, site, plan.index_dir)).content == made.content


def test_names_dates_and_modes_of_the_zip(made: Bundle, tmp_path: Path) -> None:
    path = tmp_path / "copy.zip"
    path.write_bytes(made.content)
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    names = [member.filename for member in members]
    assert names == sorted(names)
    assert len(names) == made.files
    assert all(re.fullmatch(r"[A-Za-z0-9._/-]+", name) for name in names)
    assert len({name.lower() for name in names}) == len(names)
    assert {member.date_time for member in members} == {(2026, 11, 21, 0, 0, 0)}
    assert {member.external_attr >> 16 for member in members} == {0o100644}


def test_what_a_stick_has_no_use_for_is_left_out(unpacked: Path, plan: BundlePlan) -> None:
    here = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert not here & HOST_ONLY
    assert not [name for name in here if name.endswith((".map", ".pyc"))]
    site = {path.relative_to(plan.site_dir).as_posix() for path in plan.site_dir.rglob("*") if path.is_file()}
    assert site >= HOST_ONLY, "a file that is no longer made need not be left out"
    assert {name for name in site - HOST_ONLY if not name.startswith(HOST_FOLDERS)} <= here
    assert not [name for name in here if name.startswith(HOST_FOLDERS)]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        for name in ("href", "src", "action"):
            value = said.get(name)
            if value is not None and not (tag == "link" and said.get("rel") == "canonical"):
                self.found.append((tag, value))


def _links(page: Path) -> Iterator[tuple[str, str]]:
    parser = _Links()
    parser.feed(page.read_text(encoding="utf-8"))
    yield from parser.found


def test_every_link_leads_somewhere_in_the_copy_or_is_plainly_a_web_address(unpacked: Path) -> None:
    for page in pages(unpacked):
        for tag, href in _links(page):
            parts = urlsplit(href)
            if parts.scheme:
                assert tag == "a", f"{page}: {href} would be fetched"
                continue
            assert not href.startswith("/"), f"{page}: {href}"
            if parts.path:
                assert (page.parent / unquote(parts.path)).is_file(), f"{page}: {href}"


def test_no_path_of_the_machine_it_was_made_on(unpacked: Path, plan: BundlePlan) -> None:
    for place in (str(REPOSITORY), str(plan.site_dir.parent), str(Path.home()) + "/"):
        for path in unpacked.rglob("*"):
            if path.is_file():
                assert place.encode() not in path.read_bytes(), path


def test_readme_in_three_languages_and_open_data(unpacked: Path) -> None:
    for language, words in (
        ("vi", "bản dùng không cần mạng"),
        ("lo", "ໂດຍບໍ່ຕ້ອງມີອິນເຕີເນັດ"),
        ("en", "without a line"),
    ):
        text = (unpacked / f"README.{language}.txt").read_text(encoding="utf-8-sig")
        assert words in text
        assert "21/11/2026" in text
        assert "21/2/2027" in text
        assert words in (unpacked / "README.html").read_text(encoding="utf-8")
    assert json.loads((unpacked / "api/v1/index.json").read_bytes())["as_of"] == "2026-11-21"
    manifest = json.loads((unpacked / MANIFEST).read_bytes())
    assert (manifest["published"], manifest["check_by"]) == ("2026-11-21", "2027-02-21")


def test_it_verifies_itself_with_python_alone(unpacked: Path) -> None:
    """`-S -I`: no site-packages, no environment, as on a post's computer."""
    command = [sys.executable, "-I", "-S", str(unpacked / "apply.py"), "--verify", "--lang", "en"]
    for _ in range(2):
        run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        assert (run.returncode, "is whole" in run.stdout) == (0, True), run.stderr


def test_one_fact_makes_a_small_update(plan: BundlePlan, made: Bundle, tmp_path: Path) -> None:
    """Published a fortnight later, so that the date on every page changes as well."""
    site = shutil.copytree(plan.site_dir, tmp_path / "site")
    for path in [*site.rglob("*.html"), *site.rglob("*.json")]:
        text = path.read_text(encoding="utf-8")
        text = text.replace("2026-11-21", "2026-12-05").replace("21/11/2026", "5/12/2026")
        if path.name.startswith("lao-bao"):
            text = text.replace("17:00", "17:45")
        path.write_text(text, encoding="utf-8")
    later = bundle_of(BundlePlan(REPOSITORY, site, plan.index_dir))
    for name, bundle in (("old", made), ("new", later)):
        (tmp_path / f"{name}.zip").write_bytes(bundle.content)
    base, target = read_copy(tmp_path / "old.zip"), read_copy(tmp_path / "new.zip")
    content, _ = make_delta(base, target)
    assert target.manifest.published.on == date(2026, 12, 5)
    assert len(content) < len(made.content) / 100
    copy = tmp_path / "copy"
    with zipfile.ZipFile(tmp_path / "old.zip") as archive:
        archive.extractall(copy)
    (tmp_path / "update.zip").write_bytes(content)
    command = [sys.executable, "-I", "-S", str(copy / "apply.py"), str(tmp_path / "update.zip")]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    assert read_copy(copy).files == target.files


# In a browser, from file:, with the network cut


# Any request that leaves the machine ends at a proxy nobody listens at.
CUT = {"server": "http://127.0.0.1:9"}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="vi-VN", proxy=CUT)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("file:", "data:", "blob:"))
            else said.append(f"left the machine: {request.url}")
        ),
    )
    yield page
    context.close()
    assert said == []


@pytest.mark.browser
def test_opens_with_a_double_click_and_switches_languages(unpacked: Path, page: Page) -> None:
    page.goto((unpacked / "index.html").as_uri())
    assert page.locator("html").get_attribute("lang") == "vi"
    page.locator(".langs a[data-set=lo]").click()
    page.wait_for_url("**/lo/index.html")
    assert page.locator("html").get_attribute("lang") == "lo"
    page.goto((unpacked / "gates/lao-bao.html").as_uri())
    page.locator(".langs a[data-set=both]").click()
    page.wait_for_url("**/both/gates/lao-bao.html*")
    assert page.locator(".par [lang=lo]").count() == page.locator(".par [lang=vi]").count() > 10
    assert page.evaluate(
        "document.fonts.ready.then(() => document.fonts.check('16px \"Noto Sans Lao\"', 'ດ່ານ'))"
    )


@pytest.mark.browser
@pytest.mark.parametrize(("words", "language"), [("cua khau lao bao", "vi"), ("ດ່ານລາວບາວ", "lo")])
def test_searches_in_both_scripts(unpacked: Path, page: Page, words: str, language: str) -> None:
    page.goto((unpacked / ("search.html" if language == "vi" else "lo/search.html")).as_uri())
    box = page.locator("main input[type=search]")
    box.fill(words)
    box.press("Enter")
    hit = page.locator("main .hits a").first
    hit.wait_for(timeout=20_000)
    first = [page.locator("main .hits a").nth(n).get_attribute("href") or "" for n in range(3)]
    assert any("gates/lao-bao.html" in href for href in first)


@pytest.mark.browser
def test_the_finder_and_the_border_line_are_there(unpacked: Path, page: Page) -> None:
    page.goto((unpacked / "finder.html").as_uri())
    assert page.locator("main form, main [data-finder]").count()
    page.goto((unpacked / "gates/index.html").as_uri())
    assert page.locator(".bl a").count() >= 2


@pytest.mark.browser
@pytest.mark.parametrize(
    ("later", "weight"), [(10, ""), (100, "ageing"), (200, "overdue")], ids=["fresh", "ageing", "overdue"]
)
def test_pages_know_their_age_by_the_readers_clock(
    unpacked: Path, browser: Browser, later: int, weight: str
) -> None:
    context = browser.new_context(locale="vi-VN", proxy=CUT)
    page = context.new_page()
    page.clock.set_fixed_time(date.fromordinal(AS_OF.toordinal() + later).isoformat() + "T08:00:00+07:00")
    page.goto((unpacked / "gates/lao-bao.html").as_uri())
    notes = page.locator("#notes")
    assert f"{later} ngày" in page.locator("#age").inner_text()
    if not weight:
        assert notes.inner_text() == ""
    else:
        assert "21/11/2026" in notes.inner_text()
        assert notes.locator("[lang=lo]").count() == (1 if weight == "overdue" else 0)
    context.close()

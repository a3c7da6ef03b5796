"""The search that travels: Python alone, the same answers as the index it was made from, and its age told first."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_handbook import AS_OF

from generator.build import BuildPlan
from generator.cli import main
from generator.offline.portable.age import Published, age_lines
from generator.offline.portable.packed_index import FORMAT, PackedIndex, PackedIndexError
from generator.offline.terminal_search import pack_index, search_archive
from search.engine import Engine, open_index

PUBLISHED = Published(AS_OF, 92, 183)
QUERIES = [
    "cua khau lao bao",
    "cửa khẩu Lao Bảo",
    "ດ່ານລາວບາວ",
    "ດ່ານ ສາກົນ",
    "mẫu S",
    "form S",
    "ຟອມ S",
    "sắn",
    "ມັນຕົ້ນ",
    "giấy chứng nhận xuất xứ",
    "ໃບຢັ້ງຢືນແຫຼ່ງກຳເນີດສິນຄ້າ",
    "0714",
    "hiep dinh thuong mai 2024",
    "dansavanh",
    "to khai hai qua",
    "hai quan lao bo",
    "ພາສີ",
    "xyzzy không có",
    "",
    "(((",
]


@pytest.fixture(scope="session")
def archive(built: BuildPlan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stick") / "search.pyz"
    path.write_bytes(search_archive(built.index_dir, PUBLISHED))
    return path


@pytest.fixture(scope="session")
def engines(built: BuildPlan) -> Iterator[tuple[Engine, Engine]]:
    members = pack_index(built.index_dir)
    engine = open_index(built.index_dir)
    yield engine, Engine(PackedIndex(members.__getitem__))  # type: ignore[arg-type]  # the same interface
    engine.close()


def ask(archive: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """`-S`: without site-packages, so that a library nobody packed would be missed."""
    command = [sys.executable, "-I", "-S", str(archive), *arguments]
    return subprocess.run(
        command, input=given, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("lang", ["vi", "lo"])
def test_answers_are_those_of_the_index(engines: tuple[Engine, Engine], query: str, lang: str) -> None:
    whole, packed = (engine.search(query, lang).to_json() | {"took_ms": 0} for engine in engines)
    assert packed == whole


def test_filters_answer_alike(engines: tuple[Engine, Engine]) -> None:
    for only, kind in (("lo", None), (None, "gates"), ("vi", "documents"), (None, "no such kind")):
        whole, packed = (
            engine.search("lao bao", only=only, kind=kind, limit=100).to_json() | {"took_ms": 0}
            for engine in engines
        )
        assert packed == whole


def test_words_begun_are_completed_alike(engines: tuple[Engine, Engine]) -> None:
    whole, packed = (engine.reader for engine in engines)
    begun = {"folded": ("", "l", "la", "ດ", "ho", "zzz"), "pair": ("lao+", "lao+b", "cua+kh", "ດານ+", "zzz+")}
    for field, prefixes in begun.items():
        for prefix in prefixes:
            for most in (1, 5, 1000):
                assert packed.starting(field, prefix, most) == whole.starting(field, prefix, most)


def test_finds_with_python_alone_in_both_scripts(archive: Path) -> None:
    for words, lang in (("cua khau lao bao", "vi"), ("ດ່ານລາວບາວ", "lo")):
        run = ask(archive, words, "--json")
        assert run.returncode == 0, run.stderr
        assert run.stderr == ""
        answer = json.loads(run.stdout)
        found = [(hit["kind"], hit["id"]) for hit in answer["hits"][:3]]
        assert ("gates", "lao-bao") in found
        assert answer["hits"][0]["lang"] == lang


def test_many_queries_from_standard_input(archive: Path) -> None:
    run = ask(archive, "--batch", given="sắn\nມັນຕົ້ນ\n")
    assert [json.loads(line)["query"] for line in run.stdout.splitlines()] == ["sắn", "ມັນຕົ້ນ"]
    assert run.stderr == ""


def test_age_is_said_first_on_the_error_stream(archive: Path) -> None:
    run = ask(archive, "lao bao")
    assert "21/11/2026" in run.stderr
    assert "21/11/2026" not in run.stdout
    assert "Lao Bảo" in run.stdout


def test_misuse_is_told(archive: Path) -> None:
    assert ask(archive).returncode == 2
    assert ask(archive, "x", "--batch").returncode == 2


def test_an_index_of_another_version_is_refused(archive: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.pyz"
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(old, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "index/index.json":
                content = content.replace(FORMAT.encode(), b"other")
            target.writestr(name, content)
    run = ask(old, "lao bao")
    assert run.returncode == 1
    for words in ("Không đọc được", "ອ່ານຂໍ້ມູນຄົ້ນຫາ", "Cannot read"):
        assert words in run.stderr


def test_a_damaged_index_is_refused() -> None:
    for content in (b"", b"{}", b"[]"):
        with pytest.raises(PackedIndexError):
            PackedIndex({"index.json": content}.__getitem__)
    with pytest.raises(PackedIndexError):
        PackedIndex({}.__getitem__)


@pytest.mark.parametrize(
    ("days", "lang", "count", "words"),
    [
        (0, "vi", 1, "Cần kiểm tra lại trước ngày 21/2/2027"),
        (92, "lo", 1, "ກ່ອນວັນທີ 21/2/2027"),
        (92, None, 2, "ກ່ອນວັນທີ 21/2/2027"),
        (93, "vi", 2, "đã qua ngày kiểm tra lại"),
        (183, "lo", 2, "ກາຍວັນກວດກາຄືນ"),
        (184, "vi", 2, "ເກົ່າເກີນໄປ"),
        (-5, "vi", 1, "tính đến ngày 21/11/2026"),
    ],
)
def test_a_stale_copy_says_so_in_both_languages(days: int, lang: str | None, count: int, words: str) -> None:
    lines = age_lines(PUBLISHED, AS_OF + timedelta(days=days), lang)  # type: ignore[arg-type]
    assert len(lines) == count
    assert any(words in line for line in lines)


def test_the_handbooks_own_search_tells_the_age_too(
    built: BuildPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days, words in ((1, "21/2/2027"), (200, "ເກົ່າເກີນໄປ")):
        monkeypatch.setattr("generator.commands.search.today", lambda days=days: AS_OF + timedelta(days=days))
        run = CliRunner().invoke(main, ["search", "--index", str(built.index_dir), "lao bao"])
        assert run.exit_code == 0, run.output
        assert words in run.stderr
        assert words not in run.stdout
    run = CliRunner().invoke(main, ["search", "--index", str(built.index_dir), "--json", "lao bao"])
    assert run.stderr == ""


def test_a_clock_before_the_data_says_nothing_of_age() -> None:
    assert len(age_lines(PUBLISHED, date(2020, 1, 1), "vi")) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--json", "lao", "bao"),
        ("lao", "--json", "bao"),
        ("lao bao", "--json", "--lang", "vi"),
        ("--json", "--", "lao", "bao"),
    ],
)
def test_words_and_options_in_any_order(built: BuildPlan, arguments: tuple[str, ...]) -> None:
    run = CliRunner().invoke(main, ["search", "--index", str(built.index_dir), *arguments])
    assert run.exit_code == 0, run.output
    answer = json.loads(run.stdout)
    assert answer["query"] == "lao bao"
    assert "lao-bao" in [hit["id"] for hit in answer["hits"][:3]]


@pytest.mark.parametrize("query", ["-1", "--json", "-h", "--"])
def test_behind_two_dashes_anything_can_be_asked(built: BuildPlan, query: str) -> None:
    run = CliRunner().invoke(main, ["search", "--index", str(built.index_dir), "--json", "--", query])
    assert run.exit_code == 0, run.output
    assert json.loads(run.stdout)["query"] == query


@pytest.mark.parametrize(
    "arguments", [(), ("--batch", "lao"), ("--limit", "x", "lao"), ("--lang", "en", "lao"), ("--no", "lao")]
)
def test_wrong_use_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    run = CliRunner().invoke(main, ["search", *arguments])
    assert run.exit_code == 2
    assert "usage: handbook search" in run.stderr


def test_a_search_loads_nothing_that_the_other_commands_need(built: BuildPlan) -> None:
    """As a process of its own, through the entry point that is installed."""
    code = (
        "import sys; from generator.start import start\n"
        "try: start()\n"
        "except SystemExit: pass\n"
        "print(sorted({'click', 'pydantic', 'yaml', 'mkdocs', 'urllib.request', 'asyncio'} & {*sys.modules}))"
    )
    command = [sys.executable, "-c", code, "search", "--index", str(built.index_dir), "lao bao"]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert run.stdout.splitlines()[-1] == "[]"
    assert "gates/lao-bao.html" in run.stdout

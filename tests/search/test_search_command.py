"""``python -m search``."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
DOCUMENTS = HERE / "documents.jsonl"
SYNONYMS = HERE / "synonyms.json"

HIT = {"id", "kind", "title", "url", "score", "snippet", "lang", "highlights"}


def run(*arguments: str | Path, text: str = "") -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "search", *map(str, arguments)]
    return subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", check=False)


def test_index_then_query(tmp_path: Path) -> None:
    out = tmp_path / "index"
    built = run("index", DOCUMENTS, "--synonyms", SYNONYMS, "--out", out)
    assert built.returncode == 0, built.stderr
    assert built.stdout == ""
    asked = run(
        "query",
        "--index",
        out,
        "cua khau lao bao",
        "--lang",
        "lo",
        "--kind",
        "gates",
        "--limit",
        "2",
        "--json",
    )
    answer = json.loads(asked.stdout)
    assert asked.stdout.count("\n") == 1
    assert set(answer) == {"query", "took_ms", "total", "suggestion", "hits"}
    assert [set(hit) for hit in answer["hits"]] == [HIT] * len(answer["hits"])
    assert answer["hits"][0]["id"] == "lao-bao"
    assert answer["hits"][0]["lang"] == "lo"
    assert all(isinstance(answer["hits"][0][key], str) for key in ("title", "url", "snippet"))


def test_batch_answers_each_line_by_itself(small_index: Path) -> None:
    done = run("query", "--index", small_index, "--batch", "--limit", "1", text="lao bao\n\nລາວບາວ\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["query"] for answer in answers] == ["lao bao", "", "ລາວບາວ"]
    assert [len(answer["hits"]) for answer in answers] == [1, 0, 1]


def test_for_people(small_index: Path) -> None:
    done = run("query", "--index", small_index, "cua khau lao bao")
    assert "→ cửa khẩu Lao Bảo" in done.stdout
    assert done.stdout.index("gates") < done.stdout.index("Lao Bảo - Đen Sạ Vẳn")
    assert "\033" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["query", "--index", "no-such-folder", "x"], 1),
        (["query", "--index", "no-such-folder"], 2),
        (["query", "--index", ".", "x", "--limit", "-1"], 2),
        (["query", "--index", ".", "x", "--lang", "en"], 2),
        (["index", "no-such-file", "--out", "x"], 2),
    ],
)
def test_exit_codes(arguments: list[str], code: int) -> None:
    done = run(*arguments)
    assert done.returncode == code
    assert done.stderr and "Traceback" not in done.stderr


def test_bad_lines_are_named(tmp_path: Path) -> None:
    (tmp_path / "docs.jsonl").write_text('{"id": "a"}\n{"id": 1}\n', encoding="utf-8")
    done = run("index", tmp_path / "docs.jsonl", "--out", tmp_path / "index")
    assert done.returncode == 1
    assert "docs.jsonl:2: id" in done.stderr
    assert not (tmp_path / "index").exists()


def test_control_characters_never_reach_a_terminal(tmp_path: Path) -> None:
    line = {"id": "a", "title": {"vi": "cửa \x1b[31mkhẩu\u202e"}, "kind": "k\x07"}
    (tmp_path / "docs.jsonl").write_text(json.dumps(line), encoding="utf-8")
    run("index", tmp_path / "docs.jsonl", "--out", tmp_path / "index")
    shown = run("query", "--index", tmp_path / "index", "cua khau").stdout
    assert "khẩu" in shown
    assert not set(shown) & set("\x1b\x07\u202e")


def test_no_import_of_the_generator() -> None:
    code = (
        "import sys, search.cli, search.server; print([m for m in sys.modules if m.startswith('generator')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_odd_lines_that_are_still_documents(tmp_path: Path) -> None:
    """A byte order mark, blank lines, either line end, nulls, empty texts, unknown keys, and one very long text."""
    long = "hàng hóa qua biên giới " * 40_000 + "kim cương đỏ"
    rows = [
        {"id": "a", "title": {"vi": "Cửa khẩu", "fr": "poste"}, "extra": {"x": [1]}},
        {"id": "b", "kind": "", "aliases": None, "codes": ["", "0714"], "sections": [{}], "weight": None},
        {"id": "c", "title": {"vi": ""}, "sections": [{"anchor": None, "text": {"lo": "ລາວ", "vi": None}}]},
        {"id": "a", "kind": "other", "url": None, "title": {"en": "same id, other kind"}},
        {"id": "long", "sections": [{"text": {"vi": long}}]},
        {"id": "\ud800", "title": {"vi": "một nửa ký tự \udc00"}},
        {"id": "nothing"},
    ]
    lines = "\ufeff" + "\r\n\n".join(json.dumps(row) for row in rows)
    (tmp_path / "docs.jsonl").write_text(lines, encoding="utf-8")
    built = run("index", tmp_path / "docs.jsonl", "--out", tmp_path / "index")
    assert (built.returncode, built.stderr) == (0, f"{len(rows)} documents indexed in {tmp_path / 'index'}\n")
    asked = run(
        "query",
        "--index",
        tmp_path / "index",
        "--batch",
        text="cua khau\n07.14\nລາວ\nsame\nkim cuong do\nnửa",
    )
    found = [json.loads(line)["hits"][0]["id"] for line in asked.stdout.splitlines()]
    assert found[:5] == ["a", "b", "c", "a", "long"]
    assert len(found) == 6


def test_no_documents_is_an_index_that_finds_nothing(tmp_path: Path) -> None:
    (tmp_path / "docs.jsonl").write_text("\n\n", encoding="utf-8")
    assert run("index", tmp_path / "docs.jsonl", "--out", tmp_path / "index").returncode == 0
    asked = run("query", "--index", tmp_path / "index", "lao bao", "--json")
    assert json.loads(asked.stdout)["total"] == asked.returncode == 0


@pytest.mark.parametrize("groups", ["{}", '[["a", 1]]', "[[", '["a"]'])
def test_bad_synonyms_are_named(tmp_path: Path, groups: str) -> None:
    (tmp_path / "docs.jsonl").write_text('{"id": "a"}', encoding="utf-8")
    (tmp_path / "groups.json").write_text(groups, encoding="utf-8")
    options = ["--synonyms", tmp_path / "groups.json", "--out", tmp_path / "index"]
    done = run("index", tmp_path / "docs.jsonl", *options)
    assert done.returncode == 1
    assert "groups.json" in done.stderr and "Traceback" not in done.stderr

"""The program's tables are parsed once, and say what parsing says."""

from pathlib import Path

import pytest
import yaml

from generator import tables
from generator.tables import read_table

TEXT = "a: [1, 1.5, true, null, 'x']\nb: {c: 07:00}\n"


@pytest.fixture
def table(tmp_path: Path, keeps_compiled: Path) -> Path:
    """A table; Python keeps what it compiles in `compiled` beside it."""
    file = tmp_path / "words.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are parsed."""
    texts: list[str] = []
    real = yaml.load

    def noted(text: str, Loader: type) -> object:
        texts.append(text)
        return real(text, Loader=Loader)

    monkeypatch.setattr(tables.yaml, "load", noted)
    return texts


def test_parsed_once(table: Path, parses: list[str]) -> None:
    assert read_table(table) == read_table(table) == {"a": [1, 1.5, True, None, "x"], "b": {"c": "07:00"}}
    assert parses == [TEXT]


def test_another_text_or_way_is_parsed_anew(table: Path, parses: list[str]) -> None:
    read_table(table)
    assert read_table(table, plain=True)["a"] == ["1", "1.5", "true", "null", "x"]
    assert read_table(table)["a"][0] == 1
    table.write_text("a: 2\n", encoding="utf-8")
    assert read_table(table) == {"a": 2}
    assert len(parses) == 4


def test_what_is_kept_and_not_whole_is_parsed_anew(
    table: Path, keeps_compiled: Path, parses: list[str]
) -> None:
    whole = read_table(table)
    (kept,) = keeps_compiled.rglob("*.pyc")
    content = kept.read_bytes()
    for damaged in (b"", content[:-3], content[:-9] + b"x" + content[-8:]):
        kept.write_bytes(damaged)
        assert read_table(table) == whole
    assert len(parses) == 4 and kept.read_bytes() == content


@pytest.mark.parametrize("text", ["a: 2026-11-21\n", "1: a\n"])
def test_what_json_has_not_is_refused(table: Path, text: str) -> None:
    table.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"words\.yaml"):
        read_table(table)

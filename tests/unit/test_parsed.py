"""What is taken from the record of parsed files is what parsing gives, whatever has become of the record."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.reading import parsed
from generator.reading.load import load_handbook
from generator.reading.parsed import Parsed
from generator.rules import DataProblems, handbook_while_checked

BASE = Path(__file__).parent.parent / "fixtures" / "problems" / "base"
TODAY = date(2026, 11, 21)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "data"))


@pytest.fixture
def record(data: Path, tmp_path: Path) -> Path:
    """A record of all files."""
    file = tmp_path / "parsed"
    read = Parsed(file)
    load_handbook(data, parsed=read)
    read.keep()
    return file


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files that are parsed."""
    names: list[str] = []

    def noted(text: str, name: str) -> parsed.SourceFile:
        names.append(name)
        return real(text, name)

    real = parsed.parse_source
    monkeypatch.setattr(parsed, "parse_source", noted)
    return names


def same(data: Path, record: Path) -> Parsed:
    """Load with the record and without; everything is the same."""
    read = Parsed(record)
    with_record, without = load_handbook(data, parsed=read), load_handbook(data)
    assert with_record.problems == without.problems
    assert with_record.handbook.entries == without.handbook.entries
    for key, source in without.handbook.files.items():
        taken = with_record.handbook.files[key]
        assert (taken.values, taken.text, taken.places, taken.keys) == (
            source.values,
            source.text,
            source.places,
            source.keys,
        )
    return read


def test_nothing_is_parsed_twice(data: Path, record: Path, parses: list[str]) -> None:
    same(data, record)
    assert parses == []
    edited = next((data / "gates").iterdir())
    edited.write_text(edited.read_text(encoding="utf-8") + "# x\n", encoding="utf-8")
    same(data, record).keep()
    assert [Path(name).name for name in parses] == [edited.name]
    parses.clear()
    before = record.read_bytes()
    same(data, record).keep()
    assert parses == [] and record.read_bytes() == before


def cut_off(text: str) -> str:
    return text[:-40]


def by_another_reader(text: str) -> str:
    return "another" + text[text.index("\n") :]


def no_json(text: str) -> str:
    return text.replace(" {", " [", 3)


def another_word(text: str) -> str:
    return text.replace("vi", "lo", 5)


def empty(text: str) -> str:
    return ""


@pytest.mark.parametrize("damage", [cut_off, by_another_reader, no_json, another_word, empty])
def test_a_record_that_is_not_whole_costs_time_only(
    damage: Callable[[str], str], data: Path, record: Path, parses: list[str]
) -> None:
    whole = record.read_text(encoding="utf-8")
    record.write_text(damage(whole), encoding="utf-8")
    same(data, record).keep()
    assert parses
    parses.clear()
    same(data, record)
    assert parses == []
    assert sorted(record.read_text(encoding="utf-8").split()) == sorted(whole.split())


def test_what_no_file_says_any_more_goes(data: Path, record: Path) -> None:
    size = record.stat().st_size
    file = next((data / "gates").iterdir())
    text = file.read_text(encoding="utf-8")
    files = sum(1 for _ in data.rglob("*.yaml"))
    for number in range(3 * files):
        file.write_text(f"{text}# {number}\n", encoding="utf-8")
        read = Parsed(record)
        load_handbook(data, parsed=read)
        read.keep()
    assert record.stat().st_size < size + (files + 1) * (len(text.encode()) + 200)
    same(data, record)


def test_a_file_with_problems_is_always_parsed(data: Path, record: Path, parses: list[str]) -> None:
    broken = next((data / "gates").iterdir())
    broken.write_text("name: {vi: a, lo: b}\nname: {vi: a, lo: b}\n", encoding="utf-8")
    for _ in range(2):
        same(data, record).keep()
    assert len(parses) == 2


def test_problems_of_files_from_the_record_have_their_places(data: Path, record: Path) -> None:
    """The entry that others refer to goes: they stay as they were, and are wrong now."""
    for source in (data / "sources").iterdir():
        source.unlink()
    with pytest.raises(DataProblems) as plain, handbook_while_checked(data, TODAY):
        pass
    with pytest.raises(DataProblems) as recorded, handbook_while_checked(data, TODAY, Parsed(record)):
        pass
    assert recorded.value.checked.problems == plain.value.checked.problems
    assert {problem.line for problem in plain.value.checked.problems} != {1}

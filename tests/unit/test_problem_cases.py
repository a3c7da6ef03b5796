"""Every problem code has a case that shows it and one that does not, in tests/fixtures/problems/<code>/.

`bad/` and `good/` are laid over the sound handbook in `base/`; `expected` names place, severity and code.
"""

import re
import shutil
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from generator.messages import codes, message_for
from generator.problems import Problem, sort_problems
from generator.reading.load import load_handbook
from generator.reading.parsed import Parsed
from generator.reading.source import MAX_BYTES, MAX_NODES
from generator.rules import (
    ALONE,
    FOLLOWING,
    RULES,
    WARNING,
    DataProblems,
    check_handbook,
    handbook_while_checked,
    rule_named,
)

CASES = Path(__file__).parent.parent / "fixtures" / "problems"
TODAY = date(2026, 11, 21)
# These need a file no repository can hold; the tests below make it.
MADE = {"unreadable", "not-a-file", "file-too-large", "too-many-values", "no-data-folder", "duplicate-id"}
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir() and path.name != "base")


def laid_over(tmp_path: Path, case: Path) -> Path:
    data = tmp_path / "data"
    shutil.copytree(CASES / "base", data)
    shutil.copytree(case, data, dirs_exist_ok=True)
    return data


def found(data: Path) -> list[str]:
    checked = check_handbook(data, TODAY)
    start = len(str(data)) + 1
    return [f"{p.file[start:]}:{p.line}:{p.column}: {p.severity}[{p.code}]" for p in checked.problems]


def test_every_code_has_a_case() -> None:
    assert sorted(codes()) == sorted({*NAMES, *MADE})


def test_the_base_is_sound(tmp_path: Path) -> None:
    shutil.copytree(CASES / "base", tmp_path / "data")
    assert found(tmp_path / "data") == []


@pytest.mark.parametrize("name", NAMES)
def test_bad_case_gives_one_message_at_its_place(name: str, tmp_path: Path) -> None:
    expected = (CASES / name / "expected").read_text(encoding="utf-8").splitlines()
    assert found(laid_over(tmp_path, CASES / name / "bad")) == expected


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build of the sound handbook keeps of its files."""
    record = tmp_path_factory.mktemp("kept") / "record"
    parsed = Parsed(record)
    with handbook_while_checked(CASES / "base", TODAY, parsed):
        pass
    parsed.keep()
    return record


def refused(data: Path, parsed: Parsed | None) -> list[Problem]:
    """The errors a build stops at."""
    try:
        with handbook_while_checked(data, TODAY, parsed):
            pass
    except DataProblems as error:
        return [problem for problem in error.checked.problems if problem.severity == "error"]
    return []


@pytest.mark.parametrize("name", NAMES)
def test_a_build_stops_at_every_error_and_at_no_warning(name: str, tmp_path: Path, record: Path) -> None:
    """It does not ask the rules that only warn, nor, after a sound one, some of the others of files it has seen."""
    data = laid_over(tmp_path, CASES / name / "bad")
    errors = [problem for problem in check_handbook(data, TODAY).problems if problem.severity == "error"]
    assert refused(data, None) == errors
    after = Parsed(record)
    assert refused(data, after) == errors
    assert after.sound


@pytest.mark.parametrize("rule", sorted(ALONE))
def test_a_rule_that_looks_at_a_file_alone_looks_at_no_other(rule: str, tmp_path: Path) -> None:
    check = rule_named(rule)
    handbook = load_handbook(laid_over(tmp_path, CASES / code_of(rule) / "bad")).handbook
    together = sort_problems(check(handbook, TODAY))
    alone = [problem for key in handbook.files for problem in check(handbook.only({key}), TODAY)]
    assert together and sort_problems(alone) == together


def code_of(rule: str) -> str:
    code: str = import_module(f"generator.rules.{rule}").CODE
    return code


def test_rules_set_apart_are_rules() -> None:
    assert set(RULES) > WARNING | ALONE | FOLLOWING
    assert not ALONE & (WARNING | FOLLOWING)


@pytest.mark.parametrize("name", NAMES)
def test_good_case_is_clean(name: str, tmp_path: Path) -> None:
    good = CASES / name / "good"
    assert found(laid_over(tmp_path, good) if good.is_dir() else laid_over(tmp_path, CASES / "base")) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["vi", "lo", "en"])
def test_message_is_filled_in(name: str, lang: str, tmp_path: Path) -> None:
    checked = check_handbook(laid_over(tmp_path, CASES / name / "bad"), TODAY)
    for problem in checked.problems:
        text = problem.message(lang)
        assert "{" not in text.replace("{vi:", "") and "“?”" not in text and "None" not in text


@pytest.mark.parametrize("code", codes())
def test_texts_differ_by_language_and_name_the_same_values(code: str) -> None:
    texts = [message_for(code, lang) for lang in ("vi", "lo", "en")]
    for part in ("sentence", "why", "remedy"):
        assert len({getattr(text, part) for text in texts}) == 3
    assert all(re.search("[\u0e80-\u0eff]", text) for text in (texts[1].sentence, texts[1].why))
    assert texts[0].example


def gate_in(tmp_path: Path) -> Path:
    shutil.copytree(CASES / "base", tmp_path / "data")
    return tmp_path / "data" / "gates" / "lao-bao.yaml"


def test_link_is_not_followed(tmp_path: Path) -> None:
    gate = gate_in(tmp_path)
    outside = tmp_path / "outside.yaml"
    gate.rename(outside)
    gate.symlink_to(outside)
    assert "gates/lao-bao.yaml:1:1: error[not-a-file]" in found(tmp_path / "data")


def test_unreadable_file(tmp_path: Path) -> None:
    gate = gate_in(tmp_path)
    gate.unlink()
    gate.mkdir()
    assert "gates/lao-bao.yaml:1:1: error[unreadable]" in found(tmp_path / "data")


def test_too_large_file_is_not_read(tmp_path: Path) -> None:
    gate = gate_in(tmp_path)
    gate.write_text("# " + "x" * MAX_BYTES, encoding="utf-8")
    assert found(tmp_path / "data") == ["gates/lao-bao.yaml:1:1: error[file-too-large]"]


def test_too_many_values(tmp_path: Path) -> None:
    gate = gate_in(tmp_path)
    gate.write_text("aliases: [" + "a, " * (MAX_NODES + 1) + "a]\n", encoding="utf-8")
    problems = found(tmp_path / "data")
    assert len(problems) == 1 and problems[0].endswith("error[too-many-values]")


def test_names_that_differ_by_case_are_one_file(tmp_path: Path) -> None:
    gate = gate_in(tmp_path)
    shutil.copy(gate, gate.with_name("Lao-Bao.yaml"))
    assert "gates/lao-bao.yaml:1:1: error[duplicate-id]" in found(tmp_path / "data")


def test_no_data_folder(tmp_path: Path) -> None:
    problems = check_handbook(tmp_path / "nothing", TODAY).problems
    assert [problem.code for problem in problems] == ["no-data-folder"]

"""The real data edited as an official would, with the mistakes people make: each gives one message with place and remedy."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.messages import guide_address
from generator.problems import Problem, report
from generator.rules import check_handbook

ROOT = Path(__file__).parents[2]
AS_OF = date(2026, 11, 21)


def without_basis(match: re.Match[str]) -> str:
    return re.sub(r"    basis:\n      .*\n", "", match[0])


# Code, the kind edited, what is there and what is written instead, and what the message says to write.
MISTAKES = {
    "date-text": (
        "agreements",
        r"effective: (\d+)-0(\d)-(\d\d)\n",
        r"effective: \3/\2/\1\n",
        r"\d{4}-\d\d-\d\d",
    ),
    "fee-without-basis": (
        "procedures",
        r"    amount: [1-9]\d*\n(    .*\n)*?    basis:\n      .*\n",
        without_basis,
        "basis",
    ),
    "hours-text": ("gates", r"opens: 07:00", "opens: 7:00", '"07:00"'),
    "unknown-reference": ("zones", r"sources: \[([a-z-]+)", r"sources: [\1x", r"[a-z-]+"),
    "lao-digits": ("notices", r"(  lo: .*)2025", r"\g<1>໒໐໒໕", "2025"),
    "number-parity": ("projects", r"(  vi: .*)202[56]", r"\g<1>2019", "2019"),
}


def mistaken(data: Path, code: str, used: set[Path]) -> Path:
    """Make the mistake in the first file of its kind that has such a place; the file."""
    kind, there, instead, _remedy = MISTAKES[code]
    for file in sorted((data / kind).glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        edited = re.sub(there, instead, text, count=1)
        if edited != text and file not in used:
            file.write_text(edited, encoding="utf-8")
            return file
    raise AssertionError(f"no place for {code} in {kind}")


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Problem]]:
    """The errors, by the code of the mistake made in their file."""
    data = tmp_path_factory.mktemp("fresh") / "data"
    shutil.copytree(ROOT / "data", data)
    made: dict[Path, str] = {}
    for code in MISTAKES:
        made[mistaken(data, code, set(made))] = code
    found: dict[str, list[Problem]] = {}
    for problem in check_handbook(data, AS_OF).problems:
        if problem.severity == "error":
            found.setdefault(made.get(Path(problem.file), problem.file), []).append(problem)
    return found


def test_nothing_else_is_wrong(problems: dict[str, list[Problem]]) -> None:
    assert set(problems) == set(MISTAKES)


@pytest.mark.parametrize("lang", ["vi", "lo", "en"])
@pytest.mark.parametrize("code", MISTAKES)
def test_one_message_with_place_and_remedy(problems: dict[str, list[Problem]], code: str, lang: str) -> None:
    (problem,) = problems[code]
    assert problem.code == code
    (line,) = report([problem], checked=1, output="text", lang=lang).splitlines()
    assert re.match(rf"{re.escape(problem.file)}:[1-9]\d*:[1-9]\d*: error\[{code}\] ", line)
    assert re.search(MISTAKES[code][3], problem.message(lang))
    assert line.endswith(f"({guide_address(code, lang)})")

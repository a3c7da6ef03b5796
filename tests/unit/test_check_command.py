"""`handbook check`: formats, languages, paths and exit codes."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.messages import guide_address, message_for

CASES = Path(__file__).parent.parent / "fixtures" / "problems"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(CASES / "base", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return tmp_path / "data"


def check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--as-of", "2026-11-21", *arguments])


def break_gate(data: Path) -> None:
    gate = data / "gates" / "lao-bao.yaml"
    gate.write_text(gate.read_text(encoding="utf-8").replace('"07:00"', "7:00"), encoding="utf-8")


def test_clean_data_is_silent_and_zero(data: Path) -> None:
    result = check("--lang", "vi")
    assert (result.exit_code, result.output) == (0, "")


def test_text_line_has_place_severity_code_and_what_to_write(data: Path) -> None:
    break_gate(data)
    result = check("--lang", "en")
    assert result.exit_code == 1
    assert result.output.startswith("data/gates/lao-bao.yaml:17:12: error[hours-text] “7:00” ")
    assert 'Write: "07:00"' in result.output
    assert len(result.output.splitlines()) == 1


@pytest.mark.parametrize("lang", ["vi", "lo", "en"])
def test_language_of_the_message(data: Path, lang: str) -> None:
    break_gate(data)
    expected = message_for("hours-text", lang).fill({"found": "7:00", "expected": "07:00"})
    page = guide_address("hours-text", lang)
    assert check("--lang", lang).output.rstrip().endswith(f"{expected} ({page})")


def test_the_page_named_is_on_the_published_site(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_gate(data)
    monkeypatch.setenv("HANDBOOK_SITE_URL", "https://handbook.example/")
    for output in ("text", "github"):
        said = check("--format", output, "--lang", "lo").output
        assert "(https://handbook.example/lo/contribute/errors/hours-text.html)" in said


def test_language_from_the_environment(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_gate(data)
    monkeypatch.setenv("HANDBOOK_LANG", "lo")
    assert message_for("hours-text", "lo").remedy.split("{")[0] in check().output


def test_json_report(data: Path) -> None:
    break_gate(data)
    result = check("--format", "json", "--lang", "en")
    report = json.loads(result.output)
    assert set(report) == {"problems", "checked"}
    assert report["checked"] == len(list(data.rglob("*.yaml")))
    (problem,) = report["problems"]
    assert set(problem) == {"file", "line", "column", "severity", "code", "message"}
    assert (problem["file"], problem["line"], problem["column"]) == ("data/gates/lao-bao.yaml", 17, 12)
    assert (problem["severity"], problem["code"]) == ("error", "hours-text")


def test_json_report_of_clean_data(data: Path) -> None:
    result = check("--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.output)["problems"] == []


def test_github_annotation(data: Path) -> None:
    break_gate(data)
    line = check("--format", "github", "--lang", "vi").output
    assert line.startswith("::error file=data/gates/lao-bao.yaml,line=17,col=12,title=hours-text::")


def test_github_is_the_default_in_a_workflow(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_gate(data)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert check().output.startswith("::error ")


def test_paths_narrow_the_report_but_not_the_references(data: Path) -> None:
    break_gate(data)
    assert check("data/provinces").exit_code == 0
    assert check("data/gates/lao-bao.yaml").exit_code == 1
    assert check("data/gates").exit_code == 1
    assert json.loads(check("--format", "json", "data/provinces").output)["checked"] == 3


def test_other_data_folder(data: Path, tmp_path: Path) -> None:
    data.rename(tmp_path / "elsewhere")
    assert check("--data", "elsewhere").exit_code == 0


@pytest.mark.parametrize("arguments", [["--format", "xml"], ["--lang", "fr"], ["no-such-file"], ["--what"]])
def test_misuse_is_two(data: Path, arguments: list[str]) -> None:
    assert check(*arguments).exit_code == 2


def test_warnings_alone_do_not_fail(data: Path) -> None:
    shutil.copytree(CASES / "length-ratio" / "bad", data, dirs_exist_ok=True)
    result = check()
    assert result.exit_code == 0
    assert "warning[length-ratio]" in result.output


def test_mistakes_of_six_kinds_give_six_messages(data: Path) -> None:
    """A wrong date, a fee without basis, a Lao digit, a mistyped id, a one-sided number and a short hour."""
    gate, procedure = data / "gates" / "lao-bao.yaml", data / "procedures" / "export.yaml"
    for path, changes in (
        (
            gate,
            [('"07:00"', "7:00"), ("province: quang-tri", "province: quang-tiri"), ("605, lo", "606, lo")],
        ),
        (
            procedure,
            [('    basis: {agreement: circular, article: "4"}\n', ""), ("ຄ່າທຳນຽມພາສີ", "ຄ່າທຳນຽມພາສີ ໕")],
        ),
        (data / "agreements" / "law.yaml", [("2014-06-23", "23/6/2014")]),
    ):
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    codes = sorted(row["code"] for row in json.loads(check("--format", "json").output)["problems"])
    assert codes == [
        "date-text",
        "fee-without-basis",
        "hours-text",
        "lao-digits",
        "number-parity",
        "number-parity",
        "unknown-reference",
    ]


def test_escape_sequences_do_not_reach_the_terminal(data: Path) -> None:
    gate = data / "gates" / "lao-bao.yaml"
    text = gate.read_text(encoding="utf-8")
    gate.write_text(text + '"\\e[31mred\\u202e": 1\n', encoding="utf-8")
    output = check("--lang", "en").output
    assert "\\u001b[31mred\\u202e" in output
    assert "\x1b" not in output and "\u202e" not in output


def test_the_installed_command_runs(data: Path) -> None:
    handbook = Path(sys.executable).with_name("handbook")
    done = subprocess.run([handbook, "check"], cwd=data.parent, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

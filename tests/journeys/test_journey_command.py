"""`handbook journey`: readable in the terminal, a contract for machines, words where nothing fits."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.model.journey import Journey
from generator.reading.load import Loaded

ASKED = ("--direction", "vn-to-la", "--goods", "plant", "--who", "enterprise", "--gate", "lao-bao")
STEP = {
    "n",
    "side",
    "procedure",
    "step",
    "actor",
    "place",
    "consumes",
    "produces",
    "fee",
    "time",
    "legal_basis",
}


@pytest.fixture
def run(root: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(root)
    monkeypatch.setenv("HANDBOOK_LANG", "vi")

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["journey", "--as-of", "2026-11-21", *arguments])

    return call


def test_the_terminal_shows_the_steps_of_both_sides_in_order(run: Any) -> None:
    result = run(*ASKED)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    steps = [line for line in lines if line[:2].strip().isdigit() and line[2:4] == ". "]
    assert [int(line[:2]) for line in steps] == list(range(1, 27))
    assert {"[Phía Lào]", "[Phía Việt Nam]", "[Cả hai bên]"} == {
        line[4 : line.index("]") + 1] for line in steps
    }
    assert any(line.startswith("==== Qua Lao Bảo") for line in lines)
    assert "Chưa rõ" in result.output
    assert max(len(line) for line in lines) <= 100


def test_the_same_in_lao(run: Any) -> None:
    result = run(*ASKED, "--lang", "lo")
    assert result.exit_code == 0
    assert "[ຝັ່ງລາວ]" in result.output
    assert "Phía" not in result.output


def test_json_is_a_contract(run: Any) -> None:
    said = json.loads(run(*ASKED, "--json").output)
    assert said["journey"] == "enterprise-export-plants-vn-la"
    assert said["gate"] == "lao-bao"
    assert said["alternatives"] == []
    assert [step["n"] for step in said["steps"]] == list(range(1, 27))
    for step in said["steps"]:
        assert set(step) >= STEP
        assert step["side"] in ("vietnam", "laos", "both")
        assert isinstance(step["consumes"], list)
        assert isinstance(step["produces"], list)
        assert all(value is not None for value in step.values())
    by_step = {(step["procedure"], step["step"]): step for step in said["steps"]}
    form_s = by_step["certificate-of-origin-form-s-vn", 2]
    assert [(fee["amount"], fee["currency"]) for fee in form_s["fee"]] == [(60000, "VND")]
    permit = by_step["vehicle-cross-border-permit-vn", 2]
    assert (permit["time"]["max"], permit["time"]["unit"], permit["fee"]) == (2, "working-day", "unknown")
    assert permit["produces"] == ["vn-la-vehicle-permit"]
    assert {"agreement": "decree-158-2024", "article": "unknown", "force": "in-force"} in permit[
        "legal_basis"
    ]
    gap = by_step["unknown", "unknown"]
    assert (gap["actor"], gap["place"], gap["fee"], gap["time"], gap["legal_basis"]) == ("unknown",) * 5
    assert gap["ask"]


def test_every_journey_can_be_said_to_machines(loaded: Loaded) -> None:
    from datetime import date

    from generator.exports.journey import journey_json

    for journey_id in loaded.handbook.of(Journey):
        for language in ("vi", "lo"):
            said = journey_json(loaded.handbook, journey_id, language, date(2026, 11, 21))
            assert json.loads(json.dumps(said)) == said
            assert all(set(step) >= STEP for step in said["steps"])


def test_several_matches_come_best_first(run: Any) -> None:
    said = json.loads(
        run("--direction", "la-to-vn", "--goods", "agricultural", "--who", "enterprise", "--json").output
    )
    assert said["journey"] == "enterprise-import-cassava-la-vn"
    assert {other["journey"] for other in said["alternatives"]} == {
        "enterprise-import-quota-rice-la-vn",
        "enterprise-import-quota-sugar-la-vn",
        "enterprise-import-quota-tobacco-la-vn",
    }


@pytest.mark.parametrize("goods", ["gạo", "gao", "ເຂົ້າສານ", "1006", "rice"])
def test_goods_by_everyday_name_or_heading(run: Any, goods: str) -> None:
    result = run("--direction", "la-to-vn", "--goods", goods, "--who", "enterprise", "--json")
    assert json.loads(result.output)["journey"] == "enterprise-import-quota-rice-la-vn"


def test_where_nothing_fits_the_nearest_are_named(run: Any) -> None:
    result = run("--direction", "la-to-vn", "--goods", "minerals", "--who", "enterprise", "--gate", "lao-bao")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "enterprise-import-coal-la-vn" in result.stderr
    assert "khác về: cửa khẩu" in result.stderr
    said = run("--direction", "la-to-vn", "--goods", "minerals", "--gate", "lao-bao", "--json")
    assert said.exit_code == 1
    assert json.loads(said.stdout)["nearest"][0] == {
        "journey": "enterprise-import-coal-la-vn",
        "name": "Doanh nghiệp nhập khẩu than, khoáng sản từ Lào",
        "differs": ["gate"],
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--goods", "xăm"), "no goods called"),
        (("--gate", "lao-bap"), "Did you mean 'lao-bao'?"),
        (("--who", "smuggler"), "border-resident"),
        (("--direction", "north"), "vn-to-la"),
    ],
)
def test_wrong_use_is_answered_with_what_there_is(run: Any, arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.output

"""The real entries: sound, cited, resolved, and the law on the day it changed."""

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from generator import rules
from generator.model.agreement import Agreement
from generator.model.gate import Gate
from generator.model.kinds import KINDS
from generator.model.procedure import Procedure
from generator.model.reference import Source
from generator.reading.load import Loaded
from generator.reading.validity import force_on
from generator.rules import check_handbook
from tests.conftest import AS_OF, ROOT

FACTS = yaml.safe_load((Path(__file__).parent / "founding_facts.yaml").read_text(encoding="utf-8"))


def test_check_is_clean() -> None:
    checked = check_handbook(ROOT / "data", AS_OF)
    errors = [f"{p.file}:{p.line}: {p.code}" for p in checked.problems if p.severity == "error"]
    assert not errors


def test_no_entry_vanishes(loaded: Loaded) -> None:
    """Each file below data/ is an entry of the handbook."""
    for kind in KINDS:
        files = {path.stem for path in (ROOT / "data" / kind).glob("*.yaml")}
        assert files == set(loaded.handbook.entries[kind]), kind


def test_every_source_is_used(loaded: Loaded) -> None:
    cited = {key.id for key, links in loaded.handbook.backlinks.items() if key.kind == "sources" and links}
    assert not sorted(set(loaded.handbook.of(Source)) - cited)


def test_ten_international_and_five_main_gates(loaded: Loaded) -> None:
    classes = [gate.class_on(AS_OF) for gate in loaded.handbook.of(Gate).values()]
    names = [period.gate_class for period in classes if period is not None]
    assert (names.count("international"), names.count("main")) == (10, 5)


@pytest.mark.parametrize(
    ("day", "force"),
    [(date(2025, 6, 17), "in-force"), (date(2025, 6, 19), "superseded"), (AS_OF, "superseded")],
)
def test_one_stop_inspection_ended(loaded: Loaded, day: date, force: str) -> None:
    """One-stop inspection at Lao Bảo ended in June 2025."""
    gate = loaded.handbook.get(Gate, "lao-bao")
    assert any(regime.holds_on(day) for regime in gate.regimes) is (force == "in-force")
    assert force_on(loaded.handbook, "one-stop-lao-bao-dansavanh", day).force == force


def test_trade_agreement_of_2024_is_in_force(loaded: Loaded) -> None:
    assert force_on(loaded.handbook, "trade-agreement-2024", AS_OF).in_force
    assert force_on(loaded.handbook, "trade-agreement-2024", date(2025, 2, 23)).force == "not-yet"
    assert force_on(loaded.handbook, "trade-agreement-2015", AS_OF).force == "superseded"


def test_supersession_is_stored_on_one_side(loaded: Loaded) -> None:
    for agreement_id, agreement in loaded.handbook.of(Agreement).items():
        for earlier in agreement.supersedes:
            assert agreement_id not in loaded.handbook.get(Agreement, earlier).supersedes


def test_fees_have_a_basis_and_a_currency(loaded: Loaded) -> None:
    for procedure_id, procedure in loaded.handbook.of(Procedure).items():
        for fee in procedure.fees:
            assert fee.basis is not None, (procedure_id, fee.id)


def test_enough_founding_facts() -> None:
    assert len(FACTS) >= 80


@pytest.mark.parametrize("row", FACTS, ids=lambda row: str(row["fact"])[:60])
def test_founding_fact_stands_in_its_entry(loaded: Loaded, row: dict[str, str]) -> None:
    """Each figure of the founding documents stands in the entry the table names, cited to its document."""
    kind, _, entry_id = row["entry"].partition("/")
    source = next(
        file for key, file in loaded.handbook.files.items() if (key.kind, key.id) == (kind, entry_id)
    )
    assert str(row["contains"]) in " ".join(source.text.split()), row["entry"]
    assert row["source"] in source.text


def test_rules_say_the_same_in_one_process_and_in_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake of each of two rules, in data large enough to be shared out."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    gate = tmp_path / "data/gates/lao-bao.yaml"
    text = gate.read_text(encoding="utf-8")
    gate.write_text(text.replace("Quốc lộ 9", "Quốc lộ 8", 1).replace("ດ່ານ", "ด่าน", 1), encoding="utf-8")
    shared = check_handbook(tmp_path / "data", AS_OF)
    monkeypatch.setattr(rules, "MANY_PAIRS", 10**9)
    alone = check_handbook(tmp_path / "data", AS_OF)
    assert shared.problems == alone.problems
    assert {"number-parity", "thai-letters"} <= {problem.code for problem in shared.problems}

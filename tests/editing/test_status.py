"""The status report counts; it states nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result
from clone_work import change

from generator.model.kinds import KINDS
from generator.reading.freshness import allowed_ages

Handbook = Callable[..., Result]
GATE = Path("data/gates/lao-bao.yaml")


def status(handbook: Handbook, as_of: str = "2026-11-21") -> Any:
    result = handbook("status", "--json", "--as-of", as_of)
    assert result.exit_code == 0
    return json.loads(result.output)


def test_counts_of_the_base(handbook: Handbook) -> None:
    found = status(handbook)
    assert set(found["kinds"]) == set(KINDS)
    gates = found["kinds"]["gates"]
    assert (gates["files"], gates["entries"], gates["both_languages_percent"], gates["sourced_percent"]) == (
        1,
        1,
        100.0,
        100.0,
    )
    assert gates["awaiting"]["lo"] == {"fields": 3, "of": 3, "entries": 1, "void": 0}
    assert found["total"]["entries"] == len(list(Path("data").rglob("*.yaml")))
    assert (gates["verified_oldest"], gates["verified_newest"]) == ("2026-11", "2026-11")


def test_untranslated_unsourced_unverified_and_conflicting_are_counted(handbook: Handbook) -> None:
    change(GATE, ("ດ່ານຢູ່ທາງຫຼວງແຫ່ງຊາດ 9.", "gate on road 9."), ("sources: [press]", "sources: []"))
    text = GATE.read_text(encoding="utf-8")
    doubt = "unverified:\n  - claim: {vi: Có trạm cân., lo: ມີສະຖານີຊັ່ງ.}\n"
    conflict = "conflicts:\n  - topic: {vi: Mốc, lo: ຫຼັກໝາຍ}\n    values: [{value: '1'}, {value: '2'}]\n"
    GATE.write_text(text + doubt + conflict, encoding="utf-8")
    gates = status(handbook)["kinds"]["gates"]
    assert (gates["both_languages"], gates["sourced"], gates["unverified"], gates["conflicts"]) == (
        0,
        0,
        1,
        1,
    )


def test_an_unsound_file_counts_as_a_file_only(handbook: Handbook) -> None:
    change(GATE, ('"07:00"', "7:00"))
    gates = status(handbook)["kinds"]["gates"]
    assert (gates["files"], gates["entries"], gates["both_languages_percent"]) == (1, 0, 0.0)


def test_verification_grows_old_by_the_day_and_by_nothing_else(handbook: Handbook) -> None:
    assert status(handbook, "2027-04-30")["kinds"]["gates"]["overdue"] == 0
    late = status(handbook, "2027-06-01")
    assert late["kinds"]["gates"]["overdue"] == 1
    assert late["kinds"]["events"]["overdue"] == 0
    assert {"entry": "gates/lao-bao", "verified": "2026-11", "days": 29} in late["overdue"]
    days = [row["days"] for row in late["overdue"]]
    assert days == sorted(days, reverse=True)


def test_every_kind_has_a_limit_and_a_reason_in_three_languages() -> None:
    assert set(allowed_ages()) == set(KINDS)
    for allowed in allowed_ages().values():
        assert allowed.months > 0
        assert set(allowed.why) == {"vi", "lo", "en"} and len(set(allowed.why.values())) == 3


def test_work_list_has_most_read_kinds_first_and_oldest_within(handbook: Handbook) -> None:
    change(Path("data/provinces/savannakhet.yaml"), ("on: 2026-11", "on: 2025-01"))
    work = status(handbook)["work"]["lo"]
    kinds = [row["entry"].split("/")[0] for row in work]
    order = [kind for kind in allowed_ages() if kind in kinds]
    assert kinds == sorted(kinds, key=order.index)
    provinces = [row["entry"] for row in work if row["entry"].startswith("provinces/")]
    assert provinces[0] == "provinces/savannakhet"


def test_text_report_in_the_readers_language(handbook: Handbook) -> None:
    output = handbook("status", "--lang", "lo", "--as-of", "2027-06-01", "--limit", "2").output
    assert "ດ່ານ" in output and "gates/lao-bao" in output and "--limit 0" in output
    assert "Gate" not in output
    english = handbook("status", "--lang", "en").output
    assert english.splitlines()[2].split()[0] == "Kind"


def test_sign_offs_leave_the_work_list_and_void_ones_are_counted(handbook: Handbook) -> None:
    shown = handbook("review", "gates/lao-bao", "--lang", "lo").output
    digests = [
        word for line in shown.splitlines() if "[" in line for word in ("--digest", line.split("[")[1][:12])
    ]
    handbook("review", "gates/lao-bao", "--lang", "lo", "--by", "X", "--on", "2026-11-20", *digests)
    found = status(handbook)
    assert found["kinds"]["gates"]["awaiting"]["lo"]["fields"] == 0
    assert not any(row["entry"] == "gates/lao-bao" for row in found["work"]["lo"])
    change(GATE, ("Quốc lộ 9.", "Quốc lộ 8."), ("ແຫ່ງຊາດ 9.", "ແຫ່ງຊາດ 8."))
    assert status(handbook)["kinds"]["gates"]["awaiting"]["lo"] == {
        "fields": 1,
        "of": 3,
        "entries": 1,
        "void": 1,
    }

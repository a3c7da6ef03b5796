"""A change is told by what it touches, in both languages."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result
from clone_work import change, git

Handbook = Callable[..., Result]
GATE = Path("data/gates/lao-bao.yaml")
PROCEDURE = Path("data/procedures/export.yaml")


def diff(handbook: Handbook, *arguments: str) -> Any:
    result = handbook("diff", *arguments, "--format", "json", "--as-of", "2026-11-21")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def markdown(handbook: Handbook) -> tuple[str, str]:
    output = handbook("diff", "HEAD", "--as-of", "2026-11-21").output
    vietnamese, lao = output.split("## ພາສາລາວ", 1)
    return vietnamese, lao


def test_nothing_changed(handbook: Handbook) -> None:
    found = diff(handbook, "HEAD")
    assert not any(found.values())
    vietnamese, lao = markdown(handbook)
    assert "không thay đổi" in vietnamese and "ບໍ່ປ່ຽນແປງ" in lao


def test_a_fee_touches_procedure_journey_and_fee_sheets(handbook: Handbook) -> None:
    change(PROCEDURE, ("amount: 20000", "amount: 25000"))
    found = diff(handbook, "HEAD")
    (entry,) = found["entries"]
    assert entry["entry"] == "procedures/export"
    assert entry["changes"] == [{"field": "fees.0.amount", "before": "20000", "after": "25000"}]
    assert found["journeys"] == ["journeys/out"]
    assert found["fee_sheets"] == ["journeys/out", "procedures/export"]
    assert found["papers"] == []
    vietnamese, lao = markdown(handbook)
    assert "| Phí, lệ phí 1 › Mức thu | 20.000 | 25.000 |" in vietnamese
    assert "| ຄ່າທຳນຽມ 1 › ອັດຕາ | 20.000 | 25.000 |" in lao
    assert "Xuất khẩu hàng hóa" in vietnamese and "ການສົ່ງອອກສິນຄ້າ" in lao


def test_the_law_of_a_fee_touches_its_fee_sheets(handbook: Handbook) -> None:
    change(Path("data/agreements/circular.yaml"), ("effective: ", "expires: 2027-06-30\neffective: "))
    assert diff(handbook, "HEAD")["fee_sheets"] == ["journeys/out", "procedures/export"]


def test_a_journey_is_told_once_and_times_are_readable(handbook: Handbook) -> None:
    change(PROCEDURE, ("amount: 20000", "amount: 25000"))
    change(GATE, ('"07:00"', '"06:30"'))
    vietnamese, lao = markdown(handbook)
    assert "| 07:00 | 06:30 |" in vietnamese and "| 07:00 | 06:30 |" in lao
    heading, journeys = "### Hành trình bị ảnh hưởng\n\n", vietnamese.split("### Trang khác cũng đổi")[-1]
    assert heading in vietnamese and "Hành trình: " not in journeys.split(heading)[0]


def test_papers_of_a_step(handbook: Handbook) -> None:
    change(PROCEDURE, ("consumes: [declaration]", "consumes: []"))
    assert diff(handbook, "HEAD")["papers"] == ["documents/declaration"]


def test_one_side_changed_is_told(handbook: Handbook) -> None:
    change(GATE, ("Cửa khẩu trên Quốc lộ 9.", "Cặp cửa khẩu trên Quốc lộ 9."))
    assert diff(handbook, "HEAD")["fallen_behind"] == [
        {"entry": "gates/lao-bao", "field": "summary", "language": "lo"}
    ]
    vietnamese, lao = markdown(handbook)
    assert "tiếng Lào giữ nguyên" in vietnamese and "ພາສາລາວ ຄືເກົ່າ" in lao
    assert "Cặp cửa khẩu" in lao


def test_both_sides_changed_is_no_lag(handbook: Handbook) -> None:
    change(GATE, ("Quốc lộ 9.", "Quốc lộ 8."), ("ແຫ່ງຊາດ 9.", "ແຫ່ງຊາດ 8."))
    assert diff(handbook, "HEAD")["fallen_behind"] == []


def test_lost_review(handbook: Handbook, commit: Callable[[], None]) -> None:
    shown = handbook("review", "gates/lao-bao", "--lang", "lo", "--field", "summary").output
    given = shown.split("[")[1][:12]
    handbook("review", "gates/lao-bao", "--lang", "lo", "--by", "X", "--on", "2026-11-20", "--digest", given)
    commit()
    change(GATE, ("Quốc lộ 9.", "Quốc lộ 8."), ("ແຫ່ງຊາດ 9.", "ແຫ່ງຊາດ 8."))
    assert diff(handbook, "HEAD")["reviews_lost"] == [
        {"entry": "gates/lao-bao", "field": "summary", "language": "lo"}
    ]


def test_sources_won_and_lost(handbook: Handbook) -> None:
    change(GATE, ("sources: [press]", "sources: [review]"))
    found = diff(handbook, "HEAD")
    assert found["sources_new"] == [{"entry": "gates/lao-bao", "source": "review"}]
    assert found["sources_lost"] == [{"entry": "gates/lao-bao", "source": "press"}]


def test_days_to_come(handbook: Handbook) -> None:
    law = Path("data/agreements/law.yaml")
    change(law, ("effective: 2015-01-01", "effective: 2015-01-01\nexpires: 2027-06-30"))
    change(GATE, ("{on: 2005, gate_class", "{on: 2004, gate_class"))
    assert diff(handbook, "HEAD")["turnings"] == [
        {"entry": "agreements/law", "field": "expires", "day": "2027-06-30"}
    ]


def test_new_and_removed_and_renamed_entries(handbook: Handbook) -> None:
    goods = Path("data/goods")
    (goods / "tea.yaml").write_text((goods / "coffee.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    Path("data/agreements/old-law.yaml").unlink()
    office = Path("data/offices/customs.yaml").read_text(encoding="utf-8")
    Path("data/offices/customs.yaml").unlink()
    Path("data/offices/gate-customs.yaml").write_text(office + "former_ids: [customs]\n", encoding="utf-8")
    kinds = {row["entry"]: (row["kind"], row["former"]) for row in diff(handbook, "HEAD")["entries"]}
    assert kinds == {
        "agreements/old-law": ("removed", None),
        "goods/tea": ("added", None),
        "offices/gate-customs": ("renamed", "customs"),
    }


def test_an_item_put_in_is_one_change(handbook: Handbook) -> None:
    change(
        GATE,
        ("hours:\n", "hours:\n  - {side: vietnam, opens: '06:00', closes: '18:00'}\n"),
    )
    (entry,) = diff(handbook, "HEAD")["entries"]
    (row,) = entry["changes"]
    assert (row["field"], row["before"]) == ("hours.0", None)


def test_two_commits(handbook: Handbook, commit: Callable[[], None]) -> None:
    change(PROCEDURE, ("amount: 20000", "amount: 25000"))
    commit()
    assert diff(handbook, "HEAD") == diff(handbook, "HEAD", "HEAD")
    assert [row["entry"] for row in diff(handbook, "HEAD~1", "HEAD")["entries"]] == ["procedures/export"]


def test_order_of_keys_and_quotes_is_no_change(handbook: Handbook) -> None:
    handbook("fmt")
    assert diff(handbook, "HEAD")["entries"] == []


def test_errors_of_the_later_version_are_counted(handbook: Handbook) -> None:
    change(GATE, ('"07:00"', "7:00"))
    found = diff(handbook, "HEAD")
    assert found["errors"] == 1
    assert "1 lỗi" in markdown(handbook)[0]


def test_unknown_revision_is_misuse(handbook: Handbook) -> None:
    for name in ("nowhere", "--output=/tmp/x", "HEAD; ls"):
        assert handbook("diff", "--", name).exit_code == 2


def test_words_of_the_data_are_no_markup(handbook: Handbook) -> None:
    change(GATE, ("Cửa khẩu trên Quốc lộ 9.", "@team ![x](http://e.vn) | `a` **b** Quốc lộ 9."))
    vietnamese, lao = markdown(handbook)
    for text in (vietnamese, lao):
        assert "@team" not in text and "](http" not in text and "**b**" not in text
    assert git(Path(), "status", "--porcelain").strip() == "M data/gates/lao-bao.yaml"

"""Sign-offs hold for the wording they were given for, and for no other."""

import re
from collections.abc import Callable
from pathlib import Path

from click.testing import Result
from clone_work import change

from generator.model.gate import Gate
from generator.reading.load import load_handbook
from generator.reading.review import digest, signed_fields
from generator.reading.texts import dotted, iter_texts

Handbook = Callable[..., Result]
GATE = Path("data/gates/lao-bao.yaml")
ON = ("--on", "2026-11-20")


def gate() -> Gate:
    return load_handbook(Path("data")).handbook.get(Gate, "lao-bao")


def digest_of(field: str) -> str:
    return next(digest(text) for path, text in iter_texts(gate()) if dotted(path) == field)


def sign(handbook: Handbook, *fields: str) -> Result:
    digests = [word for field in fields for word in ("--digest", digest_of(field))]
    return handbook("review", "gates/lao-bao", "--lang", "lo", "--by", "Translation office", *ON, *digests)


def test_shows_both_languages_and_digests_and_changes_nothing(handbook: Handbook) -> None:
    before = GATE.read_bytes()
    result = handbook("review", "gate/lao-bao", "--lang", "lo")
    assert result.exit_code == 0
    assert "Cửa khẩu trên Quốc lộ 9." in result.output and "ດ່ານຢູ່ທາງຫຼວງແຫ່ງຊາດ 9." in result.output
    assert digest_of("summary") in result.output
    assert GATE.read_bytes() == before


def test_signing_writes_name_day_and_digest_and_keeps_comments(handbook: Handbook) -> None:
    change(GATE, ("marker:", "# seen on the photograph of 2019\nmarker:"))
    given = digest_of("summary")
    assert sign(handbook, "summary").exit_code == 0
    (row,) = gate().reviewed.lo
    assert (row.field, str(row.on), row.by, row.digest) == (
        "summary",
        "2026-11-20",
        "Translation office",
        given,
    )
    assert signed_fields(gate(), "lo") == {"summary"}
    assert signed_fields(gate(), "vi") == frozenset()
    assert "# seen on the photograph of 2019\nmarker:" in GATE.read_text(encoding="utf-8")
    assert handbook("check").output == ""
    assert handbook("fmt", "--check", str(GATE)).exit_code == 0


def test_a_number_changed_in_vietnamese_alone_sends_that_field_of_the_lao_back(handbook: Handbook) -> None:
    sign(handbook, "summary", "name", "rank.basis")
    change(GATE, ("Quốc lộ 9.", "Quốc lộ 8."))
    assert signed_fields(gate(), "lo") == {"name", "rank.basis"}
    assert "1 fields await review" in handbook("review", "gates/lao-bao", "--lang", "lo").output


def test_a_number_changed_in_both_sends_exactly_that_field_back(
    handbook: Handbook, commit: Callable[[], None]
) -> None:
    sign(handbook, "summary", "name", "rank.basis")
    commit()
    change(GATE, ("Quốc lộ 9.", "Quốc lộ 8."), ("ແຫ່ງຊາດ 9.", "ແຫ່ງຊາດ 8."))
    assert signed_fields(gate(), "lo") == {"name", "rank.basis"}
    output = handbook("review", "gates/lao-bao", "--lang", "lo").output
    assert "1 fields await review" in output
    assert re.search(r"before:\n\s+Cửa khẩu trên Quốc lộ 9\. +\| ດ່ານຢູ່ທາງຫຼວງແຫ່ງຊາດ 9\.", output)
    assert re.search(r"now:\n\s+Cửa khẩu trên Quốc lộ 8\. +\| ດ່ານຢູ່ທາງຫຼວງແຫ່ງຊາດ 8\.", output)
    assert sign(handbook, "summary").exit_code == 0
    assert signed_fields(gate(), "lo") == {"name", "rank.basis", "summary"}
    assert len(gate().reviewed.lo) == 3


def test_an_old_digest_signs_nothing(handbook: Handbook) -> None:
    old = digest_of("summary")
    change(GATE, ("Quốc lộ 9.", "Quốc lộ 8."), ("ແຫ່ງຊາດ 9.", "ແຫ່ງຊາດ 8."))
    before = GATE.read_bytes()
    result = handbook("review", "gates/lao-bao", "--lang", "lo", "--by", "X", "--digest", old)
    assert result.exit_code == 1
    assert old in result.output
    assert GATE.read_bytes() == before


def test_signing_without_digest_is_refused_outside_a_terminal(handbook: Handbook) -> None:
    before = GATE.read_bytes()
    assert handbook("review", "gates/lao-bao", "--lang", "lo", "--by", "X").exit_code == 2
    assert GATE.read_bytes() == before


def test_an_item_keeps_its_sign_off_when_another_is_put_before_it(handbook: Handbook) -> None:
    procedure = Path("data/procedures/export.yaml")
    result = handbook("review", "procedures/export", "--lang", "lo", "--field", "steps.1.action")
    shown = re.search(r"\[([0-9a-f]{12})\]", result.output)
    assert shown
    handbook("review", "procedures/export", "--lang", "lo", "--by", "X", *ON, "--digest", shown[1])
    text = procedure.read_text(encoding="utf-8")
    first, second = text.index("  - n: 1"), text.index("  - n: 2")
    new = text[first:second].replace("n: 1", "n: 0").replace("Khai tờ khai", "Chuẩn bị tờ khai")
    procedure.write_text(text[:first] + new + text[first:], encoding="utf-8")
    entry = load_handbook(Path("data")).handbook.entries["procedures"]["export"]
    assert signed_fields(entry, "lo") == {"steps.2.action"}


def test_an_entry_mistyped_is_answered_with_the_nearest(handbook: Handbook) -> None:
    result = handbook("review", "gates/lao-boa", "--lang", "lo")
    assert result.exit_code == 2
    assert "gates/lao-bao" in result.output


def test_without_git_there_is_no_old_wording_and_no_failure(handbook: Handbook, clone: Path) -> None:
    sign(handbook, "summary")
    change(GATE, ("Quốc lộ 9.", "Quốc lộ 8."), ("ແຫ່ງຊາດ 9.", "ແຫ່ງຊາດ 8."))
    (clone / ".git").rename(clone / "no-git")
    result = handbook("review", "gates/lao-bao", "--lang", "lo", "--field", "summary")
    assert result.exit_code == 0 and "before:" not in result.output

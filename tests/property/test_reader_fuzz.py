"""Whatever stands in a file, reading it gives values or problems with a place, and never an exception."""

from datetime import date
from pathlib import Path

import pytest
from fuzzing import cases
from hypothesis import example, given
from hypothesis import strategies as st

from generator.editing.fmt import format_text
from generator.messages import codes, message_for, visible
from generator.model.kinds import KINDS
from generator.model.scalars import CONTROL
from generator.problems import Problem, report
from generator.reading.entries import validate_entry
from generator.reading.source import SourceFile, parse_source, read_source
from generator.rules import check_handbook

BASE = Path(__file__).parents[1] / "fixtures" / "problems" / "base"
TODAY = date(2026, 11, 21)
FILES = sorted(BASE.rglob("*.yaml"))
# Signs that mean something to YAML, and letters that do not.
YAML_TEXT = st.text(
    alphabet=st.sampled_from("abc:-?,[]{}#&*!|>'\"%@`<~=. \n\t0129áກ່\u2028\u0085\ufeff\x00\x1b")
)
KIND = st.sampled_from(sorted(KINDS))


def assert_sound(source: SourceFile) -> None:
    """Values, or problems at places of the text, with messages in three languages."""
    assert source.values is not None or source.problems
    lines = source.text.split("\n")
    for problem in source.problems:
        assert problem.code in codes()
        assert 1 <= problem.line <= len(lines) + 1 and problem.column >= 1
    for lang in ("vi", "lo", "en"):
        assert not CONTROL.search(report(source.problems, checked=1, output="text", lang=lang))


@given(YAML_TEXT)
@example("a: x\u2028b: [")
@example("[" * 900)
@example("a: &a [*a]")
@example("\ud800")
@cases(200)
def test_any_text(text: str) -> None:
    assert_sound(parse_source(text, "data/gates/x.yaml"))


@given(st.binary(max_size=200))
@cases(100)
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(raw)
    source = read_source(path, "data/gates/any.yaml")
    assert source.values is not None or source.problems


@given(KIND, YAML_TEXT)
@cases(100)
def test_what_can_be_read_is_an_entry_or_has_problems(kind: str, text: str) -> None:
    source = parse_source(text, f"data/{kind}/x.yaml")
    entry, problems = validate_entry(source, kind)
    if source.values is not None:
        assert (entry is None) == bool(problems)
        assert all(problem.message("vi") for problem in problems)


@given(KIND, st.recursive(st.text(max_size=8) | st.none(), lambda v: st.lists(v, max_size=3) | st.dictionaries(
    st.sampled_from(["name", "vi", "lo", "sources", "verified", "on", "by", "steps", "conflicts", "field", "known"])
    | st.text(max_size=4), v, max_size=4), max_leaves=12))  # fmt: skip
@cases(100)
def test_any_shape_is_answered(kind: str, values: object) -> None:
    if isinstance(values, dict):
        entry, problems = validate_entry(SourceFile("x", "", values), kind)
        assert entry is None and problems
        for problem in problems:
            assert problem.code in codes(), problem.code


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_an_entry_cut_anywhere(path: Path) -> None:
    raw = path.read_bytes()
    for end in range(0, len(raw), 7):
        try:
            text = raw[:end].decode("utf-8")
        except UnicodeDecodeError:
            continue
        source = parse_source(text, path.name)
        assert_sound(source)
        validate_entry(source, path.parent.name)


@given(st.sampled_from(FILES), st.data())
@cases(50)
def test_an_entry_with_one_sign_changed(path: Path, data: st.DataObject) -> None:
    text = path.read_text(encoding="utf-8")
    place = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.sampled_from("{}[]:,'\"#&*!|>-\n\t \x00á") | st.characters())
    changed = text[:place] + sign + text[place + data.draw(st.integers(0, 3)) :]
    source = parse_source(changed, path.name)
    assert_sound(source)
    entry, problems = validate_entry(source, path.parent.name)
    if entry is not None and not source.problems:
        formatted = format_text(changed, path.parent.name)
        again = parse_source(formatted, path.name)
        # Lines are filled anew, so white space alone may differ.
        assert validate_entry(again, path.parent.name)[0] == entry
        assert format_text(formatted, path.parent.name) == formatted
    else:
        assert problems or source.problems


@given(st.lists(st.tuples(st.sampled_from(FILES), st.integers(0, 400), YAML_TEXT), min_size=1, max_size=3))
@cases(10)
def test_a_handbook_with_damaged_entries_is_checked_to_the_end(
    tmp_path_factory: pytest.TempPathFactory, damages: list[tuple[Path, int, str]]
) -> None:
    import shutil

    data = tmp_path_factory.mktemp("damaged") / "data"
    shutil.copytree(BASE, data)
    for path, place, text in damages:
        damaged = data / path.relative_to(BASE)
        before = damaged.read_text(encoding="utf-8", errors="replace")
        damaged.write_text(before[:place] + text + before[place + 5 :], encoding="utf-8", errors="replace")
    checked = check_handbook(data, TODAY)
    assert len(checked.files) == len(FILES)
    for lang in ("vi", "lo", "en"):
        assert all(problem.message(lang) for problem in checked.problems)


@given(st.text(alphabet=st.characters()))
@cases(100)
def test_a_value_in_a_message_is_one_harmless_line(text: str) -> None:
    shown = visible(text)
    assert not CONTROL.search(shown) and "\n" not in shown and "\t" not in shown
    assert len(shown) < 3400
    assert visible(shown) == shown


@given(st.sampled_from(codes()), st.dictionaries(st.sampled_from(["found", "expected", "limit", "key", "vi", "lo", "other"]),
                                                 st.text() | st.integers() | st.none()))  # fmt: skip
@cases(100)
def test_any_value_fits_into_any_message(code: str, params: dict[str, object]) -> None:
    for lang in ("vi", "lo", "en"):
        assert message_for(code, lang).fill(params)
        said = report([Problem("x.yaml", 1, 1, code, params)], checked=1, output="text", lang=lang)
        assert said.count("\n") == 1

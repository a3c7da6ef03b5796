"""The canonical form says what the file said, keeps its comments, and formatting it again changes nothing."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from generator.cli import main
from generator.editing.comments import Comments, read_comments
from generator.editing.emitter import PAIR_WIDTH, WIDTH, display_width, emit
from generator.editing.fmt import format_text, modeline
from generator.editing.shape import shape_of
from generator.model.kinds import KINDS
from generator.reading.source import parse_source

DATA = Path(__file__).parents[2] / "data"
FILES = sorted(path for kind in KINDS for path in DATA.glob(f"{kind}/*.yaml"))

LETTERS = "aA zZ09-:#,[]{}&*!|>'\"%@`\\~._=+?/ăđêơưẻộỹ ກຂໍຳ່້ໜເແ"
TEXTS = st.one_of(
    st.text(LETTERS, max_size=40),
    st.sampled_from(
        [
            "",
            " ",
            "null",
            "~",
            "true",
            "no",
            "07:00",
            "0901",
            "1e3",
            "-",
            "---",
            "...",
            "a: b",
            "a #b",
            "x" * 200,
        ]
    ),
    st.text(LETTERS, min_size=100, max_size=400),
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["vi", "lo", "en", "n", "name", "sources", "a b", "on"]), inner, max_size=4
        ),
    ),
    max_leaves=12,
)
ENTRIES = st.dictionaries(
    st.sampled_from(["name", "aliases", "classes", "rank", "zz", "sources", "cites"]), VALUES, min_size=1
)


def written(values: dict[str, Any], comments: Comments | None = None) -> str:
    return "\n".join(emit(values, shape_of("gates"), comments or Comments())) + "\n"


@given(ENTRIES)
@example({"name": ["0:?"]})
@settings(max_examples=200, deadline=None)
def test_what_is_written_is_read_back(values: dict[str, Any]) -> None:
    source = parse_source(written(values), "x.yaml")
    assert source.problems == ()
    assert source.values == values


@given(ENTRIES)
@settings(max_examples=200, deadline=None)
def test_formatting_twice_is_formatting_once(values: dict[str, Any]) -> None:
    once = format_text(written(values), "gates")
    assert format_text(once, "gates") == once


@given(ENTRIES)
@settings(max_examples=200, deadline=None)
def test_a_yaml_1_2_reader_agrees_on_texts(values: dict[str, Any]) -> None:
    """An independent reader of YAML 1.2 sees the same texts; numbers and flags of the model stay bare."""
    read = YAML(typ="safe", pure=True).load(written({"name": values}))
    assert read == {"name": values}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_real_entries_keep_their_meaning(kind: str) -> None:
    files = [path for path in FILES if path.parent.name == kind]
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        formatted = format_text(text, kind)
        assert parse_source(formatted, "").values == parse_source(text, "").values, path
        assert format_text(formatted, kind) == formatted, path


COMMENTED = """\
# head of the file
sources: [press]  # two sources soon
# before the name
name: {vi: Lao Bảo, lo: ລາວບາວ}
hours:  # of both sides
  # the Vietnamese half
  - side: vietnam   # half
    opens: 7:00  # mistyped
    closes: "19:30"
  - side: laos
    closes: "19:30"
    # order of keys was wrong
    opens: "07:00"
rank:
  basis:
    vi: theo mốc 605  # say which
    lo: ຕາມຫຼັກໝາຍ 605
  value: 21
# the end
"""
EXPECTED = """\
# yaml-language-server: $schema=../schema/gates.schema.json
# before the name
name: {vi: Lao Bảo, lo: ລາວບາວ}
rank:
  value: 21
  basis:
    vi: theo mốc 605  # say which
    lo: ຕາມຫຼັກໝາຍ 605
hours:  # of both sides
  # the Vietnamese half
  - side: vietnam  # half
    opens: 7:00  # mistyped
    closes: 19:30
  - side: laos
    # order of keys was wrong
    opens: 07:00
    closes: 19:30
# head of the file
sources: [press]  # two sources soon
# the end
"""


def test_comments_travel_with_what_they_are_about() -> None:
    assert format_text(COMMENTED, "gates") == EXPECTED
    assert format_text(EXPECTED, "gates") == EXPECTED


def test_no_comment_is_lost() -> None:
    def all_of(text: str) -> list[str]:
        found = read_comments(text)
        lists = [*found.before.values(), *found.behind.values(), found.tail]
        return sorted(comment for row in lists for comment in row)

    assert len(all_of(COMMENTED)) == 10
    assert all_of(format_text(COMMENTED, "gates")) == all_of(COMMENTED)


def test_a_hash_in_a_text_is_no_comment() -> None:
    text = 'name:\n  vi: "a # b"  # real\n  lo: a#b\n'
    assert [*read_comments(text).behind.values()] == [["# real"]]


def test_lao_marks_take_no_column() -> None:
    assert display_width("ກຳ້") == 2
    assert display_width("ດ່ານ") == 3
    lines = written({"summary": {"vi": "a " * 90 + "b", "lo": "ດ່ານ " * 60 + "ດ່ານ"}}).splitlines()
    assert all(display_width(line) <= WIDTH for line in lines)
    assert max(len(line) for line in lines) > WIDTH


def test_short_pairs_share_a_line_and_long_ones_do_not() -> None:
    short = {"name": {"vi": "a", "lo": "ກ"}}
    assert written(short) == "name: {vi: a, lo: ກ}\n"
    long = {"name": {"vi": "a" * PAIR_WIDTH, "lo": "ກ"}}
    assert len(written(long).splitlines()) == 3


def test_text_that_looks_like_a_number_keeps_its_quotes_and_numbers_do_without() -> None:
    text = 'marker: "605"\nrank: {value: "21", basis: {vi: "605", lo: "605"}}\n'
    formatted = format_text(text, "gates")
    assert 'marker: "605"' in formatted
    assert "value: 21" in formatted
    assert 'basis: {vi: "605", lo: "605"}' in formatted


def test_unknown_keys_stay_behind_the_known_ones() -> None:
    text = "zzz: 1\nsources: []\nname: {lo: ກ, vi: a}\n"
    assert format_text(text, "gates").splitlines()[1:] == ["name: {vi: a, lo: ກ}", "sources: []", 'zzz: "1"']


def test_command_rewrites_and_check_only_tells(tmp_path: Path) -> None:
    gate = tmp_path / "data" / "gates" / "lao-bao.yaml"
    gate.parent.mkdir(parents=True)
    gate.write_text(COMMENTED, encoding="utf-8")
    arguments = ["fmt", "--lang", "en", "--data", str(tmp_path / "data")]
    told = CliRunner().invoke(main, [*arguments, "--check"])
    assert told.exit_code == 1 and "lao-bao.yaml" in told.output
    assert gate.read_text(encoding="utf-8") == COMMENTED
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert gate.read_text(encoding="utf-8") == EXPECTED
    assert CliRunner().invoke(main, [*arguments, "--check"]).exit_code == 0
    assert [path.name for path in gate.parent.iterdir()] == ["lao-bao.yaml"]


def test_command_leaves_an_unreadable_file_alone(tmp_path: Path) -> None:
    broken = tmp_path / "gates" / "x.yaml"
    broken.parent.mkdir()
    broken.write_text("name: {vi: a\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["fmt", "--lang", "en", str(broken)])
    assert result.exit_code == 1 and "yaml-bracket" in result.output
    assert broken.read_text(encoding="utf-8") == "name: {vi: a\n"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_modeline_points_to_a_schema(kind: str) -> None:
    assert modeline(kind).endswith(f"$schema=../schema/{kind}.schema.json")

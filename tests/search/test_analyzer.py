"""Text to tokens."""

import re
import time
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.analyzer import analyze, fold
from search.normalize import normalize
from search.rules import rules
from search.stopwords import stop_places

VECTORS = yaml.safe_load(Path(__file__).with_name("vectors.yaml").read_text(encoding="utf-8"))
LAO = "".join(chr(code) for code in range(0x0E81, 0x0EE0))
LATIN = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵAĐƠÝ"
OTHER = " .,-/0123456789໐໙\u200b\u00ad\u0301\u0323\ufeff\u00a0ÅßĿα漢🙂\u0130ＡＺ"
TEXTS = st.text(alphabet=LAO + LATIN + OTHER, max_size=40)
MARKS = re.compile("[\u0300-\u036f\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd]")


@pytest.mark.parametrize("case", VECTORS, ids=[case["text"] for case in VECTORS])
def test_vectors(case: dict[str, object]) -> None:
    assert [[token.exact, token.folded] for token in analyze(str(case["text"]))] == case["tokens"]


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_levelling_twice_changes_nothing(text: str) -> None:
    once = normalize(text).text
    assert normalize(once).text == once


@example("\u0130\u0301")
@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_composed_and_decomposed_text_have_the_same_tokens(text: str) -> None:
    composed = [token.exact for token in analyze(unicodedata.normalize("NFC", text))]
    assert [token.exact for token in analyze(unicodedata.normalize("NFD", text))] == composed


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_spans_are_in_order_and_keep_marks_with_their_letters(text: str) -> None:
    done = 0
    for token in analyze(text):
        assert done <= token.start < token.end <= len(text)
        assert not MARKS.match(text[token.start]) or token.start == 0 or text[token.start - 1] in OTHER
        assert token.end == len(text) or not MARKS.match(text[token.end])
        done = token.end


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_folding_twice_changes_nothing(text: str) -> None:
    for token in analyze(text):
        assert fold(token.folded) == token.folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ນໍ້າມັນ", "ນ້ຳມັນ"),
        ("ຫນັງສື", "ໜັງສື"),
        ("ຕະຫລາດ", "ຕະຫຼາດ"),
        ("ເເຂວງ", "ແຂວງ"),
        ("ກ່ວາ", "ກວ່າ"),
        ("ຫວຽດ\u200bນາມ", "ຫວຽດນາມ"),
        ("hoà bình", "hòa bình"),
        ("CỬA KHẨU", "cửa khẩu"),
        ("໒໐໒໕", "2025"),
    ],
)
def test_spellings_of_one_word_are_one_token(one: str, other: str) -> None:
    assert [token.exact for token in analyze(one)] == [token.exact for token in analyze(other)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cua khau", "cửa khẩu"),
        ("Dak Lak", "Đắk Lắk"),
        ("ດານັງ", "ດ່ານັ້ງ"),
        ("ສາລະວັນ", "ສາຣະວັນ"),
        ("qui định", "quy định"),
    ],
)
def test_folding_meets_what_was_typed_without_marks(typed: str, meant: str) -> None:
    assert [token.folded for token in analyze(typed)] == [token.folded for token in analyze(meant)]


@pytest.mark.parametrize("piece", ["ນ້ັ", "a\u0323\u0302", "ກ່ວາ", "ໍາ", "uý ", "\u200b", "12.", "ຫ"])
def test_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * count
        began = time.process_time()
        analyze(text)
        return time.process_time() - began

    seconds(100)
    short = max(min(seconds(2_000) for _ in range(3)), 0.005)
    # Twenty times the text: twenty times the work, four hundred times if it grew with the square.
    assert min(seconds(40_000) for _ in range(2)) < 100 * short


def test_words_of_the_document_numbers_are_given_as_folded_tokens() -> None:
    section = rules()["codes"]
    for word in [*section["skip"], *(name for names in section["types"].values() for name in names)]:
        assert " ".join(token.folded for token in analyze(word.replace(" ", " "))) == word


def test_question_words_need_their_marks_where_marks_are_typed() -> None:
    def stops(text: str, unmarked: bool) -> list[bool]:
        tokens = analyze(text)
        return stop_places([t.exact for t in tokens], [t.folded for t in tokens], unmarked)

    assert stops("cần giấy phép gì", False) == [True, False, False, True]
    assert stops("cân điện tử", False) == [False, False, False]
    assert stops("cua khau la lay", True) == [False] * 4
    assert stops("là gì", False) == [False, False]

"""The sieve lets pass every text that holds a syllable, whatever its spelling."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analyzer import analyze
from search.sieve import Sieve
from search.snippets import Wanted, best_passage

PIECES = st.sampled_from(
    [
        "cửa", "khẩu", "Đắk", "ĐẮK", "Lý", "ky", "1.000,5", "14/2018/NĐ-CP", "\u0111o\u0302\u0323", "quy", "oà", "I\u0307",
        "ດ່ານ", "ຫນອງ", "ໜອງ", "ຫຼວງ", "ຫລວງ", "ປຣະເທດ", "ຊັນ໌", "ນໍ້າ", "ນ້ຳ", "ເເຂວງ", "ວຽງ", "໒໕", "ຂ້ວາ", "ໝູ່", "ຫມູ່",
        " ", "\n", ".", "-", "\u200b", "\ufeff", "\u0301", "່", "ﬁ", "ß", "Ａ", "Æ", "ð", "ກ", "ຮ", "ຣ", "ຼ", "漢", "ж", "½", "ª",
    ]
)  # fmt: skip


def missed(text: str) -> list[str]:
    """Tokens of a text that the sieve would say it cannot hold."""
    return [token.folded for token in analyze(text) if not Sieve({token.folded: 1}).most(text)]


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=40))
def test_nothing_in_a_text_is_missed(text: str) -> None:
    assert not missed(text)


@given(st.characters())
def test_no_letter_alone_is_missed(letter: str) -> None:
    assert not missed(f"a{letter}b {letter} ກ{letter}າ {letter}{letter}")


def texts_of(document: dict[str, Any]) -> list[str]:
    return [
        text
        for section in document["sections"]
        for part in (section["heading"], section["text"])
        for text in part.values()
    ]


def test_nothing_in_the_handbook_is_missed(
    documents: list[dict[str, Any]], pytestconfig: pytest.Config
) -> None:
    some = documents if pytestconfig.getoption("--thorough") else random.Random(5).sample(documents, 150)
    assert not [(text, missed(text)) for document in some for text in texts_of(document) if missed(text)]


@pytest.mark.parametrize("word", ["xyzzy", "ຟຟຟ"])
def test_it_sorts_out(word: str) -> None:
    sieve = Sieve({word: 5, "khau": 3})
    assert (sieve.most("cửa khẩu"), sieve.most("ດ່ານ"), sieve.most("biên giới")) == (3, 0, 0)
    assert sieve.most(f"KHẨU, {word}") == 8
    assert sieve.most("漢") == 8


def test_the_first_of_equal_passages_is_shown() -> None:
    """And one that promises more but holds less does not stand before it."""
    wanted = Wanted({"cua": 5, "khau": 4}, {}, {"cua": frozenset(["cửa"])})
    texts = ["không có gì", "của khẩu phần", "một cửa khẩu", "hai cửa khẩu"]
    passage, value = best_passage(texts, wanted)
    assert (passage.text, value) == ("một cửa khẩu", 9)
    assert best_passage(texts[:1], wanted)[0].text == "không có gì"

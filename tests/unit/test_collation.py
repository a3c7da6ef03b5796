"""Lists are sorted as dictionaries of each language are."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.views.collation import initial, sort_key

VIETNAMESE = [
    "3 bên", "20 ngày", "ân hạn", "ca", "cà", "cả", "cã", "cá", "cạ", "can", "căn", "cặn", "cân", "cận", "da", "dạ", "đa",
    "Hà Nội", "hoa hồng", "hòa bình", "ô", "ơ", "u", "ư",
]  # fmt: skip
LAO = [
    "ກ", "ກງ", "ກວ", "ກະ", "ກັ", "ກາ", "ກ່າ", "ກ້າ", "ກຳ", "ກົ", "ກຽ", "ເກ", "ເກຍ", "ເກົາ", "ແກ", "ໂກ", "ໃກ", "ໄກ", "ຂ", "ເຂ",
    "ຫ", "ໜັງສື", "ໝາຍ", "ເໝ", "ຫລ", "ຫວ", "ຫຼ", "ເຫຼ", "ອ", "ຮ",
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), [("vi", VIETNAMESE), ("lo", LAO)])
def test_dictionary_order(language: str, words: list[str]) -> None:
    shuffled = words[:]
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=lambda word: sort_key(word, "lo" if language == "lo" else "vi")) == words


@pytest.mark.parametrize(
    ("word", "language", "letter"),
    [
        ("đường bộ", "vi", "Đ"), ("Ấn Độ", "vi", "Â"), ("ưu đãi", "vi", "Ư"), ("“cửa khẩu”", "vi", "C"),
        ("12 tháng", "vi", "#"), ("ດ່ານ", "vi", "#"), ("ເອກະສານ", "lo", "ອ"), ("ໃບ", "lo", "ບ"), ("ໜັງສື", "lo", "ຫ"),
        ("ATIGA", "lo", "#"),
    ],
)  # fmt: skip
def test_initial(word: str, language: str, letter: str) -> None:
    assert initial(word, "lo" if language == "lo" else "vi") == letter


@given(st.text(), st.sampled_from(["vi", "lo"]))
def test_any_text_has_a_place(text: str, language: str) -> None:
    where = "lo" if language == "lo" else "vi"
    assert (
        sort_key(text, where) == sort_key(text.upper().lower(), where)
        or "ß" in text
        or text.upper().lower() != text.lower()
    )
    assert len(initial(text, where)) == 1

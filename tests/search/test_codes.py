"""Document numbers as whole terms."""

import pytest

from search.analyzer import phrase
from search.codes import document_terms, query_codes

CODES = {
    "decree": "14/2018/NĐ-CP",
    "decision": "1201/QĐ-TTg",
    "law": "54/2014/QH13",
    "heading": "4001.10",
    "origin": "C/O",
    "road": "QL9",
    "lao": "81/ສພຊ",
}


@pytest.fixture(scope="module")
def index() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, code in CODES.items():
        for term in document_terms(code):
            found.setdefault(term, set()).add(name)
    return found


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("14/2018/NĐ-CP", "decree"),
        ("14/2018/ND-CP", "decree"),
        ("14/2018", "decree"),
        ("nd 14 2018", "decree"),
        ("ND14/2018", "decree"),
        ("nghị định 14", "decree"),
        ("nghị định số 14 năm 2018", "decree"),
        ("ດຳລັດ 14/2018", "decree"),
        ("quyết định 1201", "decision"),
        ("1201 qd-ttg", "decision"),
        ("luật 54", "law"),
        ("54/2014/QH13", "law"),
        ("HS 4001", "heading"),
        ("40.01", "heading"),
        ("4001.10", "heading"),
        ("40011090", "heading"),
        ("c/o", "origin"),
        ("CO", "origin"),
        ("quốc lộ ql 9", "road"),
        ("ກົດໝາຍ ສະບັບເລກທີ 81/ສພຊ", "lao"),
    ],
)
def test_every_usual_typing_finds_the_number(index: dict[str, set[str]], query: str, document: str) -> None:
    tokens = phrase(query)
    matches = query_codes(tokens, lambda i: len(tokens) == 1, lambda term: len(index.get(term, ())))
    assert any(document in index[match.term] for match in matches)


def test_an_everyday_syllable_is_no_code(index: dict[str, set[str]]) -> None:
    assert not query_codes(phrase("xe có giấy"), lambda i: False, lambda term: len(index.get(term, ())))


def test_the_type_of_a_bare_number_comes_from_the_title() -> None:
    assert "luat81" in document_terms("81/ສພຊ", phrase("ກົດໝາຍວ່າດ້ວຍພາສີ"))

"""Search documents: what is taken and what is refused, with its place."""

import json

import pytest

from search.document import DocumentError, SearchDocument, parse_document, parse_synonyms, read_documents


def test_any_language_may_be_missing() -> None:
    document = parse_document({"id": "a", "sections": [{"text": {"lo": "ດ່ານ"}}]})
    assert document.languages() == ("lo",)
    assert parse_document({"id": "a", "title": None, "url": {"vi": None}}) == SearchDocument("a")


def test_a_document_survives_its_own_line() -> None:
    line = {
        "id": "a",
        "kind": "k",
        "url": {"vi": "a.html"},
        "title": {"vi": "A", "en": "B"},
        "aliases": ["x"],
        "codes": ["1/2018"],
        "sections": [{"anchor": "s", "heading": {"vi": "h"}, "text": {"lo": "ດ"}}],
    }
    assert parse_document(line).to_json() == line
    assert parse_document(line | {"weight": 0.5}).to_json() == line | {"weight": 0.5}


def test_every_bad_line_is_named_with_its_number() -> None:
    lines = [
        json.dumps({"id": "good"}),
        "",
        "{not json",
        json.dumps({"title": {}}),
        json.dumps({"id": "b", "title": "text", "aliases": "x", "sections": [1], "weight": 7}),
        json.dumps({"id": "good"}),
        json.dumps([1]),
        b"\xff\xfe",
    ]
    with pytest.raises(DocumentError) as caught:
        list(read_documents(lines, "docs.jsonl"))
    places = [problem.split(": ")[0] for problem in caught.value.problems]
    assert places == [f"docs.jsonl:{n}" for n in (3, 4, 5, 5, 5, 5, 6, 7, 8)]
    assert "already stands in line 1" in caught.value.problems[6]


@pytest.mark.parametrize("value", [{}, "x", [1], [["a", 2]]])
def test_synonyms_are_lists_of_phrases(value: object) -> None:
    with pytest.raises(DocumentError):
        parse_synonyms(value)


def test_a_group_of_one_says_nothing() -> None:
    assert parse_synonyms([["a"], ["a", "b"], ["", "c"]]) == [["a", "b"]]

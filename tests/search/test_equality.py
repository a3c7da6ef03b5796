"""The browser's search answers as Python's does: tokens, ranking, snippets, suggestions."""

import json
import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_search import NodeSearch, all_texts, generated_texts, node_search, sample_queries, utf16_places

from search.analyzer import analyze
from search.engine import Engine
from search.lexicon import inverse_frequency

pytestmark = [pytest.mark.site, pytest.mark.timeout(1200)]

SEED = 20261121


@pytest.fixture(scope="module")
def browser_half(site: Path) -> Iterator[NodeSearch]:
    with node_search(site / "search") as search:
        yield search


def python_tokens(text: str) -> list[list[Any]]:
    places = utf16_places(text)
    return [[token.exact, token.folded, places[token.start], places[token.end]] for token in analyze(text)]


def assert_same_tokens(texts: list[str], search: NodeSearch) -> None:
    for start in range(0, len(texts), 500):
        some = texts[start : start + 500]
        for text, found in zip(some, search.tokens(some), strict=True):
            assert found == python_tokens(text), ascii(text)


def test_tokens_of_all_data(documents: list[dict[str, Any]], browser_half: NodeSearch) -> None:
    texts = sorted({text for document in documents for text in all_texts(document)})
    assert len(texts) > len(documents)
    assert_same_tokens(texts, browser_half)


def test_tokens_of_generated_texts(browser_half: NodeSearch) -> None:
    assert_same_tokens(generated_texts(12_000, SEED), browser_half)


def python_answer(engine: Engine, query: str, options: dict[str, Any]) -> dict[str, Any]:
    """As the browser gives it, places in UTF-16 units."""
    answer = engine.search(query, **options).to_json()
    del answer["took_ms"]
    answer.setdefault("nearest", [])
    for hit in answer["hits"]:
        places = utf16_places(hit["snippet"])
        hit["highlights"] = [[places[start], places[end]] for start, end in hit["highlights"]]
    return dict(json.loads(json.dumps(answer)))


def browser_answer(search: NodeSearch, query: str, options: dict[str, Any]) -> dict[str, Any]:
    answer = search.search(query, **options)
    for hit in answer["hits"]:
        del hit["titleHighlights"]
    return answer


def test_answers(
    engine: Engine,
    documents: list[dict[str, Any]],
    browser_half: NodeSearch,
    request: pytest.FixtureRequest,
) -> None:
    queries = sample_queries(documents, 120 if request.config.getoption("--thorough") else 12, SEED)
    assert len(queries) >= 300
    chance = random.Random(SEED)
    different = []
    for query in queries:
        options: dict[str, Any] = {"lang": chance.choice(["vi", "lo", None])}
        if chance.random() < 0.2:
            options["kind"] = chance.choice(["gates", "procedures", "goods", "no such kind"])
        if chance.random() < 0.2:
            options["only"] = chance.choice(["vi", "lo"])
        if chance.random() < 0.1:
            options["limit"] = chance.choice([0, 1, 25])
        if browser_answer(browser_half, query, options) != python_answer(engine, query, options):
            different.append((query, options))
    assert not different


def test_telling(engine: Engine, browser_half: NodeSearch) -> None:
    """The one logarithm of the ranking is equal at every frequency an index of this size can have."""
    for documents in (engine.documents, 300, 3000, 10_000):
        expected = [inverse_frequency(documents, frequency) for frequency in range(documents + 1)]
        assert browser_half.telling(documents) == expected


def test_postings(engine: Engine, browser_half: NodeSearch) -> None:
    """The export holds what the index holds, term by term."""
    chance = random.Random(SEED)
    for field in ("folded", "exact", "pair", "name", "code", "concept"):
        terms = [term for term, _ in engine.reader.field_postings(field)]
        some = chance.sample(terms, min(400, len(terms)))
        for term, (frequency, numbers, impacts) in zip(some, browser_half.postings(field, some), strict=True):
            assert frequency == engine.reader.frequency(field, term)
            expected = engine.reader.postings(field, term)
            assert numbers == expected[0], (field, term)
            assert field == "name" or impacts == expected[1], (field, term)


def joins_cluster(text: str, place: int) -> bool:
    """Whether a cut before `text[place]` would part a letter from its marks, or a Lao vowel from its consonant."""
    if not 0 < place < len(text):
        return False
    after, before = text[place], text[place - 1]
    if unicodedata.category(after) == "Mn" or (after in "ະາຳຽ" and "ກ" <= before <= "ໝ"):
        return True
    return before in "ເແໂໃໄ" and "ກ" <= after <= "ຮ"


def test_no_snippet_cuts_a_cluster(documents: list[dict[str, Any]], browser_half: NodeSearch) -> None:
    """Over the whole data: a passage is asked for by words from the midst of each document, in both languages."""
    chance = random.Random(SEED)
    asked = cut = 0
    for document in documents:
        for language in ("vi", "lo"):
            texts = [part["text"][language] for part in document["sections"] if part["text"].get(language)]
            if not texts:
                continue
            tokens = analyze(chance.choice(texts))
            if not tokens:
                continue
            start = chance.randrange(len(tokens))
            words = [token.folded for token in tokens[start : start + 3]]
            marked = browser_half.passage(texts, words)
            whole = next((text for text in texts if marked["text"].strip("… ") in _plain(text)), None)
            assert whole is not None, (document["id"], marked["text"])
            inside = marked["text"].removeprefix("… ").removesuffix(" …")
            begin = _plain(whole).index(inside)
            places = {begin, begin + len(inside)}
            shift = begin - (len(marked["text"]) - len(marked["text"].removeprefix("… ")))
            places |= {shift + place for span in marked["highlights"] for place in span}
            asked += 1
            cut += any(joins_cluster(_plain(whole), place) for place in places)
    assert asked > len(documents)
    assert cut == 0


def _plain(text: str) -> str:
    return "".join(
        " " if ord(char) < 32 or 127 <= ord(char) < 160 or char in "\u2028\u2029" else char for char in text
    )

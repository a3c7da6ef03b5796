"""The right entry first: on the written queries, and for each entry by its own names."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from search.analyzer import analyze, phrase
from search.engine import Engine, wanted_of

pytestmark = [pytest.mark.site, pytest.mark.timeout(1200)]

QUERIES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("queries.yaml").read_text(encoding="utf-8")
)
TYPED_WRONG = {"vi-typo"}


def name_of(document: dict[str, Any]) -> str:
    return f"{document['kind']}/{document['id']}"


def test_there_are_queries_enough_in_each_class(documents: list[dict[str, Any]]) -> None:
    assert len(QUERIES) >= 300
    assert min(Counter(row["class"] for row in QUERIES).values()) >= 15
    assert len({row["q"] for row in QUERIES}) == len(QUERIES)
    entries = {name_of(document) for document in documents}
    assert not [entry for row in QUERIES for entry in row["expect"] if entry not in entries]


def test_the_right_entry_comes_first(engine: Engine, documents: list[dict[str, Any]]) -> None:
    first: dict[str, list[bool]] = {}
    among_three = []
    for row in QUERIES:
        _, ranking = engine.rank(row["q"], 3)
        found = [name_of(documents[item.number]) in row["expect"] for item in ranking.best]
        first.setdefault(row["class"], []).append(found[:1] == [True])
        among_three.append(any(found))
    shares = {name: sum(hits) / len(hits) for name, hits in first.items()}
    low = {name: share for name, share in shares.items() if share < (0.9 if name in TYPED_WRONG else 0.95)}
    assert not low
    assert sum(among_three) / len(among_three) >= 0.99


def test_each_entry_is_found_by_each_of_its_names(
    engine: Engine, documents: list[dict[str, Any]], request: pytest.FixtureRequest
) -> None:
    """Every fifth of the thousands of names; all of them with `--thorough`."""
    owners: dict[tuple[str, ...], set[int]] = {}
    for number, document in enumerate(documents):
        for text in (*document["title"].values(), *document["aliases"], *document["codes"]):
            owners.setdefault(phrase(text), set()).add(number)
    missed = []
    step = 1 if request.config.getoption("--thorough") else 5
    for words, numbers in list(owners.items())[::step]:
        if not words:
            continue
        document = documents[min(numbers)]
        texts = (*document["title"].values(), *document["aliases"], *document["codes"])
        text = next(text for text in texts if phrase(text) == words)
        _, ranking = engine.rank(text, max(3, len(numbers)))
        if not numbers & {item.number for item in ranking.best}:
            missed.append((text, name_of(document)))
    assert not missed


def test_no_snippet_of_the_queries_cuts_a_letter_from_its_marks(
    engine: Engine, request: pytest.FixtureRequest
) -> None:
    for row in QUERIES[:: 1 if request.config.getoption("--thorough") else 4]:
        for hit in engine.search(row["q"], lang=row["lang"]).hits:
            places = {place for token in analyze(hit.snippet) for place in (token.start, token.end)}
            assert all({start, end} <= places for start, end in hit.highlights)


def test_what_is_highlighted_was_asked_for(engine: Engine) -> None:
    plan, _ = engine.rank("cửa khẩu của Lào", 1)
    wanted = wanted_of(plan, engine.reader)
    assert "cua" not in wanted.singles
    assert ("cua", "khau") in wanted.pairs

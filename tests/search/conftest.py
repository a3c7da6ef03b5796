"""A small index of real entries, built once."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search.document import SearchDocument, read_documents
from search.engine import Engine, build_index, open_index

HERE = Path(__file__).parent
DOCUMENTS = HERE / "documents.jsonl"
SYNONYMS = HERE / "synonyms.json"


@pytest.fixture(scope="session")
def small_documents() -> list[SearchDocument]:
    with DOCUMENTS.open(encoding="utf-8") as lines:
        return list(read_documents(lines))


@pytest.fixture(scope="session")
def small_index(small_documents: list[SearchDocument], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("small") / "index"
    build_index(small_documents, out, json.loads(SYNONYMS.read_text(encoding="utf-8")))
    return out


@pytest.fixture(scope="session")
def small(small_index: Path) -> Iterator[Engine]:
    engine = open_index(small_index)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def engine(index: Path) -> Iterator[Engine]:
    """The index of the real handbook."""
    opened = open_index(index)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def documents(engine: Engine) -> list[dict[str, Any]]:
    return [engine.reader.document(number) for number in range(engine.documents)]

"""What is asked of Whoosh, and nothing else: the same on every release and fork, see HACKING.md for how to try one."""

from pathlib import Path
from typing import Any

import pytest

from search.query import import_whoosh, open_reader, schema

ROWS: list[dict[str, Any]] = [
    {
        "id": "a",
        "data": "{}",
        "kind": {"67": 1},
        "language": {"vi": 1, "lo": 1},
        "folded": {"cua": 7, "khau": 63, "ລາວ": 1},
        "pair": {"cua+khau": 12},
    },
    {"id": "b", "data": "[1]", "folded": {"khauu": 5, "khau": 2}, "name": {"lao+bao": 1, "lao+bao+~": 1}},
    {"id": "c", "data": '"\u2028"', "folded": {"zzz": 1}, "exact": {}},
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Any:
    whoosh = import_whoosh()
    storage = whoosh.filestore.RamStorage()
    writer = storage.create_index(schema()).writer(limitmb=16)
    for row in ROWS:
        writer.add_document(**{name: value for name, value in row.items() if value})
    writer.commit(optimize=True)
    folder = tmp_path_factory.mktemp("whoosh")
    for name in storage.list():
        with storage.open_file(name) as stream:
            (folder / name).write_bytes(stream.read())
    return whoosh.index.open_dir(str(folder), readonly=True, schema=schema()).reader()


def postings(reader: Any, field: str, term: str) -> list[tuple[int, int]]:
    matcher = reader.postings(field, term)
    found = []
    while matcher.is_active():
        found.append((matcher.id(), int(matcher.weight())))
        matcher.next()
    return found


def test_one_segment_numbers_documents_in_order(reader: Any) -> None:
    assert reader.doc_count_all() == len(ROWS)
    assert [reader.stored_fields(number)["id"] for number in range(len(ROWS))] == ["a", "b", "c"]
    assert reader.stored_fields(2)["data"] == ROWS[2]["data"]


def test_postings_give_numbers_in_order_with_their_impact(reader: Any) -> None:
    assert postings(reader, "folded", "khau") == [(0, 63), (1, 2)]
    assert postings(reader, "folded", "ລາວ") == [(0, 1)]
    assert postings(reader, "pair", "cua+khau") == [(0, 12)]
    assert postings(reader, "language", "lo") == [(0, 1)]


def test_a_walk_through_a_field_gives_every_term_with_its_postings(small_index: Path) -> None:
    reader = open_reader(small_index)
    for field in ("folded", "pair", "name", "kind"):
        walked = dict(reader.field_postings(field))
        assert list(walked) == reader.terms(field) == sorted(walked, key=lambda term: term.encode())
        assert walked == {term: reader.postings(field, term) for term in walked}
        assert all(reader.frequency(field, term) == len(found[0]) for term, found in walked.items())
    reader.close()


def test_a_term_is_whole(reader: Any) -> None:
    """No stemming, no stop words, no splitting at signs, no case."""
    assert [term.decode() for term in reader.lexicon("name")] == ["lao+bao", "lao+bao+~"]
    assert [term.decode() for term in reader.lexicon("folded")] == ["cua", "khau", "khauu", "zzz", "ລາວ"]


def test_frequencies(reader: Any) -> None:
    assert [reader.doc_frequency("folded", term) for term in ("khau", "cua", "none")] == [2, 1, 0]
    assert reader.doc_frequency("exact", "khau") == 0


def test_terms_by_prefix(reader: Any) -> None:
    assert [term.decode() for term in reader.expand_prefix("folded", "kha")] == ["khau", "khauu"]
    assert list(reader.expand_prefix("folded", "q")) == []


def test_only_two_modules_import_it(root: Path) -> None:
    importing = {
        path.name
        for path in (root / "search").glob("*.py")
        if any(
            line.strip().startswith(("import whoosh", "from whoosh"))
            for line in path.read_text().splitlines()
        )
    }
    assert importing == {"query.py"}

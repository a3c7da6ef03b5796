"""What is asked of Whoosh, and nothing else: the same on every release and fork, see HACKING.md for how to try one."""

import tempfile
from pathlib import Path
from typing import Any

import pytest

from search.index import write_segment
from search.postings import Posting
from search.query import import_whoosh, open_reader, schema

STORED = [("a", "{}"), ("b", "[1]"), ("c", '"\u2028"')]
POSTINGS = [
    Posting("folded", b"cua", 0, 7),
    Posting("folded", b"khau", 0, 63),
    Posting("folded", b"khau", 1, 2),
    Posting("folded", b"khauu", 1, 5),
    Posting("folded", b"zzz", 2, 1),
    Posting("folded", "ລາວ".encode(), 0, 1),
    Posting("kind", b"67", 0, 1),
    Posting("language", b"lo", 0, 1),
    Posting("language", b"vi", 0, 1),
    Posting("name", b"lao+bao", 1, 1),
    Posting("name", b"lao+bao+~", 1, 1),
    Posting("pair", b"cua+khau", 0, 12),
]


def opened(folder: Path) -> Any:
    return import_whoosh().index.open_dir(str(folder), readonly=True, schema=schema()).reader()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whoosh")
    write_segment(STORED, POSTINGS, folder)
    return folder


@pytest.fixture(scope="module")
def reader(folder: Path) -> Any:
    return opened(folder)


def postings(reader: Any, field: str, term: str) -> list[tuple[int, int]]:
    matcher = reader.postings(field, term)
    found = []
    while matcher.is_active():
        found.append((matcher.id(), int(matcher.weight())))
        matcher.next()
    return found


def test_one_segment_numbers_documents_in_order(reader: Any) -> None:
    assert reader.doc_count_all() == len(STORED)
    assert [reader.stored_fields(number)["id"] for number in range(len(STORED))] == ["a", "b", "c"]
    assert reader.stored_fields(2)["data"] == STORED[2][1]


def test_postings_give_numbers_in_order_with_their_impact(reader: Any) -> None:
    assert postings(reader, "folded", "khau") == [(0, 63), (1, 2)]
    assert postings(reader, "folded", "ລາວ") == [(0, 1)]
    assert postings(reader, "pair", "cua+khau") == [(0, 12)]
    assert postings(reader, "language", "lo") == [(0, 1)]


def test_a_walk_through_a_field_gives_every_term_with_its_postings(small_index: Path) -> None:
    reader = open_reader(small_index)
    for field in ("folded", "pair", "name", "kind"):
        walked = dict(reader.field_postings(field))
        assert list(walked) == sorted(walked, key=lambda term: term.encode())
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


def test_a_second_segment_stands_beside_the_first(folder: Path, tmp_path: Path) -> None:
    write_segment([("d", "4")], [Posting("folded", b"khau", 0, 9)], tmp_path, beside=folder)
    leaves = opened(tmp_path).leaf_readers()
    assert [base for _, base in leaves] == [0, 3]
    assert postings(leaves[0][0], "folded", "khau") == [(0, 63), (1, 2)]
    assert postings(leaves[1][0], "folded", "khau") == [(0, 9)]
    assert ("folded", "cua") in leaves[0][0] and ("folded", "cua") not in leaves[1][0]
    assert opened(tmp_path).stored_fields(3)["id"] == "d"
    again = tmp_path / "again"
    again.mkdir()
    write_segment([("e", "5")], [], again, beside=tmp_path)
    reader = opened(again)
    assert [reader.stored_fields(number)["id"] for number in range(4)] == ["a", "b", "c", "e"]
    assert len(list(again.glob("*.trm"))) == 2


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


def test_no_scratch_files_where_other_builds_have_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two builds of one machine would remove each other's: here the shared folder cannot even be made."""
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    write_segment(STORED, POSTINGS, tmp_path)
    assert opened(tmp_path).doc_count() == len(STORED)

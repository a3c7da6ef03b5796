"""An index too large for the memory its writer takes goes through scratch files and comes out the same."""

import io
import pickle
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from search.document import SearchDocument, Section
from search.engine import build_index, open_index
from search.query import _load, import_whoosh

DOCUMENTS = [
    SearchDocument(
        id=f"gate-{number}",
        kind="gates",
        title={"vi": f"Cửa khẩu số {number}", "lo": f"ດ່ານ {number}"},
        sections=(Section("a", {}, {"vi": f"hàng hóa qua biên giới {number}", "lo": "ສິນຄ້າຜ່ານແດນ"}),),
    )
    for number in range(60)
]


def answers(folder: Path) -> list[tuple[str, float]]:
    engine = open_index(folder)
    found = [
        (hit.id, hit.score)
        for query in ("cửa khẩu số 7", "ສິນຄ້າ", "hang hoa")
        for hit in engine.search(query).hits
    ]
    engine.close()
    return found


def test_postings_beyond_the_memory_of_the_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_index(DOCUMENTS, tmp_path / "whole")
    import_whoosh()
    pool = import_module("whoosh.writing").PostingPool
    begin, save = pool.__init__, pool.save
    saved = []

    def small(self: Any, *arguments: Any, **named: Any) -> None:
        begin(self, *arguments, **named)
        self.limit = 20_000

    def counted(self: Any) -> None:
        saved.append(len(self.current))
        save(self)

    monkeypatch.setattr(pool, "__init__", small)
    monkeypatch.setattr(pool, "save", counted)
    build_index(DOCUMENTS, tmp_path / "parts")
    assert len(saved) > 3
    assert answers(tmp_path / "parts") == answers(tmp_path / "whole")
    assert not list(tmp_path.rglob("*.run"))


def test_no_bytes_is_all_that_a_call_of_bytes_may_give() -> None:
    assert _load(io.BytesIO(pickle.dumps(b"", 2))) == b""
    asking_for_memory = b"\x80\x02c__builtin__\nbytes\nJ\x00\x00\x00\x40\x85R."
    with pytest.raises(pickle.UnpicklingError):
        _load(io.BytesIO(asking_for_memory))

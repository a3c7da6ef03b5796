"""The index on disk: sealed, swapped in whole, refused when damaged."""

import json
import pickle
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from search.document import SearchDocument
from search.engine import IndexError, build_index, open_index
from search.stamp import STAMP, read_stamp
from search.wordlists import NAMES


@pytest.fixture
def copy(small_index: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_index, tmp_path / "index"))


def data_folder(index: Path) -> Path:
    stamp = read_stamp(index)
    assert stamp
    return index / stamp.folder


def test_there_is_no_index_in_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(IndexError, match="handbook build"):
        open_index(tmp_path)


@pytest.mark.parametrize("part", ["trm", "col", "toc", "pairs.txt", *NAMES])
def test_one_changed_byte_anywhere_is_refused_before_anything_is_read(
    copy: Path, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = next(path for path in data_folder(copy).iterdir() if path.name.endswith(part))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    monkeypatch.setattr(pickle, "loads", lambda *_: pytest.fail("unpickled"))
    with pytest.raises(IndexError, match="damaged"):
        open_index(copy)


@pytest.mark.parametrize("change", ["cut", "added", "missing"])
def test_torn_folders_are_refused(copy: Path, change: str) -> None:
    folder = data_folder(copy)
    segment = next(folder.glob("*.trm"))
    if change == "cut":
        segment.write_bytes(segment.read_bytes()[:-100])
    elif change == "added":
        (folder / "more.pst").write_bytes(b"x")
    else:
        segment.unlink()
    with pytest.raises(IndexError):
        open_index(copy)


@pytest.mark.parametrize(
    "change",
    [{"folder": "../elsewhere"}, {"analysis": "0"}, {"format": "other"}, {"files": {}}, {"documents": 1}],
)
def test_a_stamp_that_was_written_over_is_refused(copy: Path, change: dict[str, object]) -> None:
    stamp = json.loads((copy / STAMP).read_text())
    (copy / STAMP).write_text(json.dumps(stamp | change))
    with pytest.raises(IndexError):
        open_index(copy)


def test_an_index_of_another_analysis_says_what_to_run(copy: Path) -> None:
    stamp = read_stamp(copy)
    assert stamp
    (copy / STAMP).write_text(stamp._replace(analysis="0" * 16).to_json())
    with pytest.raises(IndexError, match=r"another version.*search index"):
        open_index(copy)


def test_the_same_data_is_not_built_twice(copy: Path, small_documents: list[SearchDocument]) -> None:
    synonyms = json.loads(Path(__file__).with_name("synonyms.json").read_text(encoding="utf-8"))
    before = read_stamp(copy)
    assert build_index(small_documents, copy, synonyms) == before
    assert build_index(small_documents[1:], copy, synonyms) != before


def test_an_interrupted_build_leaves_the_old_index(copy: Path, small_documents: list[SearchDocument]) -> None:
    def interrupted(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index(small_documents[3:], copy, progress=interrupted)
    assert open_index(copy).search("lao bao").hits


def test_two_builds_at_once_leave_one_whole_index(
    tmp_path: Path, small_documents: list[SearchDocument]
) -> None:
    builds = [
        threading.Thread(target=build_index, args=(small_documents[:count], tmp_path / "index"))
        for count in (8, 9)
    ]
    for build in builds:
        build.start()
    for build in builds:
        build.join()
    assert open_index(tmp_path / "index").documents in (8, 9)


def test_a_pickle_in_an_index_can_run_nothing(tmp_path: Path) -> None:
    """Even where a stamp agrees: the segment list is a pickle, and only Whoosh's own two classes are let in."""
    marker = tmp_path / "ran"
    code = f"""
import pickle
from search import pickles, query
class Evil:
    def __reduce__(self):
        return (open, ({str(marker)!r}, "w"))
whoosh = query.import_whoosh()
for loads in (whoosh.index.pickle.loads, pickles.loads):
    try:
        loads(pickle.dumps(Evil(), 2))
    except pickle.UnpicklingError:
        pass
    else:
        raise SystemExit("loaded")
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    assert not marker.exists()

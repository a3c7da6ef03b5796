"""A damaged index is refused before it is read; one that somebody made with a stamp of its own runs nothing."""

import os
import pickle
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from fuzzing import cases
from hypothesis import example, given
from hypothesis import strategies as st

from search.document import SearchDocument, Section
from search.engine import IndexError, build_index, open_index
from search.stamp import STAMP, digest_of_files, read_stamp

WORDS = ("cửa khẩu", "tờ khai", "ດ່ານ", "ພາສີ", "xăng dầu")
QUERIES = ("cua khau", "ດ່ານ", "C/O", "khong co", "to khai*")
# What code that came in with an index would do.
FORBIDDEN = {"os.system", "subprocess.Popen", "os.exec", "os.fork", "os.posix_spawn", "socket.connect", "os.remove", "shutil.rmtree",
             "exec", "code.__new__", "ctypes.dlopen"}  # fmt: skip
ran: list[str] | None = None


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if ran is None:
        return
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if event in FORBIDDEN or writes:
        ran.append(f"{event} {arguments!r:.200}")


@contextmanager
def nothing_runs() -> Iterator[None]:
    """Within the block no program is started, no file written, no code made."""
    global ran
    ran = []
    try:
        yield
        assert ran == []
    finally:
        ran = None


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small index."""
    sys.addaudithook(_watch)
    documents = [
        SearchDocument(
            id=f"d{n}",
            kind="gates",
            url={"vi": f"d{n}.html"},
            title={"vi": f"{WORDS[n % 5]} {n}"},
            aliases=(),
            codes=("27/2014/QĐ-TTg",),
            sections=(Section("a", {}, {"vi": " ".join(WORDS), "lo": "ດ່ານ ພາສີ"}),),
        )
        for n in range(12)
    ]
    out = tmp_path_factory.mktemp("sound") / "index"
    build_index(documents, out)
    # All that is read late is loaded before anything is watched.
    engine = open_index(out)
    assert [engine.search(query).total for query in QUERIES] != [0] * len(QUERIES)
    engine.close()
    return out


@pytest.fixture(scope="module")
def workshop(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where damaged copies are made, one after another."""
    return tmp_path_factory.mktemp("damaged") / "index"


def laid(sound: Path, target: Path, file: int, change: Any, *, sealed: bool) -> Path:
    """A copy with one file changed; `sealed`: by somebody who made the stamp anew."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(sound, target)
    stamp = read_stamp(target)
    assert stamp is not None
    files = sorted((target / stamp.folder).iterdir())
    path = files[file % len(files)]
    path.write_bytes(change(path.read_bytes()))
    if sealed:
        text = stamp._replace(files=digest_of_files(target / stamp.folder)).to_json()
        (target / STAMP).write_text(text, encoding="utf-8")
    return target


def use(index: Path) -> None:
    """Open and ask. A forged index may answer nonsense or fail, in any way but by running something."""
    try:
        engine = open_index(index)
    except IndexError as error:
        assert "build it with" in str(error)
        return
    for query in QUERIES:
        with suppress(Exception):
            engine.search(query)
    engine.close()


DAMAGE = st.tuples(
    st.integers(0, 20), st.floats(0, 1), st.binary(min_size=1, max_size=12), st.integers(0, 12)
)


def damaged(place: float, piece: bytes, dropped: int) -> Any:
    def change(content: bytes) -> bytes:
        start = int(place * len(content))
        return content[:start] + piece + content[start + dropped :]

    return change


@given(DAMAGE)
@cases(25)
def test_a_damaged_file_is_refused_before_it_is_read(
    sound: Path, workshop: Path, damage: tuple[int, float, bytes, int]
) -> None:
    file, place, piece, dropped = damage
    change = damaged(place, piece, dropped)
    index = laid(sound, workshop, file, change, sealed=False)
    stamp = read_stamp(index)
    if stamp is not None and stamp.intact(index):
        return  # the very bytes that stood there
    with nothing_runs(), pytest.raises(IndexError, match="damaged"):
        open_index(index)


@given(DAMAGE)
@cases(60)
def test_a_damaged_file_under_a_new_stamp_runs_nothing(
    sound: Path, workshop: Path, damage: tuple[int, float, bytes, int]
) -> None:
    file, place, piece, dropped = damage
    index = laid(sound, workshop, file, damaged(place, piece, dropped), sealed=True)
    with nothing_runs():
        use(index)


class Evil:
    """Unpickled by the standard library, it makes a file."""

    def __init__(self, marker: str) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Any, ...]:
        return (os.system, (f"touch {self.marker}",))


@given(st.integers(0, 20), st.floats(0, 1), st.integers(0, 5), st.booleans())
@example(0, 0.0, 2, True)
@cases(60)
def test_a_pickle_in_any_file_does_not_run(
    sound: Path, workshop: Path, file: int, place: float, protocol: int, over: bool
) -> None:
    """At each place where one begins, and at random ones, under a stamp that agrees."""
    marker = workshop.parent / "ran"
    evil = pickle.dumps(Evil(str(marker)), protocol)

    def change(content: bytes) -> bytes:
        begins = [n for n in range(len(content)) if content[n : n + 1] == b"\x80"] or [0]
        start = begins[int(place * (len(begins) - 1))]
        return content[:start] + evil + content[start + (len(evil) if over else 0) :]

    index = laid(sound, workshop, file, change, sealed=True)
    with nothing_runs():
        use(index)
    assert not marker.exists()


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode) | st.just(b"[" * 5000))
@cases(40)
def test_any_stamp_is_refused_with_words(workshop: Path, content: bytes) -> None:
    shutil.rmtree(workshop, ignore_errors=True)
    workshop.mkdir()
    (workshop / STAMP).write_bytes(content)
    with nothing_runs(), pytest.raises(IndexError, match="build it with"):
        open_index(workshop)

"""A file that is the same as in the last output is that very file."""

from pathlib import Path

import pytest

from search.written import write


def test_the_same_bytes_are_linked_and_others_are_made(tmp_path: Path) -> None:
    before = tmp_path / "last/a.js"
    write(before, b"same")
    write(tmp_path / "new/deep/a.js", b"same", before)
    assert (tmp_path / "new/deep/a.js").samefile(before)
    write(tmp_path / "new/b.js", b"other", before)
    assert (tmp_path / "new/b.js").read_bytes() == b"other"
    assert before.read_bytes() == b"same"
    assert not (tmp_path / "new/b.js").samefile(before)


def test_nothing_before(tmp_path: Path) -> None:
    write(tmp_path / "a.js", b"x", tmp_path / "nowhere.js")
    assert (tmp_path / "a.js").read_bytes() == b"x"


def test_a_link_in_the_place_of_the_last_file_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"x")
    before = tmp_path / "before"
    before.symlink_to(outside)
    write(tmp_path / "a.js", b"x", before)
    assert not (tmp_path / "a.js").is_symlink() and not (tmp_path / "a.js").samefile(outside)


def test_a_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("os.link", refuse)
    write(tmp_path / "before", b"x")
    write(tmp_path / "a.js", b"x", tmp_path / "before")
    assert (tmp_path / "a.js").read_bytes() == b"x"

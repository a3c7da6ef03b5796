"""Updates: taken whole or not at all, from the right hands, and only forwards."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from copies_for_tests import (
    NEW,
    NEXT,
    OLD,
    as_copy,
    forged,
    own,
    put,
    refused,
    seal,
    signer,
    texts,
    tree,
)
from kill_driver import KILLED, run

from generator.offline.copies import CopyRefused, read_copy
from generator.offline.delta import DeltaRefused, make_delta
from generator.offline.portable import journal
from generator.offline.portable.manifest import MANIFEST, WORK
from generator.offline.portable.update import go_back, take_update
from generator.offline.portable.update_file import Refused
from generator.offline.portable.verify import Finding, verify_copy


@pytest.fixture
def key() -> None:
    """Nobody: what signatures add stands below."""


def test_an_update_leads_to_the_very_files_of_the_new_copy(
    copy: Path, update: Path, old: dict[str, bytes], new: dict[str, bytes]
) -> None:
    manifest, signed = take_update(copy, update)
    assert not signed
    assert manifest.published.on == NEW
    assert own(copy) == new
    assert verify_copy(copy)[1] == []
    go_back(copy)
    assert own(copy) == old
    assert verify_copy(copy)[1] == []
    go_back(copy)
    assert own(copy) == new


def test_an_update_counts_what_it_changes(old: dict[str, bytes], new: dict[str, bytes]) -> None:
    _, change = make_delta(as_copy(old), as_copy(new))
    assert (change.patched, change.added, change.removed) == (3, 1, 1)


def test_an_update_is_the_same_bytes_each_time(old: dict[str, bytes], new: dict[str, bytes]) -> None:
    key = signer(1)
    assert make_delta(as_copy(old), as_copy(new), key) == make_delta(as_copy(old), as_copy(new), key)


def test_the_same_update_twice_is_said(copy: Path, update: Path) -> None:
    take_update(copy, update)
    assert refused(copy, update).code == "delta-done"


def test_a_downgrade_is_refused(old: dict[str, bytes], new: dict[str, bytes], tmp_path: Path) -> None:
    with pytest.raises(DeltaRefused):
        make_delta(as_copy(new), as_copy(old))
    root = put(new, tmp_path / "new")
    backwards = tmp_path / "backwards.zip"
    backwards.write_bytes(forged(as_copy(new), as_copy(old), {}))
    assert refused(root, backwards).code == "delta-older"


def test_an_update_for_another_copy_is_refused(update: Path, tmp_path: Path) -> None:
    other = put(seal(texts(OLD, gates__bo_y="<p>Bờ Y</p>"), OLD), tmp_path / "other")
    assert refused(other, update).code == "delta-base"


@pytest.mark.parametrize("share", [0, 0.01, 0.3, 0.7, 0.99])
def test_a_truncated_update_is_refused(copy: Path, update: Path, share: float) -> None:
    content = update.read_bytes()
    update.write_bytes(content[: int(len(content) * share)])
    assert refused(copy, update).code == "delta-damaged"


def test_any_flipped_byte_of_an_update_is_refused_or_harmless(
    copy: Path, update: Path, new: dict[str, bytes], tmp_path: Path
) -> None:
    """The zip's own date and mode fields carry nothing; every byte that matters is covered by a digest."""
    content = update.read_bytes()
    harmless = 0
    for place in range(0, len(content), 7):
        flipped = bytearray(content)
        flipped[place] ^= 0x20
        update.write_bytes(flipped)
        root = shutil.copytree(copy, tmp_path / "try")
        before = tree(root)
        try:
            take_update(root, update)
        except Refused:
            assert tree(root) == before
        else:
            assert own(root) == new
            harmless += 1
        shutil.rmtree(root)
    assert harmless < len(content) / 7 / 4


def test_something_else_is_not_an_update(copy: Path, tmp_path: Path, new: dict[str, bytes]) -> None:
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        for name, content in new.items():
            archive.writestr(name, content)
    assert refused(copy, other).code == "delta-foreign"
    other.write_bytes(b"%PDF-1.7")
    assert refused(copy, other).code == "delta-damaged"


@pytest.mark.parametrize(
    "path",
    [
        "../evil.html",
        "gates/../../evil.html",
        "/etc/evil",
        "C:/evil.html",
        "gates\\evil.html",
        "./evil.html",
        "gates//evil.html",
        ".hidden",
        "gates/evil.",
        "gates/CON.html",
        "tệp.html",
        "previous/0",
        f"{WORK}/plan.json",
        "MANIFEST.json",
        "manifest.sig",
    ],
)
def test_a_path_no_copy_may_have_is_refused(
    copy: Path, old: dict[str, bytes], new: dict[str, bytes], tmp_path: Path, path: str
) -> None:
    update = tmp_path / "bad.zip"
    update.write_bytes(forged(as_copy(old), as_copy(new), {"added": [[path, 4]]}, b"evil"))
    assert refused(copy, update).code == "delta-path"
    assert not (tmp_path / "evil.html").exists()


def test_names_alike_but_for_case_are_refused(
    copy: Path, old: dict[str, bytes], new: dict[str, bytes], tmp_path: Path
) -> None:
    update = tmp_path / "bad.zip"
    update.write_bytes(forged(as_copy(old), as_copy(new), {"added": [["gates/LAO-BAO.html", 4]]}, b"evil"))
    assert refused(copy, update).code == "delta-path"
    update.write_bytes(forged(as_copy(old), as_copy(new), {"added": [["GATES", 4]]}, b"evil"))
    assert refused(copy, update).code == "delta-path"


def test_a_payload_that_unpacks_to_more_than_it_says_is_refused(
    copy: Path, old: dict[str, bytes], new: dict[str, bytes], tmp_path: Path
) -> None:
    update = tmp_path / "bomb.zip"
    update.write_bytes(forged(as_copy(old), as_copy(new), {}, bytes(50_000_000), unpacked=100))
    assert refused(copy, update).code == "delta-damaged"


def test_a_changed_copy_is_not_updated(copy: Path, update: Path) -> None:
    (copy / "index.html").write_text("changed", encoding="utf-8")
    error = refused(copy, update)
    assert error.code == "copy-broken"
    assert error.findings == [Finding("changed", "index.html")]


def test_a_file_the_reader_put_there_stays(copy: Path, update: Path) -> None:
    (copy / "notes.txt").write_text("mine", encoding="utf-8")
    take_update(copy, update)
    assert (copy / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert verify_copy(copy)[1] == [Finding("foreign", "notes.txt")]


def test_a_foreign_file_in_the_place_of_a_new_one_is_refused(copy: Path, update: Path) -> None:
    (copy / "gates/la-lay.html").write_text("mine", encoding="utf-8")
    assert refused(copy, update).code == "clash"


def test_a_link_is_never_followed(copy: Path, update: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (copy / "gates").rename(outside)
    (copy / "gates").symlink_to(outside)
    before = tree(outside)
    error = refused(copy, update)
    assert error.code == "copy-broken"
    assert tree(outside) == before
    (copy / "gates").unlink()
    outside.rename(copy / "gates")
    (copy / "index.html").rename(tmp_path / "index.html")
    (copy / "index.html").symlink_to(tmp_path / "index.html")
    assert refused(copy, update).findings == [Finding("link", "index.html")]


# Signatures


def test_a_signed_copy_takes_updates_of_its_own_key_alone(tmp_path: Path) -> None:
    mine, other = signer(1), signer(2)
    old, new = seal(texts(OLD), OLD, mine), seal(texts(NEW, **NEXT), NEW, mine)
    copy = put(old, tmp_path / "copy")
    update = tmp_path / "update.zip"
    for key in (None, other):
        with pytest.raises(DeltaRefused):
            make_delta(as_copy(old), as_copy(new), key)
    head = {"patched": []}
    update.write_bytes(forged(as_copy(old), as_copy(new), head))
    assert refused(copy, update).code == "delta-unsigned"
    update.write_bytes(forged(as_copy(old), as_copy(new), head, key=other))
    assert refused(copy, update).code == "delta-signature"
    update.write_bytes(make_delta(as_copy(old), as_copy(new), mine)[0])
    _, signed = take_update(copy, update)
    assert signed
    assert own(copy) == new
    assert verify_copy(copy)[1] == []


def test_a_signature_of_another_update_does_not_fit(tmp_path: Path) -> None:
    key = signer(1)
    old, new = seal(texts(OLD), OLD, key), seal(texts(NEW), NEW, key)
    copy = put(old, tmp_path / "copy")
    real = make_delta(as_copy(old), as_copy(new), key)[0]
    with zipfile.ZipFile(io.BytesIO(real)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["DELTA.json"] = members["DELTA.json"].replace(str(NEW).encode(), b"2026-12-06")
    update = tmp_path / "update.zip"
    with zipfile.ZipFile(update, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    assert refused(copy, update).code == "delta-signature"


def test_the_key_can_be_changed_by_an_update_the_old_key_signed(tmp_path: Path) -> None:
    first, second = signer(1), signer(2)
    old, new = seal(texts(OLD), OLD, first), seal(texts(NEW), NEW, second)
    copy = put(old, tmp_path / "copy")
    update = tmp_path / "update.zip"
    update.write_bytes(make_delta(as_copy(old), as_copy(new), first)[0])
    manifest, _ = take_update(copy, update)
    assert manifest.public_key == second.public_key
    assert verify_copy(copy)[1] == []


def test_an_unsigned_copy_can_become_a_signed_one_but_not_go_back(tmp_path: Path) -> None:
    key = signer(1)
    old, new = seal(texts(OLD), OLD), seal(texts(NEW), NEW, key)
    copy = put(old, tmp_path / "copy")
    update = tmp_path / "update.zip"
    update.write_bytes(make_delta(as_copy(old), as_copy(new), key)[0])
    take_update(copy, update)
    assert own(copy) == new
    assert verify_copy(copy)[1] == []
    with pytest.raises(Refused, match="back-key"):
        go_back(copy)
    assert own(copy) == new


# Cut off


@pytest.mark.parametrize("phase", ["before", "half", "after"])
@pytest.mark.parametrize("way", ["forwards", "back"])
def test_killed_at_any_write_the_copy_is_the_old_one_or_the_new_one(
    copy: Path,
    update: Path,
    old: dict[str, bytes],
    new: dict[str, bytes],
    tmp_path: Path,
    phase: str,
    way: str,
) -> None:
    arguments, start, end = [str(update)], old, new
    if way == "back":
        take_update(copy, update)
        arguments, start, end = ["--back"], new, old
    code, steps, said = run(shutil.copytree(copy, tmp_path / "whole"), *arguments)
    assert (code, steps > 20) == (0, True), said
    seen = set()
    for step in range(1, steps + 1):
        root = shutil.copytree(copy, tmp_path / f"{step}")
        assert run(root, *arguments, step=step, phase=phase)[0] == KILLED
        waiting = journal.is_waiting(root)
        _, findings = verify_copy(root)
        if waiting:
            assert "interrupted" in {found.code for found in findings}
        journal.recover(root)
        reached = own(root)
        assert reached in (start, end)
        assert waiting <= (reached == end)
        seen.add(reached == end)
        assert verify_copy(root)[1] == []
        shutil.rmtree(root)
    assert seen == {True, False}


def test_killed_while_recovering_it_recovers_again(
    copy: Path, update: Path, new: dict[str, bytes], tmp_path: Path
) -> None:
    _, steps, _ = run(shutil.copytree(copy, tmp_path / "whole"), str(update))
    middle = next(
        step
        for step in range(1, steps + 1)
        if run(shutil.copytree(copy, tmp_path / f"m{step}"), str(update), step=step)[0] == KILLED
        and journal.is_waiting(tmp_path / f"m{step}")
    )
    root = tmp_path / f"m{middle}"
    for step in range(1, 4):
        run(root, "--back", step=step, phase="half")
    _, _, said = run(root, str(update))
    assert own(root) == new
    assert "Finished the update that was cut off" in said


def test_a_disk_that_cannot_be_written_changes_nothing(
    copy: Path, update: Path, old: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = journal.write_whole

    def full(path: Path, content: bytes) -> None:
        if path.name == "2":
            raise OSError(28, "No space left on device")
        real(path, content)

    monkeypatch.setattr(journal, "write_whole", full)
    with pytest.raises(OSError, match="No space"):
        take_update(copy, update)
    assert tree(copy) == old


# The makers' side


def test_only_whole_copies_become_updates(tmp_path: Path, old: dict[str, bytes]) -> None:
    folder = put(old, tmp_path / "copy")
    assert read_copy(folder).digest == as_copy(old).digest
    (folder / "index.html").write_text("changed", encoding="utf-8")
    with pytest.raises(CopyRefused) as caught:
        read_copy(folder)
    assert caught.value.findings == [Finding("changed", "index.html")]
    for broken in (b"", b"PK\x03\x04"):
        (tmp_path / "copy.zip").write_bytes(broken)
        with pytest.raises(CopyRefused):
            read_copy(tmp_path / "copy.zip")


def test_a_zip_that_climbs_out_of_its_folder_is_refused(tmp_path: Path, old: dict[str, bytes]) -> None:
    path = tmp_path / "copy.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in old.items():
            archive.writestr(name, content)
        archive.writestr("../evil.html", b"evil")
    with pytest.raises(CopyRefused) as caught:
        read_copy(path)
    assert caught.value.findings == [Finding("foreign", "../evil.html")]


def test_the_manifest_names_itself_in_nothing(old: dict[str, bytes]) -> None:
    assert MANIFEST not in as_copy(old).manifest.files

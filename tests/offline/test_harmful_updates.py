"""Updates made to harm, and folders that look like those of an update: refused, and nothing half-applied."""

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
    codes,
    flipped,
    forged,
    members,
    own,
    put,
    refused,
    seal,
    signer,
    texts,
    tree,
    zipped,
)

from generator.offline.delta import make_delta
from generator.offline.portable import journal, update_file
from generator.offline.portable.apply import main
from generator.offline.portable.manifest import MANIFEST, PLAN, PREVIOUS, SIGNATURE, UNDO, WORK, File, parse
from generator.offline.portable.patch import DamagedPatch, Reader, Run, apply_patch, write_runs
from generator.offline.portable.update import go_back, take_update
from generator.offline.portable.update_file import DELTA, DELTA_SIGNATURE, PAYLOAD, Refused
from generator.offline.portable.words import LANGUAGES, say

KEY = signer(1)


# What an update says


@pytest.mark.parametrize("name", [DELTA, DELTA_SIGNATURE, PAYLOAD])
def test_a_member_that_comes_twice(copy: Path, update: Path, name: str) -> None:
    parts = [*members(update).items(), (name, members(update)[name])]
    with pytest.warns(UserWarning, match="Duplicate"):
        zipped(parts, update)
    assert refused(copy, update).code == "delta-foreign"


@pytest.mark.parametrize(("name", "size"), [(DELTA, 100_001), (DELTA_SIGNATURE, 1_001)])
def test_a_member_larger_than_any_is(copy: Path, update: Path, name: str, size: int) -> None:
    zipped([*(members(update) | {name: b" " * size}).items()], update)
    assert refused(copy, update).code == "delta-foreign"


def test_a_size_that_is_declared_is_no_promise(copy: Path, update: Path) -> None:
    """The zip's directory says a payload of 16 bytes, and one of 4 GB."""
    content = update.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(PAYLOAD).file_size.to_bytes(4, "little")
    assert content.count(size) >= 2
    for said in (16, 2**32 - 2):
        update.write_bytes(content.replace(size, said.to_bytes(4, "little")))
        assert refused(copy, update).code in ("delta-damaged", "delta-foreign")


def test_a_payload_that_wants_much_memory_or_room(
    copy: Path, old: dict[str, bytes], new: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = tmp_path / "bomb.zip"
    bomb.write_bytes(forged(as_copy(old), as_copy(new), {}, bytes(10**6), KEY))
    monkeypatch.setattr(update_file, "MOST_UNPACKED", 10**6)
    assert refused(copy, bomb).code == "delta-damaged"
    monkeypatch.undo()
    monkeypatch.setattr(update_file, "MOST_MEMORY", 10**5)
    assert refused(copy, bomb).code == "delta-damaged"


def test_a_patch_that_copies_one_place_over_and_over() -> None:
    """A few bytes a run, the whole old file each: what comes out has a bound."""
    old, times = bytes(1000), 1000
    runs = write_runs([Run(0, 1000, 0), *[Run(-1000, 1000, 0)] * (times - 1)])
    assert len(runs) < 10 * times
    assert len(apply_patch(old, Reader(runs), Reader(b""), 1000 * times)) == 1000 * times
    with pytest.raises(DamagedPatch):
        apply_patch(old, Reader(runs), Reader(b""), 1000 * times - 1)


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ({"removed": [1, 1]}, b""),
        ({"removed": [-1]}, b""),
        ({"removed": ["x"]}, b""),
        ({"removed": [float("inf")]}, b""),
        ({"patched": [float("inf")]}, b""),
        ({"patched": [1], "removed": [0], "runs": 1}, b"\x00"),
        ({"added": [["a.html", 1], ["a.html", 1]]}, b"xy"),
        ({"added": [["index.html", 1]]}, b"x"),
        ({"added": [["index.html", 1]], "removed": [0]}, b"x"),
        ({"added": "ab"}, b""),
        ({"added": None}, b""),
        ({"runs": -1}, b""),
        ({"runs": float("inf")}, b""),
        ({"patched": [99]}, b""),
        ({"patched": [0]}, b""),
        ({"patched": [1], "runs": 1}, b"\x01"),
        ({"removed": [99]}, b""),
        ({"added": [["x.html", 99]]}, b"short"),
        ({"added": [["x.html", -1]]}, b""),
        ({"added": [["x.html", 1]]}, b"too long"),
        ({"patched": [1], "runs": 4}, b"\x01\x00\xff\x7f"),
        ({"added": [["x.html", 1]]}, b"x"),
    ],
)
def test_a_head_that_says_impossible_things(
    copy: Path,
    old: dict[str, bytes],
    new: dict[str, bytes],
    tmp_path: Path,
    head: dict[str, object],
    tail: bytes,
) -> None:
    bad = tmp_path / "bad.zip"
    bad.write_bytes(forged(as_copy(old), as_copy(new), head, tail, KEY))
    assert refused(copy, bad).code == "delta-damaged"


@pytest.mark.parametrize("value", [b"Infinity", b"1e999", b"-1", b"[]", b"null", b'"x"', b"9" * 5000])
@pytest.mark.parametrize("name", [b'"unpacked": ', b'"size": ', b'"ageing_days": '])
def test_numbers_of_an_update_that_are_none(copy: Path, update: Path, name: bytes, value: bytes) -> None:
    parts = members(update)
    said, _, rest = parts[DELTA].partition(name)
    end = min(place for place in (rest.find(b","), rest.find(b"\n")) if place >= 0)
    parts[DELTA] = said + name + value + rest[end:]
    zipped([*parts.items()], update)
    assert refused(copy, update).code in ("delta-foreign", "delta-damaged", "delta-signature")


def test_numbers_of_a_manifest_that_are_none() -> None:
    content = seal({"index.html": b"x"}, OLD)[MANIFEST]
    for said in (b'"size": 1', b'"ageing_days": 92'):
        name = said.partition(b" ")[0]
        assert said in content
        for value in (b"Infinity", b"1e999", b"-1", b"9" * 30, b"null"):
            with pytest.raises(ValueError, match="no manifest"):
                parse(content.replace(said, name + b" " + value))


def test_back_to_the_version_before_of_the_same_day(tmp_path: Path) -> None:
    """Two versions of one day: neither date says which is newer, but a copy knows where it came from."""
    first, second = seal(texts(OLD), OLD, KEY), seal(texts(OLD, **NEXT), OLD, KEY)
    root = put(first, tmp_path / "copy")
    forwards, backwards = tmp_path / "forwards.zip", tmp_path / "backwards.zip"
    forwards.write_bytes(make_delta(as_copy(first), as_copy(second), KEY)[0])
    backwards.write_bytes(make_delta(as_copy(second), as_copy(first), KEY)[0])
    take_update(root, forwards)
    assert refused(root, backwards).code == "delta-kept"
    assert refused(root, forwards).code == "delta-done"
    go_back(root)
    assert own(root) == first
    assert refused(root, forwards).code == "delta-kept"
    go_back(root)
    assert own(root) == second


# Folders that look like those of an update


@pytest.mark.parametrize(
    "plan",
    [
        {"replace": [["../evil.html", 4, File.of(b"evil").sha256]], "remove": []},
        {"replace": [["/etc/evil", 4, File.of(b"evil").sha256]], "remove": []},
        {"replace": [["gates\\..\\evil", 4, File.of(b"evil").sha256]], "remove": []},
        {"replace": [["index.html", 4, "0" * 64]], "remove": []},
        {"replace": [], "remove": ["../precious.txt"]},
        {"replace": [], "remove": ["linked/precious.txt"]},
        {"replace": [["linked/evil.html", 4, File.of(b"evil").sha256]], "remove": []},
        {"replace": 1, "remove": []},
        [],
    ],
)
def test_a_plan_somebody_planted_leads_nowhere(
    copy: Path, update: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], plan: object
) -> None:
    outside = tmp_path / "outside"
    put({"precious.txt": b"mine"}, outside)
    put({"precious.txt": b"mine"}, tmp_path)
    (copy / "linked").symlink_to(outside)
    put({"new/0": b"evil", PLAN: journal.json.dumps(plan).encode()}, copy / WORK)
    before = tree(tmp_path)
    for arguments in ([str(update)], ["--back"]):
        assert main(copy, arguments) == 1
        said = capsys.readouterr().err
        for language in LANGUAGES:
            assert say("not-finished", language, path="\0").partition("\0")[0] in said
            assert say("nothing-changed", language) in said
    assert tree(tmp_path) == before
    assert ("interrupted", f"{WORK}/{PLAN}") in codes(copy)


@pytest.mark.parametrize("name", [WORK, PREVIOUS])
def test_a_link_in_the_place_of_an_updates_folder(
    copy: Path, update: Path, tmp_path: Path, name: str
) -> None:
    outside = put({"precious.txt": b"mine", PLAN: b"{}"}, tmp_path / "outside")
    (copy / name).symlink_to(outside)
    before = tree(outside)
    assert main(copy, [str(update)]) == 1
    assert tree(outside) == before
    assert (copy / name).is_symlink()


def test_what_the_reader_keeps_in_folders_of_such_names_is_not_lost(
    copy: Path, update: Path, new: dict[str, bytes]
) -> None:
    (copy / "update").mkdir()
    here = update.rename(copy / "update/update.zip")
    put({"notes.txt": b"mine"}, copy / PREVIOUS)
    assert main(copy, [str(here)]) == 1
    assert (copy / PREVIOUS / "notes.txt").read_bytes() == b"mine"
    shutil.rmtree(copy / PREVIOUS)
    assert main(copy, [str(here)]) == 0
    assert here.is_file()
    assert {name: content for name, content in own(copy).items() if name in new} == new


def test_a_version_before_somebody_planted_is_not_brought_back(copy: Path, old: dict[str, bytes]) -> None:
    """Whole in itself, but signed by nobody or by somebody else."""
    for key, code in ((None, "back-key"), (signer(2), "back-key"), (KEY, "")):
        evil = seal(texts(OLD, index="evil"), OLD, key)
        names = ["index.html", MANIFEST, *([SIGNATURE] if key else [])]
        added = [] if key else [SIGNATURE]
        rows = [(name, File.of(evil[name])) for name in names]
        planted = {str(number): evil[name] for number, name in enumerate(names)}
        planted[UNDO] = journal.undo_bytes(rows, added)
        put(planted, copy / PREVIOUS)
        before = tree(copy)
        if code:
            with pytest.raises(Refused, match=code):
                go_back(copy)
            assert tree(copy) == before
            shutil.rmtree(copy / PREVIOUS)
        else:
            go_back(copy)
            assert (copy / "index.html").read_bytes() == b"evil"


def test_a_damaged_version_before_does_not_keep_a_copy_from_going_on(
    copy: Path, update: Path, new: dict[str, bytes], tmp_path: Path
) -> None:
    take_update(copy, update)
    (copy / PREVIOUS / "0").unlink()
    assert codes(copy) == {("missing", f"{PREVIOUS}/0")}
    latest = seal(texts(NEW, index="news"), NEW, KEY)
    update.write_bytes(make_delta(as_copy(new), as_copy(latest), KEY)[0])
    take_update(copy, update)
    assert own(copy) == latest
    assert codes(copy) == set()


def test_what_a_cut_update_left_is_called_so(copy: Path, update: Path, new: dict[str, bytes]) -> None:
    put({"new/0": b"half", "new/1": b"", f"{PREVIOUS}/0": b"", "plan": b"{"}, copy / WORK)
    assert codes(copy) == {("interrupted", WORK)}
    take_update(copy, update)
    assert own(copy) == new


def test_a_decided_update_whose_files_were_damaged_is_not_finished(
    copy: Path, update: Path, old: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(journal, "_finish", cut)
    with pytest.raises(KeyboardInterrupt):
        take_update(copy, update)
    monkeypatch.undo()
    assert journal.is_waiting(copy)
    # Another update must not throw away what was decided.
    with pytest.raises(Refused, match="copy-broken"):
        take_update(copy, update)
    one = copy / WORK / "new/0"
    content = one.read_bytes()
    one.write_bytes(flipped(content, 3))
    with pytest.raises(journal.PlanRefused):
        journal.recover(copy)
    assert {name: content for name, content in own(copy).items() if name in old} == old
    one.write_bytes(content)
    assert journal.recover(copy)
    assert codes(copy) == set()

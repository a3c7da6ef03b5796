"""Everything somebody, a bad stick or a cut may do to a copy or an update: found or refused, in words, and nothing half-applied."""

import io
import os
import resource
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from copies_for_tests import NEW, OLD, as_copy, forged, own, put, seal, signer, texts, tree

from generator.build import BuildPlan
from generator.offline.bundle import BundlePlan, bundle_of
from generator.offline.copies import CopyRefused, unpack
from generator.offline.delta import make_delta
from generator.offline.portable import journal, update_file, verify
from generator.offline.portable.apply import main
from generator.offline.portable.manifest import MANIFEST, PLAN, PREVIOUS, SIGNATURE, UNDO, WORK, File, parse
from generator.offline.portable.patch import DamagedPatch, Reader, Run, apply_patch, write_runs
from generator.offline.portable.update import go_back, take_update
from generator.offline.portable.update_file import DELTA, DELTA_SIGNATURE, PAYLOAD, Refused
from generator.offline.portable.verify import Finding, verify_copy
from generator.offline.portable.words import LANGUAGES, say

REPOSITORY = Path(__file__).parents[2]
NEXT = {"gates__lao_bao": "<p>07:00–18:00</p>", "gates__la_lay": "<p>La Lay</p>", "gates__cha_lo": ""}
KEY = signer(1)


@pytest.fixture
def old() -> dict[str, bytes]:
    return seal(texts(OLD), OLD, KEY)


@pytest.fixture
def new() -> dict[str, bytes]:
    return seal(texts(NEW, **NEXT), NEW, KEY)


@pytest.fixture
def copy(old: dict[str, bytes], tmp_path: Path) -> Path:
    return put(old, tmp_path / "copy")


@pytest.fixture
def update(old: dict[str, bytes], new: dict[str, bytes], tmp_path: Path) -> Path:
    path = tmp_path / "update.zip"
    path.write_bytes(make_delta(as_copy(old), as_copy(new), KEY)[0])
    return path


def codes(root: Path) -> set[tuple[str, str]]:
    return {(found.code, found.path) for found in verify_copy(root)[1]}


def flipped(content: bytes, place: int, bit: int = 1) -> bytes:
    return content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :]


# One byte


@pytest.mark.parametrize("key", [None, KEY], ids=["unsigned", "signed"])
def test_every_byte_of_a_manifest_counts(key: object) -> None:
    """Also where nobody signed: the date, the next check, a space."""
    content = seal({"index.html": b"x", "gates/a.html": b"y"}, OLD, key)[MANIFEST]  # type: ignore[arg-type]
    parse(content)
    for place in range(len(content)):
        for bit in (1, 0x20, 0x80):
            with pytest.raises(ValueError, match="no manifest"):
                parse(flipped(content, place, bit))
    for other in (content + b"\n", content[:-1], content.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + content):
        with pytest.raises(ValueError, match="no manifest"):
            parse(other)


def test_every_byte_of_a_signature_counts(copy: Path) -> None:
    content = (copy / SIGNATURE).read_bytes()
    for place in (*range(0, len(content), 16), len(content) - 1):
        for bit in (1, 0x20):
            (copy / SIGNATURE).write_bytes(flipped(content, place, bit))
            assert codes(copy) == {("bad-signature", SIGNATURE)}
    (copy / SIGNATURE).write_bytes(content)
    assert codes(copy) == set()


def test_one_byte_of_the_version_before(copy: Path, update: Path) -> None:
    take_update(copy, update)
    assert codes(copy) == set()
    undo = copy / PREVIOUS / UNDO
    content = undo.read_bytes()
    for place in range(0, len(content), 61):
        undo.write_bytes(flipped(content, place))
        assert ("changed", f"{PREVIOUS}/{UNDO}") in codes(copy)
        before = tree(copy)
        with pytest.raises(Refused, match="copy-broken"):
            go_back(copy)
        assert tree(copy) == before
    undo.write_bytes(content)
    one = copy / PREVIOUS / "1"
    one.write_bytes(flipped(one.read_bytes(), 5))
    assert codes(copy) == {("changed", f"{PREVIOUS}/1")}
    before = tree(copy)
    with pytest.raises(Refused, match="copy-broken"):
        go_back(copy)
    assert tree(copy) == before


def test_one_byte_of_each_kind_of_file_of_a_real_copy(built: BuildPlan, tmp_path: Path) -> None:
    """Pages, scripts, styles, fonts, pictures, shards, open data, README, licence, tools and the search archive."""
    path = tmp_path / "copy.zip"
    path.write_bytes(bundle_of(BundlePlan(REPOSITORY, built.site_dir, built.index_dir, KEY)).content)
    root = tmp_path / "copy"
    root.mkdir()
    unpack(path, root)
    assert codes(root) == set()
    kinds = {(name.split("/")[0], Path(name).suffix): name for name in own(root)}
    assert {".html", ".js", ".css", ".woff2", ".json", ".csv", ".xml", ".py", ".pyz", ".txt", ".svg"} <= {
        suffix for _, suffix in kinds
    }
    contents = {name: (root / name).read_bytes() for name in kinds.values()}
    for name, content in contents.items():
        (root / name).write_bytes(flipped(content, len(content) // 2))
    expected = {
        ({MANIFEST: "bad-manifest", SIGNATURE: "bad-signature"}.get(name, "changed"), name)
        for name in contents
        if name != MANIFEST
    }
    if MANIFEST in contents:
        assert codes(root) == {("bad-manifest", MANIFEST)}
        (root / MANIFEST).write_bytes(contents[MANIFEST])
    assert codes(root) == expected


# Links and files that cannot be read


def test_a_manifest_that_is_a_link_is_found(copy: Path, tmp_path: Path) -> None:
    for name in (MANIFEST, SIGNATURE):
        (copy / name).rename(tmp_path / name)
        (copy / name).symlink_to(tmp_path / name)
    assert codes(copy) == {("link", MANIFEST), ("link", SIGNATURE)}


def test_a_folder_that_is_a_link_is_found(copy: Path, tmp_path: Path) -> None:
    (copy / "gates").rename(tmp_path / "gates")
    (copy / "gates").symlink_to(tmp_path / "gates", target_is_directory=True)
    assert ("foreign", "gates") in codes(copy)
    assert ("missing", "gates/cha-lo.html") in codes(copy)


def test_a_file_that_cannot_be_read_is_said(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As on a stick with a bad spot."""
    real = verify.is_intact

    def bad_spot(path: Path, wanted: File) -> bool:
        if path.name == "cha-lo.html":
            raise OSError(5, "Input/output error")
        return real(path, wanted)

    monkeypatch.setattr(verify, "is_intact", bad_spot)
    assert main(copy, ["--verify"]) == 1
    said = capsys.readouterr().err
    for language in LANGUAGES:
        assert say("unreadable", language) in said


# Zip files of copies


def zipped(members: list[tuple[str, bytes]], path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../evil.html", "foreign"),
        ("/evil.html", "foreign"),
        ("C:/evil.html", "foreign"),
        ("gates\\evil.html", "foreign"),
        ("gates/NUL.html", "foreign"),
        ("GATES/lao-bao.html", "foreign"),
        ("gates/", "foreign"),
        ("index.html", "twice"),
        (MANIFEST, "twice"),
    ],
)
def test_a_zip_with_members_no_copy_has(old: dict[str, bytes], tmp_path: Path, name: str, code: str) -> None:
    content = old.get(name, b"evil")
    with pytest.warns(UserWarning, match="Duplicate") if code == "twice" else _nothing():
        path = zipped([*old.items(), (name, content)], tmp_path / "copy.zip")
    folder = tmp_path / "unpacked" / "here"
    folder.mkdir(parents=True)
    with pytest.raises(CopyRefused) as caught:
        unpack(path, folder)
    assert caught.value.findings == [Finding(code, name)]
    assert tree(tmp_path / "unpacked") == {}


class _nothing:
    def __enter__(self) -> None: ...
    def __exit__(self, *_: object) -> None: ...


def test_a_link_in_a_zip_becomes_a_changed_file(old: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "copy.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in old.items():
            info = zipfile.ZipInfo(name)
            if name == "index.html":
                info.external_attr, content = 0o120777 << 16, b"/etc/passwd"
            archive.writestr(info, content)
    unpack(path, tmp_path / "copy")
    assert not (tmp_path / "copy/index.html").is_symlink()
    assert codes(tmp_path / "copy") == {("changed", "index.html")}


def test_a_zip_that_claims_too_much_is_not_unpacked(
    old: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.offline.copies.MOST_UNPACKED", 1_000_000)
    path = zipped([*old.items(), ("bomb.html", bytes(1_000_000))], tmp_path / "copy.zip")
    assert path.stat().st_size < 100_000
    with pytest.raises(CopyRefused) as caught:
        unpack(path, tmp_path / "copy")
    assert caught.value.findings == [Finding("too-large", "copy.zip")]
    assert not (tmp_path / "copy").exists()


# Updates that were made to harm


def refused(root: Path, path: Path) -> str:
    before = tree(root)
    with pytest.raises(Refused) as caught:
        take_update(root, path)
    assert tree(root) == before
    return caught.value.code


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", [DELTA, DELTA_SIGNATURE, PAYLOAD])
def test_a_member_that_comes_twice(copy: Path, update: Path, name: str) -> None:
    parts = [*members(update).items(), (name, members(update)[name])]
    with pytest.warns(UserWarning, match="Duplicate"):
        zipped(parts, update)
    assert refused(copy, update) == "delta-foreign"


@pytest.mark.parametrize(("name", "size"), [(DELTA, 100_001), (DELTA_SIGNATURE, 1_001)])
def test_a_member_larger_than_any_is(copy: Path, update: Path, name: str, size: int) -> None:
    zipped([*(members(update) | {name: b" " * size}).items()], update)
    assert refused(copy, update) == "delta-foreign"


def test_a_size_that_is_declared_is_no_promise(copy: Path, update: Path) -> None:
    """The zip's directory says a payload of 16 bytes, and one of 4 GB."""
    content = update.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(PAYLOAD).file_size.to_bytes(4, "little")
    assert content.count(size) >= 2
    for said in (16, 2**32 - 2):
        update.write_bytes(content.replace(size, said.to_bytes(4, "little")))
        assert refused(copy, update) in ("delta-damaged", "delta-foreign")


def test_a_payload_that_wants_much_memory_or_room(
    copy: Path, old: dict[str, bytes], new: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = tmp_path / "bomb.zip"
    bomb.write_bytes(forged(as_copy(old), as_copy(new), {}, bytes(10**6), KEY))
    monkeypatch.setattr(update_file, "MOST_UNPACKED", 10**6)
    assert refused(copy, bomb) == "delta-damaged"
    monkeypatch.undo()
    monkeypatch.setattr(update_file, "MOST_MEMORY", 10**5)
    assert refused(copy, bomb) == "delta-damaged"


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
    assert refused(copy, bad) == "delta-damaged"


@pytest.mark.parametrize("value", [b"Infinity", b"1e999", b"-1", b"[]", b"null", b'"x"', b"9" * 5000])
@pytest.mark.parametrize("name", [b'"unpacked": ', b'"size": ', b'"ageing_days": '])
def test_numbers_of_an_update_that_are_none(copy: Path, update: Path, name: bytes, value: bytes) -> None:
    parts = members(update)
    said, _, rest = parts[DELTA].partition(name)
    end = min(place for place in (rest.find(b","), rest.find(b"\n")) if place >= 0)
    parts[DELTA] = said + name + value + rest[end:]
    zipped([*parts.items()], update)
    assert refused(copy, update) in ("delta-foreign", "delta-damaged", "delta-signature")


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
    assert refused(root, backwards) == "delta-kept"
    assert refused(root, forwards) == "delta-done"
    go_back(root)
    assert own(root) == first
    assert refused(root, forwards) == "delta-kept"
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


# Words


def _flip(copy: Path, update: Path) -> None:
    (copy / "index.html").write_bytes(flipped((copy / "index.html").read_bytes(), 0))


def _truncate(copy: Path, update: Path) -> None:
    update.write_bytes(update.read_bytes()[:-30])


def _other_base(copy: Path, update: Path) -> None:
    base = seal(texts(OLD, index="other"), OLD, KEY)
    update.write_bytes(make_delta(as_copy(base), as_copy(seal(texts(NEW), NEW, KEY)), KEY)[0])


def _older(copy: Path, update: Path) -> None:
    here, there = (as_copy(seal(texts(day), day, KEY)) for day in (OLD, OLD.replace(day=1)))
    update.write_bytes(forged(here, there, {}, key=KEY))


def _unsigned(copy: Path, update: Path) -> None:
    zipped([(name, said) for name, said in members(update).items() if name != DELTA_SIGNATURE], update)


def _other_key(copy: Path, update: Path) -> None:
    parts = members(update)
    parts[DELTA_SIGNATURE] = signer(2).sign(parts[DELTA]).encode() + b"\n"
    zipped([*parts.items()], update)


def _bad_path(copy: Path, update: Path) -> None:
    here, there = as_copy(seal(texts(OLD), OLD, KEY)), as_copy(seal(texts(NEW), NEW, KEY))
    update.write_bytes(forged(here, there, {"added": [["../evil.html", 4]]}, b"evil", KEY))


def _in_the_way(copy: Path, update: Path) -> None:
    (copy / "gates/la-lay.html").write_bytes(b"mine")


def _link(copy: Path, update: Path) -> None:
    (copy / "lo").rename(copy.parent / "lo")
    (copy / "lo").symlink_to(copy.parent / "lo")


def _no_update(copy: Path, update: Path) -> None:
    zipped([("index.html", b"x")], update)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (_flip, "copy-broken"),
        (_truncate, "delta-damaged"),
        (_other_base, "delta-base"),
        (_older, "delta-older"),
        (_unsigned, "delta-unsigned"),
        (_other_key, "delta-signature"),
        (_bad_path, "delta-path"),
        (_in_the_way, "clash"),
        (_link, "copy-broken"),
        (_no_update, "delta-foreign"),
    ],
)
def test_a_refusal_is_said_in_the_readers_languages(
    copy: Path,
    update: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[Path, Path], None],
    code: str,
) -> None:
    for variable in ("HANDBOOK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    act(copy, update)
    before = tree(copy.parent)
    assert main(copy, [str(update)]) == 1
    said = capsys.readouterr().err
    for language in LANGUAGES:
        opening = say(code, language, path="\0", base="\0", to="\0", date="\0").partition("\0")[0]
        assert opening and opening in said
        assert say("nothing-changed", language) in said
    assert main(copy, [str(update), "--lang", "lo"]) == 1
    said = capsys.readouterr().err
    assert say("nothing-changed", "lo") in said and say("nothing-changed", "vi") not in said
    assert tree(copy.parent) == before


# The computer at a post: Python alone, no settings, disks that are full or must not be written


def apply(root: Path, *arguments: str, limit: int = 0) -> subprocess.CompletedProcess[str]:
    """`apply.py` under an isolated Python without packages and with an empty environment."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(root / "apply.py"), *arguments],
        env={},
        preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_an_isolated_python_with_nothing_in_its_environment(
    copy: Path, update: Path, old: dict[str, bytes], new: dict[str, bytes], tmp_path: Path
) -> None:
    root = copy.rename(tmp_path / "thẻ nhớ ດ່ານ")
    assert (apply(root, "--verify").returncode, own(root)) == (0, old)
    run = apply(root, str(update))
    assert (run.returncode, run.stderr) == (0, "")
    for language in LANGUAGES:
        assert say("updated", language, date="5/12/2026") in run.stdout
    assert own(root) == new
    assert apply(root, "--back").returncode == 0
    assert own(root) == old
    run = apply(root, str(tmp_path / "không có.zip"))
    assert run.returncode == 1
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    "content", [b"", b"import", b"\0", b"import nothing_of_the_kind", b"raise SystemExit"]
)
@pytest.mark.parametrize("name", ["apply", "manifest", "words"])
def test_programs_that_are_damaged_say_so(copy: Path, update: Path, name: str, content: bytes) -> None:
    (copy / f"portable/{name}.py").write_bytes(content)
    before = tree(copy)
    run = apply(copy, str(update))
    assert run.returncode == 1
    for words in ("bị hỏng", "ເສຍຫາຍ", "are damaged"):
        assert words in run.stderr
    assert "Traceback" not in run.stderr
    assert tree(copy) == before


@pytest.mark.parametrize("limit", [100, 1_200])
def test_a_full_disk_leaves_the_copy_as_it_was(
    copy: Path, update: Path, old: dict[str, bytes], limit: int
) -> None:
    """A limit on the size of files stands in for a full disk: the write fails in the midst of a file."""
    run = apply(copy, str(update), limit=limit)
    assert run.returncode == 1, run.stdout
    for language in LANGUAGES:
        assert say("cannot-write", language, reason="\0").partition("\0")[0] in run.stderr
        assert say("nothing-changed", language) in run.stderr
    assert tree(copy) == old


def test_a_folder_that_must_not_be_written(copy: Path, update: Path, old: dict[str, bytes]) -> None:
    """Root may write in any folder, so for root the folder is mounted to be read only."""
    command = [sys.executable, "-I", "-S", str(copy / "apply.py"), str(update)]
    if os.getuid() == 0:
        if subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode:
            pytest.skip("root without the right to mount: no folder is read only here")
        mount = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'
        command = ["unshare", "-rm", "sh", "-c", mount, "sh", str(copy), *command]
    folders = [copy, *(path for path in copy.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    for folder in folders:
        folder.chmod(0o755)
    assert run.returncode == 1
    for language in LANGUAGES:
        assert say("cannot-write", language, reason="\0").partition("\0")[0] in run.stderr
        assert say("nothing-changed", language) in run.stderr
    assert tree(copy) == old

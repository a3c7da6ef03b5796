"""What somebody, a bad stick or a cut may do to a copy: found, in words."""

import zipfile
from pathlib import Path

import pytest
from copies_for_tests import OLD, codes, flipped, own, seal, signer, tree, zipped

from generator.build import BuildPlan
from generator.offline.bundle import BundlePlan, bundle_of
from generator.offline.copies import CopyRefused, unpack
from generator.offline.portable import verify
from generator.offline.portable.apply import main
from generator.offline.portable.manifest import MANIFEST, PREVIOUS, SIGNATURE, UNDO, File, parse
from generator.offline.portable.update import go_back, take_update
from generator.offline.portable.update_file import Refused
from generator.offline.portable.verify import Finding
from generator.offline.portable.words import LANGUAGES, say

REPOSITORY = Path(__file__).parents[2]
KEY = signer(1)


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

"""A copy knows each of its files: one changed byte, a missing file, a foreign one, a link."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from copies_for_tests import OLD, put, seal, signer, texts

from generator.commands.offline import bundle
from generator.offline.archives import zip_bytes
from generator.offline.portable.apply import main
from generator.offline.portable.manifest import MANIFEST, SIGNATURE, parse
from generator.offline.portable.verify import Finding, verify_copy

FILES = sorted(texts(OLD))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return put(seal(texts(OLD), OLD, signer(1)), tmp_path / "copy")


def findings(copy: Path) -> list[Finding]:
    return verify_copy(copy)[1]


def test_a_whole_copy_is_whole(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert findings(copy) == []
    assert main(copy, ["--verify"]) == 0
    said = capsys.readouterr().out
    for words in ("nguyên vẹn", "ຄົບຖ້ວນ", "is whole", "21/11/2026", signer(1).public_key):
        assert words in said


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("where", ["first", "last"])
def test_one_byte_of_any_file(copy: Path, name: str, where: str) -> None:
    content = bytearray((copy / name).read_bytes())
    content[0 if where == "first" else -1] ^= 1
    (copy / name).write_bytes(content)
    assert findings(copy) == [Finding("changed", name)]


def test_a_missing_and_a_foreign_file(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "index.html").unlink()
    (copy / "gates/autorun.inf").write_bytes(b"")
    assert findings(copy) == [Finding("foreign", "gates/autorun.inf"), Finding("missing", "index.html")]
    assert main(copy, ["--verify"]) == 1
    said = capsys.readouterr().err
    for words in ("bị thiếu", "ຂາດ", "missing", "không thuộc sổ tay", "ບໍ່ແມ່ນຂອງປຶ້ມຄູ່ມື", "not part of"):
        assert words in said


def test_foreign_files_in_the_folders_of_updates(copy: Path) -> None:
    for name in ("update/x.js", "previous/x.js"):
        (copy / name).parent.mkdir()
        (copy / name).write_bytes(b"")
    assert findings(copy) == [Finding("foreign", "previous/x.js"), Finding("foreign", "update/x.js")]


def test_links_are_found(copy: Path, tmp_path: Path) -> None:
    (copy / "index.html").rename(tmp_path / "index.html")
    (copy / "index.html").symlink_to(tmp_path / "index.html")
    (copy / "more").symlink_to(tmp_path)
    assert findings(copy) == [Finding("link", "index.html"), Finding("foreign", "more")]


def test_a_manifest_that_was_rewritten_no_longer_agrees_with_its_signature(copy: Path) -> None:
    (copy / "index.html").write_text("changed", encoding="utf-8")
    forged = parse(seal({name: (copy / name).read_bytes() for name in FILES}, OLD)[MANIFEST])
    (copy / MANIFEST).write_bytes(replace(forged, public_key=signer(1).public_key).dump())
    assert findings(copy) == [Finding("bad-signature", SIGNATURE)]
    (copy / SIGNATURE).unlink()
    assert findings(copy) == [Finding("bad-signature", SIGNATURE)]


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"format": "other"}', b"[" * 100_000])
def test_a_damaged_manifest(copy: Path, content: bytes) -> None:
    (copy / MANIFEST).write_bytes(content)
    assert findings(copy) == [Finding("bad-manifest", MANIFEST)]


def test_no_manifest(tmp_path: Path) -> None:
    assert findings(tmp_path) == [Finding("no-manifest", MANIFEST)]


@pytest.mark.parametrize("path", ["../x", "/x", "a\\b", "a/../b", "con", "é", "a/", ""])
def test_a_manifest_with_a_path_no_copy_may_have(path: str) -> None:
    content = seal({"index.html": b""}, OLD)[MANIFEST]
    assert parse(content).files.keys() == {"index.html"}
    with pytest.raises(ValueError, match="paths"):
        parse(content.replace(b'"index.html"', b'"' + path.replace("\\", "\\\\").encode() + b'"'))


@pytest.mark.parametrize(("lang", "words"), [("vi", "đã bị thay đổi"), ("lo", "ຖືກປ່ຽນແປງ"), ("en", "changed")])
def test_the_command_says_it_in_the_language_asked_for(copy: Path, lang: str, words: str) -> None:
    run = CliRunner().invoke(bundle, ["--verify", str(copy), "--lang", lang])
    assert run.exit_code == 0
    (copy / "index.html").write_bytes(b"x")
    run = CliRunner().invoke(bundle, ["--verify", str(copy), "--lang", lang])
    assert run.exit_code == 1
    assert f"index.html: {words}" in run.output


def test_a_zip_file_is_verified_without_unpacking_by_hand(tmp_path: Path) -> None:
    whole = seal(texts(OLD), OLD)
    path = tmp_path / "copy.zip"
    path.write_bytes(zip_bytes(whole, OLD))
    assert CliRunner().invoke(bundle, ["--verify", str(path), "--lang", "en"]).exit_code == 0
    path.write_bytes(zip_bytes(whole | {"index.html": b"changed"}, OLD))
    run = CliRunner().invoke(bundle, ["--verify", str(path), "--lang", "en"])
    assert (run.exit_code, "index.html: changed" in run.output) == (1, True)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    run = CliRunner().invoke(bundle, ["--verify", str(path), "--lang", "en"])
    assert (run.exit_code, "damaged zip file" in run.output) == (1, True)


def test_misuse_is_told(tmp_path: Path) -> None:
    assert CliRunner().invoke(bundle, []).exit_code == 2
    assert CliRunner().invoke(bundle, ["x.zip", "--verify", str(tmp_path)]).exit_code == 2
    assert CliRunner().invoke(bundle, ["--verify", str(tmp_path / os.devnull / "none")]).exit_code == 2

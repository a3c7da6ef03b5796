"""On the computer at a post: Python alone, no settings, disks that are full; every refusal in the reader's languages."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from copies_for_tests import (
    NEW,
    OLD,
    as_copy,
    flipped,
    forged,
    members,
    own,
    seal,
    signer,
    texts,
    tree,
    zipped,
)

from generator.offline.delta import make_delta
from generator.offline.portable.apply import main
from generator.offline.portable.update_file import DELTA, DELTA_SIGNATURE
from generator.offline.portable.words import LANGUAGES, say

KEY = signer(1)


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


# Python alone, no settings, disks that are full or must not be written


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

"""Verifying a copy: every file that is changed, missing, foreign, a link, or cannot be read."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .manifest import (
    MANIFEST,
    PLAN,
    PREVIOUS,
    SIGNATURE,
    UNDO,
    WORK,
    File,
    Manifest,
    manifest_bytes,
    parse,
    read_signature,
    signature_holds,
)
from .previous import read_before

# What an update leaves that was cut off before it decided.
_WAITING = re.compile(rf"{re.escape(WORK)}/(?:plan|new/[0-9]+|{PREVIOUS}/(?:[0-9]+|{re.escape(UNDO)}))")


class Finding(NamedTuple):
    """Something wrong with a copy: a key of `words.WORDS` and the path it is about."""

    code: str
    path: str


def _walk(root: Path, folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda item: item.name):
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(root, Path(entry.path))
            else:
                yield Path(entry.path).relative_to(root).as_posix(), entry


def is_intact(path: Path, wanted: File) -> bool:
    """Whether the file has the size and digest it must have; OSError when it cannot be read."""
    if path.stat().st_size != wanted.size:
        return False
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == wanted.sha256


def _of_file(path: Path, name: str, wanted: File | None) -> Iterator[Finding]:
    """What is wrong with a file that belongs to the copy; `wanted` is None where something else vouches for it."""
    if path.is_symlink():
        yield Finding("link", name)
        return
    try:
        if wanted is not None and not is_intact(path, wanted):
            yield Finding("changed", name)
    except OSError:
        yield Finding("unreadable", name)


def _of_signature(root: Path, manifest: Manifest, written: bytes) -> Iterator[Finding]:
    path = root / SIGNATURE
    try:
        said = read_signature(path.read_bytes()) if path.is_file() else ""
    except OSError:
        said = ""
    if not signature_holds(manifest.public_key, written, said):
        yield Finding("bad-signature", SIGNATURE)


def _version_before(root: Path, manifest: Manifest) -> tuple[dict[str, File | None], list[Finding]]:
    """The files of the version before by their path below the copy, and what is wrong with what it says of itself."""
    try:
        before = read_before(root, manifest)
    except ValueError:
        numbered = [
            f"{PREVIOUS}/{path.name}" for path in (root / PREVIOUS).iterdir() if path.name.isdecimal()
        ]
        undo = f"{PREVIOUS}/{UNDO}"
        return dict.fromkeys([*numbered, undo]), [Finding("changed", undo)]
    except OSError:
        return {}, []
    files: dict[str, File | None] = {
        f"{PREVIOUS}/{number}": file for number, (_, file) in enumerate(before.restore)
    }
    return files | {f"{PREVIOUS}/{UNDO}": None}, []


def verify_copy(root: Path) -> tuple[Manifest | None, list[Finding]]:
    """The manifest of the copy in `root`, and everything that is wrong with it, by path."""
    try:
        content = manifest_bytes(root)
        manifest = parse(content)
    except OSError:
        return None, [Finding("no-manifest", MANIFEST)]
    except ValueError:
        return None, [Finding("bad-manifest", MANIFEST)]
    findings = []
    known: dict[str, File | None] = {MANIFEST: None} | dict(manifest.files)
    # What an update that was cut off left half-way, its next run puts in order.
    skipped: tuple[str, ...] = ()
    if (root / WORK / PLAN).exists():
        findings.append(Finding("interrupted", f"{WORK}/{PLAN}"))
        skipped = (f"{WORK}/", f"{PREVIOUS}/")
    else:
        before, wrong = _version_before(root, manifest)
        known |= before
        findings += wrong
    if manifest.public_key:
        known[SIGNATURE] = None
        findings += _of_signature(root, manifest, content)
    seen = set()
    for path, entry in _walk(root, root):
        seen.add(path)
        if path.startswith(skipped):
            continue
        if path in known:
            findings += _of_file(Path(entry.path), path, known[path])
        elif _WAITING.fullmatch(path):
            findings.append(Finding("interrupted", WORK))
        else:
            findings.append(Finding("foreign", path))
    findings += [Finding("missing", path) for path in known if path not in seen and path != SIGNATURE]
    return manifest, sorted(set(findings), key=lambda found: (found.path, found.code))

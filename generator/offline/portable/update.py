"""Taking an update: everything is checked before the first byte of the copy is touched.

The manifest an update leads to is not sent: it is computed from the files that come out, and must have the digest that
was signed. So nothing in a file can differ from what was published.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from . import journal
from .manifest import (
    MANIFEST,
    PREVIOUS,
    SIGNATURE,
    UNDO,
    WORK,
    File,
    Manifest,
    bad_path,
    parse,
    signature_file,
    signature_holds,
)
from .patch import DamagedPatch, apply_patch
from .previous import read_before
from .update_file import MOST_UNPACKED, Change, Delta, Refused, read_change, read_delta, unpack
from .verify import Finding, verify_copy
from .words import day_words


def _check_fit(root: Path, delta: Delta, current: Manifest, manifest: bytes) -> None:
    """That the update starts from this very copy, leads on from it, and comes from those who made it."""
    info = delta.info
    here = hashlib.sha256(manifest).hexdigest()
    today, to = current.published.on, info.target_published.on
    if info.target == here:
        raise Refused("delta-done")
    if to < today:
        raise Refused("delta-older", to=day_words(to.isoformat()), date=day_words(today.isoformat()))
    if info.base != here:
        base = info.base_published.on.isoformat()
        raise Refused("delta-base", base=day_words(base), date=day_words(today.isoformat()))
    # Two versions of one day cannot be told apart by their dates; the one this copy came from is known.
    if to == today and info.target == _digest_before(root):
        raise Refused("delta-kept", date=day_words(to.isoformat()))
    if current.public_key:
        if not delta.signature:
            raise Refused("delta-unsigned")
        if not signature_holds(current.public_key, delta.said, delta.signature):
            raise Refused("delta-signature")


def _digest_before(root: Path) -> str:
    """The digest of the manifest of the version before, or ""."""
    try:
        return read_before(root, parse((root / MANIFEST).read_bytes())).digest
    except (OSError, ValueError):
        return ""


def _new_files(root: Path, change: Change) -> Iterator[tuple[str, bytes]]:
    for path in change.patched:
        yield path, apply_patch((root / path).read_bytes(), change.runs, change.literals, MOST_UNPACKED)
    for path, size in change.added:
        yield path, change.literals.take(size)
    if not (change.runs.at_end and change.literals.at_end):
        raise DamagedPatch("left over")


def _new_manifest(root: Path, current: Manifest, delta: Delta, change: Change) -> bytes:
    """The manifest the update leads to, computed from the files it makes."""
    files = dict(current.files)
    for path in change.removed:
        del files[path]
    try:
        for path, content in _new_files(root, change):
            if files.get(path) == File.of(content):
                raise DamagedPatch("nothing changes")
            files[path] = File.of(content)
    except (DamagedPatch, OSError) as error:
        raise Refused("delta-damaged") from error
    bad = bad_path(files)
    if bad is not None:
        raise Refused("delta-path", path=bad)
    made = replace(
        current, published=delta.info.target_published, public_key=delta.info.target_key, files=files
    ).dump()
    if hashlib.sha256(made).hexdigest() != delta.info.target:
        raise Refused("delta-damaged")
    if delta.info.target_key and not signature_holds(
        delta.info.target_key, made, delta.info.target_signature
    ):
        raise Refused("delta-signature")
    return made


def _whole(root: Path) -> Manifest:
    """The manifest of the copy in `root`; Refused unless all its files are as they should be."""
    current, findings = verify_copy(root)
    # A version before that is damaged is no reason to stay behind, nor is a file the reader put there; but what the
    # reader put where the version before goes would be lost.
    broken = [
        found
        for found in findings
        if found.code != "foreign"
        and found != Finding("interrupted", WORK)
        and not found.path.startswith(f"{PREVIOUS}/")
    ]
    if current is None or broken:
        raise Refused("copy-broken", broken)
    for found in findings:
        if found.code == "foreign" and found.path.partition("/")[0].lower() == PREVIOUS:
            raise Refused("clash", path=found.path)
    return current


def take_update(root: Path, path: Path) -> tuple[Manifest, bool]:
    """Update the copy in `root`; the new manifest, and whether the update was signed. Refused leaves all as it was.

    :raises OSError: when the disk cannot be written; nothing of the copy has changed then.
    """
    delta = read_delta(path)
    current = _whole(root)
    _check_fit(root, delta, current, (root / MANIFEST).read_bytes())
    content = unpack(delta)
    old_paths = sorted(current.files)
    change = read_change(content, old_paths)
    manifest = _new_manifest(root, current, delta, change)
    signature = signature_file(delta.info.target_signature) if delta.info.target_key else None
    removed = [*change.removed]
    if signature is None and current.public_key:
        removed.append(SIGNATURE)
    _check_room(root, current, change, signature is not None and not current.public_key)
    again = read_change(content, old_paths)
    files = _new_files(root, again)
    journal.install(root, _with_signature(files, signature), manifest, removed)
    return parse(manifest), bool(current.public_key)


def _with_signature(
    files: Iterator[tuple[str, bytes]], signature: bytes | None
) -> Iterator[tuple[str, bytes]]:
    yield from files
    if signature is not None:
        yield SIGNATURE, signature


def _check_room(root: Path, current: Manifest, change: Change, adds_signature: bool) -> None:
    """That no link and no file of the reader's stands where the update will write."""
    mine = {path.lower() for path in current.files}
    new = [path for path, _ in change.added] + ([SIGNATURE] if adds_signature else [])
    for path in (*new, *change.patched, *change.removed):
        if not journal.stands_free(root, path):
            raise Refused("clash", path=path)
    for path in new:
        if path.lower() not in mine and (root / path).exists():
            raise Refused("clash", path=path)


def go_back(root: Path) -> Manifest:
    """Bring the version before back; the one left becomes the version before. Refused when there is none.

    A copy that is signed goes back only to one signed with the same key.
    """
    current = _whole(root)
    try:
        before = read_before(root, current)
        files = before.read(root)
    except FileNotFoundError as error:
        raise Refused("back-none") from error
    except (ValueError, OSError) as error:
        raise Refused("copy-broken", [Finding("changed", f"{PREVIOUS}/{UNDO}")]) from error
    if current.public_key and before.manifest.public_key != current.public_key:
        raise Refused("back-key")
    for path in (*files, *before.added):
        if not journal.stands_free(root, path):
            raise Refused("clash", path=path)
    manifest = files.pop(MANIFEST)
    journal.install(root, sorted(files.items()), manifest, before.added)
    return before.manifest

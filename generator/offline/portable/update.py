"""Taking an update: everything is checked before the first byte of the copy is touched.

An update is a zip file of three members: `DELTA.json` says from which manifest to which it leads and the digest of
`payload.xz`; `DELTA.sig`, if there is one, is an Ed25519 signature over `DELTA.json`. The payload holds patches for files
that changed and whole files that are new. The manifest it leads to is not sent: it is computed from the files that come
out, and must have the digest that was signed. So nothing in a file can differ from what was published.
"""

import hashlib
import json
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from . import journal
from .age import Published
from .manifest import (
    MANIFEST,
    PREVIOUS,
    SIGNATURE,
    File,
    Finding,
    Manifest,
    bad_path,
    parse,
    signature_holds,
    verify_copy,
)
from .patch import DamagedPatch, Reader, apply_patch
from .words import day_words

FORMAT = "border-trade-handbook-update-1"
DELTA, DELTA_SIGNATURE, PAYLOAD = "DELTA.json", "DELTA.sig", "payload.xz"
# Bounds on what a file may claim: no handbook comes near them.
MOST_INFO = 100_000
MOST_PAYLOAD = 1_000_000_000


class Refused(Exception):
    """An update that is not taken; `code` is a key of `words.WORDS`, `values` fill it in."""

    def __init__(self, code: str, findings: list[Finding] | None = None, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.findings = findings or []
        self.values = values


@dataclass(frozen=True, slots=True)
class Info:
    """What `DELTA.json` says. Digests are those of the two manifests."""

    base: str
    base_published: Published
    target: str
    target_published: Published
    target_key: str
    target_signature: str
    payload: File
    unpacked: int

    def dump(self) -> bytes:
        """The bytes that are signed."""
        value = {
            "format": FORMAT,
            "base": {"manifest": self.base} | self.base_published.to_json(),
            "target": {
                "manifest": self.target,
                "public_key": self.target_key,
                "signature": self.target_signature,
            }
            | self.target_published.to_json(),
            "payload": self.payload._asdict() | {"unpacked": self.unpacked},
        }
        return (json.dumps(value, indent=1, sort_keys=True) + "\n").encode("ascii")

    @classmethod
    def parse(cls, content: bytes) -> "Info":
        """Read what `dump` wrote; ValueError, KeyError or TypeError when it is something else."""
        value: dict[str, Any] = json.loads(content)
        if value["format"] != FORMAT:
            raise ValueError("format")
        base, target, payload = value["base"], value["target"], value["payload"]
        return cls(
            str(base["manifest"]),
            Published.of_json(base),
            str(target["manifest"]),
            Published.of_json(target),
            str(target["public_key"]),
            str(target["signature"]),
            File(int(payload["size"]), str(payload["sha256"])),
            int(payload["unpacked"]),
        )


@dataclass(frozen=True, slots=True)
class Delta:
    """An update as it came: what it says, the very bytes that were signed, the signature or "", the packed payload."""

    info: Info
    said: bytes
    signature: str
    payload: bytes


def read_delta(path: Path) -> Delta:
    """Read an update file; Refused when it is damaged or something else."""
    try:
        with zipfile.ZipFile(path) as packed:
            sizes = {member.filename: member.file_size for member in packed.infolist()}
            if not {DELTA, PAYLOAD} <= set(sizes) <= {DELTA, DELTA_SIGNATURE, PAYLOAD}:
                raise Refused("delta-foreign")
            if sizes[DELTA] > MOST_INFO or sizes[PAYLOAD] > MOST_PAYLOAD:
                raise Refused("delta-foreign")
            said, payload = packed.read(DELTA), packed.read(PAYLOAD)
            signature = (
                packed.read(DELTA_SIGNATURE).decode("ascii", "replace") if DELTA_SIGNATURE in sizes else ""
            )
    except (
        zipfile.BadZipFile,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        lzma.LZMAError,
        zlib.error,
    ) as error:
        raise Refused("delta-damaged") from error
    try:
        info = Info.parse(said)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused("delta-foreign") from error
    if File.of(payload) != info.payload:
        raise Refused("delta-damaged")
    return Delta(info, said, signature.strip(), payload)


def _unpack(delta: Delta) -> bytes:
    if not 0 <= delta.info.unpacked <= MOST_PAYLOAD:
        raise Refused("delta-damaged")
    try:
        content = lzma.LZMADecompressor(lzma.FORMAT_XZ).decompress(
            delta.payload, max_length=delta.info.unpacked + 1
        )
    except lzma.LZMAError as error:
        raise Refused("delta-damaged") from error
    if len(content) != delta.info.unpacked:
        raise Refused("delta-damaged")
    return content


def _check_fit(delta: Delta, current: Manifest, manifest: bytes) -> None:
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
    if current.public_key:
        if not delta.signature:
            raise Refused("delta-unsigned")
        if not signature_holds(current.public_key, delta.said, delta.signature):
            raise Refused("delta-signature")


@dataclass(frozen=True, slots=True)
class _Change:
    patched: list[str]
    added: list[tuple[str, int]]
    removed: list[str]
    runs: Reader
    literals: Reader


def _read_change(content: bytes, old_paths: list[str]) -> _Change:
    """The payload's parts; Refused where a path is not allowed or the parts do not fit."""
    try:
        head, _, rest = content.partition(b"\n")
        value: dict[str, Any] = json.loads(head)
        place = -1
        patched = []
        for gap in value["patched"]:
            place += int(gap)
            if gap < 1:
                raise ValueError("gap")
            patched.append(old_paths[place])
        removed = [old_paths[int(number)] for number in value["removed"]]
        added = [(str(path), int(size)) for path, size in value["added"]]
        split = int(value["runs"])
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise Refused("delta-damaged") from error
    bad = bad_path(dict.fromkeys([path for path, _ in added]))
    if bad is not None:
        raise Refused("delta-path", path=bad)
    if split < 0 or any(size < 0 for _, size in added):
        raise Refused("delta-damaged")
    return _Change(patched, added, removed, Reader(rest[:split]), Reader(rest[split:]))


def _new_files(root: Path, change: _Change) -> Iterator[tuple[str, bytes]]:
    for path in change.patched:
        yield path, apply_patch((root / path).read_bytes(), change.runs, change.literals)
    for path, size in change.added:
        yield path, change.literals.take(size)
    if not (change.runs.at_end and change.literals.at_end):
        raise DamagedPatch("left over")


def _new_manifest(root: Path, current: Manifest, delta: Delta, change: _Change) -> bytes:
    """The manifest the update leads to, computed from the files it makes."""
    files = dict(current.files)
    for path in change.removed:
        del files[path]
    try:
        for path, content in _new_files(root, change):
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


def take_update(root: Path, path: Path) -> tuple[Manifest, bool]:
    """Update the copy in `root`; the new manifest, and whether the update was signed. Refused leaves all as it was.

    :raises OSError: when the disk cannot be written; nothing of the copy has changed then.
    """
    delta = read_delta(path)
    current, findings = verify_copy(root)
    # A file the reader put there is no reason to stay behind, unless it stands in the way.
    broken = [found for found in findings if found.code != "foreign"]
    if current is None or broken:
        raise Refused("copy-broken", broken)
    _check_fit(delta, current, (root / MANIFEST).read_bytes())
    content = _unpack(delta)
    old_paths = sorted(current.files)
    change = _read_change(content, old_paths)
    manifest = _new_manifest(root, current, delta, change)
    signature = f"{delta.info.target_signature}\n".encode("ascii") if delta.info.target_key else None
    removed = [*change.removed]
    if signature is None and current.public_key:
        removed.append(SIGNATURE)
    _check_room(root, current, change, signature is not None and not current.public_key)
    again = _read_change(content, old_paths)
    files = _new_files(root, again)
    journal.install(root, _with_signature(files, signature), manifest, removed)
    return parse(manifest), bool(current.public_key)


def _with_signature(
    files: Iterator[tuple[str, bytes]], signature: bytes | None
) -> Iterator[tuple[str, bytes]]:
    yield from files
    if signature is not None:
        yield SIGNATURE, signature


def _check_room(root: Path, current: Manifest, change: _Change, adds_signature: bool) -> None:
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
    """Bring the version before back; the one left becomes the version before. Refused when there is none."""
    try:
        files, manifest, added = journal.undo(root)
        before = parse(manifest)
    except FileNotFoundError as error:
        raise Refused("back-none") from error
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise Refused("copy-broken") from error
    for path, content in files:
        if path != SIGNATURE and before.files.get(path) != File.of(content):
            raise Refused("copy-broken", [Finding("changed", f"{PREVIOUS}/{path}")])
    for path in (*[path for path, _ in files], *added):
        if not journal.stands_free(root, path):
            raise Refused("clash", path=path)
    journal.install(root, files, manifest, added)
    return before

"""The manifest of a copy: what belongs to it, with digests, the date of its data and who may update it.

`MANIFEST.json` names every file but itself and its signature, `MANIFEST.sig`.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from . import ed25519
from .age import Published

FORMAT = "border-trade-handbook-copy-1"
MANIFEST = "MANIFEST.json"
SIGNATURE = "MANIFEST.sig"
# Folders an update makes in a copy: the version before, and work in progress.
PREVIOUS, WORK = "previous", "update"
UNDO, PLAN = "undo.json", "plan.json"

_PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*", re.ASCII)
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.ASCII | re.IGNORECASE)
_DIGEST = re.compile("[0-9a-f]{64}")
MOST_PATH = 200


class File(NamedTuple):
    """Size in bytes and SHA-256 of a file."""

    size: int
    sha256: str

    @classmethod
    def of(cls, content: bytes) -> "File":
        return cls(len(content), hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class Manifest:
    """`public_key` is 64 hexadecimal digits, or empty for a copy nobody signed."""

    published: Published
    public_key: str
    files: Mapping[str, File]

    def dump(self) -> bytes:
        """The one way to write this manifest: the same content gives the same bytes."""
        head = {"format": FORMAT, "public_key": self.public_key} | self.published.to_json()
        lines = [f" {json.dumps(key)}: {json.dumps(head[key])}," for key in sorted(head)]
        rows = [
            f'  {json.dumps(path)}: {{"sha256": "{file.sha256}", "size": {file.size}}}'
            for path, file in sorted(self.files.items())
        ]
        return ("{\n" + "\n".join(lines) + '\n "files": {\n' + ",\n".join(rows) + "\n }\n}\n").encode("ascii")


def parse(content: bytes) -> Manifest:
    """Read a manifest; ValueError when it is none, or names a path no copy may have."""
    try:
        value = json.loads(content)
        if value["format"] != FORMAT:
            raise ValueError("format")
        files = {
            str(path): File(int(row["size"]), str(row["sha256"])) for path, row in value["files"].items()
        }
        manifest = Manifest(Published.of_json(value), str(value["public_key"]), files)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no manifest: {error}") from error
    if any(not _DIGEST.fullmatch(file.sha256) or file.size < 0 for file in files.values()):
        raise ValueError("no manifest: digests")
    if manifest.public_key and not _DIGEST.fullmatch(manifest.public_key):
        raise ValueError("no manifest: key")
    if bad_path(files) is not None:
        raise ValueError("no manifest: paths")
    return manifest


def bad_path(paths: Mapping[str, object]) -> str | None:
    """The first path no copy may have: not plain ASCII below the folder, or equal to another but for case."""
    seen: dict[str, str] = {}
    for path in sorted(paths):
        parts = path.split("/")
        allowed = (
            _PATH.fullmatch(path) is not None
            and len(path) <= MOST_PATH
            and parts[0].lower() not in (PREVIOUS, WORK)
            and path.lower() not in (MANIFEST.lower(), SIGNATURE.lower())
            and not any(_RESERVED.fullmatch(part) or part.endswith(".") for part in parts)
        )
        if not allowed:
            return path
        for length in range(1, len(parts) + 1):
            lead = "/".join(parts[:length])
            # A file must not stand where another path has a folder, whatever the case of its letters.
            mark = lead if length == len(parts) else lead + "/"
            if seen.setdefault(lead.lower(), mark) != mark:
                return path
    return None


class Finding(NamedTuple):
    """Something wrong with a copy: a key of `words.WORDS` and the path it is about."""

    code: str
    path: str


def signature_holds(public_key: str, message: bytes, signature: str) -> bool:
    """Whether a signature in hexadecimal digits over `message` was made with the key."""
    try:
        return ed25519.verify(bytes.fromhex(public_key), message, bytes.fromhex(signature.strip()))
    except ValueError:
        return False


def read_manifest(root: Path) -> Manifest:
    """The manifest of the copy in `root`; OSError or ValueError when there is none."""
    return parse((root / MANIFEST).read_bytes())


def _walk(root: Path, folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda item: item.name):
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(root, Path(entry.path))
            else:
                yield Path(entry.path).relative_to(root).as_posix(), entry


def is_intact(path: Path, wanted: File) -> bool:
    """Whether the file has the size and digest it must have."""
    if path.stat().st_size != wanted.size:
        return False
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == wanted.sha256


def _read_undo(root: Path) -> dict[str, File]:
    """The files of the version before, by their path below the copy."""
    value = json.loads((root / PREVIOUS / UNDO).read_bytes())
    rows = value["restore"]
    return {
        f"{PREVIOUS}/{number}": File(int(row["size"]), str(row["sha256"])) for number, row in enumerate(rows)
    }


def verify_copy(root: Path) -> tuple[Manifest | None, list[Finding]]:
    """The manifest of the copy in `root`, and everything that is changed, missing or foreign, by path."""
    try:
        content = (root / MANIFEST).read_bytes()
    except OSError:
        return None, [Finding("no-manifest", MANIFEST)]
    try:
        manifest = parse(content)
    except ValueError:
        return None, [Finding("bad-manifest", MANIFEST)]
    findings = []
    interrupted = (root / WORK / PLAN).exists()
    if interrupted:
        findings.append(Finding("interrupted", f"{WORK}/{PLAN}"))
    known: dict[str, File] = dict(manifest.files)
    own = {MANIFEST}
    if manifest.public_key:
        own.add(SIGNATURE)
        signature = root / SIGNATURE
        said = signature.read_text("ascii", "replace") if signature.is_file() else ""
        if not signature_holds(manifest.public_key, content, said):
            findings.append(Finding("bad-signature", SIGNATURE))
    if (root / PREVIOUS / UNDO).is_file():
        try:
            known |= _read_undo(root)
            own.add(f"{PREVIOUS}/{UNDO}")
        except (ValueError, KeyError, TypeError):
            findings.append(Finding("changed", f"{PREVIOUS}/{UNDO}"))
    seen = set()
    for path, entry in _walk(root, root):
        if path in own or (interrupted and path.startswith(f"{WORK}/")):
            continue
        if path not in known:
            findings.append(Finding("foreign", path))
        elif entry.is_symlink():
            findings.append(Finding("link", path))
        elif not is_intact(root / path, known[path]):
            findings.append(Finding("changed", path))
        seen.add(path)
    findings += [Finding("missing", path) for path in known if path not in seen]
    return manifest, sorted(findings, key=lambda found: (found.path, found.code))

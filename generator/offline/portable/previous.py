"""The version before the last update, as it lies in `previous/`: its files by number, and `undo.json` with their paths.

What `undo.json` says follows from the manifests of both versions; it is believed only where it says just that. So neither
a changed byte nor a folder somebody put there can lead anywhere but to a whole copy.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .manifest import (
    MANIFEST,
    PREVIOUS,
    SIGNATURE,
    UNDO,
    File,
    Manifest,
    parse,
    read_signature,
    signature_file,
    signature_holds,
)


@dataclass(frozen=True, slots=True)
class Before:
    """The version before: its manifest and that one's digest, the files to bring back (the n-th is `previous/<n>`), the paths to take away."""

    manifest: Manifest
    digest: str
    restore: tuple[tuple[str, File], ...]
    added: tuple[str, ...]

    def read(self, root: Path) -> dict[str, bytes]:
        """The files to bring back, by path; OSError or ValueError when one is gone or damaged."""
        contents = {}
        for number, (path, file) in enumerate(self.restore):
            content = (root / PREVIOUS / str(number)).read_bytes()
            if File.of(content) != file:
                raise ValueError(f"damaged: {PREVIOUS}/{number}")
            contents[path] = content
        return contents


def undo_bytes(restore: Sequence[tuple[str, File]], added: Sequence[str]) -> bytes:
    """The content of `undo.json`."""
    rows = [{"path": path} | file._asdict() for path, file in restore]
    return json.dumps({"restore": rows, "added": list(added)}, indent=0).encode("ascii")


def read_before(root: Path, current: Manifest) -> Before:
    """The version before the copy in `root`; FileNotFoundError when there is none, ValueError when it is damaged."""
    content = (root / PREVIOUS / UNDO).read_bytes()
    try:
        value = json.loads(content)
        restore = [(str(row["path"]), File(int(row["size"]), str(row["sha256"]))) for row in value["restore"]]
        added = [str(path) for path in value["added"]]
        places = {path: root / PREVIOUS / str(number) for number, (path, _) in enumerate(restore)}
        written = places[MANIFEST].read_bytes()
        before = parse(written)
        signature = read_signature(places[SIGNATURE].read_bytes()) if before.public_key else ""
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError(f"damaged: {error}") from error
    signed = not before.public_key or signature_holds(before.public_key, written, signature)
    follows = _restored(before, written, signature, current) == dict(restore) and _added(
        before, current
    ) == set(added)
    if not (signed and follows and content == undo_bytes(restore, added)):
        raise ValueError("damaged: it does not lead to the version before")
    return Before(before, File.of(written).sha256, tuple(restore), tuple(added))


def _restored(before: Manifest, written: bytes, signature: str, current: Manifest) -> dict[str, File]:
    files = {path: file for path, file in before.files.items() if current.files.get(path) != file}
    files[MANIFEST] = File.of(written)
    if before.public_key:
        files[SIGNATURE] = File.of(signature_file(signature))
    return files


def _added(before: Manifest, current: Manifest) -> set[str]:
    added = set(current.files) - set(before.files)
    return added | {SIGNATURE} if current.public_key and not before.public_key else added

"""The manifest of a copy: what belongs to it, with digests, the date of its data and who may update it.

`MANIFEST.json` names every file but itself and its signature, `MANIFEST.sig`; its first line is the digest of the rest. There is
one way to write it, so a manifest in which any byte differs from that is none.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from . import ed25519
from .age import Published

FORMAT = "border-trade-handbook-copy-1"
MANIFEST = "MANIFEST.json"
SIGNATURE = "MANIFEST.sig"
# Folders an update makes in a copy: the version before, and work in progress (no name a reader would choose).
PREVIOUS, WORK = "previous", "update.part"
UNDO, PLAN = "undo.json", "plan.json"

_PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*", re.ASCII)
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.ASCII | re.IGNORECASE)
_DIGEST = re.compile("[0-9a-f]{64}")
MOST_PATH = 200
# No handbook comes near it.
MOST_MANIFEST = 50_000_000


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
        rest = ("\n".join(lines) + '\n "files": {\n' + ",\n".join(rows) + "\n }\n}\n").encode("ascii")
        return b'{\n "digest": "%s",\n' % hashlib.sha256(rest).hexdigest().encode("ascii") + rest


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
        written = manifest.dump()
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError(f"no manifest: {error}") from error
    if any(not _DIGEST.fullmatch(file.sha256) or file.size < 0 for file in files.values()):
        raise ValueError("no manifest: digests")
    if manifest.public_key and not _DIGEST.fullmatch(manifest.public_key):
        raise ValueError("no manifest: key")
    if bad_path(files) is not None:
        raise ValueError("no manifest: paths")
    if written != content:
        raise ValueError("no manifest: written otherwise")
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


def signature_holds(public_key: str, message: bytes, signature: str) -> bool:
    """Whether a signature in hexadecimal digits over `message` was made with the key."""
    try:
        made = bytes.fromhex(signature)
        # One signature is written in one way: small letters, nothing between.
        return made.hex() == signature and ed25519.verify(bytes.fromhex(public_key), message, made)
    except ValueError:
        return False


def signature_file(signature: str) -> bytes:
    """The content of a signature's file."""
    return f"{signature}\n".encode("ascii")


def read_signature(content: bytes) -> str:
    """The signature in such a file; what no signature is when it is another file."""
    return content.decode("ascii", "replace").removesuffix("\n")


def manifest_bytes(root: Path) -> bytes:
    """The manifest's file in `root` as it is written; OSError when it cannot be read, ValueError when it is none."""
    path = root / MANIFEST
    if path.stat().st_size > MOST_MANIFEST:
        raise ValueError("no manifest: size")
    return path.read_bytes()

"""The stamp of an index: what it was made from, and a digest of each of its files.

Nothing of an index is read before its files agree with the stamp, so a damaged or changed file is refused instead
of being interpreted.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

STAMP = "stamp.json"
FORMAT = "border-search-3"

COUNTS = "counts.json"
"""Beside the stamp: what the first segment counts, for the next build alone."""


class IndexError(Exception):
    """An index that cannot be used; the message says what to run."""


class Stamp(NamedTuple):
    """``files`` maps a file name in ``folder`` to its size and SHA-256; ``counts`` is the SHA-256 of ``COUNTS``.

    ``program`` names the program that made it: only the very same goes on from it.
    """

    format: str
    program: str
    analysis: str
    data: str
    folder: str
    documents: int
    files: dict[str, list[Any]]
    counts: str

    def to_json(self) -> str:
        """The stamp with a seal over its own content."""
        body = self._asdict()
        return json.dumps(body | {"seal": _seal(body)}, indent=1, sort_keys=True)

    def intact(self, out: Path) -> bool:
        """Whether every file is there, with the size and content that were stamped, and no other."""
        try:
            return digest_of_files(out / self.folder) == self.files
        except OSError:
            return False


def _seal(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def digest_of_files(folder: Path) -> dict[str, list[Any]]:
    """Size in bytes and SHA-256 of each file of ``folder``."""
    found = {}
    for path in sorted(folder.iterdir()):
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        found[path.name] = [path.stat().st_size, digest]
    return found


def stamp_digest(out: Path) -> str:
    """SHA-256 of the stamp in ``out``, which names this very index."""
    return hashlib.sha256((out / STAMP).read_bytes()).hexdigest()


@cache
def program_digest() -> str:
    """Names this version of the program, libraries aside."""
    seal = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        seal.update(path.read_bytes() + b"\0")
    return seal.hexdigest()[:16]


def read_stamp(out: Path, missing_ok: bool = False) -> Stamp | None:
    """The stamp in ``out``; ``None`` when there is none (or a broken one) and ``missing_ok`` is set.

    :raises IndexError: for a missing, foreign or damaged stamp otherwise.
    """
    try:
        body = json.loads((out / STAMP).read_text(encoding="utf-8"))
        seal = body.pop("seal")
        stamp = Stamp(**body)
        if (
            seal != _seal(body)
            or stamp.format != FORMAT
            or not re.fullmatch("data-[0-9a-f]{12}", stamp.folder)
        ):
            raise ValueError("seal")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if missing_ok:
            return None
        reason = "no search index" if isinstance(error, FileNotFoundError) else "not an index of this program"
        raise IndexError(f"{out}: {reason}; {REMEDY}") from error
    return stamp


REMEDY = "build it with `handbook build`, or `python -m search index DOCS.jsonl --out DIR`"

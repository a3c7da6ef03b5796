"""Zip files that are the same bytes for the same content: names in order, one date, one mode."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

# Zip dates begin in 1980; a unix regular file that all may read.
FIRST_DAY = date(1980, 1, 1)
MODE = 0o100644 << 16
UNIX = 3


def zip_bytes(files: Mapping[str, bytes], day: date, *, packed: bool = True) -> bytes:
    """A zip file of `files`, each dated `day`; `packed=False` stores them as they are."""
    out = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", method, compresslevel=9 if packed else None) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, max(day, FIRST_DAY).timetuple()[:6])
            info.create_system = UNIX
            info.external_attr = MODE
            info.compress_type = method
            archive.writestr(info, files[name])
    return out.getvalue()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and rename it there, so that nobody sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f".{path.name}.part")
    waiting.write_bytes(content)
    waiting.replace(path)

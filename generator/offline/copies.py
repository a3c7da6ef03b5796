"""Reading a copy of the handbook from a folder or a zip file, whole and verified."""

import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.offline.portable.manifest import (
    MANIFEST,
    SIGNATURE,
    File,
    Manifest,
    manifest_bytes,
    parse,
    read_signature,
)
from generator.offline.portable.verify import Finding, verify_copy

# In bytes; no handbook comes near it.
MOST_UNPACKED = 2_000_000_000


class CopyRefused(Exception):
    """Not a whole copy; `findings` say what is wrong with it, empty when it cannot be read at all."""

    def __init__(self, path: Path, findings: list[Finding]) -> None:
        super().__init__(str(path))
        self.path = path
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Copy:
    """A verified copy in memory; `files` without the manifest and its signature."""

    manifest: Manifest
    written: bytes
    signature: str
    files: dict[str, bytes]

    @property
    def digest(self) -> str:
        """The digest of the manifest, by which updates know a copy."""
        return File.of(self.written).sha256


def unpack(path: Path, folder: Path) -> None:
    """Write the members of a copy's zip file into `folder`; CopyRefused for a damaged one or a path no copy has."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(path, archive)
            for member in archive.infolist():
                target = folder / member.filename
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(member))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        KeyError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise CopyRefused(path, []) from error


def _check_members(path: Path, archive: zipfile.ZipFile) -> None:
    """That the zip file holds what its manifest names, once each, and is no larger than a handbook can be."""
    members = archive.infolist()
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise CopyRefused(path, [Finding("too-large", path.name)])
    allowed = set(parse(archive.read(MANIFEST)).files) | {MANIFEST, SIGNATURE}
    names = Counter(member.filename for member in members)
    findings = [Finding("foreign", name) for name in names if name not in allowed]
    findings += [Finding("twice", name) for name, count in names.items() if count > 1]
    if findings:
        raise CopyRefused(path, findings)


def read_copy(path: Path) -> Copy:
    """The copy in a folder or a zip file; CopyRefused unless every file is as its manifest says."""
    with TemporaryDirectory(prefix="handbook-copy-") as unpacked:
        folder = path
        if not path.is_dir():
            folder = Path(unpacked)
            unpack(path, folder)
        manifest, findings = verify_copy(folder)
        if manifest is None or findings:
            raise CopyRefused(path, findings)
        return Copy(
            manifest,
            manifest_bytes(folder),
            read_signature((folder / SIGNATURE).read_bytes()) if manifest.public_key else "",
            {name: (folder / name).read_bytes() for name in manifest.files},
        )

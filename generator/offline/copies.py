"""Reading a copy of the handbook from a folder or a zip file, whole and verified."""

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.offline.portable.manifest import (
    MANIFEST,
    SIGNATURE,
    File,
    Finding,
    Manifest,
    parse,
    verify_copy,
)


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
            manifest = parse(archive.read(MANIFEST))
            allowed = set(manifest.files) | {MANIFEST, SIGNATURE}
            for member in archive.infolist():
                if member.filename not in allowed:
                    raise CopyRefused(path, [Finding("foreign", member.filename)])
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
        signature = folder / SIGNATURE
        return Copy(
            manifest,
            (folder / MANIFEST).read_bytes(),
            signature.read_text("ascii").strip() if manifest.public_key else "",
            {name: (folder / name).read_bytes() for name in manifest.files},
        )

"""An update as a file: what it may hold, and reading it without believing it.

It is a zip file of three members: `DELTA.json` says from which manifest to which it leads and the digest of
`payload.xz`; `DELTA.sig`, if there is one, is an Ed25519 signature over `DELTA.json`. The payload holds patches for files
that changed and whole files that are new.
"""

import json
import lzma
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .age import Published
from .manifest import File, bad_path, read_signature
from .patch import Reader
from .verify import Finding

FORMAT = "border-trade-handbook-update-1"
DELTA, DELTA_SIGNATURE, PAYLOAD = "DELTA.json", "DELTA.sig", "payload.xz"
# Bounds, in bytes, on what a file may claim and make: no handbook comes near them.
MOST_OF = {DELTA: 100_000, DELTA_SIGNATURE: 1_000, PAYLOAD: 300_000_000}
MOST_UNPACKED = 300_000_000
# What unpacking a payload of the strongest compression takes, and some.
MOST_MEMORY = 128 * 2**20


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
            members = packed.infolist()
            names = [member.filename for member in members]
            if len(set(names)) != len(names) or not {DELTA, PAYLOAD} <= set(names) <= set(MOST_OF):
                raise Refused("delta-foreign")
            if any(member.file_size > MOST_OF[member.filename] for member in members):
                raise Refused("delta-foreign")
            said, payload = packed.read(DELTA), packed.read(PAYLOAD)
            signature = read_signature(packed.read(DELTA_SIGNATURE)) if DELTA_SIGNATURE in names else ""
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
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise Refused("delta-foreign") from error
    if File.of(payload) != info.payload:
        raise Refused("delta-damaged")
    return Delta(info, said, signature, payload)


def unpack(delta: Delta) -> bytes:
    """The payload; Refused when it does not unpack to what the update says."""
    if not 0 <= delta.info.unpacked <= MOST_UNPACKED:
        raise Refused("delta-damaged")
    try:
        content = lzma.LZMADecompressor(lzma.FORMAT_XZ, MOST_MEMORY).decompress(
            delta.payload, max_length=delta.info.unpacked + 1
        )
    except lzma.LZMAError as error:
        raise Refused("delta-damaged") from error
    if len(content) != delta.info.unpacked:
        raise Refused("delta-damaged")
    return content


@dataclass(frozen=True, slots=True)
class Change:
    """What a payload does to the files of a copy, by path."""

    patched: list[str]
    added: list[tuple[str, int]]
    removed: list[str]
    runs: Reader
    literals: Reader


def read_change(content: bytes, old_paths: list[str]) -> Change:
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
        removed = [old_paths[int(number)] for number in value["removed"] if int(number) >= 0]
        added = [(str(path), int(size)) for path, size in value["added"]]
        split = int(value["runs"])
    except (
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as error:
        raise Refused("delta-damaged") from error
    new = [path for path, _ in added]
    bad = bad_path(dict.fromkeys(new))
    if bad is not None:
        raise Refused("delta-path", path=bad)
    touched = [*patched, *removed, *new]
    # Each path is touched once, and what stands already is patched, not added.
    if len(set(touched)) != len(touched) or not set(new).isdisjoint(old_paths):
        raise Refused("delta-damaged")
    if split < 0 or any(size < 0 for _, size in added):
        raise Refused("delta-damaged")
    return Change(patched, added, removed, Reader(rest[:split]), Reader(rest[split:]))

"""Small copies made by hand, and updates forged from them."""

import json
import lzma
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from generator.offline.archives import zip_bytes
from generator.offline.bundle import APPLY, PORTABLE, TOOLS, sealed
from generator.offline.copies import Copy
from generator.offline.portable.age import Published
from generator.offline.portable.manifest import MANIFEST, SIGNATURE, File, parse
from generator.offline.portable.update import take_update
from generator.offline.portable.update_file import DELTA, DELTA_SIGNATURE, PAYLOAD, Info, Refused
from generator.offline.portable.verify import verify_copy
from generator.offline.signing import Signer

OLD, NEW = date(2026, 11, 21), date(2026, 12, 5)
NEXT = {"gates__lao_bao": "<p>07:00–18:00</p>", "gates__la_lay": "<p>La Lay</p>", "gates__cha_lo": ""}


def published(day: date) -> Published:
    return Published(day, ageing_days=92, overdue_days=183)


def signer(seed: int) -> Signer:
    """A key of its own for each seed."""
    return Signer(Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


def texts(day: date, **others: str) -> dict[str, bytes]:
    """Pages of a copy, dated; keyword arguments replace, add or (empty) leave out `name_html`."""
    pages = {
        "index.html": f"<body data-date='{day}'>" + "Cửa khẩu Lao Bảo. " * 40 + f"<p>{day}</p>",
        "lo/index.html": f"<body data-date='{day}'>" + "ດ່ານລາວບາວ. " * 40 + f"<p>{day}</p>",
        "gates/lao-bao.html": f"<body data-date='{day}'><p>07:00–17:00</p>",
        "gates/cha-lo.html": "<p>Cha Lo</p>",
    }
    for name, text in others.items():
        pages[name.replace("__", "/").replace("_", "-") + ".html"] = text
    tools = {f"portable/{name}.py": (PORTABLE / f"{name}.py").read_bytes() for name in TOOLS}
    return (
        {name: text.encode() for name, text in pages.items() if text}
        | tools
        | {"apply.py": APPLY.encode("utf-8")}
    )


def seal(files: dict[str, bytes], day: date, key: Signer | None = None) -> dict[str, bytes]:
    return sealed(published(day), files, key)


def put(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def as_copy(whole: dict[str, bytes]) -> Copy:
    files = {name: content for name, content in whole.items() if name not in (MANIFEST, SIGNATURE)}
    return Copy(parse(whole[MANIFEST]), whole[MANIFEST], whole.get(SIGNATURE, b"").decode().strip(), files)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below the folder, links as what they point to."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def own(folder: Path) -> dict[str, bytes]:
    """The files of the copy itself, without the version before."""
    return {name: content for name, content in tree(folder).items() if not name.startswith("previous/")}


def forged(
    base: Copy, target: Copy, head: dict[str, Any], tail: bytes = b"", key: Signer | None = None, **info: Any
) -> bytes:
    """An update whose payload says what the test wants; all its digests are right."""
    content = (
        json.dumps({"patched": [], "added": [], "removed": [], "runs": 0} | head).encode() + b"\n" + tail
    )
    packed = lzma.compress(content)
    values: dict[str, Any] = {
        "base": base.digest,
        "base_published": base.manifest.published,
        "target": target.digest,
        "target_published": target.manifest.published,
        "target_key": target.manifest.public_key,
        "target_signature": target.signature,
        "payload": File.of(packed),
        "unpacked": len(content),
    }
    said = Info(**(values | info)).dump()
    members = {DELTA: said, PAYLOAD: packed}
    if key:
        members[DELTA_SIGNATURE] = key.sign(said).encode()
    return zip_bytes(members, NEW, packed=False)


def flipped(content: bytes, place: int, bit: int = 1) -> bytes:
    return content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :]


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: list[tuple[str, bytes]], path: Path) -> Path:
    """A zip file of these members, in this order, also twice the same."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return path


def codes(root: Path) -> set[tuple[str, str]]:
    """What `--verify` finds in a copy: code and path."""
    return {(found.code, found.path) for found in verify_copy(root)[1]}


def refused(root: Path, update: Path) -> Refused:
    """Try the update; it must be refused and change nothing."""
    before = tree(root)
    with pytest.raises(Refused) as caught:
        take_update(root, update)
    assert tree(root) == before
    return caught.value

"""What the program is, as a digest: what another program has kept for the next build is not gone on from."""

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import search

PACKAGES = Path(__file__).parent, Path(str(search.__file__)).parent


@cache
def program_digest(packages: tuple[Path, ...] = PACKAGES) -> str:
    """The program itself, templates, words and styles included, and the libraries that are installed with it."""
    seal = hashlib.blake2b(digest_size=16)
    for package in packages:
        for path in sorted(_files(str(package))):
            content = Path(path).read_bytes()
            seal.update(f"{path.removeprefix(str(package))}\0{len(content)}\0".encode())
            seal.update(content)
    seal.update("\0".join((*_libraries(), sys.version)).encode())
    return seal.hexdigest()


def _libraries() -> list[str]:
    """Names and versions, as installers write them: to ask for each version would read much more."""
    folders = (path for path in map(Path, sys.path) if path.is_dir())
    return sorted(path.name for folder in folders for path in folder.glob("*.dist-info"))


def _files(folder: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry.path)
        elif entry.is_file():
            yield entry.path

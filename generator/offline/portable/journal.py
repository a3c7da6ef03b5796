"""Changing many files of a copy so that a cut at any moment leaves the old copy or the new one.

New files are written beside the old ones, in `update/`, with what is needed to undo the change. One rename of
`update/plan.json` is the moment of decision: before it nothing of the copy was touched, and what was written is thrown
away; after it every step can be done again, and is, by the next run. Renames replace whole files only.
"""

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .manifest import MANIFEST, PLAN, PREVIOUS, UNDO, WORK, File


def write_whole(path: Path, content: bytes) -> None:
    """Write a file; on a system that cannot settle all files at once, see it onto the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(content)
        if not hasattr(os, "sync"):
            stream.flush()
            os.fsync(stream.fileno())


def settle() -> None:
    """See everything written so far onto the disk."""
    if hasattr(os, "sync"):
        os.sync()


def remove_tree(folder: Path) -> None:
    """Remove a folder and all below; a link is removed, not followed."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def stands_free(root: Path, path: str) -> bool:
    """Whether no part of the way from `root` to `path` is a link, and no folder is a file."""
    place = root
    for part in path.split("/")[:-1]:
        place /= part
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            return False
    return not (root / path).is_symlink() and not (root / path).is_dir()


def is_waiting(root: Path) -> bool:
    """Whether a change was decided on and is not finished."""
    return (root / WORK / PLAN).is_file()


def recover(root: Path) -> bool:
    """Finish what an earlier run decided on, or throw away what it had not; whether there was something to finish."""
    work = root / WORK
    if is_waiting(root):
        _finish(root, json.loads((work / PLAN).read_bytes()))
        return True
    remove_tree(work)
    return False


def install(root: Path, files: Iterable[tuple[str, bytes]], manifest: bytes, removed: Iterable[str]) -> None:
    """Put `files` and the manifest in place and take `removed` away, whole or not at all.

    The files replaced and removed stay in `previous/`, from where `undo` brings them back. The caller has checked
    every path.
    """
    work = root / WORK
    remove_tree(work)
    places: list[str] = []
    restore: list[dict[str, Any]] = []
    added: list[str] = []

    def keep(path: str) -> None:
        old = (root / path).read_bytes()
        write_whole(work / PREVIOUS / str(len(restore)), old)
        restore.append({"path": path} | File.of(old)._asdict())

    # The manifest comes last, so that a copy half changed never verifies.
    for path, content in (*files, (MANIFEST, manifest)):
        write_whole(work / "new" / str(len(places)), content)
        places.append(path)
        if (root / path).exists():
            keep(path)
        else:
            added.append(path)
    gone = [path for path in removed if (root / path).exists()]
    for path in gone:
        keep(path)
    write_whole(work / PREVIOUS / UNDO, _json({"restore": restore, "added": added}))
    write_whole(work / "plan", _json({"replace": places, "remove": gone}))
    settle()
    (work / "plan").replace(work / PLAN)
    settle()
    _finish(root, {"replace": places, "remove": gone})


def undo(root: Path) -> tuple[list[tuple[str, bytes]], bytes, list[str]]:
    """What `install` needs to bring the version before back: files, manifest, what to remove.

    OSError, KeyError or ValueError when there is none or it is damaged.
    """
    value = json.loads((root / PREVIOUS / UNDO).read_bytes())
    contents: dict[str, bytes] = {}
    for number, row in enumerate(value["restore"]):
        content = (root / PREVIOUS / str(number)).read_bytes()
        if File.of(content) != File(int(row["size"]), str(row["sha256"])):
            raise ValueError("damaged")
        contents[str(row["path"])] = content
    manifest = contents.pop(MANIFEST)
    return sorted(contents.items()), manifest, [str(path) for path in value["added"]]


def _json(value: object) -> bytes:
    return json.dumps(value, indent=0).encode("ascii")


def _finish(root: Path, plan: dict[str, Any]) -> None:
    """Do every step that is not done yet; each can be done twice."""
    work = root / WORK
    for path in plan["remove"]:
        (root / path).unlink(missing_ok=True)
        _remove_empty(root, (root / path).parent)
    for number, path in enumerate(plan["replace"]):
        made = work / "new" / str(number)
        if made.exists():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            made.replace(root / path)
    settle()
    if (work / PREVIOUS).exists():
        remove_tree(root / PREVIOUS)
        (work / PREVIOUS).replace(root / PREVIOUS)
    (work / PLAN).unlink()
    remove_tree(work)


def _remove_empty(root: Path, folder: Path) -> None:
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent

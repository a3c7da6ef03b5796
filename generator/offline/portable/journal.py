"""Changing many files of a copy so that a cut at any moment leaves the old copy or the new one.

New files are written beside the old ones, in `update.part/`, with what is needed to undo the change. One rename of
`update.part/plan.json` is the moment of decision: before it nothing of the copy was touched, and what was written is
thrown away; after it every step can be done again, and is, by the next run. Renames replace whole files only.
"""

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .manifest import MANIFEST, PLAN, PREVIOUS, SIGNATURE, UNDO, WORK, File, bad_path
from .previous import undo_bytes
from .verify import is_intact


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


class PlanRefused(Exception):
    """What an update that was cut off left to do cannot be done: `path` is damaged, not allowed, or in the way."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True, slots=True)
class _Plan:
    """What was decided: files to put in place, the n-th of them from `new/<n>`, and paths to take away."""

    replace: tuple[tuple[str, File], ...]
    remove: tuple[str, ...]

    def dump(self) -> bytes:
        rows = [[path, file.size, file.sha256] for path, file in self.replace]
        return json.dumps({"replace": rows, "remove": self.remove}, indent=0).encode("ascii")

    @classmethod
    def parse(cls, content: bytes) -> "_Plan":
        """Read what `dump` wrote; PlanRefused when it is something else, or a path in it is not below the copy."""
        try:
            value = json.loads(content)
            replace = [(str(path), File(int(size), str(digest))) for path, size, digest in value["replace"]]
            plan = cls(tuple(replace), tuple(str(path) for path in value["remove"]))
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            raise PlanRefused(f"{WORK}/{PLAN}") from error
        for path in (*dict(plan.replace), *plan.remove):
            if path not in (MANIFEST, SIGNATURE) and bad_path({path: None}) is not None:
                raise PlanRefused(path)
        return plan


def is_waiting(root: Path) -> bool:
    """Whether a change was decided on and is not finished."""
    return (root / WORK / PLAN).is_file()


def recover(root: Path) -> bool:
    """Finish what an earlier run decided on, or throw away what it had not; whether there was something to finish.

    PlanRefused, before anything is touched, when it cannot be finished.
    """
    work = root / WORK
    if work.is_symlink():
        raise PlanRefused(WORK)
    if not is_waiting(root):
        remove_tree(work)
        return False
    plan = _Plan.parse((work / PLAN).read_bytes())
    for path in (*dict(plan.replace), *plan.remove):
        if not stands_free(root, path):
            raise PlanRefused(path)
    for number, (path, file) in enumerate(plan.replace):
        made = work / "new" / str(number)
        if not is_intact(made if made.exists() else root / path, file):
            raise PlanRefused(f"{WORK}/new/{number}")
    _finish(root, plan)
    return True


def install(root: Path, files: Iterable[tuple[str, bytes]], manifest: bytes, removed: Iterable[str]) -> None:
    """Put `files` and the manifest in place and take `removed` away, whole or not at all.

    The files replaced and removed stay in `previous/`, from where they can be brought back. The caller has checked every path.
    """
    work = root / WORK
    remove_tree(work)
    try:
        plan = _prepare(root, files, manifest, removed)
    except BaseException:
        # A disk that is full has no room for what cannot be used.
        with suppress(OSError):
            remove_tree(work)
        raise
    settle()
    (work / "plan").replace(work / PLAN)
    settle()
    _finish(root, plan)


def _prepare(
    root: Path, files: Iterable[tuple[str, bytes]], manifest: bytes, removed: Iterable[str]
) -> _Plan:
    """Write the new files, the old ones and the plan beside the copy."""
    work = root / WORK
    replace: list[tuple[str, File]] = []
    restore: list[tuple[str, File]] = []
    added: list[str] = []

    def keep(path: str) -> None:
        old = (root / path).read_bytes()
        write_whole(work / PREVIOUS / str(len(restore)), old)
        restore.append((path, File.of(old)))

    # The manifest comes last, so that a copy half changed never verifies.
    for path, content in (*files, (MANIFEST, manifest)):
        write_whole(work / "new" / str(len(replace)), content)
        replace.append((path, File.of(content)))
        if (root / path).exists():
            keep(path)
        else:
            added.append(path)
    gone = [path for path in removed if (root / path).exists()]
    for path in gone:
        keep(path)
    plan = _Plan(tuple(replace), tuple(gone))
    write_whole(work / PREVIOUS / UNDO, undo_bytes(restore, added))
    write_whole(work / "plan", plan.dump())
    return plan


def _finish(root: Path, plan: _Plan) -> None:
    """Do every step that is not done yet; each can be done twice."""
    work = root / WORK
    for path in plan.remove:
        (root / path).unlink(missing_ok=True)
        _remove_empty(root, (root / path).parent)
    for number, (path, _) in enumerate(plan.replace):
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

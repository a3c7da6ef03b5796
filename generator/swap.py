"""Putting finished folders in the place of old ones: whole, or not at all."""

import ctypes
import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

# From linux/fcntl.h and linux/fs.h: paths are taken as they are, and the two change places in one step.
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def workshop(place: Path) -> Path:
    """The folder beside a place where its next content is made and its lock is kept."""
    return place.parent / ".cache"


@contextmanager
def exclusive(places: Iterable[Path], waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the right to change the places for as long as the block runs; `waiting` is called when another holds it.

    The right ends with the process that holds it, however that ends.
    """
    with ExitStack() as held:
        # In one order for all, so that two builders of the same places never wait for each other.
        for folder in sorted({workshop(place) for place in places}):
            folder.mkdir(parents=True, exist_ok=True)
            handle = held.enter_context((folder / "build.lock").open("a"))
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def recover(place: Path) -> None:
    """Put a place right after a swap that was killed: an old folder left aside comes back, a half copy goes."""
    aside = _aside(place)
    if aside.exists() and not place.exists():
        aside.replace(place)
    shutil.rmtree(aside, ignore_errors=True)
    shutil.rmtree(_copied(place), ignore_errors=True)


def swap_in(folders: Mapping[Path, Path], report: Callable[[str], None] = lambda step: None) -> None:
    """Put each finished folder (key) in its place (value). The caller holds `exclusive` over the places.

    Where the system can exchange two folders in one step, a place is never without content; elsewhere it changes by
    two renames, and `recover` mends what a kill between them leaves. `report` is told each step before it is taken.
    """
    for made, place in folders.items():
        recover(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        if made.stat().st_dev != place.parent.stat().st_dev:
            report(f"copy {place.name}")
            made = Path(shutil.copytree(made, _copied(place)))
        report(f"exchange {place.name}")
        if place.exists() and not _exchange(made, place):
            place.replace(_aside(place))
            report(f"between {place.name}")
        try:
            if not place.exists():
                made.replace(place)
        finally:
            recover(place)


def _aside(place: Path) -> Path:
    return place.with_name(f".{place.name}.old")


def _copied(place: Path) -> Path:
    return place.with_name(f".{place.name}.new")


@cache
def _renameat2() -> Callable[[int, bytes, int, bytes, int], int] | None:
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)


def _exchange(made: Path, place: Path) -> bool:
    """Let two folders of one disk change places in one step; False where system or disk do not know how."""
    call = _renameat2()
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(made), _AT_FDCWD, os.fsencode(place), _RENAME_EXCHANGE) == 0:
        return True
    reason = ctypes.get_errno()
    if reason in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(reason, os.strerror(reason), str(place))

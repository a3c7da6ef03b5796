"""Putting finished folders in the place of old ones: whole, or not at all."""

import fcntl
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def exclusive(lock: Path) -> Iterator[None]:
    """Hold the lock file for as long as the block runs; a second builder waits for the first."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def swap_in(folders: Mapping[Path, Path]) -> None:
    """Move each finished folder (key) to its place (value); the old one goes only when the new one stands.

    Each place changes by two renames on one disk. What an earlier, killed run left aside is put back or removed first.
    """
    places = list(folders.values())
    with exclusive(places[0].parent / ".cache" / "swap.lock"):
        for place in places:
            _recover(place)
        for made, place in folders.items():
            aside = _aside(place)
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.exists():
                place.replace(aside)
            made.replace(place)
            shutil.rmtree(aside, ignore_errors=True)


def _aside(place: Path) -> Path:
    return place.with_name(f".{place.name}.old")


def _recover(place: Path) -> None:
    """After a kill between the two renames the old folder stands aside and its place is empty: put it back."""
    aside = _aside(place)
    if not aside.exists():
        return
    if place.exists():
        shutil.rmtree(aside)
    else:
        aside.replace(place)

"""The new text of a file from its old text: runs to copy, and literal bytes between them.

A patch is a list of (seek, copied, inserted): go `seek` bytes on from where the last run ended, copy `copied` bytes of
the old text, then take `inserted` bytes of the literals. Numbers are written as variable-length integers, the seek
with its sign in the lowest bit.
"""

from typing import NamedTuple


class DamagedPatch(Exception):
    """A patch that does not fit its file."""


class Reader:
    """Reads numbers and runs of bytes from a piece of memory, one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def at_end(self) -> bool:
        """Whether all was read."""
        return self._at == len(self._data)

    def number(self) -> int:
        """The next variable-length integer: seven bits a byte, the lowest first."""
        value = shift = 0
        while True:
            if self._at >= len(self._data) or shift > 56:
                raise DamagedPatch("number")
            byte = self._data[self._at]
            self._at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7

    def take(self, count: int) -> bytes:
        """The next `count` bytes."""
        if count > len(self._data) - self._at:
            raise DamagedPatch("literals")
        self._at += count
        return self._data[self._at - count : self._at]


class Run(NamedTuple):
    """One step of a patch, in bytes."""

    seek: int
    copied: int
    inserted: int


def write_number(value: int) -> bytes:
    """A whole number from 0 as a variable-length integer."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def write_runs(runs: list[Run]) -> bytes:
    """The runs of one file, with their number before them."""
    out = bytearray(write_number(len(runs)))
    for run in runs:
        out += write_number(run.seek << 1 if run.seek >= 0 else (-run.seek << 1) | 1)
        out += write_number(run.copied) + write_number(run.inserted)
    return bytes(out)


def apply_patch(old: bytes, runs: Reader, literals: Reader, most: int) -> bytes:
    """The new text, of `most` bytes at most. Reads one file's runs and literals from the two streams; DamagedPatch where
    they do not fit."""
    out: list[bytes] = []
    place = size = 0
    for _ in range(runs.number()):
        seek = runs.number()
        place += -(seek >> 1) if seek & 1 else seek >> 1
        copied, inserted = runs.number(), runs.number()
        size += copied + inserted
        if place < 0 or copied > len(old) - place or size > most:
            raise DamagedPatch("copy")
        out += (old[place : place + copied], literals.take(inserted))
        place += copied
    return b"".join(out)

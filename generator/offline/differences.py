"""Finding the runs that make a new text from an old one, for small updates.

The old text is indexed by blocks; where a block of the new text is found in it, the run is extended both ways as far
as the texts agree. Pages that differ in a date cost a few bytes; so does an index in which a handful of numbers
changed.
"""

from generator.offline.portable.patch import Run

BLOCK = 16
STEP = 8
# How many places of one block are tried; a block that stands everywhere says little.
PLACES = 4


def _agreement(old: bytes, a: int, new: bytes, b: int) -> int:
    """How many bytes agree from `old[a:]` and `new[b:]` on."""
    most = min(len(old) - a, len(new) - b)
    done, width = 0, 64
    while done < most:
        width = min(width, most - done)
        if old[a + done : a + done + width] == new[b + done : b + done + width]:
            done += width
            width *= 2
        elif width == 1:
            return done
        else:
            width = max(1, width // 2)
    return done


def _agreement_before(old: bytes, a: int, new: bytes, b: int, most: int) -> int:
    """How many bytes agree just before `old[a]` and `new[b]`."""
    most = min(most, a, b)
    count = 0
    while count < most and old[a - count - 1] == new[b - count - 1]:
        count += 1
    return count


def _index(old: bytes) -> dict[bytes, list[int]]:
    blocks: dict[bytes, list[int]] = {}
    for place in range(0, len(old) - BLOCK + 1, STEP):
        places = blocks.setdefault(old[place : place + BLOCK], [])
        if len(places) < PLACES:
            places.append(place)
    return blocks


def _best(
    old: bytes, new: bytes, at: int, done: int, expected: int, places: list[int]
) -> tuple[int, int, int]:
    """The longest agreement around `new[at]`: how far it reaches back, where in the old text, and its length."""
    best = (0, 0, 0)
    for place in sorted(places, key=lambda spot: abs(spot - expected)):
        back = _agreement_before(old, place, new, at, at - done)
        length = back + _agreement(old, place, new, at)
        if length > best[2]:
            best = (back, place - back, length)
    return best


def find_runs(old: bytes, new: bytes) -> tuple[list[Run], bytes]:
    """The runs that make `new` from `old`, and the literal bytes between them."""
    runs: list[Run] = []
    literals = bytearray()
    start = _agreement(old, 0, new, 0)
    if start == len(new):
        return [Run(0, start, 0)], b""
    blocks = _index(old)
    copied, seek, place = start, 0, start  # the run being extended, and where in the old text it ends
    done = at = start
    while at + BLOCK <= len(new):
        places = blocks.get(new[at : at + BLOCK])
        if places is None:
            at += 1
            continue
        back, source, length = _best(old, new, at, done, place + at - done, places)
        if length < BLOCK:
            at += 1
            continue
        begin = at - back
        runs.append(Run(seek, copied, begin - done))
        literals += new[done:begin]
        seek, copied, place = source - place, length, source + length
        done = at = begin + length
    runs.append(Run(seek, copied, len(new) - done))
    literals += new[done:]
    return runs, bytes(literals)

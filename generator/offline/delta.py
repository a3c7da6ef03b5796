"""An update from one copy to the next: patches of what changed, whole files that are new, a signature."""

import itertools
import json
import lzma
from dataclasses import dataclass

from generator.offline.archives import zip_bytes
from generator.offline.copies import Copy
from generator.offline.differences import find_runs
from generator.offline.portable.manifest import File, signature_file
from generator.offline.portable.patch import write_runs
from generator.offline.portable.update_file import DELTA, DELTA_SIGNATURE, PAYLOAD, Info
from generator.offline.signing import Signer


class DeltaRefused(Exception):
    """Two copies between which no update can lead, with the reason."""


@dataclass(frozen=True, slots=True)
class Change:
    """How many files an update patches, adds and removes."""

    patched: int
    added: int
    removed: int


def _payload(base: Copy, target: Copy) -> tuple[bytes, Change]:
    """Head line, runs and literals; see `portable.update_file`."""
    old_paths = sorted(base.files)
    numbers = {path: number for number, path in enumerate(old_paths)}
    patched = [path for path in old_paths if path in target.files and base.files[path] != target.files[path]]
    added = [path for path in sorted(target.files) if path not in base.files]
    runs, literals = bytearray(), bytearray()
    for path in patched:
        found, bytes_between = find_runs(base.files[path], target.files[path])
        runs += write_runs(found)
        literals += bytes_between
    for path in added:
        literals += target.files[path]
    removed = [numbers[path] for path in old_paths if path not in target.files]
    places = [-1, *(numbers[path] for path in patched)]
    head = {
        "patched": [now - before for before, now in itertools.pairwise(places)],
        "added": [[path, len(target.files[path])] for path in added],
        "removed": removed,
        "runs": len(runs),
    }
    said = json.dumps(head, separators=(",", ":")).encode("ascii")
    change = Change(len(patched), len(added), len(removed))
    return said + b"\n" + bytes(runs) + bytes(literals), change


def make_delta(base: Copy, target: Copy, signer: Signer | None = None) -> tuple[bytes, Change]:
    """The update file and what it changes; DeltaRefused when it could not be taken at the post.

    A signed copy takes updates of its own key alone: then `signer` must hold that key.
    """
    here, there = base.manifest, target.manifest
    if base.digest == target.digest:
        raise DeltaRefused("both copies are the same")
    if there.published.on < here.published.on:
        raise DeltaRefused(
            f"the new copy is older ({there.published.on}) than the one it should replace ({here.published.on})"
        )
    if here.public_key and (signer is None or signer.public_key != here.public_key):
        raise DeltaRefused(f"the copy takes updates signed with the key {here.public_key} alone (--key)")
    content, change = _payload(base, target)
    packed = lzma.compress(content, lzma.FORMAT_XZ, lzma.CHECK_SHA256, 9 | lzma.PRESET_EXTREME)
    info = Info(
        base=base.digest,
        base_published=here.published,
        target=target.digest,
        target_published=there.published,
        target_key=there.public_key,
        target_signature=target.signature,
        payload=File.of(packed),
        unpacked=len(content),
    )
    said = info.dump()
    members = {DELTA: said, PAYLOAD: packed}
    if signer:
        members[DELTA_SIGNATURE] = signature_file(signer.sign(said))
    return zip_bytes(members, there.published.on, packed=False), change

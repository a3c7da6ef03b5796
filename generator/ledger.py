"""The ledger of a build: which page was made from what, so that the next build makes again only what has changed.

A page of the last site stands in for a new one when the program, the settings and the day are the same, everything that
was read while it was made reads the same now, and its bytes are still those that were made. The ledger is JSON beside
the site: it can be lost, cut off or out of step with the site, and then pages are made anew. Nothing of it is executed.
"""

import hashlib
import json
import os
import shutil
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from generator.reading.watched import Digests, Reading, digest
from generator.site.framing import AnchorLink
from generator.site.shell import Settings
from search.written import read


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one job: files of the site with digests, from what, and the search document of an entry.

    `given` is what the plan told the job, `readings` what it read itself; `links` are those of written pages. The
    document is packed, see `search.document`.
    """

    given: str
    files: Mapping[str, str]
    readings: tuple[Reading, ...] = ()
    document: bytes | None = None
    links: tuple[AnchorLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The jobs of a build by name.

    `program` stands for the program and all that its settings come from; `parallel` are the kinds whose entries stand side
    by side, which every page prints.
    """

    program: str
    jobs: Mapping[str, Made] = field(default_factory=dict)
    # What each reading gave then.
    readings: Mapping[Reading, str] = field(default_factory=dict)
    settings: Settings | None = None
    parallel: str = ""

    def standing(self, name: str, given: str, changed: Set[Reading]) -> Made | None:
        """What this job made in the last build, if it would make the same again."""
        made = self.jobs.get(name)
        if made is None or made.given != given or not changed.isdisjoint(made.readings):
            return None
        return made


def bytes_digest(content: bytes) -> str:
    """A digest of a file, in 32 hex digits."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def folder_digest(folder: Path) -> str:
    """All files below a folder with their paths."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return digest(
        "\n".join(
            f"{path.relative_to(folder).as_posix()} {bytes_digest(path.read_bytes())}" for path in paths
        )
    )


def take_over(made: Made, last: Path, site: Path) -> bool:
    """Put the files of a job from the last site into the new one; False, and none of them, if one is not as it was."""
    done: list[str] = []
    for address, expected in made.files.items():
        old, new = f"{last}/{address}", f"{site}/{address}"
        within = ".." not in address.split("/") and not address.startswith("/")
        if not within or _digest_of_file(old) != expected:
            for path in done:
                Path(path).unlink()
            return False
        try:
            os.link(old, new)
        except OSError:
            # No folder yet, or a disk without links.
            Path(new).parent.mkdir(parents=True, exist_ok=True)
            _link_or_copy(old, new)
        done.append(new)
    return True


def _digest_of_file(path: str) -> str | None:
    try:
        return bytes_digest(read(path))
    except OSError:
        return None


def _link_or_copy(old: str, new: str) -> None:
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def write_ledger(path: Path, ledger: Ledger, digests: Digests) -> None:
    """Write the ledger of a finished build: what was read in the first line, then a line a job."""
    jobs = ledger.jobs
    readings = sorted({*digests.wholes, *chain.from_iterable(made.readings for made in jobs.values())})
    numbers = {one: number for number, one in enumerate(readings)}
    head = {
        "program": ledger.program,
        "parallel": ledger.parallel,
        "settings": asdict(ledger.settings) if ledger.settings else None,
        "readings": {one: digests.of(one) for one in readings},
        "jobs": len(jobs),
    }
    with path.open("w", encoding="utf-8") as file:
        file.write(_line(head))
        for name, made in jobs.items():
            read = [numbers[one] for one in made.readings]
            document = b64encode(made.document).decode() if made.document else ""
            links = [asdict(link) for link in made.links]
            file.write(_line([name, made.given, dict(made.files), read, document, links]))


def _line(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=str) + "\n"


def read_ledger(path: Path, program: str) -> Ledger:
    """The ledger of the last build; an empty one if there is none, it cannot be read or another program wrote it."""
    try:
        head, *rows = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
        said = json.loads(head)
        if said["program"] != program or said["jobs"] != len(rows):
            return Ledger(program)
        settings = Settings(**(said["settings"] | {"today": date.fromisoformat(said["settings"]["today"])}))
        parallel = str(said["parallel"])
        known = {str(one): str(value) for one, value in said["readings"].items()}
        readings = list(known)
        jobs = {
            name: Made(
                given,
                files,
                tuple(readings[number] for number in read),
                _whole(b64decode(document, validate=True)) if document else None,
                tuple(AnchorLink(**link) for link in links),
            )
            for name, given, files, read, document, links in map(json.loads, rows)
        }
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, zlib.error):
        return Ledger(program)
    return Ledger(program, jobs, known, settings, parallel)


def _whole(document: bytes) -> bytes:
    """The same packed document, if it is one: `zlib.error` otherwise."""
    zlib.decompress(document)
    return document

"""What the files of the last build said, by the digest of their text: an edit costs one file, not all.

It is text beside the output, a line a file: the digests of its place and text and of what stands behind them, the plain
values as JSON. It can be lost, cut off, changed or written by another version of the program, and then files are parsed
anew. Nothing of it is executed.

A build keeps it when all files are sound, so what no rule minded in a file alone need not be asked of it again.
"""

import json
from pathlib import Path as FilePath

from generator.program import program_digest
from generator.reading.source import SourceFile, parse_source
from generator.reading.watched import digest

# Beyond so many lines that no file has any more, for one that some file has, all is written again.
MOST_DEAD = 1


class Parsed:
    """Parses files, taking from the record in `file` what it holds; `sound` are the names of those files."""

    def __init__(self, file: FilePath) -> None:
        self._file = file
        self._head = program_digest()
        self.sound: set[str] = set()
        self._kept: dict[str, str] = {}
        self._new: dict[str, str] = {}
        self._used: set[str] = set()
        self._whole = self._read()

    def _read(self) -> bool:
        """Whether lines can be added to what is there."""
        try:
            head, *lines = self._file.read_text(encoding="utf-8").split("\n")
        except (OSError, ValueError):
            return False
        # The last line is empty, unless its writer was killed.
        if head != self._head or not lines or lines.pop():
            return False
        self._kept = {key: values for key, _, values in (line.partition(" ") for line in lines)}
        return len(self._kept) == len(lines)

    def parse(self, text: str, name: str) -> SourceFile:
        """As `parse_source`. A file with problems is always parsed."""
        # What a rule says of a file alone depends on its kind and id as well.
        key = digest("\0".join((*name.rsplit("/", 2)[-2:], text)))
        self._used.add(key)
        seal, _, known = self._kept.get(key, "").partition(" ")
        if seal and seal == digest(known):
            self.sound.add(name)
            return SourceFile(name, text, json.loads(known))
        if seal:
            self._whole = False
        found = parse_source(text, name)
        if found.values is not None and not found.problems:
            said = json.dumps(found.values, ensure_ascii=False, separators=(",", ":"))
            self._new[key] = f"{digest(said)} {said}"
        return found

    def keep(self) -> None:
        """Write down what is new, once every rule has found all files sound. Raises OSError."""
        dead = len(self._kept.keys() - self._used)
        if self._whole and dead <= MOST_DEAD * len(self._used):
            if self._new:
                with self._file.open("a", encoding="utf-8") as file:
                    file.writelines(f"{key} {values}\n" for key, values in self._new.items())
            return
        lines = {key: values for key, values in self._kept.items() if key in self._used} | self._new
        waiting = self._file.with_name(f"{self._file.name}.new")
        with waiting.open("w", encoding="utf-8") as file:
            file.write(f"{self._head}\n")
            file.writelines(f"{key} {values}\n" for key, values in lines.items())
        waiting.replace(self._file)

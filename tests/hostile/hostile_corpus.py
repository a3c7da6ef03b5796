"""The hostile corpus: every file of tests/fixtures/hostile/ is one case, laid over a small sound handbook.

A case says in `what` what it tries, how it comes into the data, and in `expect` what becomes of it:

- `set`: values by field of the entry `file` (the gate by default); `text`, `hex`: the file as it is written;
  `make`: a file too large to keep (`before`, `piece` times `times`, `after`, or as named in `made_bytes`);
  `copy`: another entry under the name `file`; `cut`: the first bytes of `file`; `link`, `pipe`: no file at all.
- `expect`: the code of the problem it gets (`at` line:column, in the file `names`); `problem` any problem;
  `text`: it is legal, and read word for word; `nothing`: it is not read at all.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FIXTURES = Path(__file__).parents[1] / "fixtures"
CORPUS = FIXTURES / "hostile"
BASE = FIXTURES / "problems" / "base"
GATE = "gates/lao-bao.yaml"


@dataclass(frozen=True)
class Case:
    """One file of the corpus."""

    name: str
    said: dict[str, Any]

    @property
    def expect(self) -> str:
        return self.said["expect"]

    @property
    def file(self) -> str:
        """The file it is about, below the data folder; may be no text at all."""
        if "file_hex" in self.said:
            return os.fsdecode(bytes.fromhex(self.said["file_hex"]))
        return self.said.get("file", GATE)

    @property
    def texts(self) -> dict[str, str]:
        """The values it sets, by dotted path, with what `make` describes written out."""
        values = dict(self.said.get("set", {}))
        made = self.said.get("make", {})
        if "field" in made:
            values[made["field"]] = made["piece"] * made["times"]
        return values

    def lay(self, data: Path) -> None:
        """Write the base handbook to `data` and the case over it."""
        shutil.copytree(BASE, data)
        path = data / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        if self.texts:
            entry = yaml.load((data / self.file).read_bytes(), Loader=yaml.CBaseLoader)
            for dotted, value in self.texts.items():
                _set(entry, dotted.split("."), value)
            path.write_text(_quoted(entry), encoding="utf-8")
        elif "link" in self.said:
            if path.is_dir():
                shutil.rmtree(path)
            path.symlink_to(self.said["link"])
        elif "pipe" in self.said:
            os.mkfifo(path)
        elif "copy" in self.said:
            path.write_bytes((BASE / self.said["copy"]).read_bytes())
        elif "cut" in self.said:
            path.write_bytes((BASE / self.file).read_bytes()[: self.said["cut"]])
        elif "sparse" in self.said.get("make", {}):
            with path.open("wb") as file:
                file.truncate(self.said["make"]["sparse"])
        else:
            path.write_bytes(self._content())

    def _content(self) -> bytes:
        if "hex" in self.said:
            return bytes.fromhex(self.said["hex"])
        if "text" in self.said:
            return self.said["text"].encode()
        return made_bytes(self.said["make"])


def made_bytes(made: dict[str, Any]) -> bytes:
    """A file described in few words: a row of pieces, `stairs` of keys, or a number of `keys`."""
    if "stairs" in made:
        return "".join(f"{' ' * n}a:\n" for n in range(made["stairs"])).encode()
    if "keys" in made:
        return ("".join(f"k{n}: 1\n" for n in range(made["keys"]))).encode()
    return (made["before"] + made["piece"] * made["times"] + made["after"]).encode()


def _set(entry: Any, path: list[str], value: Any) -> None:
    for part in path[:-1]:
        entry = entry[part]
    entry[path[-1]] = value


def _quoted(entry: Any) -> str:
    """YAML with every text in quotes and every letter beyond ASCII as an escape, whatever it is."""
    return yaml.dump(entry, default_style='"', allow_unicode=False, width=1_000_000, sort_keys=False)


def cases() -> list[Case]:
    """Every case, found by listing the folder."""
    return [
        Case(path.stem, yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader))
        for path in sorted(CORPUS.glob("*.yaml"))
    ]


def legal_texts() -> list[str]:
    """The texts of the corpus that are legal data: what every page must print and nothing else."""
    return [
        text
        for case in cases()
        if case.expect == "text"
        for path, text in case.texts.items()
        if path == "summary.vi"
    ]


def legal_addresses() -> list[str]:
    """The web addresses of the corpus that are legal."""
    return [
        text
        for case in cases()
        if case.expect == "text"
        for path, text in case.texts.items()
        if path == "url"
    ]

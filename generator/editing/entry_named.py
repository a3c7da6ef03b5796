"""Which entry someone means by `gates/lao-bao`, `gate lao-bao.yaml`, `data/gates/lao-bao.yaml` or just `lao-bao`."""

import difflib
from pathlib import Path

from generator.model.kinds import KINDS, kind_named


class NoSuchEntry(Exception):
    """Nothing answers to the name, or several do; `expected` is what to write instead."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(found)
        self.found, self.expected = found, expected


def entry_named(data_dir: Path, name: str) -> tuple[str, Path]:
    """Kind and file of the entry meant; raises NoSuchEntry."""
    path = Path(name)
    if path.suffix == ".yaml" and path.is_file() and path.resolve().parent.name in KINDS:
        return path.resolve().parent.name, path
    words = name.removesuffix(".yaml").split("/")
    kinds = list(KINDS)
    if len(words) > 1:
        kind = kind_named(words[-2])
        kinds = [kind] if kind else []
    files = [(kind, data_dir / kind / f"{words[-1]}.yaml") for kind in kinds]
    found = [(kind, file) for kind, file in files if file.is_file()]
    if len(found) == 1:
        return found[0]
    if found:
        raise NoSuchEntry(name, ", ".join(f"{kind}/{file.stem}" for kind, file in found))
    known = [
        f"{kind}/{file.stem}" for kind in kinds or KINDS for file in sorted((data_dir / kind).glob("*.yaml"))
    ]
    near = difflib.get_close_matches("/".join(words[-2:]), known, n=1, cutoff=0.4)
    if not near and len(words) == 1:
        near = difflib.get_close_matches(words[0], [item.split("/")[1] for item in known], n=1, cutoff=0.4)
    raise NoSuchEntry(name, near[0] if near else "kind/id")

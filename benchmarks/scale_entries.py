"""Handbooks of any size for measuring: bilingual entries made from the real ones, sound for `handbook check`.

    python benchmarks/scale_entries.py 1000 OUT [--seed 1]

The first 300 entries are real ones: a share of every kind, chosen so that all they refer to is among them. Every further
300 are these again as another district would add them: new ids, names recombined from real places, terms and phrases of
the glossary, references to each other. Provinces stand once, however many refer to them. The mix of kinds is thus the
same at every size, so that only the number grows. Same seed, same bytes. Nothing is written into `data/`.
"""

import argparse
import copy
import hashlib
import random
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.model.kinds import KINDS
from generator.model.place import Province
from generator.model.reference import Source, Term
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.load import load_handbook
from generator.reading.references import iter_references

ROOT = Path(__file__).resolve().parents[1]
BASE = 300
# How many entries of each kind the base is to hold at least, in this order; what they refer to comes with them. The
# shares are about those of the real data. Sources fill the base up: what it cites beyond them is cited as one of them.
SHARES = {
    "gates": 8,
    "journeys": 2,
    "procedures": 6,
    "goods": 6,
    "documents": 18,
    "offices": 10,
    "agreements": 18,
    "notices": 5,
    "events": 3,
    "projects": 1,
    "statistics": 1,
    "zones": 1,
    "glossary": 90,
}
# One of each in the world, whoever writes about it.
SINGLE = frozenset({"provinces"})
# Ids that must stay one of a kind, and signatures of another wording.
DROPPED = ("former_ids", "reviewed")

Values = dict[str, Any]


@dataclass(frozen=True)
class Made:
    """One entry to write: its key and its YAML values, all of them text."""

    key: EntryKey
    values: Values


class Vocabulary:
    """Real pairs of words in both languages to make names of."""

    def __init__(self, handbook: Handbook, chooser: random.Random) -> None:
        places = [entry.name for entry in handbook.of(Province).values()]
        terms = [term.name for term in handbook.of(Term).values() if term.lo_wording != "doubtful"]
        # A number or a bracket in one language alone would be a mistake of the entry.
        self._places = [(name.vi, name.lo) for name in places]
        self._terms = [(n.vi, n.lo) for n in terms if n.vi.replace(" ", "").isalpha() and len(n.lo) < 40]
        self._chooser = chooser

    def addition(self) -> tuple[str, str]:
        """A place and a term, in Vietnamese and in Lao."""
        place, term = self._chooser.choice(self._places), self._chooser.choice(self._terms)
        return f"{term[0]}, {place[0]}", f"{term[1]}, {place[1]}"


def closed(handbook: Handbook, keys: list[EntryKey]) -> dict[EntryKey, None]:
    """The entries with all they refer to, in the order found."""
    found: dict[EntryKey, None] = {}
    waiting = list(reversed(keys))
    while waiting:
        key = waiting.pop()
        if key not in found:
            found[key] = None
            entry = handbook.entries[key.kind][key.id]
            waiting += [EntryKey(kind, to) for _, kind, to in iter_references(entry) if kind != Source.kind]
    return found


def base(handbook: Handbook, seed: int) -> list[EntryKey]:
    """The real entries that everything is made from."""
    chooser = random.Random(seed)
    chosen: dict[EntryKey, None] = {}
    for kind, share in SHARES.items():
        keys = [EntryKey(kind, entry_id) for entry_id in handbook.entries[kind]]
        chooser.shuffle(keys)
        # Those that bring the least with them first, or one journey would bring the whole handbook.
        for key in sorted(keys, key=lambda one: len(closed(handbook, [one]).keys() - chosen.keys())):
            if sum(found.kind == kind for found in chosen) >= share:
                break
            chosen |= closed(handbook, [key])
    cited = {
        to
        for key in chosen
        for _, kind, to in iter_references(handbook.entries[key.kind][key.id])
        if kind == Source.kind
    }
    chosen |= dict.fromkeys(EntryKey(Source.kind, one) for one in sorted(cited)[: BASE - len(chosen)])
    assert len(chosen) == BASE
    order = list(KINDS)
    return sorted(chosen, key=lambda key: (order.index(key.kind), key.id))


def entries(handbook: Handbook, count: int, seed: int = 1) -> Iterator[Made]:
    """`count` entries, the base first."""
    chooser = random.Random(seed)
    vocabulary = Vocabulary(handbook, chooser)
    real = base(handbook, seed)
    again = [key for key in real if key.kind not in SINGLE]
    sources = [key.id for key in real if key.kind == Source.kind]
    left = count
    for number, keys in _rounds(real, again):
        keys = _part(handbook, keys, left) if number else keys
        renamed = {key: f"{key.id}-d{number}" for key in keys} if number else {}
        for key in keys:
            yield _made(
                handbook,
                key,
                renamed | _stand_ins(handbook, key, sources, renamed),
                vocabulary if number else None,
            )
        left -= len(keys)
        if left <= 0:
            return


def _part(handbook: Handbook, keys: list[EntryKey], count: int) -> list[EntryKey]:
    """`count` of the keys in their order, each with all it refers to among them; all, where there are no more."""
    among = set(keys)
    found: dict[EntryKey, None] = {}
    for key in keys:
        new = [one for one in closed(handbook, [key]) if one in among and one not in found]
        if len(found) + len(new) <= count:
            found |= dict.fromkeys(new)
    return list(found)


def _rounds(real: list[EntryKey], again: list[EntryKey]) -> Iterator[tuple[int, list[EntryKey]]]:
    yield 0, real
    number = 1
    while True:
        yield number, _spread(again)
        number += 1


def _spread(keys: list[EntryKey]) -> list[EntryKey]:
    """The kinds evenly mixed, so that a part of a round has the mix of the whole."""
    size: dict[str, int] = {}
    for key in keys:
        size[key.kind] = size.get(key.kind, 0) + 1
    place: dict[str, int] = {}
    ranked = []
    for key in keys:
        place[key.kind] = place.get(key.kind, 0) + 1
        ranked.append(((place[key.kind] - 0.5) / size[key.kind], key.kind, key))
    return [key for *_, key in sorted(ranked, key=lambda row: row[:2])]


def _stand_ins(
    handbook: Handbook, key: EntryKey, sources: list[str], renamed: Mapping[EntryKey, str]
) -> dict[EntryKey, str]:
    """For each source the entry cites that is not among `sources`, one that is and that it does not cite yet."""
    entry = handbook.entries[key.kind][key.id]
    cited = dict.fromkeys(to for _, kind, to in iter_references(entry) if kind == Source.kind)
    free = [source for source in sources if source not in cited]
    # Not the first ones for all entries: the place to begin is drawn from the id.
    start = int(hashlib.sha256(key.file.encode()).hexdigest(), 16) % len(free)
    new = iter(free[start:] + free[:start])
    known = set(sources)
    chosen = {EntryKey(Source.kind, to): EntryKey(Source.kind, next(new)) for to in cited if to not in known}
    return {old: renamed.get(one, one.id) for old, one in chosen.items()}


def _made(
    handbook: Handbook, key: EntryKey, renamed: Mapping[EntryKey, str], vocabulary: Vocabulary | None
) -> Made:
    values: Values = copy.deepcopy(handbook.files[key].values or {})
    _rename_steps(values, {old.id: new for old, new in renamed.items() if old.kind == "procedures"})
    for path, kind, target in iter_references(handbook.entries[key.kind][key.id]):
        new = renamed.get(EntryKey(kind, target))
        if new is not None:
            _put(values, path, new)
    if vocabulary is None:
        return Made(key, values)
    for name in DROPPED:
        values.pop(name, None)
    _rename(key.kind, values, *vocabulary.addition())
    return Made(EntryKey(key.kind, renamed[key]), values)


def _rename_steps(values: Any, renamed: Mapping[str, str]) -> None:
    """Steps are named by their procedure and number: `import/3`."""
    for place, value in list(values.items() if isinstance(values, dict) else enumerate(values)):
        if isinstance(value, (dict, list)):
            _rename_steps(value, renamed)
        elif isinstance(value, str) and "/" in value:
            procedure, _, step = value.partition("/")
            values[place] = f"{renamed.get(procedure, procedure)}/{step}"


def _put(values: Any, path: tuple[str | int, ...], new: str) -> None:
    for part in path[:-1]:
        values = values[part]
    values[path[-1]] = new


def _rename(kind: str, values: Values, vi: str, lo: str) -> None:
    if kind == "sources":
        values["title"] = f"{values['title']} ({lo if values.get('lang') == 'lo' else vi})"
        return
    name = values["name"]
    name["vi"], name["lo"] = f"{name['vi']} ({vi})", f"{name['lo']} ({lo})"


def write_entries(handbook: Handbook, count: int, out: Path, seed: int = 1) -> int:
    """Write `count` entries as a data folder `out`, which must be new or empty; how many there are in the end."""
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise SystemExit(f"{out} is not empty")
    written = 0
    for made in entries(handbook, count, seed):
        path = out / made.key.file
        path.parent.mkdir(exist_ok=True)
        text = yaml.dump(
            made.values, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000
        )
        path.write_text(text, encoding="utf-8")
        written += 1
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("count", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fresh", action="store_true", help="remove the folder first")
    asked = parser.parse_args()
    if asked.fresh:
        shutil.rmtree(asked.out, ignore_errors=True)
    handbook = load_handbook(ROOT / "data").handbook
    print(f"{write_entries(handbook, asked.count, asked.out, asked.seed)} entries in {asked.out}")


if __name__ == "__main__":
    main()

"""A whole site whose every text, in every field of every kind, is hostile and legal."""

import itertools
import json
import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from filling import Filler
from hostile_corpus import legal_addresses, legal_texts
from pydantic import BaseModel

from generator import build
from generator.model.entry import Entry
from generator.model.kinds import KINDS
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.source import SourceFile
from generator.site.page_info import is_generated

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 21)
IDS = {kind: ["first", "second"] for kind in KINDS}
# Longer ones would make every page a book; the corpus reads them, and one gate here prints them.
LONGEST = 4000


class HostileSource:
    """Hostile texts in turn, each with a mark of its own (`q17`) behind it, by which it is found again."""

    def __init__(self, start: int, sparse: bool = False) -> None:
        """`start` turns the row of texts; a `sparse` handbook leaves out some of what may be left out."""
        texts = [" ".join(text.split()) for text in legal_texts()]
        self.long = [text for text in texts if len(text) > LONGEST]
        self._texts = itertools.islice(itertools.cycle([t for t in texts if len(t) <= LONGEST]), start, None)
        self._addresses = itertools.cycle(legal_addresses())
        self._picks = itertools.count()
        self._sparse = random.Random(start) if sparse else None
        self.marked: dict[str, str] = {}

    def text(self, locale: str | None) -> str:
        mark = f"q{len(self.marked)}"
        self.marked[mark] = f"{next(self._texts)} {mark}"
        return self.marked[mark]

    def address(self) -> str:
        return next(self._addresses)

    def pick(self, choices: Sequence[Any]) -> Any:
        return choices[next(self._picks) % len(choices)]

    def day(self, name: str) -> str:
        # All that has an end holds on the day of the tests.
        return "2031-06-18" if name in ("valid_to", "until", "expires") else self.pick(["2019", "2025-06"])

    def present(self) -> bool:
        return self._sparse is None or self._sparse.random() < 0.6

    def count(self) -> int:
        return 2


class HarmlessSource(HostileSource):
    """The same choices with plain words in place of the hostile ones."""

    def text(self, locale: str | None) -> str:
        mark = f"q{len(self.marked)}"
        self.marked[mark] = f"chữ {mark}"
        return self.marked[mark]

    def address(self) -> str:
        return "https://example.org/"


def handbook_of(source: HostileSource) -> Handbook:
    """Two entries of every kind, every field filled."""
    entries = Filler(source, IDS).handbook()
    frozen = MappingProxyType({kind: MappingProxyType(of_kind) for kind, of_kind in entries.items()})
    # Their files are never read; a text of each tells the ledger of the build whether an entry has changed.
    files = {
        EntryKey(kind, entry_id): SourceFile(f"data/{kind}/{entry_id}.yaml", repr(entry), None)
        for kind, of_kind in entries.items()
        for entry_id, entry in of_kind.items()
    }
    return Handbook(frozen, MappingProxyType(files))


def texts_of(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every string of an entry with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_of(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from texts_of(item, (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts_of(item, (*path, index))


def built_site(root: Path, handbook: Handbook) -> build.BuildPlan:
    """The site and index of a handbook that no rule has looked at, by the real build."""
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    (root / "generator").symlink_to(ROOT / "generator")
    (root / "data").mkdir()
    for page in (ROOT / "docs").rglob("*.*"):
        if page.suffix in (".md", ".webp") and not (page.suffix == ".md" and is_generated(page)):
            target = root / "docs" / page.relative_to(ROOT / "docs")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(page, target)
    plan = build.BuildPlan(root, root / "data", root / "site", root / "index", TODAY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "handbook_while_checked", lambda data, today, parsed: nullcontext(handbook))
        build.build_handbook(plan, lambda stage: None)
    return plan


def json_islands(html: str) -> list[Any]:
    """The data that scripts of a page read, decoded."""
    from lxml import html as parser

    scripts = parser.document_fromstring(html).xpath("//script[contains(@type, 'json')]")
    return [json.loads(script.text_content()) for script in scripts]


def names_of(entry: Entry) -> dict[str, str]:
    """What the entry is called, by language."""
    name = getattr(entry, "name", None)
    return {"vi": name.vi, "lo": name.lo} if name is not None else {"vi": entry.title, "lo": entry.title}  # type: ignore[attr-defined]

"""Every valid entry becomes pages, documents and data: any choice of fields, any legal text."""

import random
import re
from collections.abc import Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from filling import Filler
from fuzzing import cases
from hypothesis import given
from hypothesis import strategies as st

from generator.exports.documents import search_documents
from generator.exports.open_data import data_jobs, entry_data
from generator.exports.synonyms import synonym_groups
from generator.model.kinds import KINDS
from generator.model.scalars import CONTROL
from generator.reading.handbook import EntryKey, Handbook
from generator.site.pages import plan_pages
from search.document import parse_document

IDS = {kind: ["first", "second"] for kind in KINDS}
VOID = {"br", "hr", "img", "input", "meta", "link", "path", "wbr"}
TEXT = (
    st.text(
        alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="<>"), min_size=1, max_size=24
    )
    .filter(lambda text: not CONTROL.search(text) and text.strip())
    .map(str)
)
HOSTILE = ["{{ 7*7 }}", '" onclick="x', "[x](javascript:alert(1))", "&lt;b&gt;", "{: .x}", "!!! danger", "]]", "--", "[1]", "=1"]  # fmt: skip


class DrawnSource:
    """Choices by a number that hypothesis draws, of texts that it draws; drawing each choice would be too slow."""

    def __init__(self, seed: int, texts: list[str]) -> None:
        self._dice = random.Random(seed)
        self._texts = [*texts, *HOSTILE]
        self._share = self._dice.choice((0.0, 0.2, 0.5, 0.9, 1.0))

    def text(self, locale: str | None) -> str:
        return self._dice.choice(self._texts)

    def address(self) -> str:
        return self._dice.choice(["https://example.org/", "http://a.b/?c=&lt;#d", "mailto:a@b"])

    def day(self, name: str) -> str:
        return self._dice.choice(["1800", "2019-02", "2025-06-18", "2026-11-21", "2027", "9998-12-31"])

    def pick(self, choices: Sequence[Any]) -> Any:
        return self._dice.choice(list(choices))

    def present(self) -> bool:
        return self._dice.random() < self._share

    def count(self) -> int:
        return self._dice.randint(1, 2)


class Balanced(HTMLParser):
    """Elements closed in order; what they are and where they lead."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}
        assert not any((value or "").lower().startswith("javascript:") for _, value in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def elements_of_our_templates() -> tuple[set[str], set[str]]:
    """Every element and attribute written in a template or a view."""
    root = Path(__file__).parents[2] / "generator"
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("site/templates", "views")
        for path in (root / folder).rglob("*")
        if path.suffix in (".html", ".j2", ".py")
    )
    return set(re.findall(r"<([a-z][a-z0-9]*)", code)), {
        name.lower() for name in re.findall(r"([a-zA-Z-]+)=\\?[\"{]", code)
    }


TAGS, NAMES = elements_of_our_templates()


def assert_renders(entries: dict[str, dict[str, Any]], today: date) -> None:
    """Every page balanced and of our own elements, every document and export readable."""
    handbook = Handbook(
        MappingProxyType({kind: MappingProxyType(of_kind) for kind, of_kind in entries.items()}),
        MappingProxyType({}),
    )
    paths = set()
    for page in plan_pages(handbook, today):
        assert page.path not in paths, f"{page.path} is made twice"
        paths.add(page.path)
        # The guide of problems is Markdown and says nothing of the data.
        if "/contribute/" in page.path:
            continue
        parsed = Balanced()
        parsed.feed(page.text)
        parsed.close()
        assert parsed.open == [], page.path
        assert parsed.tags <= TAGS | {"h2", "h3", "p"}, (page.path, parsed.tags - TAGS)
        foreign = {
            name for name in parsed.names if name.lower() not in NAMES and not name.startswith("data-")
        }
        assert foreign <= {"hidden", "checked", "open"}, (page.path, foreign)
    for document in search_documents(handbook, today):
        assert parse_document(document.to_json()) == document
    for key, entry in handbook:
        assert entry_data(handbook, EntryKey(key.kind, key.id), entry, today)["id"] == key.id
    assert all(len(group) > 1 for group in synonym_groups(handbook))
    for job in data_jobs(handbook, today, ""):
        for _, content in job.make():
            content.decode("utf-8")


@given(
    st.integers(0, 2**32),
    st.lists(TEXT, min_size=4, max_size=12),
    st.sampled_from([date(2020, 1, 1), date(2026, 11, 21), date(2031, 1, 1)]),
)
@cases(2, shrink=False)
def test_any_handbook_becomes_pages(seed: int, texts: list[str], today: date) -> None:
    assert_renders(Filler(DrawnSource(seed, texts), IDS).handbook(), today)


class Plain:
    """The least or the most an entry can be, in plain words."""

    def __init__(self, full: bool) -> None:
        self.full = full
        self.turn = 0

    def text(self, locale: str | None) -> str:
        return "chữ"

    def address(self) -> str:
        return "https://example.org/"

    def day(self, name: str) -> str:
        return "2025"

    def pick(self, choices: Sequence[Any]) -> Any:
        self.turn += 1
        return choices[self.turn % len(choices)]

    def present(self) -> bool:
        return self.full

    def count(self) -> int:
        return 1


@pytest.mark.parametrize("full", [False, True])
def test_the_least_and_the_most_an_entry_can_be(full: bool) -> None:
    assert_renders(Filler(Plain(full), IDS).handbook(), date(2026, 11, 21))

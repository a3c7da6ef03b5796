"""What is legal and hostile is printed as text, in pages, feeds, open data, search documents and the terminal."""

import csv
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import chain
from typing import Any

import pytest
from click.testing import CliRunner
from hostile_site import TODAY, HarmlessSource, HostileSource, handbook_of, json_islands, names_of, texts_of
from lxml import etree

from generator.build import BuildPlan
from generator.cli import main
from generator.exports.documents import search_documents
from generator.exports.feeds import ATOM
from generator.exports.open_data import FORMULA_STARTS, data_jobs
from generator.model.happening import Notice
from generator.model.scalars import CONTROL
from generator.reading.handbook import Handbook
from generator.site.pages import plan_pages

# Kept for search, review and checks; no page prints them.
NEVER_PRINTED = {
    "aliases",
    "reviewed",
    "field",
    "variants_vi",
    "variants_lo",
    "everyday",
    "cites",
    "en",
    "rank",
}
VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
    "path",
}
ADDRESSES = re.compile(r"https?://|mailto:|#|[a-z0-9./_-]*(?:#[a-z0-9-]*)?(?:\?[^\s]*)?$", re.IGNORECASE)


class Skeleton(HTMLParser):
    """The elements of a page with the names of their attributes, balanced; its text apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.texts: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.silent: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A short name has a class that keeps it in one line, and the halves of a long one stand in spans of their own:
        # classes and bare spans may differ; they hold no words of the data.
        bare = tag == "span" and all(name == "class" for name, _ in attrs)
        if not bare:
            self.parts.append(f"<{tag} {' '.join(sorted(name for name, _ in attrs if name != 'class'))}>")
        assert all(re.fullmatch(r"[A-Za-z0-9 _-]*", value or "") for name, value in attrs if name == "class")
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]
        if tag not in VOID:
            self.open.append(tag)
            self.silent.append(bare)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(f"<{tag} {' '.join(sorted(name for name, _ in attrs))}/>")

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()
        if not self.silent.pop():
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        # Data for scripts are JSON and are read as such below.
        if self.open[-1:] != ["script"]:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.parts.append("<!---->")

    def handle_decl(self, decl: str) -> None:
        self.parts.append("<!>")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def skeleton(html: str) -> Skeleton:
    parsed = Skeleton()
    parsed.feed(html)
    parsed.close()
    assert parsed.open == []
    return parsed


def flat(text: str) -> str:
    return " ".join(text.split())


@cache
def pages_of(
    kind: type[HostileSource], start: int, sparse: bool
) -> tuple[HostileSource, Handbook, dict[str, str]]:
    """The texts, the handbook and its pages by path."""
    source = kind(start, sparse)
    handbook = handbook_of(source)
    return source, handbook, {page.path: page.text for page in plan_pages(handbook, TODAY)}


@pytest.mark.parametrize(("start", "sparse"), [(0, False), (21, True)])
def test_hostile_texts_change_no_element_and_no_attribute(start: int, sparse: bool) -> None:
    """The same handbook with plain words has, element by element, the same pages."""
    hostile, _, evil = pages_of(HostileSource, start, sparse)
    _, _, plain = pages_of(HarmlessSource, start, sparse)
    assert evil.keys() == plain.keys()
    for path, text in evil.items():
        if path.endswith("errors.md"):
            continue
        mine, other = skeleton(text), skeleton(plain[path])
        # Lists sort by name, so lines may stand in another order (and the page of the design shows another entry);
        # what they are made of may not differ.
        assert path.endswith("about/design.md") or sorted(mine.parts) == sorted(other.parts), path
        assert all(ADDRESSES.match(link) for link in mine.links), (path, mine.links)
        said = flat(" ".join(mine.texts))
        for mark in set(re.findall(r"\bq\d+\b", said)):
            assert hostile.marked[mark] in said, (path, mark)


def test_every_field_is_printed_somewhere() -> None:
    """The proof above would say nothing of a field that no page prints."""
    met: dict[str, bool] = {}
    for start, sparse in ((0, False), (21, True), (2, True)):
        _, handbook, pages = pages_of(HostileSource, start, sparse)
        said = " ".join(pages.values())
        printed = set(re.findall(r"\bq\d+\b", said))
        for key, entry in handbook:
            for path, text in texts_of(entry):
                for mark in re.findall(r"\bq\d+$", text):
                    name = ".".join([key.kind, *(str(part) for part in path if not isinstance(part, int))])
                    met[name] = met.get(name, False) or mark in printed
    missing = {name for name, found in met.items() if not found and not NEVER_PRINTED & set(name.split("."))}
    # The page of a source says what it is and who cites it.
    assert {
        name for name in missing if not name.startswith(("sources.conflicts", "sources.unverified"))
    } == set()


def test_pages_are_built_as_planned(plan: BuildPlan, source: HostileSource) -> None:
    pages = sorted(plan.site_dir.rglob("*.html"))
    assert len(pages) > 150
    for path in pages:
        html = path.read_text(encoding="utf-8")
        parsed = skeleton(html)
        assert not [
            part for part in parsed.parts if re.search(r" on[a-z]+[ >]|^<(?:iframe|object|embed|base) ", part)
        ]
        for data in json_islands(html):
            for text in strings(data):
                for mark in re.findall(r"\bq\d+\b", text):
                    assert source.marked[mark] in flat(text)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def test_titles_and_descriptions_are_verbatim(plan: BuildPlan, hostile: Handbook) -> None:
    parser = etree.HTMLParser(encoding="utf-8")
    for key, entry in hostile:
        for language, name in names_of(entry).items():
            path = plan.site_dir / ("lo" if language == "lo" else "") / key.kind / f"{key.id}.html"
            page = etree.parse(str(path), parser)
            assert name in flat(page.findtext(".//title"))
            assert name in flat("".join(page.find(".//h1").itertext()))


def open_data(hostile: Handbook) -> Iterator[tuple[str, bytes]]:
    """Every file of it: path and content."""
    return chain.from_iterable(job.make() for job in data_jobs(hostile, TODAY, ""))


def test_json_holds_every_text(hostile: Handbook) -> None:
    for name, content in open_data(hostile):
        if not name.endswith((".json", ".geojson")):
            continue
        data = json.loads(content)
        parts = name.split("/")
        if len(parts) == 4 and parts[2] in hostile.entries:
            entry = hostile.entries[parts[2]][parts[3].removesuffix(".json")]
            known = set(strings(data))
            assert all(text in known for _, text in texts_of(entry))


def test_csv_has_no_formula_and_every_name(hostile: Handbook) -> None:
    for name, content in open_data(hostile):
        if not name.endswith(".csv"):
            continue
        kind = name.split("/")[-1].removesuffix(".csv")
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
        assert [row["id"] for row in rows] == list(hostile.entries[kind])
        for row in rows:
            assert not [cell for cell in row.values() if cell.startswith(FORMULA_STARTS)]
            wanted = names_of(hostile.entries[kind][row["id"]])
            cells = {cell.removeprefix("'") for cell in row.values()} | set(row.values())
            assert set(wanted.values()) <= cells


@pytest.mark.parametrize("language", ["vi", "lo"])
def test_feed_is_sound_xml_with_every_text(plan: BuildPlan, hostile: Handbook, language: str) -> None:
    path = plan.site_dir / ("feed.xml" if language == "vi" else "lo/feed.xml")
    feed = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True))
    titles = {element.text for element in feed.iter(f"{{{ATOM}}}title")}
    summaries = {element.text for element in feed.iter(f"{{{ATOM}}}summary")}
    for notice in hostile.of(Notice).values():
        assert notice.name[language] in titles
        assert notice.text[language] in summaries
    assert not feed.docinfo.doctype


def test_search_documents_hold_every_text(hostile: Handbook, source: HostileSource) -> None:
    for document in search_documents(hostile, TODAY):
        line = json.dumps(document.to_json(), ensure_ascii=False)
        assert "\n" not in line and "\u2028" not in line
        for text in strings(json.loads(line)):
            for mark in re.findall(r"\bq\d+\b", text):
                # What looks like a mark of citation goes with the marks.
                wanted = re.sub(r"\s*\[\d+\]", "", source.marked[mark])
                assert wanted in flat(re.sub(r"\s*\[\d+\]", "", text))


def test_terminal_is_not_steered(plan: BuildPlan) -> None:
    queries = [
        "q1",
        "q40",
        "{{ 7*7 }}",
        "\x1b[31mđỏ",
        "javascript:alert(1)",
        "\u202eabc",
        "=1+1",
        "*",
        "OR",
        "a:b",
    ]
    arguments = ["search", "--index", str(plan.index_dir)]
    for query in queries:
        done = CliRunner().invoke(main, [*arguments, "--", query])
        assert done.exit_code == 0, done.output
        assert not CONTROL.search(done.stdout)
    done = CliRunner().invoke(main, [*arguments, "--batch"], input="\n".join(queries))
    lines = done.stdout.splitlines()
    assert [json.loads(line)["query"] for line in lines] == queries
    assert "\x1b" not in done.stdout

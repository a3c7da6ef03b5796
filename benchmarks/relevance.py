"""How often the right entry comes first, by class of query, beside other engines with their defaults.

    python benchmarks/relevance.py [--theme] [--index index] [--queries tests/search/queries.yaml] [--misses]

Any expected entry is right, so one is enough: success@n says how often one stands among the first n, nDCG@10 is
1 / log2(1 + its place), and 0 below the tenth. Whoosh's StandardAnalyzer (OR, BM25F) and SQLite's FTS5 (unicode61,
OR, bm25) get the same documents, title and aliases in a field of double weight. With --theme the search box of the
theme is asked as well, in Chromium; it has a page an entry and language, and either page is right.
"""

from __future__ import annotations

import argparse
import contextlib
import math
import re
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from search.engine import Engine, open_index

Ask = Callable[[Mapping[str, Any]], list[str]]

ROOT = Path(__file__).parent.parent


def read_queries(path: Path) -> list[dict[str, Any]]:
    """Rows of {q, class, lang, expect}."""
    return list(yaml.safe_load(path.read_text(encoding="utf-8")))


def entry_name(document: Mapping[str, Any]) -> str:
    """An entry as it is named in the queries."""
    return f"{document['kind']}/{document['id']}"


def our_engine(engine: Engine, documents: Sequence[Mapping[str, Any]]) -> Ask:
    """The search under test."""
    names = [entry_name(document) for document in documents]

    def ask(row: Mapping[str, Any]) -> list[str]:
        _, ranking = engine.rank(row["q"], 10)
        return [names[item.number] for item in ranking.best]

    return ask


def plain_texts(document: Mapping[str, Any]) -> tuple[str, str]:
    """Names and text of a document, all languages."""
    names = [*document["title"].values(), *document["aliases"], *document["codes"]]
    parts = [
        text
        for section in document["sections"]
        for text in (*section["heading"].values(), *section["text"].values())
    ]
    return "\n".join(names), "\n".join(parts)


def whoosh_standard(documents: Sequence[Mapping[str, Any]]) -> Ask:
    """Whoosh as it comes."""
    from search.query import import_whoosh

    whoosh = import_whoosh()
    from whoosh.qparser import MultifieldParser, OrGroup

    analyzer = whoosh.analysis.StandardAnalyzer()
    schema = whoosh.fields.Schema(
        entry=whoosh.fields.STORED,
        names=whoosh.fields.TEXT(analyzer=analyzer, field_boost=2.0),
        text=whoosh.fields.TEXT(analyzer=analyzer),
    )
    index = whoosh.filestore.RamStorage().create_index(schema)
    writer = index.writer(limitmb=256)
    for document in documents:
        names, text = plain_texts(document)
        writer.add_document(entry=entry_name(document), names=names, text=text)
    writer.commit()
    searcher = index.searcher()
    parser = MultifieldParser(["names", "text"], schema, group=OrGroup)

    def ask(row: Mapping[str, Any]) -> list[str]:
        query = parser.parse(row["q"])
        return [hit["entry"] for hit in searcher.search(query, limit=10)]

    return ask


def sqlite_fts(documents: Sequence[Mapping[str, Any]]) -> Ask:
    """SQLite's FTS5 as it comes."""
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table t using fts5(entry unindexed, names, body)")
    base.executemany("insert into t values (?, ?, ?)", [(entry_name(d), *plain_texts(d)) for d in documents])

    def ask(row: Mapping[str, Any]) -> list[str]:
        words = re.findall(r"[^\s\"]+", row["q"])
        match = " OR ".join(f'"{word}"' for word in words)
        found = base.execute(
            "select entry from t where t match ? order by bm25(t, 0, 2, 1) limit 10", (match,)
        )
        return [entry for (entry,) in found]

    return ask


@contextlib.contextmanager
def theme_box(documents: Sequence[Mapping[str, Any]]) -> Iterator[Ask]:
    """The theme's search box, typed into in Chromium."""
    from playwright.sync_api import TimeoutError, sync_playwright
    from search_browser import build_theme, launch, served

    from search.document import parse_document

    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        engine = build_theme([parse_document(document) for document in documents], Path(made))
        browser = launch(playwright)
        page = browser.new_page()
        with served(engine.folder) as address:
            page.goto(address + "index.html")
            box = page.locator(".md-search__input")
            box.click()
            # the box listens to keys; the first answer comes when the index has been read
            box.press_sequentially("a")
            page.wait_for_function(THEME_ANSWERED, timeout=120_000)

            def ask(row: Mapping[str, Any]) -> list[str]:
                box.fill("")
                box.press("Backspace")
                with contextlib.suppress(TimeoutError):
                    page.wait_for_function(THEME_EMPTY, timeout=2_000)
                box.fill(row["q"][:-1])
                box.press_sequentially(row["q"][-1])
                try:
                    page.wait_for_function(THEME_ANSWERED, timeout=4_000)
                except TimeoutError:
                    return []  # a query that the theme's own syntax refuses is never answered
                links = page.eval_on_selector_all(
                    ".md-search-result__item > a, .md-search-result__item > .md-search-result__link",
                    "links => links.map(link => link.getAttribute('href'))",
                )
                numbers = [int(match[1]) for link in links if (match := re.search(r"/(\d+)\.html", link))]
                return [entry_name(documents[number]) for number in dict.fromkeys(numbers)]

            yield ask
        browser.close()


THEME_EMPTY = """!document.querySelector('.md-search-result__item')
  && /^(Nhập|Type)/.test(document.querySelector('.md-search-result__meta').innerText)"""
THEME_ANSWERED = """document.querySelector('.md-search-result__item')
  || /^(Không|No )/.test(document.querySelector('.md-search-result__meta').innerText)"""


def measure(rows: Iterable[Mapping[str, Any]], ask: Ask) -> dict[str, list[tuple[bool, bool, float]]]:
    """For each class (and "all") what each query reached: first, among three, nDCG."""
    reached: dict[str, list[tuple[bool, bool, float]]] = {}
    for row in rows:
        found = ask(row)
        place = next((i for i, entry in enumerate(found, 1) if entry in row["expect"]), 0)
        result = (place == 1, 0 < place <= 3, 1 / math.log2(1 + place) if place else 0.0)
        for name in (row["class"], "all"):
            reached.setdefault(name, []).append(result)
    return reached


def mean(results: Sequence[tuple[bool, bool, float]], part: int) -> float:
    """The share of queries, or the mean nDCG."""
    return sum(result[part] for result in results) / len(results)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--index", type=Path, default=ROOT / "index")
    parser.add_argument("--queries", type=Path, default=ROOT / "tests" / "search" / "queries.yaml")
    parser.add_argument("--theme", action="store_true", help="ask the theme's search box as well")
    parser.add_argument(
        "--misses", action="store_true", help="list the queries whose first answer is another"
    )
    options = parser.parse_args(arguments)
    engine = open_index(options.index)
    documents = [engine.reader.document(number) for number in range(engine.documents)]
    rows = read_queries(options.queries)
    ours = our_engine(engine, documents)
    tables = {
        "this search": measure(rows, ours),
        "Whoosh, StandardAnalyzer": measure(rows, whoosh_standard(documents)),
        "SQLite FTS5": measure(rows, sqlite_fts(documents)),
    }
    if options.theme:
        with theme_box(documents) as asked:
            tables["the theme's search box"] = measure(rows, asked)
    print(f"{len(rows)} queries, {len(documents)} documents; success@1 / success@3 / nDCG@10")
    print()
    print("| class | queries | " + " | ".join(tables) + " |")
    print("|---|---|" + "---|" * len(tables))
    classes = [*dict.fromkeys(row["class"] for row in rows), "all"]
    for name in classes:
        cells = [
            " / ".join(f"{mean(table[name], part):.3f}" for part in range(3)) for table in tables.values()
        ]
        print(f"| {name} | {len(tables['this search'][name])} | " + " | ".join(cells) + " |")
    if options.misses:
        for row in rows:
            found = ours(row)
            if not found or found[0] not in row["expect"]:
                print(f"{row['class']}: {row['q']} → {', '.join(found[:3])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

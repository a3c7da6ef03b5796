"""Building, asking and starting up, beside SQLite's FTS5, tantivy and plain Whoosh on the same tokens.

    python benchmarks/search_engines.py [--index index] [--sizes 300 3000 10000] [--queries 300]

Passages are three sentences each, drawn with a fixed seed from the text of the handbook's index. All engines get the
same tokens (folded syllables), each replaced by a plain word, so that no tokenizer of theirs cuts differently. Queries
are two to eight neighbouring syllables of a passage. This search also corrects, completes, shows a passage of each hit
and suggests; the others only name the hits. Cold is a whole process: start, cut the query, answer, end; the median of
five. For this search it is `handbook search --json`.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from search.analyzer import analyze
from search.document import SearchDocument, Section
from search.engine import build_index, open_index
from search.query import import_whoosh
from search.syllables import LAO

ROOT = Path(__file__).parent.parent
SEED = 20261121
STARTS = 5


class Row(NamedTuple):
    """One line of the table; milliseconds but for ``build`` (seconds) and ``size`` (megabytes)."""

    engine: str
    documents: int
    build: float
    size: float
    p50: float
    p99: float
    cold: float


def sentences(index: Path) -> list[str]:
    """Every sentence of the handbook that is long enough to be one."""
    engine = open_index(index)
    found: dict[str, None] = {}
    for number in range(engine.documents):
        for section in engine.reader.document(number)["sections"]:
            for text in section["text"].values():
                for part in text.replace("\n", ". ").split(". "):
                    if len(part) > 30:
                        found[part] = None
    return list(found)


def passages(source: Sequence[str], count: int) -> list[str]:
    """Passages of one language each."""
    chance = random.Random(SEED)
    by_language = [[text for text in source if bool(LAO.search(text)) is lao] for lao in (False, True)]
    return [". ".join(chance.choices(by_language[place % 2], k=3)) for place in range(count)]


def questions(texts: Sequence[str], count: int) -> list[str]:
    """Neighbouring syllables of some passages."""
    chance = random.Random(SEED + 1)
    found = []
    while len(found) < count:
        text = chance.choice(texts)
        tokens = analyze(text)
        length = chance.randint(2, 8)
        if len(tokens) > length:
            start = chance.randrange(len(tokens) - length)
            found.append(text[tokens[start].start : tokens[start + length - 1].end])
    return found


def words(text: str) -> list[str]:
    """The folded syllables of a text as plain ASCII words."""
    return [f"t{token.folded.encode().hex()}" for token in analyze(text)]


def size_of(path: Path) -> float:
    """Megabytes of a file or a folder."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


def warm(ask: Callable[[str], object], asked: Sequence[str]) -> tuple[float, float]:
    """Median and 99th percentile over all questions, after one round of warming."""
    for text in asked[: len(asked) // 10]:
        ask(text)
    times = []
    for text in asked:
        began = time.perf_counter()
        ask(text)
        times.append(1000 * (time.perf_counter() - began))
    times.sort()
    return statistics.median(times), times[int(len(times) * 0.99)]


def cold(command: Sequence[str], folder: Path) -> float:
    """Median milliseconds of a whole process, modules compiled before (into ``folder``) as on any machine in use."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    times = []
    for _ in range(STARTS + 1):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment)
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times[1:])


def ours(texts: Sequence[str], asked: Sequence[str], folder: Path) -> Row:
    """This search, ranking and all."""
    documents = [
        SearchDocument(
            f"p{n:05}", "passage", sections=(Section("p", {}, {"lo" if LAO.search(t) else "vi": t}),)
        )
        for n, t in enumerate(texts)
    ]
    out = folder / "ours"
    began = time.perf_counter()
    build_index(documents, out)
    built = time.perf_counter() - began
    engine = open_index(out)
    p50, p99 = warm(lambda text: engine.search(text, limit=10), asked)
    engine.close()
    start = [sys.executable, "-m", "generator.start", "search", asked[0], "--index", str(out), "--json"]
    return Row("this search", len(texts), built, size_of(out), p50, p99, cold(start, folder))


def plain_whoosh(texts: Sequence[str], asked: Sequence[str], folder: Path) -> Row:
    """Whoosh's OR over all syllables of the query."""
    whoosh = import_whoosh()
    from whoosh.query import Or, Term

    out = folder / "whoosh"
    out.mkdir()
    text_field = whoosh.fields.TEXT(analyzer=whoosh.analysis.SpaceSeparatedTokenizer(), phrase=False)
    schema = whoosh.fields.Schema(id=whoosh.fields.STORED, body=text_field)
    began = time.perf_counter()
    index = whoosh.index.create_in(str(out), schema)
    writer = index.writer(limitmb=256)
    for number, text in enumerate(texts):
        writer.add_document(id=number, body=" ".join(words(text)))
    writer.commit(optimize=True)
    built = time.perf_counter() - began
    searcher = index.searcher()
    p50, p99 = warm(
        lambda text: list(searcher.search(Or([Term("body", w) for w in words(text)]), limit=10)), asked
    )
    code = (
        "import sys; from benchmarks.search_engines import words; from whoosh.index import open_dir; "
        "from whoosh.query import Or, Term; s = open_dir(sys.argv[1]).searcher(); "
        "list(s.search(Or([Term('body', w) for w in words(sys.argv[2])]), limit=10))"
    )
    start = [sys.executable, "-W", "ignore", "-c", code, str(out), asked[0]]
    return Row("Whoosh, OR of all syllables", len(texts), built, size_of(out), p50, p99, cold(start, folder))


FTS = "select id from t where t match ? order by bm25(t) limit 10"


def fts5(texts: Sequence[str], asked: Sequence[str], folder: Path) -> Row:
    """SQLite's FTS5, OR of all syllables."""
    out = folder / "fts.db"
    began = time.perf_counter()
    base = sqlite3.connect(out)
    base.execute("create virtual table t using fts5(id unindexed, body)")
    base.executemany("insert into t values (?, ?)", [(n, " ".join(words(t))) for n, t in enumerate(texts)])
    base.execute("insert into t(t) values ('optimize')")
    base.commit()
    built = time.perf_counter() - began
    p50, p99 = warm(lambda text: base.execute(FTS, (" OR ".join(words(text)),)).fetchall(), asked)
    code = (
        "import sqlite3, sys; from search.analyzer import analyze; "
        "q = ' OR '.join('t' + token.folded.encode().hex() for token in analyze(sys.argv[2])); "
        f"print(sqlite3.connect(sys.argv[1]).execute({FTS!r}, (q,)).fetchall())"
    )
    return Row(
        "SQLite FTS5",
        len(texts),
        built,
        size_of(out),
        p50,
        p99,
        cold([sys.executable, "-c", code, str(out), asked[0]], folder),
    )


def tantivy_engine(texts: Sequence[str], asked: Sequence[str], folder: Path) -> Row:
    """tantivy, OR of all syllables."""
    import tantivy

    out = folder / "tantivy"
    out.mkdir()
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True)
    builder.add_text_field("body", stored=False, tokenizer_name="whitespace")
    began = time.perf_counter()
    index = tantivy.Index(builder.build(), path=str(out))
    writer = index.writer(heap_size=64_000_000)
    for number, text in enumerate(texts):
        writer.add_document(tantivy.Document(id=number, body=" ".join(words(text))))
    writer.commit()
    writer.wait_merging_threads()
    built = time.perf_counter() - began
    index.reload()
    searcher = index.searcher()
    p50, p99 = warm(
        lambda text: searcher.search(index.parse_query(" ".join(words(text)), ["body"]), 10), asked
    )
    code = (
        "import sys, tantivy; from search.analyzer import analyze; "
        "q = ' '.join('t' + token.folded.encode().hex() for token in analyze(sys.argv[2])); "
        "i = tantivy.Index.open(sys.argv[1]); print(i.searcher().search(i.parse_query(q, ['body']), 10).hits)"
    )
    return Row(
        "tantivy",
        len(texts),
        built,
        size_of(out),
        p50,
        p99,
        cold([sys.executable, "-c", code, str(out), asked[0]], folder),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--index", type=Path, default=ROOT / "index")
    parser.add_argument("--sizes", type=int, nargs="+", default=[300, 3000, 10000])
    parser.add_argument("--queries", type=int, default=300)
    options = parser.parse_args(arguments)
    source = sentences(options.index)
    engines = [ours, fts5, tantivy_engine, plain_whoosh]
    if importlib.util.find_spec("tantivy") is None:
        engines.remove(tantivy_engine)
        print("tantivy: not installed, not measured\n")
    print("| documents | engine | build s | size MB | warm p50 ms | warm p99 ms | cold ms |")
    print("|---|---|---|---|---|---|---|")
    for size in options.sizes:
        texts = passages(source, size)
        asked = questions(texts, options.queries)
        folder = Path(tempfile.mkdtemp(prefix="search-engines-"))
        try:
            for engine in engines:
                row = engine(texts, asked, folder)
                print(
                    f"| {row.documents} | {row.engine} | {row.build:.2f} | {row.size:.1f} | {row.p50:.1f} "
                    f"| {row.p99:.1f} | {row.cold:.0f} |",
                    flush=True,
                )
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

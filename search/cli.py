"""``python -m search``: build an index of JSON lines, and ask it."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from search.engine import Engine, IndexError, SearchResult, build_index, open_index

OK, PROBLEMS, MISUSE = 0, 1, 2

_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m search", description="Search Vietnamese and Lao text.")
    commands = parser.add_subparsers(dest="command", required=True)
    index = commands.add_parser("index", help="build an index of search documents, one JSON object a line")
    index.add_argument("documents", type=Path, metavar="DOCS.jsonl")
    index.add_argument(
        "--synonyms", type=Path, metavar="GROUPS.json", help="list of lists of equivalent phrases"
    )
    index.add_argument("--out", type=Path, required=True, metavar="DIR")
    index.add_argument("-q", "--quiet", action="store_true", help="say nothing when all is well")
    query = commands.add_parser("query", help="ask an index")
    query.add_argument("--index", type=Path, required=True, metavar="DIR")
    query.add_argument("query", nargs="?", metavar="QUERY")
    add_query_options(query)
    return parser


def add_query_options(parser: argparse.ArgumentParser) -> None:
    """The options of a query, for every command that asks."""
    parser.add_argument("--lang", choices=("vi", "lo"), help="the reader's language")
    parser.add_argument("--only", choices=("vi", "lo"), help="only documents with text in this language")
    parser.add_argument("--kind", help="only documents of this kind")
    parser.add_argument("--limit", type=_count, metavar="N", help="how many hits to show (10)")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--batch", action="store_true", help="one query a line from standard input")


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"a whole number expected, not {text!r}")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; returns its exit code: 0 done, 1 problems with the data, 2 misuse."""
    for stream in (sys.stdout, sys.stdin):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command == "index":
        return _index(options)
    if (options.query is None) != options.batch:
        parser.error("give either a query or --batch")
    try:
        engine = open_index(options.index)
    except IndexError as error:
        print(error, file=sys.stderr)
        return PROBLEMS
    return run_queries(engine, options)


def run_queries(engine: Engine, options: argparse.Namespace) -> int:
    """Answers the query of ``options``, or each line of standard input with ``--batch``."""
    queries: Iterator[str] | list[str] = [options.query]
    if options.batch:
        queries = (line.rstrip("\r\n") for line in sys.stdin)
    for text in queries:
        result = engine.search(text, options.lang, options.only, options.kind, options.limit)
        if options.json or options.batch:
            print(json.dumps(result.to_json(), ensure_ascii=False), flush=options.batch)
        else:
            print_result(result, sys.stdout)
    engine.close()
    return OK


def _index(options: argparse.Namespace) -> int:
    from search.document import DocumentError, parse_synonyms, read_documents

    try:
        groups = []
        if options.synonyms:
            groups = parse_synonyms(json.loads(options.synonyms.read_bytes()), options.synonyms.name)
        with options.documents.open("rb") as stream:
            documents = list(read_documents(stream, options.documents.name))
        watched = not options.quiet and sys.stderr.isatty()
        stamp = build_index(documents, options.out, groups, _progress if watched else None)
    except OSError as error:
        print(error, file=sys.stderr)
        return MISUSE
    except DocumentError as error:
        print(error, file=sys.stderr)
        return PROBLEMS
    except ValueError as error:
        print(f"{options.synonyms}: not JSON ({error})", file=sys.stderr)
        return PROBLEMS
    if not options.quiet:
        print(f"{stamp.documents} documents indexed in {options.out}", file=sys.stderr)
    return OK


def _progress(done: int, total: int) -> None:
    """A counter on the error stream, for people only."""
    if done % 100 == 0 or done == total:
        print(f"\r{done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def printable(text: str) -> str:
    """Text that cannot steer a terminal: control and direction characters become spaces."""
    return _UNPRINTABLE.sub(" ", text)


def print_result(result: SearchResult, out: TextIO, kind_labels: dict[str, str] | None = None) -> None:
    """A result for people: grouped by kind in order of the best hit, with highlighted snippets.

    :param kind_labels: what to call each kind; the kind itself by default.
    """
    bold, mark, dim, plain = (
        ("\033[1m", "\033[30;43m", "\033[2m", "\033[0m") if out.isatty() else ("", "", "", "")
    )
    if result.suggestion:
        print(f"→ {printable(result.suggestion)}", file=out)
    if not result.hits:
        print(f"0: {printable(result.query)}", file=out)
        if result.nearest:
            print("≈ " + ", ".join(printable(term) for term in result.nearest), file=out)
        return
    kinds = dict.fromkeys(hit.kind for hit in result.hits)
    for kind in kinds:
        print(f"{bold}{printable((kind_labels or {}).get(kind, kind))}{plain}", file=out)
        for hit in (hit for hit in result.hits if hit.kind == kind):
            print(f"  {_highlighted(hit.title, hit.title_highlights, mark, plain)}", file=out)
            print(f"    {_highlighted(hit.snippet, hit.highlights, mark, plain)}", file=out)
            print(f"    {dim}{printable(hit.id)}  {printable(hit.url)}{plain}", file=out)


def _highlighted(text: str, spans: Sequence[tuple[int, int]], begin: str, end: str) -> str:
    pieces: list[str] = []
    done = 0
    for start, stop in spans:
        pieces += (printable(text[done:start]), begin, printable(text[start:stop]), end)
        done = stop
    return "".join([*pieces, printable(text[done:])])

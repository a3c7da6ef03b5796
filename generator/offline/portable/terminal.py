"""The search of a copy in the terminal: `python3 search.pyz "query"`. Needs Python 3.11 or newer and nothing else.

What the reader must know of the copy's age is said first, on the error stream, so that output for machines is not
mixed with it.
"""

import argparse
import json
import os
import sys
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import cast

from search.cli import add_query_options, run_queries
from search.engine import Engine
from search.query import IndexReader

from .age import Published, age_lines
from .packed_index import PackedIndex, PackedIndexError
from .words import say, spoken

PUBLISHED = "published.json"


def main(archive: Path, today: date, arguments: Sequence[str] | None = None) -> int:
    """Answer queries from the zip file `archive`; exit code 0 done, 1 nothing can be read, 2 misuse."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = argparse.ArgumentParser("search.pyz", description=__doc__)
    parser.add_argument("query", nargs="*", metavar="QUERY")
    add_query_options(parser)
    options = parser.parse_args(arguments)
    if bool(options.query) == options.batch:
        parser.error("give either a query or --batch")
    options.query = " ".join(options.query)
    with zipfile.ZipFile(archive) as packed:
        try:
            index = PackedIndex(lambda name: packed.read(f"index/{name}"))
            published = Published.of_json(json.loads(packed.read(PUBLISHED)))
        except (PackedIndexError, KeyError, ValueError) as error:
            for language in spoken():
                print(say("no-index", language, path=archive), f"({error})", file=sys.stderr)
            return 1
        if not (options.json or options.batch):
            for line in age_lines(published, today, options.lang):
                print(line, file=sys.stderr)
        try:
            return run_queries(Engine(cast(IndexReader, index)), options)
        except BrokenPipeError:
            # whoever read the answer has read enough; nothing is left to flush at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0

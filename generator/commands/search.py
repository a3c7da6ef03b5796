"""`handbook search`: the index from the terminal.

It reads its arguments with the standard library: to load what the other commands read theirs with takes as long as
a search.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from generator.model.kind_names import SINGULAR
from generator.offline.portable.age import age_lines
from generator.offline.published import read_published
from search.cli import OK, PROBLEMS, add_query_options, run_queries
from search.engine import IndexError as IndexRefused
from search.engine import open_index


def main(arguments: Sequence[str]) -> int:
    """Search the handbook in Vietnamese or Lao, with or without marks."""
    parser = argparse.ArgumentParser("handbook search", description=main.__doc__)
    parser.add_argument("query", nargs="*", metavar="QUERY")
    parser.add_argument(
        "--index", type=Path, default=Path("index"), metavar="DIR", help="where it is (index)"
    )
    add_query_options(parser)
    # What stands behind "--" is asked as it is, also "-1".
    options_end = list(arguments).index("--") if "--" in arguments else len(arguments)
    options = parser.parse_intermixed_args(arguments[:options_end])
    options.query += arguments[options_end + 1 :]
    if bool(options.query) == options.batch:
        parser.error("give either a query or --batch")
    options.query = " ".join(options.query)
    options.kind = SINGULAR.get(options.kind, options.kind)
    try:
        engine = open_index(options.index)
    except IndexRefused as error:
        print(f"{error} (handbook build)", file=sys.stderr)
        return PROBLEMS
    published = read_published(options.index)
    if published is not None and not (options.json or options.batch):
        for line in age_lines(published, today(), options.lang):
            print(line, file=sys.stderr)
    run_queries(engine, options)
    return OK


def today() -> date:
    """The day by the reader's clock."""
    return date.today()

"""`handbook search`: the index from the terminal."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Literal

import click

from generator.model.kind_names import SINGULAR
from generator.offline.portable.age import age_lines
from generator.offline.published import read_published
from search.cli import run_queries
from search.engine import IndexError as IndexRefused
from search.engine import open_index


@click.command()
@click.option("--index", type=click.Path(path_type=Path), default=Path("index"), show_default=True)
@click.option(
    "--lang", type=click.Choice(["vi", "lo"]), help="The reader's language (default: by the query's script)."
)
@click.option("--only", type=click.Choice(["vi", "lo"]), help="Only entries with text in this language.")
@click.option("--kind", help="Only entries of this kind, as gates or gate.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--batch", is_flag=True, help="One query a line from standard input, one JSON object a line.")
@click.argument("query", nargs=-1)
def search(
    index: Path,
    lang: Literal["vi", "lo"] | None,
    only: str | None,
    kind: str | None,
    limit: int,
    as_json: bool,
    batch: bool,
    query: tuple[str, ...],
) -> None:
    """Search the handbook in Vietnamese or Lao, with or without marks."""
    if bool(query) == batch:
        raise click.UsageError("give either a query or --batch")
    options = argparse.Namespace(
        query=" ".join(query),
        lang=lang,
        only=only,
        kind=SINGULAR.get(kind, kind) if kind else None,
        limit=limit,
        json=as_json,
        batch=batch,
    )
    try:
        engine = open_index(index)
    except IndexRefused as error:
        click.echo(f"{error} (handbook build)", err=True)
        sys.exit(1)
    published = read_published(index)
    if published is not None and not (as_json or batch):
        for line in age_lines(published, today(), lang):
            click.echo(line, err=True)
    sys.exit(run_queries(engine, options))


def today() -> date:
    """The day by the reader's clock."""
    return date.today()

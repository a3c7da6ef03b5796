"""`handbook status`: how complete and how fresh the handbook is, and what awaits a reviewer."""

import json
from datetime import date
from pathlib import Path

import click

from generator.commands.options import as_of_option, data_option, default_language
from generator.editing.status import handbook_status
from generator.editing.status_text import render_status
from generator.editing.words import words
from generator.rules import check_handbook


@click.command()
@data_option
@as_of_option
@click.option(
    "--json", "as_json", is_flag=True, help="For machines: all counts, the overdue and the work lists."
)
@click.option(
    "--lang",
    "locale",
    type=click.Choice(["vi", "lo", "en"]),
    help="Language; with vi or lo also the work list of its reviewers.",
)
@click.option("--limit", default=40, show_default=True, help="Lines of each list; 0 shows all.")
def status(data_dir: Path, as_of: date, as_json: bool, locale: str | None, limit: int) -> None:
    """Entries per kind, both languages, sources, verification, what awaits review, and what is overdue."""
    found = handbook_status(check_handbook(data_dir, as_of), as_of)
    if as_json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=1))
        return
    click.echo("\n".join(render_status(found, locale, words(locale or default_language()), limit)))

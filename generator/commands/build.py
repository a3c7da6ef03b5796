"""`handbook build`: data to site and index."""

import sys
import time
from datetime import date
from pathlib import Path

import click

from generator.build import BuildPlan, PlaceRefused, SiteFailed, build_handbook
from generator.commands.options import as_of_option, data_option
from generator.commands.problems import problems_reported
from generator.messages import visible
from generator.processes import collect_rarely


@click.command()
@data_option
@as_of_option
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("site"), show_default=True, help="The site."
)
@click.option(
    "--index", type=click.Path(path_type=Path), default=Path("index"), show_default=True, help="The index."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
def build(data_dir: Path, as_of: date, out: Path, index: Path, quiet: bool) -> None:
    """Build site and search index. The last good output stands until the new one is whole."""
    collect_rarely()
    plan = BuildPlan(Path.cwd(), data_dir.resolve(), out.resolve(), index.resolve(), as_of)
    started = time.monotonic()

    def say(stage: str) -> None:
        if not quiet:
            click.echo(f"{time.monotonic() - started:6.1f} s  {stage}", err=True)

    with problems_reported():
        try:
            handbook = build_handbook(plan, say)
        except SiteFailed as error:
            for said in error.lines:
                for line in said.splitlines():
                    click.echo(visible(line), err=True)
            sys.exit(1)
        except PlaceRefused as error:
            raise click.UsageError(str(error)) from error
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"{place}{error.strerror or error}; the last good output stands.", err=True)
            sys.exit(1)
    if not quiet:
        click.echo(
            f"{time.monotonic() - started:6.1f} s  {len(handbook)} entries: {out}/ and {index}/", err=True
        )

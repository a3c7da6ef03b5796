"""`handbook check`: every problem in the data, with place and remedy."""

import os
import sys
from datetime import date
from pathlib import Path

import click

from generator.commands.options import as_of_option, data_option, language_option
from generator.problems import has_errors, report
from generator.processes import collect_rarely
from generator.rules import check_handbook


@click.command()
@data_option
@as_of_option
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "github"]),
    default=lambda: "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text",
    help="Format of the report (github in a workflow, else text).",
)
@language_option
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def check(data_dir: Path, as_of: date, output: str, lang: str, paths: tuple[Path, ...]) -> None:
    """Check the entries. Exit code 0: clean, 1: problems, 2: wrong use.

    With PATHS only the problems of those files or folders are shown; references are still resolved against all.
    """
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"no such file or folder: {path}")
    collect_rarely()
    checked = check_handbook(data_dir, as_of)
    problems = list(checked.problems)
    files = checked.files
    if paths:
        wanted = [os.path.normpath(path) for path in paths]
        problems = [p for p in problems if _within(p.file, wanted)]
        files = [name for name in files if _within(name, wanted)]
    site = os.environ.get("HANDBOOK_SITE_URL", "")
    sys.stdout.write(report(problems, checked=len(files), output=output, lang=lang, site=site))
    sys.exit(1 if has_errors(problems) else 0)


def _within(name: str, wanted: list[str]) -> bool:
    normal = os.path.normpath(name)
    return any(normal == path or normal.startswith(path + os.sep) for path in wanted)

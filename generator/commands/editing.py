"""`handbook fmt`, `schema`, `new`, `review`, `diff`: what officials and reviewers do with entries."""

import sys
from pathlib import Path

import click

from generator.commands.options import data_option, language_option
from generator.editing.fmt import entry_files, format_file, save
from generator.editing.words import words
from generator.problems import report


@click.command()
@data_option
@language_option
@click.option(
    "--check", is_flag=True, help="Change nothing; exit code 1 when a file is not in its canonical form."
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
def fmt(data_dir: Path, lang: str, check: bool, paths: tuple[Path, ...]) -> None:
    """Write entries in their canonical form: order of keys, quotes, width of lines. Comments are kept.

    Exit code 0: all well, 1: a file cannot be read, or with --check is not in its canonical form.
    """
    failed = changed = 0
    files = entry_files(paths or (data_dir,))
    for path in files:
        result = format_file(path)
        if result.problems:
            failed += 1
            sys.stderr.write(report(result.problems, checked=1, output="text", lang=lang))
        elif result.changed:
            changed += 1
            click.echo(words(lang).fill("fmt.would" if check else "fmt.done", file=path))
            if not check:
                save(path, result.formatted)
    click.echo(words(lang).fill("fmt.sum", n=len(files), changed=changed), err=True)
    sys.exit(1 if failed or (check and changed) else 0)

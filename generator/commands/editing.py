"""`handbook fmt`, `schema`, `new`, `review`, `diff`: what officials and reviewers do with entries."""

import difflib
import json
import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import click

from generator.commands.options import Day, as_of_option, data_option, default_language, language_option
from generator.editing.diff import diff_handbooks
from generator.editing.diff_text import render_markdown, to_json
from generator.editing.entry_named import NoSuchEntry, entry_named
from generator.editing.fmt import entry_files, format_file, save
from generator.editing.history import NoHistory, data_at
from generator.editing.review import StaleDigest, Wording, chosen, sign, wordings
from generator.editing.review_text import render_review, render_wording
from generator.editing.schema import write_schemas
from generator.editing.skeleton import skeleton
from generator.editing.words import Words, words
from generator.model.kind_names import SINGULAR
from generator.model.kinds import KINDS, kind_named
from generator.problems import report
from generator.reading.entries import check_file_name, validate_entry
from generator.reading.source import read_source
from generator.rules import check_handbook


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


@click.command()
@data_option
@click.argument("entry")
@click.option(
    "--lang", "locale", type=click.Choice(["vi", "lo"]), required=True, help="The language reviewed."
)
@click.option("--field", "fields", multiple=True, help="Only this field (or all below it); may be repeated.")
@click.option("--by", help="Who signs off: a name or an office. Without it the wording is only shown.")
@click.option("--on", type=Day(), default=date.today, show_default="today", help="The day of the sign-off.")
@click.option("--digest", "digests", multiple=True, help="Digest of a wording as shown; may be repeated.")
def review(
    data_dir: Path,
    entry: str,
    locale: str,
    fields: tuple[str, ...],
    by: str | None,
    on: date,
    digests: tuple[str, ...],
) -> None:
    """Show the wording of ENTRY that awaits review, old and new side by side, and write the sign-off.

    A sign-off needs the digest of each wording as it was shown; in a terminal each is shown and asked for.
    """
    said = words(default_language())
    try:
        kind, path = entry_named(data_dir, entry)
    except NoSuchEntry as error:
        raise click.UsageError(said.fill("entry.none", found=error.found, expected=error.expected)) from None
    name = f"{kind}/{path.stem}"
    loaded, _problems = validate_entry(read_source(path, str(path)), kind)
    if loaded is None:
        raise click.ClickException(said.fill("entry.broken", found=name))
    rows = chosen(wordings(path, kind, loaded, locale), fields)
    if by is None:
        click.echo("\n".join(render_review(name, rows, locale, said)))
        return
    if digests:
        unknown = [digest for digest in digests if digest not in {row.digest for row in rows}]
        if unknown:
            text = said.fill("review.unknown-digest", digest=unknown[0], entry=name, locale=locale)
            raise click.ClickException(text)
        agreed = [row for row in rows if row.digest in digests]
    elif sys.stdin.isatty():
        agreed = [row for row in rows if _asked(row, said)]
    else:
        raise click.UsageError(said["review.need-digest"])
    try:
        signed = sign(path, kind, locale, {row.field: row.digest for row in agreed}, by, on)
    except StaleDigest as stale:
        raise click.ClickException(
            said.fill("review.stale", field=stale.field, current=stale.current)
        ) from None
    click.echo(said.fill("review.done", n=len(signed), file=path))


def _asked(row: Wording, said: Words) -> bool:
    click.echo("\n".join(render_wording(row, said)))
    return click.confirm(said["review.ask"], default=False)


@click.command()
@data_option
@as_of_option
@click.option("--format", "output", type=click.Choice(["md", "json"]), default="md", show_default=True)
@click.argument("base")
@click.argument("head", required=False)
def diff(data_dir: Path, as_of: date, output: str, base: str, head: str | None) -> None:
    """Tell in plain words, in both languages, what changed between BASE and HEAD (or the files as they are now).

    Facts before and after, what else they touch, and what must be looked at again.
    """
    with ExitStack() as stack:
        versions = []
        for revision in (base, head):
            try:
                folder = data_dir if revision is None else stack.enter_context(data_at(data_dir, revision))
            except NoHistory as error:
                said = words(default_language())
                text = said.fill("diff.unknown-revision", found=revision, why=error)
                raise click.UsageError(text) from None
            versions.append(check_handbook(folder, as_of))
        before, after = versions
        found = diff_handbooks(before.handbook, after.handbook, as_of)
        errors = sum(problem.severity == "error" for problem in after.problems)
        if output == "json":
            click.echo(json.dumps(to_json(found, errors), ensure_ascii=False, indent=1))
        else:
            click.echo(render_markdown(found, before.handbook, after.handbook, errors))


@click.command()
@data_option
@language_option
@click.option("--check", is_flag=True, help="Change nothing; exit code 1 when a schema is behind the model.")
def schema(data_dir: Path, lang: str, check: bool) -> None:
    """Write the editors' schemas, data/schema/*.json, from the model."""
    stale = write_schemas(data_dir, check=check)
    for path in stale:
        click.echo(words(lang).fill("schema.stale" if check else "schema.done", file=path))
    sys.exit(1 if check and stale else 0)


@click.command()
@data_option
@language_option
@click.argument("kind")
@click.argument("entry_id", metavar="ID")
def new(data_dir: Path, lang: str, kind: str, entry_id: str) -> None:
    """Make data/KIND/ID.yaml with every key of the kind explained, to be filled in."""
    said = words(lang)
    folder = kind_named(kind)
    if folder is None:
        near = difflib.get_close_matches(kind, [*KINDS, *SINGULAR], n=1, cutoff=0.5)
        raise click.UsageError(
            said.fill("new.bad-kind", found=kind, expected=near[0] if near else ", ".join(KINDS))
        )
    path = data_dir / folder / f"{entry_id}.yaml"
    refused = check_file_name(path, str(path))
    if refused or "/" in entry_id:
        expected = str(refused[0].params["expected"]).removesuffix(".yaml") if refused else "lao-bao"
        raise click.UsageError(said.fill("new.bad-id", found=entry_id, expected=expected))
    if path.exists():
        raise click.ClickException(said.fill("new.there", file=path))
    path.parent.mkdir(parents=True, exist_ok=True)
    save(path, skeleton(folder, said))
    click.echo(said.fill("new.done", file=path))

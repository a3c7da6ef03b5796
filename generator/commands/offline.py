"""`handbook bundle`, `update`, `book`, `zim`: the handbook away from the web."""

import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from generator.commands.options import as_of_option, data_option, language_option
from generator.commands.problems import problems_reported, sound_handbook
from generator.offline.archives import write_whole
from generator.offline.portable.apply import Voice, report_copy
from generator.offline.portable.words import LANGUAGES, Language
from generator.offline.signing import KeyRefused, Signer, needs_password, read_signer

if TYPE_CHECKING:
    from generator.offline.book.layout import Imprint

quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
site_option = click.option(
    "--site",
    "site_dir",
    type=click.Path(path_type=Path),
    default=Path("site"),
    show_default=True,
    help="The built site.",
)
index_option = click.option(
    "--index",
    "index_dir",
    type=click.Path(path_type=Path),
    default=Path("index"),
    show_default=True,
    help="The index.",
)
key_option = click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Sign with this Ed25519 key (PEM); without it the file is not signed.",
)


def _voice(lang: str) -> Voice:
    tongue: Language = next(language for language in LANGUAGES if language == lang)
    return Voice((tongue,))


def _fail(text: str) -> None:
    click.echo(text, err=True)
    sys.exit(1)


def _progress(quiet: bool) -> Callable[[str], None]:
    started = time.monotonic()

    def say(stage: str) -> None:
        if not quiet:
            click.echo(f"{time.monotonic() - started:6.1f} s  {stage}", err=True)

    return say


def _signer(key: Path | None) -> Signer | None:
    if key is None:
        return None
    password = click.prompt("Password", hide_input=True, err=True) if needs_password(key) else None
    try:
        return read_signer(key, password)
    except KeyRefused as error:
        raise click.UsageError(str(error)) from error


def _build_missing(
    data_dir: Path, site_dir: Path, index_dir: Path, as_of: date, say: Callable[[str], None]
) -> None:
    """Build site and index where there are none yet; what stands is taken as it was published."""
    if (site_dir / "index.html").is_file() and index_dir.is_dir():
        return
    from generator.build import BuildPlan, SiteFailed, build_handbook

    with problems_reported():
        try:
            build_handbook(
                BuildPlan(Path.cwd(), data_dir.resolve(), site_dir.resolve(), index_dir.resolve(), as_of), say
            )
        except SiteFailed as error:
            _fail("\n".join(error.lines))


def _warn_stale(data_dir: Path, site_dir: Path) -> None:
    built = (site_dir / "index.html").stat().st_mtime
    newer = next((path for path in data_dir.glob("*/*.yaml") if path.stat().st_mtime > built), None)
    if newer is not None:
        click.echo(f"note: {newer} is newer than {site_dir}/; `handbook build` takes it in", err=True)


@click.command()
@click.argument("out", required=False, type=click.Path(dir_okay=False, path_type=Path), metavar="OUT.zip")
@click.option(
    "--verify",
    type=click.Path(exists=True, path_type=Path),
    metavar="DIR",
    help="Find changed, missing or foreign files of a copy (folder or zip).",
)
@key_option
@data_option
@as_of_option
@site_option
@index_option
@language_option
@quiet_option
def bundle(
    out: Path | None,
    verify: Path | None,
    key: Path | None,
    data_dir: Path,
    as_of: date,
    site_dir: Path,
    index_dir: Path,
    lang: str,
    quiet: bool,
) -> None:
    """Make a copy for a USB stick, or verify one. The site is taken as built; it is built if there is none."""
    if (out is None) == (verify is None):
        raise click.UsageError("give either OUT.zip or --verify DIR")
    if verify is not None:
        sys.exit(_verify(verify, _voice(lang)))
    assert out is not None
    from generator.offline.bundle import BundlePlan, BundleRefused, bundle_of
    from generator.offline.published import NotBuilt
    from search.stamp import IndexError as IndexRefused

    say = _progress(quiet)
    _build_missing(data_dir, site_dir, index_dir, as_of, say)
    if not quiet:
        _warn_stale(data_dir, site_dir)
    say("bundle")
    try:
        made = bundle_of(BundlePlan(Path.cwd(), site_dir, index_dir, _signer(key)))
    except (BundleRefused, NotBuilt, IndexRefused) as error:
        _fail(str(error))
    write_whole(out, made.content)
    say(f"{out}: {made.files} files, {len(made.content) / 1_000_000:.1f} MB, {made.published.on}")
    if not quiet and key is None:
        click.echo("note: not signed (--key)", err=True)


def _verify(path: Path, voice: Voice) -> int:
    if path.is_dir():
        return report_copy(path, voice)
    from generator.offline.copies import CopyRefused, unpack

    with TemporaryDirectory(prefix="handbook-copy-") as folder:
        try:
            unpack(path, Path(folder))
        except CopyRefused as refused:
            voice.say("not-a-copy", error=True, path=path)
            voice.list(refused.findings)
            return 1
        return report_copy(Path(folder), voice)


@click.command()
@click.argument("base", type=click.Path(exists=True, path_type=Path), metavar="FROM")
@click.argument("target", type=click.Path(exists=True, path_type=Path), metavar="TO.zip")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The update (default: update-<from>-<to>.zip, named by the dates of the data).",
)
@key_option
@language_option
@quiet_option
def update(base: Path, target: Path, out: Path | None, key: Path | None, lang: str, quiet: bool) -> None:
    """Make the small file that leads from the copy FROM to the copy TO (each a folder or a zip file).

    At the post: python3 apply.py UPDATE.zip
    """
    from generator.offline.copies import CopyRefused, read_copy
    from generator.offline.delta import DeltaRefused, make_delta

    say = _progress(quiet)
    signer = _signer(key)
    try:
        copies = [read_copy(path) for path in (base, target)]
        say("update")
        content, change = make_delta(copies[0], copies[1], signer)
    except CopyRefused as refused:
        _refuse_copy(refused.path, refused.findings, _voice(lang))
    except DeltaRefused as refused:
        _fail(str(refused))
    days = [copy.manifest.published.on for copy in copies]
    place = out or Path(f"update-{days[0]}-{days[1]}.zip")
    write_whole(place, content)
    changed = f"{change.patched} changed, {change.added} new, {change.removed} removed"
    say(f"{place}: {len(content) / 1000:.1f} kB ({changed})")
    if not quiet and signer is None:
        click.echo("note: not signed (--key)", err=True)


def _refuse_copy(path: Path, findings: Sequence[object], voice: Voice) -> None:
    from generator.offline.portable.verify import Finding

    voice.say("not-a-copy", error=True, path=path)
    voice.list([found for found in findings if isinstance(found, Finding)])
    sys.exit(1)


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT.pdf")
@click.option("--only", metavar="KIND/ID", help="One entry alone, as gates/lao-bao.")
@click.option("--poster", metavar="GATE", help="A poster of one gate, to hang at the crossing.")
@click.option(
    "--size", type=click.Choice(["A4", "A3"]), default="A4", show_default=True, help="Size of a poster."
)
@data_option
@as_of_option
@quiet_option
def book(
    out: Path, only: str | None, poster: str | None, size: str, data_dir: Path, as_of: date, quiet: bool
) -> None:
    """Print the handbook as a PDF: Vietnamese and Lao side by side. Needs Chromium."""
    from generator.offline.book import BookPlan, BookRefused, make_book

    if only and poster:
        raise click.UsageError("give either --only or --poster")
    say = _progress(quiet)
    handbook = sound_handbook(data_dir, as_of)
    try:
        content = make_book(BookPlan(handbook, as_of, _imprint(as_of), only, poster, size), say)
    except BookRefused as error:
        _fail(str(error))
    write_whole(out, content)
    say(f"{out}: {len(content) / 1_000_000:.1f} MB")


def _imprint(as_of: date) -> "Imprint":
    """The address of the handbook on the web and how old it may grow, from mkdocs.yml."""
    from mkdocs.config import load_config

    from generator.offline.book.layout import Imprint
    from generator.offline.portable.age import Published

    config = load_config(config_file="mkdocs.yml")
    ages = int(config.extra["ageing_days"]), int(config.extra["overdue_days"])
    return Imprint(Published(as_of, *ages), config.site_url or "")


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT.zim")
@data_option
@as_of_option
@site_option
@index_option
@quiet_option
def zim(out: Path, data_dir: Path, as_of: date, site_dir: Path, index_dir: Path, quiet: bool) -> None:
    """Pack the site for Kiwix readers, with an index that finds Lao. The site is built if there is none."""
    from generator.offline.published import NotBuilt
    from generator.offline.zim import write_zim

    say = _progress(quiet)
    _build_missing(data_dir, site_dir, index_dir, as_of, say)
    handbook = sound_handbook(data_dir, as_of)
    say("zim")
    try:
        count = write_zim(handbook, as_of, site_dir, out)
    except NotBuilt as error:
        _fail(str(error))
    say(f"{out}: {count} pages, {out.stat().st_size / 1_000_000:.1f} MB")

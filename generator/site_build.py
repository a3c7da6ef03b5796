"""A handbook to a site: MkDocs builds the written pages while workers make and frame the generated ones."""

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from generator.exports.documents import search_document
from generator.ledger import (
    Made,
    bytes_digest,
    folder_digest,
    program_digest,
    read_ledger,
    take_over,
    write_ledger,
)
from generator.processes import spread
from generator.reading.handbook import Handbook
from generator.reading.watched import Digests, NotingPaths, Trace, digest, watched
from generator.site.framing import Beside, Framer, broken_links, frame_of, settings
from generator.site.page_info import is_generated
from generator.site.pages import done, framed_jobs, mkdocs_jobs
from generator.site.shell import Frame
from generator.views.pages import views_of
from search.document import SearchDocument

# The name in the ledger of all that MkDocs makes together.
MKDOCS = "mkdocs"
# So few jobs are done before processes for them would have started.
FEW = 6


class SiteFailed(Exception):
    """MkDocs refused the pages; `lines` is what it said."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True, slots=True)
class LastSite:
    """The site of the last build, from which what has not changed is taken, and its ledger."""

    folder: Path
    ledger: Path


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """What came of it beside the files: a search document per entry, and the addresses of site and repository.

    `remember` writes the ledger for the next build, once this site is in its place; `kept` and `made` count jobs.
    """

    documents: list[SearchDocument]
    site_url: str
    repository: str
    kept: int
    made: int
    remember: Callable[[], None]


def build_site(
    config_file: Path,
    docs_dir: Path,
    handbook: Handbook,
    today: date,
    work: Path,
    last: LastSite,
    report: Callable[[str], None] = lambda stage: None,
) -> BuiltSite:
    """Build all pages of the handbook and the written ones of `docs_dir` into `work/site`.

    `site` is reported when MkDocs begins, while the workers make pages.
    Raises `SiteFailed` for what MkDocs refuses, warnings included.
    """
    docs, written, site = (work / name for name in ("docs", "written", "site"))
    shutil.copytree(docs_dir, docs, ignore=_generated)
    for job in mkdocs_jobs(handbook, today):
        for page in done(job, handbook, today):
            _write(docs / page.path, page.text.encode("utf-8"))
    with _configured(config_file, docs, written, today) as config:
        trace = Trace()
        seen = watched(handbook, trace)
        jobs = {job.paths[0]: job for job in framed_jobs(seen, today)}
        beside = Beside(frozenset(path for job in jobs.values() for path in job.paths))
        config.extra["beside"] = beside
        of_mkdocs = (path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
        said = settings(config)
        frame = frame_of(said, (*beside.paths, *of_mkdocs))
        digests = Digests(handbook, frame.pages)
        parts = (program_digest(), config_file.read_text(encoding="utf-8"), repr(said), frame.parallel_kinds)
        program = digest("\0".join(parts))
        ledger = read_ledger(last.ledger, program)
        kept: dict[str, Made] = {}
        for name, job in jobs.items():
            standing = ledger.standing(name, job.given, digests)
            if standing and take_over(standing, last.folder, site):
                kept[name] = standing
        waiting = [name for name in jobs if name not in kept]
        noting = {
            language: NotingPaths(paths).noted(language, trace) for language, paths in frame.pages.items()
        }
        framer = Framer(config.theme, Frame(said, noting))
        trace.taken()

        def make(number: int) -> Made:
            """Write the pages of a job that has to be done."""
            job = jobs[waiting[number]]
            views = views_of(seen, job.entry, today) if job.entry else {}
            files = {}
            for page in job.make(views):
                address, content = framer.page(page.path, page.text)
                _write(site / address, content)
                files[address] = bytes_digest(content)
            document = search_document(seen, job.entry, views) if job.entry else None
            return Made(job.given, files, tuple(trace.taken()), document)

        # After an edit few jobs wait, some long: they are handed out one by one.
        chunk = max(1, min(16, len(waiting) // 16))
        with spread(make, len(waiting), 1 if len(waiting) < FEW else None, chunk) as results:
            report("site")
            of_docs = digest("\n".join((folder_digest(docs), *sorted(beside.paths))))
            by_mkdocs = ledger.standing(MKDOCS, of_docs, digests)
            if by_mkdocs is None or not take_over(by_mkdocs, last.folder, site):
                _run_mkdocs(config)
                by_mkdocs = Made(of_docs, _moved(written, site), links=tuple(beside.links))
            made = dict(zip(waiting, results, strict=True))
        if broken := broken_links(by_mkdocs.links, site):
            raise SiteFailed(broken)
        finished = {name: kept.get(name) or made[name] for name in jobs}
        return BuiltSite(
            [one.document for one in finished.values() if one.document is not None],
            config.site_url or "",
            config.repo_url or "",
            len(kept),
            len(made),
            lambda: write_ledger(last.ledger, program, finished | {MKDOCS: by_mkdocs}, digests),
        )


def _moved(written: Path, site: Path) -> dict[str, str]:
    """Move what MkDocs made into the site; its digests."""
    files = {}
    for path in sorted(written.rglob("*")):
        if path.is_file():
            address = path.relative_to(written).as_posix()
            files[address] = bytes_digest(path.read_bytes())
            (site / address).parent.mkdir(parents=True, exist_ok=True)
            path.replace(site / address)
    return files


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _generated(folder: str, names: list[str]) -> list[str]:
    """Pages that an earlier bare MkDocs build left among the written ones."""
    paths = (Path(folder, name) for name in names if name.endswith(".md"))
    return [path.name for path in paths if path.is_file() and is_generated(path)]


class _Collector(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _configured(config_file: Path, docs: Path, site: Path, today: date) -> Iterator[MkDocsConfig]:
    """The settings of a strict MkDocs build; what MkDocs refuses or warns of inside the block is raised."""
    collector = _Collector()
    log = logging.getLogger("mkdocs")
    log.addHandler(collector)
    # Without a data folder the hook writes no pages: they are made beside, from data read once.
    unread = {"HANDBOOK_AS_OF": today.isoformat(), "HANDBOOK_DATA": ""}
    try:
        with _environment(**unread):
            yield load_config(config_file=str(config_file), docs_dir=str(docs), site_dir=str(site))
    except MkDocsException as error:
        raise SiteFailed([*collector.lines, str(error)]) from error
    finally:
        log.removeHandler(collector)
    if collector.lines:
        raise SiteFailed(collector.lines)


def _run_mkdocs(config: MkDocsConfig) -> None:
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()

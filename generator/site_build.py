"""A handbook to a site: MkDocs builds the written pages while workers make and frame the generated ones."""

import logging
import os
import shutil
from collections.abc import Iterator
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
from generator.processes import spread
from generator.reading.handbook import Handbook
from generator.site.framing import Beside, Framer, broken_links, frame_of, settings
from generator.site.page_info import is_generated
from generator.site.pages import done, framed_jobs, mkdocs_jobs
from generator.views.pages import views_of
from search.document import SearchDocument


class SiteFailed(Exception):
    """MkDocs refused the pages; `lines` is what it said."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """What came of it beside the files: a search document per entry, and the addresses of site and repository."""

    documents: list[SearchDocument]
    site_url: str
    repository: str


def build_site(config_file: Path, docs_dir: Path, handbook: Handbook, today: date, work: Path) -> BuiltSite:
    """Build all pages of the handbook and the written ones of `docs_dir` into `work/site`.

    Raises `SiteFailed` for what MkDocs refuses, warnings included.
    """
    docs, written, site = (work / name for name in ("docs", "written", "site"))
    shutil.copytree(docs_dir, docs, ignore=_generated)
    for job in mkdocs_jobs(handbook, today):
        for page in done(job, handbook, today):
            _write(docs / page.path, page.text.encode("utf-8"))
    with _configured(config_file, docs, written, today) as config:
        jobs = tuple(framed_jobs(handbook, today))
        beside = Beside(frozenset(path for job in jobs for path in job.paths))
        config.extra["beside"] = beside
        of_mkdocs = (path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
        framer = Framer(config.theme, frame_of(settings(config), (*beside.paths, *of_mkdocs)))

        def make(number: int) -> SearchDocument | None:
            """Write the pages of a job; the search document if it is an entry's."""
            job = jobs[number]
            views = views_of(handbook, job.entry, today) if job.entry else {}
            for page in job.make(views):
                address, content = framer.page(page.path, page.text)
                _write(site / address, content)
            return search_document(handbook, job.entry, views) if job.entry else None

        with spread(make, len(jobs)) as made:
            _run_mkdocs(config)
            documents = [document for document in made if document is not None]
        for path in written.rglob("*"):
            if path.is_file():
                target = site / path.relative_to(written)
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
        if broken := broken_links(beside.links, site):
            raise SiteFailed(broken)
        return BuiltSite(documents, config.site_url or "", config.repo_url or "")


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

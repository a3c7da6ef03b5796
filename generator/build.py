"""The whole build: check the data, make the pages, run MkDocs, write the open data and the search index, swap all in.

Everything, the pages for MkDocs included, is made in a folder of its own beside the last good output and put in its
place at the end; a build that stops half-way, whatever stops it, leaves the old site and index standing and nothing
that the next build would read.
"""

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.editing.form import write_form
from generator.exports.documents import search_documents, synonym_groups
from generator.exports.open_data import write_open_data
from generator.offline.published import published_of_site, write_published
from generator.reading.handbook import Handbook
from generator.rules import require_sound_handbook
from generator.site.assets import search_words
from generator.site.page_info import is_generated
from generator.site.pages import plan_pages, write_pages
from generator.swap import exclusive, recover, swap_in, workshop
from search.engine import build_index
from search.export import export_browser_index

Report = Callable[[str], None]

# A file that every earlier output of ours holds, by which it is known from a folder that only has the same name.
SITE_MARK = "manifest.webmanifest"
INDEX_MARK = "stamp.json"


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """Where things are and go. `root` holds mkdocs.yml and docs/."""

    root: Path
    data_dir: Path
    site_dir: Path
    index_dir: Path
    as_of: date

    @property
    def docs_dir(self) -> Path:
        """The pages people write."""
        return self.root / "docs"


class SiteFailed(Exception):
    """MkDocs refused the pages; `lines` is what it said."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class PlaceRefused(Exception):
    """A folder that must not be replaced by output: it holds what the build reads, or somebody else's files."""


def build_handbook(plan: BuildPlan, report: Report) -> Handbook:
    """Build site and index from the data, one build at a time (`wait` is reported while another runs).

    Raises `DataProblems`, `SiteFailed`, `PlaceRefused` or `OSError` (such as a full disk), leaving the last output
    untouched.
    """
    places = (plan.site_dir, plan.index_dir)
    with exclusive(places, lambda: report("wait")):
        for place in places:
            recover(place)
        _refuse_foreign(plan)
        beside = workshop(plan.site_dir)
        for left in beside.glob("build-*"):
            shutil.rmtree(left, ignore_errors=True)
        report("check")
        handbook = require_sound_handbook(plan.data_dir, plan.as_of)
        with tempfile.TemporaryDirectory(dir=beside, prefix="build-", ignore_cleanup_errors=True) as made:
            docs, site, index = (Path(made) / name for name in ("docs", "site", "index"))
            report("pages")
            shutil.copytree(plan.docs_dir, docs, ignore=_generated)
            write_pages(plan_pages(handbook, plan.as_of), docs)
            report("site")
            site_url, repo_url = _run_mkdocs(plan, docs, site)
            report("open-data")
            write_open_data(handbook, plan.as_of, site, site_url)
            write_form(handbook, site, repo_url)
            report("index")
            build_index(search_documents(handbook, plan.as_of), index, synonym_groups(handbook))
            export_browser_index(index, site / "search", search_words())
            write_published(published_of_site(site), index)
            report("swap")
            # MkDocs and tempfile make folders for their owner alone; a web server runs as somebody else.
            for folder in (site, index):
                folder.chmod(0o755)
            swap_in({site: plan.site_dir, index: plan.index_dir}, report)
    return handbook


def _generated(folder: str, names: list[str]) -> list[str]:
    """Pages that an earlier bare MkDocs build left among the written ones."""
    paths = (Path(folder, name) for name in names if name.endswith(".md"))
    return [path.name for path in paths if path.is_file() and is_generated(path)]


def _refuse_foreign(plan: BuildPlan) -> None:
    """A mistyped output folder must not cost anybody their files."""
    if plan.site_dir == plan.index_dir:
        raise PlaceRefused(f"{plan.site_dir}: site and index need a folder each")
    for place, mark in ((plan.site_dir, SITE_MARK), (plan.index_dir, INDEX_MARK)):
        for read in (plan.root, plan.data_dir, plan.docs_dir):
            if read == place or place in read.parents:
                raise PlaceRefused(f"{place}: holds {read}, which the build reads")
        if place in (plan.site_dir.parent, plan.index_dir.parent):
            raise PlaceRefused(f"{place}: site and index need a folder each")
        if place.exists() and not place.is_dir():
            raise PlaceRefused(f"{place}: not a folder")
        if place.exists() and any(place.iterdir()) and not (place / mark).is_file():
            raise PlaceRefused(
                f"{place}: holds other files than an earlier output; empty it or choose another folder"
            )


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


def _run_mkdocs(plan: BuildPlan, docs: Path, site: Path) -> tuple[str, str]:
    """A strict MkDocs build of `docs`, generated pages included, into `site`.

    Returns the addresses of the site and of the repository.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    collector = _Collector()
    log = logging.getLogger("mkdocs")
    log.addHandler(collector)
    # Without a data folder the hook writes no pages: they stand in `docs` already, made from data read once.
    settings = {"HANDBOOK_AS_OF": plan.as_of.isoformat(), "HANDBOOK_DATA": ""}
    try:
        with _environment(**settings):
            config = load_config(
                config_file=str(plan.root / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(site)
            )
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
    except MkDocsException as error:
        raise SiteFailed([*collector.lines, str(error)]) from error
    finally:
        log.removeHandler(collector)
    if collector.lines:
        raise SiteFailed(collector.lines)
    return config.site_url or "", config.repo_url or ""

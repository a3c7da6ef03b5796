"""The whole build: check the data, make the pages, run MkDocs, write the open data and the search index, swap all in.

Everything is made beside the last good output and put in its place at the end; a build that stops half-way leaves
the old site and index standing.
"""

import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.exports.documents import search_documents, synonym_groups
from generator.exports.open_data import write_open_data
from generator.reading.handbook import Handbook
from generator.rules import require_sound_handbook
from generator.swap import swap_in
from search.engine import build_index

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """Where things are and go. `root` holds mkdocs.yml and docs/."""

    root: Path
    data_dir: Path
    site_dir: Path
    index_dir: Path
    as_of: date


class SiteFailed(Exception):
    """MkDocs refused the pages; `lines` is what it said."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def build_handbook(plan: BuildPlan, report: Report) -> Handbook:
    """Build site and index from the data; raises `DataProblems` or `SiteFailed`, leaving the last output untouched."""
    report("check")
    handbook = require_sound_handbook(plan.data_dir, plan.as_of)
    workshop = plan.site_dir.parent / ".cache"
    workshop.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=workshop, prefix="build-") as made:
        site, index = Path(made) / "site", Path(made) / "index"
        report("pages")
        site_url = _run_mkdocs(plan, site)
        report("open-data")
        write_open_data(handbook, plan.as_of, site, site_url)
        report("index")
        documents = list(search_documents(handbook, plan.as_of))
        build_index(documents, index, synonym_groups(handbook))
        report("swap")
        swap_in({site: plan.site_dir, index: plan.index_dir})
    return handbook


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


def _run_mkdocs(plan: BuildPlan, site: Path) -> str:
    """A strict MkDocs build of docs/ into `site`; its hook writes the generated pages first. Returns the site's address."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    collector = _Collector()
    log = logging.getLogger("mkdocs")
    log.addHandler(collector)
    settings = {
        "HANDBOOK_AS_OF": plan.as_of.isoformat(),
        "HANDBOOK_DATA": os.path.relpath(plan.data_dir, plan.root),
    }
    try:
        with _environment(**settings):
            config = load_config(config_file=str(plan.root / "mkdocs.yml"), site_dir=str(site))
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
    return config.site_url or ""

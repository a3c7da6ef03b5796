"""The whole build: check the data, make the pages, run MkDocs, write the open data and the search index, swap all in.

Everything, the pages for MkDocs included, is made in a folder of its own beside the last good output and put in its
place at the end; a build that stops half-way, whatever stops it, leaves the old site and index standing and nothing
that the next build would read.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.editing.form import write_form
from generator.exports.documents import synonym_groups
from generator.exports.open_data import write_open_data
from generator.offline.published import published_of_site, write_published
from generator.processes import cores, spread
from generator.reading.handbook import Handbook
from generator.rules import require_sound_handbook
from generator.site.assets import search_words
from generator.site.headers import write_headers
from generator.site_build import LastSite, SiteFailed, build_site
from generator.swap import exclusive, recover, swap_in, workshop
from search.engine import build_index
from search.export import export_browser_index
from search.exported import LastExport

__all__ = ["BuildPlan", "PlaceRefused", "SiteFailed", "build_handbook"]

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
            site, index = (Path(made) / name for name in ("site", "index"))
            report("pages")
            last = LastSite(plan.site_dir, beside / f"{plan.site_dir.name}.ledger.json")
            config = plan.root / "mkdocs.yml"
            built = build_site(config, plan.docs_dir, handbook, plan.as_of, Path(made), last, report)
            report("open-data")

            def write_data(_: int) -> None:
                """What is neither page nor index, while the index is made."""
                write_open_data(handbook, plan.as_of, site, built.site_url, plan.site_dir)
                write_form(handbook, site, built.repository, os.environ.get("HANDBOOK_FORM_SIGN_IN", ""))
                write_headers(site)

            with spread(write_data, 1, min(cores(), 2)) as written:
                report("index")
                build_index(built.documents, index, synonym_groups(handbook), last=plan.index_dir)
                list(written)
            report("browser-index")
            earlier = LastExport(plan.index_dir, plan.site_dir / "search")
            export_browser_index(index, site / "search", search_words(), earlier)
            write_published(published_of_site(site), index)
            report("swap")
            # MkDocs and tempfile make folders for their owner alone; a web server runs as somebody else.
            for folder in (site, index):
                folder.chmod(0o755)
            swap_in({site: plan.site_dir, index: plan.index_dir}, report)
            # The output stands; without its ledger the next build only takes longer.
            with suppress(OSError):
                built.remember()
    return handbook


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

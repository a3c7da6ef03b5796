"""The whole build: check the data, make the pages, run MkDocs, write the open data and the search index, swap all in.

Everything, the pages for MkDocs included, is made in a folder of its own beside the last good output and put in its
place at the end; a build that stops half-way, whatever stops it, leaves the old site and index standing and nothing
that the next build would read.
"""

import shutil
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.build_plan import BuildPlan
from generator.exports.synonyms import synonym_groups
from generator.problems import SiteFailed
from generator.processes import Aside, Say
from generator.reading.handbook import Handbook
from generator.reading.parsed import Parsed
from generator.rules import handbook_while_checked
from generator.swap import exclusive, recover, swap_in, workshop

if TYPE_CHECKING:
    from generator.indexes import Indexes

__all__ = ["BuildPlan", "PlaceRefused", "SiteFailed", "build_handbook"]

# A file that every earlier output of ours holds, by which it is known from a folder that only has the same name.
SITE_MARK = "manifest.webmanifest"
INDEX_MARK = "stamp.json"


class PlaceRefused(Exception):
    """A folder that must not be replaced by output: it holds what the build reads, or somebody else's files."""


def build_handbook(plan: BuildPlan, report: Say) -> Handbook:
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
        with (
            tempfile.TemporaryDirectory(dir=beside, prefix="build-", ignore_cleanup_errors=True) as made,
            Aside(partial(_indexes, plan, Path(made))) as indexes,
        ):
            indexes.call("read_last")
            report("check")
            parsed = Parsed(plan.parsed)
            with handbook_while_checked(plan.data_dir, plan.as_of, parsed) as handbook:
                # Grouped by the other process while this one loads.
                indexes.call("equate", synonym_groups(handbook))
                # Loaded while the rules are applied: it takes as long as they do.
                from generator.output import Output

                output = Output(plan, handbook, Path(made), indexes)
            output.write(report)
            report("swap")
            # MkDocs and tempfile make folders for their owner alone; a web server runs as somebody else.
            for folder in (output.site, output.index):
                folder.chmod(0o755)
            swap_in({output.site: plan.site_dir, output.index: plan.index_dir}, report)
            # The output stands; without these the next build only takes longer.
            with suppress(OSError):
                output.remember()
            with suppress(OSError):
                parsed.keep()
    return handbook


def _indexes(plan: BuildPlan, work: Path, say: Say) -> "Indexes":
    # Loaded by the process that makes them.
    from generator.indexes import Indexes

    return Indexes(plan, work, say)


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

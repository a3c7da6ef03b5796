"""What a build puts out, made in a folder of its own: the site with its open data, form and headers, and both indexes."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.build_plan import BuildPlan
from generator.offline.published import published_of_site, write_published
from generator.processes import Aside, Say
from generator.reading.handbook import Handbook
from generator.site.headers import write_headers
from generator.site_build import SiteBuild

if TYPE_CHECKING:
    from generator.indexes import Indexes

# So many documents are sent to the other process at a time.
PACKET = 500


class Output:
    """The site of a handbook on its way into `work/site`, and what the search indexes in `work/index` are made of."""

    def __init__(self, plan: BuildPlan, handbook: Handbook, work: Path, indexes: "Aside[Indexes]") -> None:
        """Prepare; nothing is made of the entries yet. `indexes` makes the search indexes in `work` meanwhile."""
        self.site, self.index = work / "site", work / "index"
        self._indexes = indexes
        self._pages = SiteBuild(plan, handbook, work)
        self._send(self._pages.kept_documents())

    def write(self, report: Say) -> None:
        """Make everything; each stage is reported before it begins. Raises `SiteFailed` and `OSError`."""
        report("pages")
        self._pages.make(self._make_indexes, report)
        report("take-over")
        self._pages.complete()
        write_headers(self.site)
        self._indexes.finish(report)
        write_published(published_of_site(self.site), self.index)

    def _make_indexes(self, documents: Sequence[bytes]) -> None:
        """These are the last documents."""
        self._send(documents)
        self._indexes.call("write")

    def _send(self, documents: Sequence[bytes]) -> None:
        for first in range(0, len(documents), PACKET):
            self._indexes.call("add", documents[first : first + PACKET])

    def remember(self) -> None:
        """Keep the ledger for the next build, once this output is in its place."""
        self._pages.remember()

"""Both search indexes of a build, made beside its pages: what needs no page is done before there are any."""

from collections.abc import Sequence
from pathlib import Path

from generator.build_plan import BuildPlan
from generator.processes import Say
from generator.site.assets import search_words
from search.document import SearchDocument, unpacked
from search.export import Shown, export_browser_index
from search.exported import LastExport
from search.index import LastIndex, build_index
from search.phonetics import sounds_of
from search.synonyms import Synonyms


class Indexes:
    """The index in `work/index` and the browser's in `work/site/search`, going on from those of the last build."""

    def __init__(self, plan: BuildPlan, work: Path, say: Say) -> None:
        self._work, self._say = work, say
        self._documents: list[SearchDocument] = []
        self._shown = Shown()
        self._words = search_words()
        self._synonyms = Synonyms(())
        self._last_index = LastIndex(plan.index_dir)
        self._last_export = LastExport(plan.index_dir, plan.site_dir / "search")

    def read_last(self) -> None:
        """Read what the last build left; most of it will stand in the next as well."""
        standing = self._last_index.standing
        if standing is None:
            return
        self._last_export.said  # noqa: B018
        # How a word sounds is found once.
        sounds_of(standing.counts.frequencies())
        self._last_index.read()
        for line in standing.texts:
            self._shown.prepare(line)

    def equate(self, groups: Sequence[Sequence[str]]) -> None:
        """Take phrases of one group to mean the same."""
        self._synonyms = Synonyms(groups)
        self._synonyms.table  # noqa: B018

    def add(self, documents: Sequence[bytes]) -> None:
        """Some more of the documents, packed, in any order."""
        self._documents += map(self._last_index.document, map(unpacked, documents))

    def write(self) -> None:
        """Make both indexes of all documents there are; each is said before it begins."""
        self._say("index")
        build_index(self._documents, self._work / "index", self._synonyms, last=self._last_index)
        self._documents.clear()
        self._last_index.forget()
        self._say("browser-index")
        folder = self._work / "site/search"
        export_browser_index(self._work / "index", folder, self._words, self._last_export, self._shown)

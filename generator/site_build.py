"""A handbook to a site: MkDocs builds the written pages while workers make and frame the generated ones."""

import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from generator.build_plan import BuildPlan
from generator.editing.form_jobs import form_jobs
from generator.exports.documents import search_document
from generator.exports.file_job import FileJob
from generator.exports.open_data import data_jobs
from generator.ledger import (
    Ledger,
    Made,
    bytes_digest,
    folder_digest,
    read_ledger,
    take_over,
    write_ledger,
)
from generator.mkdocs_build import MkDocsBuild
from generator.problems import SiteFailed
from generator.processes import Say, spread
from generator.program import program_digest
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.watched import Digests, NotingPaths, Reading, Trace, digest, watched
from generator.site.framing import Beside, Framer, broken_links, frame_of
from generator.site.page_info import is_generated
from generator.site.pages import PageJob, done, framed_jobs, mkdocs_jobs
from generator.site.shell import Frame
from generator.views.pages import Views, views_of
from search.document import packed

# The name in the ledger of all that MkDocs makes together.
MKDOCS = "mkdocs"
LEDGER = "ledger.json"
# So many entries fill the memory of one process with their index: it waits until those that make pages have ended.
MANY = 500
# So few jobs are done here, the search documents of their entries first: the process that makes the index has the other
# core meanwhile.
FEW = 40


class _Begun(NamedTuple):
    """What is made of an entry before its pages, and what was read for it."""

    views: Views
    document: bytes | None
    readings: list[Reading]


class SiteBuild:
    """The pages of a handbook and the written ones, on their way into `work/site`.

    It is planned, then `make` makes what the last site does not hold, then `complete` takes over the rest. Each raises
    `SiteFailed` for what MkDocs refuses, warnings included. `kept` and `made` count jobs.
    """

    def __init__(self, plan: BuildPlan, handbook: Handbook, work: Path) -> None:
        """Find out what there is to make; no page is made yet."""
        self._plan, self._handbook, self._work = plan, handbook, work
        self._today = today = plan.as_of
        self._docs, self._written, self._site = (work / name for name in ("docs", "written", "site"))
        self._site.mkdir()
        shutil.copytree(plan.docs_dir, self._docs, ignore=_generated)
        self._mkdocs = MkDocsBuild(plan.root / "mkdocs.yml", self._docs, self._written, today)
        program = digest(f"{program_digest()} {self._mkdocs.made_from}")
        # Of a site that is gone nothing can be taken, whatever its ledger says.
        last = read_ledger(plan.ledger, program) if plan.site_dir.is_dir() else Ledger(program)
        self._settings = last.settings or self._mkdocs.settings
        self._trace = Trace()
        self._seen = watched(handbook, self._trace)
        page_jobs = {job.paths[0]: job for job in framed_jobs(self._seen, today)}
        self._of_mkdocs = list(mkdocs_jobs(handbook, today))
        self._beside = Beside(frozenset(path for job in page_jobs.values() for path in job.paths))
        in_docs = {path.relative_to(self._docs).as_posix() for path in self._docs.rglob("*.md")}
        in_docs.update(path for job in self._of_mkdocs for path in job.paths)
        frame = frame_of(self._settings, (*self._beside.paths, *in_docs))
        # What every page prints, and no reading tells.
        self._parallel = frame.parallel_kinds
        self._ledger = last if last.parallel == self._parallel else Ledger(program)
        self._digests = Digests(handbook, frame.pages, self._ledger.readings)
        changed = self._digests.changed()
        self._jobs: dict[str, PageJob | FileJob] = {**page_jobs, **self._file_jobs()}
        self._done: dict[str, Made] = {}
        self._readings = {one: one for one in self._ledger.readings}
        for name, job in self._jobs.items():
            standing = self._ledger.standing(name, job.given, changed)
            if standing:
                self._done[name] = standing
        self.kept = len(self._done)
        self.made = len(self._jobs) - self.kept
        noting = {
            language: NotingPaths(paths).noted(language, self._trace)
            for language, paths in frame.pages.items()
        }
        self._framer = Framer(Frame(self._settings, noting))
        self._trace.taken()

    def _file_jobs(self) -> dict[str, FileJob]:
        """What stands in the site beside pages: open data, feeds and the form."""
        sign_in = os.environ.get("HANDBOOK_FORM_SIGN_IN", "")
        jobs = (
            *data_jobs(self._seen, self._today, self._settings.site_url),
            *form_jobs(self._seen, self._settings.repository, sign_in),
        )
        return {job.name: job for job in jobs}

    def kept_documents(self) -> list[bytes]:
        """The packed search documents of entries whose pages the last site holds."""
        return _documents(self._done)

    def make(self, found: Callable[[list[bytes]], None], report: Say) -> None:
        """Make the pages that the last site does not hold.

        The search documents of their entries are `found`, all at once: the fewer they are, the sooner. `site` is reported
        when MkDocs begins.
        """
        waiting = [name for name in self._jobs if name not in self._done]
        of_entries = [name for name in waiting if self._entry_of(name)]
        waiting = [*of_entries, *(name for name in waiting if not self._entry_of(name))]
        few, many = len(waiting) < FEW, len(of_entries) >= MANY
        begun = {name: self._begin(self._entry_of(name)) for name in of_entries} if few else {}
        if few:
            found([one.document for one in begun.values() if one.document is not None])
        # Some take long: where not many wait they are handed out one by one.
        chunk = max(1, min(16, len(waiting) // 16))
        work = [partial(self._make, name, begun.get(name)) for name in waiting]
        with spread(lambda number: work[number](), len(work), 1 if few else None, chunk) as results:
            report("site")
            of_docs = self._digest_of_docs()
            by_mkdocs = self._ledger.standing(MKDOCS, of_docs, frozenset())
            standing = {MKDOCS: by_mkdocs} if by_mkdocs else {}
            made = {} if by_mkdocs else {MKDOCS: self._run_mkdocs(of_docs)}
            each = zip(waiting, map(self._shared, results), strict=True)
            made |= islice(each, len(of_entries))
            if not few and not many:
                found(_documents(made))
            made |= each
        if many:
            found(_documents(made))
        self._standing = self._done | standing
        self._done |= made | standing

    def complete(self) -> None:
        """Take over from the last site what stands; what is not there as it was made is made anew."""
        for name, made in self._standing.items():
            if not take_over(made, self._plan.site_dir, self._site):
                again = self._run_mkdocs(made.given) if name == MKDOCS else self._make(name)
                self._done[name] = again
        if broken := broken_links(self._done[MKDOCS].links, self._site):
            raise SiteFailed(broken)
        with suppress(OSError):
            now = replace(self._ledger, jobs=self._done, settings=self._settings, parallel=self._parallel)
            write_ledger(self._work / LEDGER, now, self._digests)
        # With their documents, which the index holds now.
        self._done.clear()
        self._standing.clear()

    def remember(self) -> None:
        """Put the ledger in the place of the last one, once this site is in the place of the last."""
        (self._work / LEDGER).replace(self._plan.ledger)

    def _begin(self, entry: EntryKey | None) -> _Begun:
        """What is made of an entry before its pages; nothing for pages of none."""
        if entry is None:
            return _Begun({}, None, [])
        views = views_of(self._seen, entry, self._today)
        return _Begun(views, packed(search_document(self._seen, entry, views)), self._trace.taken())

    def _make(self, name: str, begun: _Begun | None = None) -> Made:
        """Write the pages or files of a job, begun or not."""
        job = self._jobs[name]
        if isinstance(job, FileJob):
            files = {path: self._written_file(path, content) for path, content in job.make()}
            return Made(job.given, files, tuple(self._trace.taken()))
        begun = begun or self._begin(job.entry)
        pages = (self._framer.page(page.path, page.text) for page in job.make(begun.views))
        files = {address: self._written_file(address, content) for address, content in pages}
        readings = sorted({*begun.readings, *self._trace.taken()})
        return Made(job.given, files, tuple(readings), begun.document)

    def _shared(self, made: Made) -> Made:
        """The same, with readings that are one with those of other jobs, not their like: they come from many processes."""
        return replace(made, readings=tuple(self._readings.setdefault(one, one) for one in made.readings))

    def _entry_of(self, name: str) -> EntryKey | None:
        """The entry whose own pages a job makes."""
        job = self._jobs[name]
        return job.entry if isinstance(job, PageJob) else None

    def _written_file(self, address: str, content: bytes) -> str:
        """The digest of a file, once it is written."""
        _write(self._site / address, content)
        return bytes_digest(content)

    def _digest_of_docs(self) -> str:
        """All that MkDocs makes pages of, beside the program."""
        written = folder_digest(self._docs)
        of_data = (job for job in self._of_mkdocs if not job.of_program)
        pages = (page for job in of_data for page in done(job, self._handbook, self._today))
        said = (f"{page.path} {digest(page.text)}" for page in pages)
        return digest("\n".join((written, *said, *sorted(self._beside.paths))))

    def _run_mkdocs(self, of_docs: str) -> Made:
        """Write what MkDocs makes together."""
        for job in self._of_mkdocs:
            for page in done(job, self._handbook, self._today):
                _write(self._docs / page.path, page.text.encode("utf-8"))
        self._mkdocs.run(self._beside)
        return Made(of_docs, _moved(self._written, self._site), links=tuple(self._beside.links))


def _documents(jobs: Mapping[str, Made]) -> list[bytes]:
    return [made.document for made in jobs.values() if made.document is not None]


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

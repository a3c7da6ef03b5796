"""The printed handbook: Vietnamese and Lao side by side, single entries, posters for the gates."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pypdf import PdfReader, PdfWriter

from generator.model.kinds import kind_named
from generator.offline.book.bookmarks import name_bookmarks
from generator.offline.book.chromium import Printer, PrinterMissing, printer
from generator.offline.book.content import anchor, printed_entry, whole_book
from generator.offline.book.layout import Imprint, book_html, entry_html
from generator.offline.book.packing import packed
from generator.offline.book.poster import SHARES, poster_html
from generator.offline.book.textlayer import mend
from generator.offline.book.words import word
from generator.reading.handbook import EntryKey, Handbook

# Page numbers move nothing once the numbers of the pass before are as wide as the right ones.
MOST_PASSES = 4


class BookRefused(Exception):
    """Something that cannot be printed, with the reason."""


@dataclass(frozen=True, slots=True)
class BookPlan:
    """What to print: the whole book, one entry (`only`, as gates/lao-bao) or the poster of a gate in a size."""

    handbook: Handbook
    as_of: date
    imprint: Imprint
    only: str | None = None
    poster: str | None = None
    size: str = "A4"


def page_numbers(pdf: bytes) -> dict[str, int]:
    """The page of each id that a link leads to, counted from 1."""
    reader = PdfReader(io.BytesIO(pdf))
    found = {}
    for name, destination in reader.named_destinations.items():
        page = reader.get_destination_page_number(destination)
        if page is not None:
            found[name.removeprefix("/")] = page + 1
    return found


def _finished(pdf: bytes, html: str, title: str, as_of: date) -> bytes:
    """The PDF of a page with text and bookmarks mended, title and one date, so that the same facts give the same file."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    mend(writer)
    name_bookmarks(writer, html)
    # pypdf writes an older version than what tags and outline need.
    writer.pdf_header = "%PDF-1.7"
    day = f"D:{as_of:%Y%m%d}000000Z"
    writer.metadata = {"/Title": title, "/CreationDate": day, "/ModDate": day, "/Producer": "Chromium"}
    out = io.BytesIO()
    writer.write(out)
    return packed(out.getvalue())


def make_book(plan: BookPlan, report: Callable[[str], None]) -> bytes:
    """The PDF; BookRefused when an entry is not there or nothing can print."""
    try:
        with printer() as chromium, TemporaryDirectory(prefix="handbook-book-") as folder:
            page = Path(folder) / "book.html"
            if plan.poster is not None:
                return _poster(plan, chromium, page)
            if plan.only is None:
                pdf, html = _book(plan, chromium, page, report)
                return _finished(pdf, html, _title(), plan.as_of)
            title, html = _entry(plan)
            page.write_text(html, encoding="utf-8")
            return _finished(chromium.pdf(page), html, title, plan.as_of)
    except PrinterMissing as error:
        raise BookRefused(str(error)) from error


def _title() -> str:
    return f"{word('title', 'vi')} / {word('title', 'lo')}"


def _book(plan: BookPlan, chromium: Printer, page: Path, report: Callable[[str], None]) -> tuple[bytes, str]:
    """The PDF and the page it was printed from."""
    report("pages")
    book = whole_book(plan.handbook, plan.as_of)
    known: dict[str, int] = {}
    for number in range(1, MOST_PASSES + 1):
        html = book_html(book, plan.imprint, chromium.order, known)
        page.write_text(html, encoding="utf-8")
        report(f"print {number}")
        pdf = chromium.pdf(page, draft=not known)
        found = page_numbers(pdf)
        if found == known:
            return pdf, html
        known = found
    raise BookRefused("the page numbers do not settle")


def _entry(plan: BookPlan) -> tuple[str, str]:
    kind, _, entry_id = (plan.only or "").partition("/")
    folder = kind_named(kind)
    if folder is None or entry_id not in plan.handbook.entries[folder]:
        raise BookRefused(f"there is no entry {plan.only}; write it as gates/lao-bao")
    entry = printed_entry(
        plan.handbook, EntryKey(folder, entry_id), plan.as_of, frozenset({anchor(folder, entry_id)})
    )
    return f"{entry.vi} / {entry.lo}", entry_html(entry, folder, plan.imprint)


def _poster(plan: BookPlan, chromium: Printer, page: Path) -> bytes:
    gate_id = (plan.poster or "").removeprefix("gates/")
    if gate_id not in plan.handbook.entries["gates"]:
        raise BookRefused(f"there is no gate {gate_id}")
    if not plan.imprint.site_url:
        raise BookRefused("a poster needs the address of the handbook on the web (HANDBOOK_SITE_URL)")
    for share in SHARES:
        title, html = poster_html(plan.handbook, gate_id, plan.as_of, plan.imprint, plan.size, share)
        page.write_text(html, encoding="utf-8")
        pdf = chromium.pdf(page)
        if len(PdfReader(io.BytesIO(pdf)).pages) == 1:
            return _finished(pdf, html, title, plan.as_of)
    raise BookRefused(f"the poster of {gate_id} does not fit on one sheet")

"""Packing a PDF's objects: the same document in fewer bytes."""

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, Fit, NameObject, TextStringObject

from generator.offline.book.packing import PACKED_TOGETHER, packed

PAGES = 30


def plain() -> bytes:
    """A PDF with bookmarks, links, a page's content and more small objects than one stream holds."""
    writer = PdfWriter()
    for number in range(PAGES):
        page = writer.add_blank_page(200, 200)
        writer.add_outline_item(title=f"Cửa khẩu {number} / ດ່ານ", page_number=number, fit=Fit.fit())
        for _ in range(PACKED_TOGETHER // PAGES + 5):
            writer.add_annotation(page, Link(rect=(0, 0, 10, 10), target_page_index=number))
    writer.metadata = {"/Title": "Sổ tay \\ (a) endobj >> stream"}
    root = writer.root_object
    root[NameObject("/Tag")] = writer._add_object(
        DictionaryObject({NameObject("/S"): TextStringObject("ດ່ານ")})
    )
    writer.pdf_header = "%PDF-1.7"
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def told(pdf: bytes) -> list[object]:
    """All a reader learns from the file: titles, bookmarks with their pages, links, sizes."""
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    outline = [(str(item.title), reader.get_destination_page_number(item)) for item in reader.outline]  # type: ignore[union-attr,arg-type]
    links = [
        [(str(note.get_object()["/Subtype"]), str(note.get_object()["/Rect"])) for note in page["/Annots"]]
        for page in reader.pages
    ]
    sizes = [str(page.mediabox) for page in reader.pages]
    return [dict(reader.metadata or {}), outline, links, sizes, str(reader.trailer["/Root"]["/Tag"]["/S"])]


def test_a_packed_file_says_the_same_in_fewer_bytes() -> None:
    pdf = plain()
    small = packed(pdf)
    assert told(small) == told(pdf)
    assert len(small) < len(pdf) / 5
    assert small.startswith(b"%PDF-1.7")
    assert packed(pdf) == small


def test_every_object_is_still_there() -> None:
    pdf = plain()
    before, after = (PdfReader(io.BytesIO(content)) for content in (pdf, packed(pdf)))
    size = int(before.trailer["/Size"])
    for number in range(1, size):
        one, other = io.BytesIO(), io.BytesIO()
        for reader, out in ((before, one), (after, other)):
            found = reader.get_object(number)
            assert found is not None
            found.write_to_stream(out)
        assert one.getvalue() == other.getvalue()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\nstartxref\n9\n%%EOF\n"])
def test_a_file_written_otherwise_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError):
        packed(content)
    with pytest.raises(ValueError):
        packed(packed(plain()))

"""A PDF with its many small objects packed together (PDF 1.5, object streams and a cross-reference stream).

The tags of a book are a hundred thousand objects of a hundred bytes, and pypdf writes each as plain text. Put together
and compressed they take a tenth; nothing a reader sees, hears or finds changes.
"""

import itertools
import re
import zlib
from collections.abc import Iterator, Mapping

# Objects in one stream: few enough that a reader opens a page quickly, enough to compress well.
PACKED_TOGETHER = 400
_ENTRY = 20
_WIDTHS = (1, 4, 2)
_KEPT = re.compile(rb"/(?:Root|Info) \d+ 0 R|/ID \[.*?\]", re.DOTALL)


def _table(pdf: bytes) -> tuple[dict[int, int], int]:
    """Where each object stands, and the table itself, of a PDF that ends in one table of twenty-byte rows."""
    start = int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])
    head = re.compile(rb"xref\n0 (\d+)\s*\n").match(pdf, start)
    if head is None:
        raise ValueError("not a PDF as pypdf writes it")
    rows = [pdf[head.end() + _ENTRY * n : head.end() + _ENTRY * (n + 1)] for n in range(int(head[1]))]
    return {number: int(row[:10]) for number, row in enumerate(rows) if row[17:18] == b"n"}, start


def _objects(pdf: bytes, places: Mapping[int, int], end: int) -> Iterator[tuple[int, bytes]]:
    """Number and body of each object, in the order of the file."""
    numbers = sorted(places, key=places.__getitem__)
    for number, after in itertools.zip_longest(numbers, numbers[1:]):
        whole = pdf[places[number] : end if after is None else places[after]]
        lead, tail = b"%d 0 obj\n" % number, b"\nendobj\n"
        if not (whole.startswith(lead) and whole.endswith(tail)):
            raise ValueError("not a PDF as pypdf writes it")
        yield number, whole[len(lead) : -len(tail)]


def _stream(head: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (head, len(packed), packed)


def _together(group: tuple[tuple[int, bytes], ...]) -> bytes:
    """An object stream: numbers and places of its objects, then their bodies."""
    places = itertools.accumulate((len(body) + 1 for _, body in group), initial=0)
    index = b" ".join(b"%d %d" % (number, place) for (number, _), place in zip(group, places, strict=False))
    bodies = b"\n".join(body for _, body in group)
    head = b"/Type /ObjStm /N %d /First %d" % (len(group), len(index) + 1)
    return _stream(head, index + b"\n" + bodies)


def _references(rows: list[tuple[int, int, int]], trailer: bytes) -> bytes:
    """The cross-reference stream: each row as the difference from the one before (PNG's predictor "up")."""
    before = bytes(sum(_WIDTHS))
    out = bytearray()
    for row in rows:
        now = b"".join(value.to_bytes(width) for value, width in zip(row, _WIDTHS, strict=True))
        out += b"\x02" + bytes((a - b) % 256 for a, b in zip(now, before, strict=True))
        before = now
    head = b"/Type /XRef /Size %d /W [%s] /DecodeParms << /Predictor 12 /Columns %d >> %s" % (
        len(rows),
        b" ".join(b"%d" % width for width in _WIDTHS),
        sum(_WIDTHS),
        trailer,
    )
    return _stream(head, bytes(out))


def packed(pdf: bytes) -> bytes:
    """The same PDF with everything that is no stream packed; ValueError when it is not written as pypdf writes."""
    places, end = _table(pdf)
    objects = list(_objects(pdf, places, end))
    first = next(iter(sorted(places.values())))
    out = bytearray(pdf[:first])
    rows = {0: (0, 0, 65535)}

    def put(number: int, body: bytes) -> None:
        rows[number] = (1, len(out), 0)
        out.extend(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    small = []
    for number, body in objects:
        if body.endswith(b"endstream"):
            put(number, body)
        else:
            small.append((number, body))
    size = max(places) + 1
    for start in range(0, len(small), PACKED_TOGETHER):
        group = tuple(small[start : start + PACKED_TOGETHER])
        rows |= {number: (2, size, place) for place, (number, _) in enumerate(group)}
        put(size, _together(group))
        size += 1
    rows[size] = (1, len(out), 0)
    trailer = b" ".join(_KEPT.findall(pdf[pdf.rindex(b"trailer") :]))
    table = _references([rows.get(number, (0, 0, 65535)) for number in range(size + 1)], trailer)
    return bytes(out) + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (size, table, len(out))

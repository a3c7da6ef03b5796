"""Mending the text under the Lao letters of a PDF, so that it can be searched and copied.

Chromium draws a Lao syllable as a letter and its marks, each placed on its own, and says in an /ActualText what they
mean together. Two things keep readers from finding words: marks in their raised or lowered shapes have no meaning in
the font's own table, and programs that look at gaps between letters see one after each mark, because a mark's end is not
the letter's. The table is completed from the /ActualText, and each last mark is given the room that is left to the
next letter. Nothing moves: every letter that follows is placed by its own coordinates.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pypdf import PdfWriter

LAO_FACE = "NotoSansLao"
SARA_AM, NIKHAHIT, AA = "\u0eb3", "\u0ecd", "\u0eb2"

_FONT = re.compile(rb"/(F\d+) ([\d.]+) Tf")
_SPAN = re.compile(rb"/Span<</ActualText <FEFF([0-9A-F]+)> >> BDC\n(.*?)EMC\n", re.DOTALL)
_SHOWN = re.compile(rb"<([0-9A-F]+)> Tj")
# What follows a span: perhaps the beginning of another, then the place of the next letter.
_NEXT = re.compile(rb"(?:/Span<</ActualText <[0-9A-F]+> >> BDC\n)?(-?[\d.]+) -?[\d.]+ Td ")
_MOVED = re.compile(rb"(-?[\d.]+) -?[\d.]+ Td ")
_UNKNOWN = re.compile(rb"<([0-9A-F]{4})> <0000>")
_KNOWN = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4,})>")
_RANGE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> <([0-9A-F]{4})>")


def _text(hexadecimal: bytes) -> str:
    return bytes.fromhex(hexadecimal.decode("ascii")).decode("utf-16-be")


def _table(cmap: bytes) -> dict[str, str]:
    """Glyph -> text of a /ToUnicode table, without those that mean nothing."""
    table = {}
    singles, _, ranges = cmap.partition(b"beginbfrange")
    for glyph, text in _KNOWN.findall(singles):
        if text != b"0000":
            table[glyph.decode("ascii")] = _text(text)
    for first, last, text in _RANGE.findall(ranges):
        for number in range(int(first, 16), int(last, 16) + 1):
            table[f"{number:04X}"] = chr(int(text, 16) + number - int(first, 16))
    return table


class _Span(NamedTuple):
    """A cluster of one page: the font in force and its size, what it means, its glyphs, its place in the page."""

    font: str
    size: float
    text: str
    glyphs: list[str]
    place: re.Match[bytes]


def _spans(content: bytes) -> Iterator[_Span]:
    fonts = list(_FONT.finditer(content))
    at = 0
    font, size = "", 0.0
    for span in _SPAN.finditer(content):
        while at < len(fonts) and fonts[at].start() < span.end():
            font, size = fonts[at][1].decode("ascii"), float(fonts[at][2])
            at += 1
        glyphs = [
            shown[number : number + 4].decode("ascii")
            for shown in _SHOWN.findall(span[2])
            for number in range(0, len(shown), 4)
        ]
        yield _Span(font, size, _text(span[1]), glyphs, span)


def _learned(
    clusters: list[tuple[str, list[str]]], table: dict[str, str], unknown: set[str]
) -> dict[str, str]:
    """What unknown glyphs mean: of each cluster, what its known glyphs leave over. A later round knows more."""
    learned: dict[str, str] = {}
    for _ in range(3):
        for text, glyphs in clusters:
            left = text.replace(SARA_AM, NIKHAHIT + AA)
            missing = []
            for glyph in glyphs:
                means = table.get(glyph) or learned.get(glyph)
                if means is not None:
                    left = left.replace(means, "", 1)
                elif glyph in unknown:
                    missing.append(glyph)
            if len(missing) == 1 and left:
                learned[missing[0]] = left
    return learned


def _widths(font: Any) -> dict[str, float]:
    """Glyph -> width in thousandths of the size."""
    rows = font["/DescendantFonts"][0].get_object().get("/W", [])
    found: dict[str, float] = {}
    at = 0
    while at < len(rows):
        first, second = int(rows[at]), rows[at + 1]
        if isinstance(second, list):
            found |= {f"{first + n:04X}": float(width) for n, width in enumerate(second)}
            at += 2
        else:
            found |= {f"{glyph:04X}": float(rows[at + 2]) for glyph in range(first, int(second) + 1)}
            at += 3
    return found


def _room(content: bytes, span: _Span, widths: dict[str, float]) -> float:
    """From the last sign of a cluster to where the next letter stands, or to the end of the cluster's first letter."""
    following = _NEXT.match(content, span.place.end())
    if following is not None:
        return float(following[1])
    moved = [float(step) for step in _MOVED.findall(span.place[2])]
    steps = len(_SHOWN.findall(span.place[2])) - 1
    return widths.get(span.glyphs[0], 0) * span.size / 1000 - sum(
        moved[len(moved) - steps :] if steps else []
    )


def _roomy(content: bytes, spans: list[_Span], widths: dict[str, dict[str, float]]) -> bytes:
    """The page with the room behind each last sign given to the sign (operator Tc)."""
    pieces = []
    done = 0
    for span in spans:
        shown = list(_SHOWN.finditer(span.place[2]))
        if span.font not in widths or len(shown) < 2 or len(shown[-1][1]) != 4:
            continue
        own = widths[span.font].get(span.glyphs[-1], 0) * span.size / 1000
        room = _room(content, span, widths[span.font]) - own
        if room <= 0:
            continue
        start = span.place.start(2) + shown[-1].start()
        end = span.place.start(2) + shown[-1].end()
        pieces += [content[done:start], b"%.4f Tc\n" % room, content[start:end], b"\n0 Tc"]
        done = end
    return b"".join([*pieces, content[done:]])


def mend(writer: PdfWriter) -> None:
    """Complete the tables of the Lao faces and close the gaps after marks, on every page."""
    clusters: dict[int, list[tuple[str, list[str]]]] = {}
    tables: dict[int, Any] = {}
    widths: dict[int, dict[str, float]] = {}
    for page in writer.pages:
        resources: Any = page["/Resources"]
        fonts = {
            name.removeprefix("/"): font.get_object() for name, font in resources.get("/Font", {}).items()
        }
        lao = {name: font for name, font in fonts.items() if LAO_FACE in font["/BaseFont"]}
        contents: Any = page["/Contents"].get_object()
        content = contents.get_data()
        spans = [span for span in _spans(content) if span.font in lao]
        for name, font in lao.items():
            tables[id(font)] = font
            widths.setdefault(id(font), _widths(font))
            clusters.setdefault(id(font), []).extend(
                (span.text, span.glyphs) for span in spans if span.font == name
            )
        contents.set_data(_roomy(content, spans, {name: widths[id(font)] for name, font in lao.items()}))
    for key, font in tables.items():
        _complete(font, clusters[key])


def _complete(font: Any, clusters: list[tuple[str, list[str]]]) -> None:
    stream = font["/ToUnicode"].get_object()
    cmap = stream.get_data()
    unknown = {glyph.decode("ascii") for glyph in _UNKNOWN.findall(cmap)}
    learned = _learned(clusters, _table(cmap), unknown)

    def means(match: re.Match[bytes]) -> bytes:
        text = learned.get(match[1].decode("ascii"))
        return (
            match[0]
            if text is None
            else b"<%s> <%s>" % (match[1], text.encode("utf-16-be").hex().encode().upper())
        )

    stream.set_data(_UNKNOWN.sub(means, cmap))

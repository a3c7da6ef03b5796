"""The bookmarks of a PDF, written as the headings they lead to: "tiếng Việt / ພາສາລາວ".

Chromium takes a bookmark from the lines of a heading as they were broken, with nothing between them: the two languages
run together, and so do two words between which a line ends.
"""

import re
import unicodedata
from html import unescape
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

_HEADING = re.compile(r"<h[1-4][^>]*>(.*?)</h[1-4]>", re.DOTALL)
_LANGUAGE = re.compile(r'<span lang="(?:vi|lo)">')
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"[\s\u2060]+")


def _squeezed(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFC", text))


def titles(html: str) -> dict[str, str]:
    """Each heading of the page without white space -> its bookmark, the languages apart."""
    found = {}
    for inner in _HEADING.findall(html):
        parts = [unescape(_TAG.sub("", part)).replace("\u2060", "") for part in _LANGUAGE.split(inner)]
        said = [" ".join(part.split()) for part in parts if part.strip()]
        found[_squeezed("".join(said))] = " / ".join(dict.fromkeys(said))
    found.pop("", None)
    return found


def name_bookmarks(writer: PdfWriter, html: str) -> None:
    """Give every bookmark its heading's title; one that is not known stays."""
    known = titles(html)
    outline: Any = writer.root_object.get("/Outlines")
    waiting = [outline.get_object().get("/First")] if outline is not None else []
    while waiting:
        item = waiting.pop()
        if item is None:
            continue
        row: Any = item.get_object()
        # What follows a heading that is repeated on the next column is its own end once more.
        said = _squeezed(str(row["/Title"]))
        if heading := max((key for key in known if said.startswith(key)), key=len, default=""):
            row[NameObject("/Title")] = TextStringObject(known[heading])
        waiting += [row.get("/Next"), row.get("/First")]

"""What a page tells the frame around it: one HTML comment on the first line of its Markdown file.

Front matter is not used: MkDocs and the theme print some of it unescaped. The comment is JSON with every
character that could end a comment or a tag written as an escape, and it does not reach the built page.
"""

import json
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

FIRST_LINE = re.compile(r"\A<!--(.*?)-->[ \t]*\r?\n?", re.DOTALL)
SOURCE_FILE = re.compile(r"\bdata/[a-z]+/[a-z0-9-]+\.yaml\b")
HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
LEAD = re.compile(r'<p\b[^>]*\bclass="[^"]*\blead\b[^"]*"[^>]*>(.*?)</p>', re.DOTALL)
PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")

# How the first line of every generated page begins; no written page begins so.
MADE = "<!-- made "

DESCRIPTION_LENGTH = 240


@dataclass(frozen=True)
class Neighbour:
    """The page before, after or above: path from the root of its language, and its title."""

    path: str
    title: str


@dataclass(frozen=True)
class PageInfo:
    """`source` is the YAML file the page was made from; `title` and `description` are plain text; empty
    ones are taken from the page's first heading and its lead. `scripts` are paths from the site's root, loaded
    on this page alone. A page whose body `is_html` throughout does not go through Markdown: several times
    faster, and no text in it can become markup. `thing` is what the page is about in the words of schema.org.
    `above` is the entry whose card or list the page is. `written` is true of the pages people write."""

    source: str = ""
    title: str = ""
    description: str = ""
    previous: Neighbour | None = None
    next: Neighbour | None = None
    above: Neighbour | None = None
    thing: dict[str, Any] | None = None
    scripts: tuple[str, ...] = ()
    is_html: bool = False
    written: bool = False


def first_line(info: PageInfo) -> str:
    """The comment to put on the first line of a generated page, line end included."""
    values: dict[str, Any] = {}
    for name in ("title", "description", "scripts", "is_html", "thing"):
        if value := getattr(info, name):
            values[name] = value
    for name in ("previous", "next", "above"):
        neighbour: Neighbour | None = getattr(info, name)
        if neighbour:
            values[name] = [neighbour.path, neighbour.title]
    said = json.dumps(values, ensure_ascii=False, separators=(",", ":")) if values else ""
    # Two dashes end a comment; one may be a number's sign, which JSON knows by no other name.
    said = said.replace("--", "-\\u002d")
    for character in "<>&":
        said = said.replace(character, f"\\u{ord(character):04x}")
    origin = f"from {info.source}" if info.source else "by the build"
    return f"{MADE}{origin}; do not edit {said}-->\n"


def is_generated(page: Path) -> bool:
    """Whether a file below docs/ was written by the build."""
    with page.open("rb") as file:
        return file.read(len(MADE)) == MADE.encode()


def take(markdown: str) -> tuple[PageInfo, str]:
    """The info of a page's first line, and the page without that line. A written page needs none."""
    match = FIRST_LINE.match(markdown)
    if match is None:
        return PageInfo(written=True), markdown
    comment = match.group(1)
    source = SOURCE_FILE.search(comment)
    values: dict[str, Any] = {}
    if (start := comment.find("{")) >= 0:
        values = json.loads(comment[start:])
    return (
        PageInfo(
            source=source.group(0) if source else "",
            title=values.get("title", ""),
            description=values.get("description", ""),
            previous=Neighbour(*values["previous"]) if "previous" in values else None,
            next=Neighbour(*values["next"]) if "next" in values else None,
            above=Neighbour(*values["above"]) if "above" in values else None,
            thing=values.get("thing"),
            scripts=tuple(values.get("scripts", ())),
            is_html=values.get("is_html", False),
            written=not markdown.startswith(MADE),
        ),
        markdown[match.end() :],
    )


def plain(html: str) -> str:
    """HTML as one line of plain text, without tags and control characters."""
    return " ".join(CONTROL.sub(" ", unescape(TAG.sub("", html))).split(" ")).strip()


def heading_of(content: str) -> str:
    """The text of the first heading of a page's HTML, or an empty text."""
    match = HEADING.search(content)
    return plain(match.group(1)) if match else ""


def summary_of(content: str) -> str:
    """The lead of a page's HTML (else its first paragraph), cut at a space where it is long.

    A space ends a word in Vietnamese and a phrase in Lao, so neither is cut inside.
    """
    match = LEAD.search(content) or PARAGRAPH.search(content)
    text = plain(match.group(1)) if match else ""
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    return text[: text.rfind(" ", 0, DESCRIPTION_LENGTH)] + "…"

"""Atom feeds of changes, one per language (RFC 4287)."""

from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

from generator.labels import LANGUAGES, Language, labels
from generator.model.happening import Notice
from generator.model.scalars import PartialDate
from generator.reading.handbook import Handbook

ATOM = "http://www.w3.org/2005/Atom"
FALLBACK_BASE = "urn:border-trade-handbook:"


def feed(handbook: Handbook, today: date, language: Language, site_url: str) -> bytes:
    """The notices as Atom, newest first. Without a site address, ids are URNs and links relative."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    words = labels(language)
    own = "feed.xml" if language == "vi" else "lo/feed.xml"
    home = "" if language == "vi" else "lo/"
    _child(root, "id", (site_url or FALLBACK_BASE) + own)
    _child(root, "title", f"{words['site.name']}: {words['home.changes']}")
    dated = [
        (str(notice.on), notice_id, notice)
        for notice_id, notice in handbook.of(Notice).items()
        if isinstance(notice.on, PartialDate)
    ]
    dated.sort(key=lambda row: (row[0], row[1]), reverse=True)
    latest = max((notice.verified.on.first for _, _, notice in dated), default=today)
    _child(root, "updated", f"{latest.isoformat()}T00:00:00Z")
    ElementTree.SubElement(root, f"{{{ATOM}}}link", {"rel": "self", "href": site_url + own})
    ElementTree.SubElement(
        root, f"{{{ATOM}}}link", {"rel": "alternate", "href": site_url + home + "index.html"}
    )
    author = ElementTree.SubElement(root, f"{{{ATOM}}}author")
    _child(author, "name", words["site.name"])
    for on, notice_id, notice in dated:
        entry = ElementTree.SubElement(root, f"{{{ATOM}}}entry")
        address = f"{home}notices/{notice_id}.html"
        _child(entry, "id", (site_url or FALLBACK_BASE) + address)
        _child(entry, "title", notice.name[language])
        _child(entry, "updated", f"{notice.verified.on.first.isoformat()}T00:00:00Z")
        _child(entry, "published", f"{PartialDate.parse(on).first.isoformat()}T00:00:00Z")
        ElementTree.SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "href": site_url + address})
        _child(entry, "summary", notice.text[language])
    ElementTree.indent(root)
    said: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return said + b"\n"


def _child(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def feed_files(handbook: Handbook, today: date, site_url: str) -> Iterator[tuple[str, bytes]]:
    """`feed.xml` and `lo/feed.xml`."""
    for language in LANGUAGES:
        path = "feed.xml" if language == "vi" else "lo/feed.xml"
        yield path, feed(handbook, today, language, site_url)

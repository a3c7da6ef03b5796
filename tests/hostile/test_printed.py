"""The book and the posters of hostile texts: the same elements as those of plain words, and every text whole."""

import re
from html import unescape
from types import MappingProxyType

from hostile_site import TODAY, HarmlessSource, HostileSource, handbook_of
from lxml import etree

from generator.offline.book.content import whole_book
from generator.offline.book.layout import Imprint, book_html
from generator.offline.book.poster import poster_html
from generator.offline.portable.age import Published
from generator.reading.handbook import Handbook

IMPRINT = Imprint(Published(TODAY, 92, 183), "https://handbook.example/")


def printed(handbook: Handbook) -> dict[str, str]:
    """What Chromium is given to print."""
    book = book_html(
        whole_book(handbook, TODAY),
        IMPRINT,
        lambda texts, language: list(range(len(texts))),
        MappingProxyType({}),
    )
    posters = {
        gate: poster_html(handbook, gate, TODAY, IMPRINT, "A4", 1.0)[1] for gate in handbook.entries["gates"]
    }
    return {"book": book, **posters}


def elements(html: str) -> set[str]:
    """Each kind of element with the names of its attributes. Their number may differ: glossaries have a heading a letter."""
    root = etree.fromstring(html.encode(), etree.HTMLParser(encoding="utf-8"))
    return {
        f"{element.tag} {' '.join(sorted(set(element.keys()) - {'class'}))}"
        for element in root.iter()
        if isinstance(element.tag, str)
    }


def rules_of(html: str) -> list[str]:
    """The style sheet with its strings taken out: what is left may not differ."""
    style = "".join(re.findall(r"<style>(.*?)</style>", html, re.DOTALL))
    return re.sub(r'"(?:[^"\\]|\\.)*"', '""', style).split("\n")


def test_hostile_texts_change_nothing_that_is_printed_but_the_words() -> None:
    source = HostileSource(0)
    hostile, plain = printed(handbook_of(source)), printed(handbook_of(HarmlessSource(0)))
    assert hostile.keys() == plain.keys() and len(hostile) == 3
    for name, html in hostile.items():
        assert elements(html) <= elements(plain[name]), name
        assert rules_of(html) == rules_of(plain[name]), name
        assert "<script" not in html.lower()
        text = " ".join(unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL)).split())
        for mark in set(re.findall(r"\bq\d+\b", text)) & source.marked.keys():
            assert source.marked[mark] in text, (name, mark)

"""Search documents of the handbook: one per entry, both languages in it."""

import re
from collections.abc import Iterator
from datetime import date

from generator.labels import LANGUAGES
from generator.model.agreement import Agreement
from generator.model.document import Document
from generator.model.entry import Entry
from generator.model.gate import Gate
from generator.model.goods import Goods
from generator.model.reference import Source, Term
from generator.model.scalars import UNKNOWN
from generator.model.text import Name
from generator.reading.handbook import EntryKey, Handbook
from generator.site.page_info import plain
from generator.views.blocks import PageView
from generator.views.pages import Views, views_of
from search.document import SearchDocument, Section

# Citation marks such as [3] are no words of the text.
_CITATION = re.compile(r"\s*\u2060?\[\d+\]")


# What explains a word, or only names a source, stands behind the entries that treat of the matter.
_WEIGHTS = {"glossary": 0.8, "sources": 0.5}


def _plain(html: str) -> str:
    return _CITATION.sub("", plain(html.replace("<br>", " ").replace("</a><a", "</a> <a"))).replace(
        "\u2060", ""
    )


def _sections(page: PageView) -> dict[str, tuple[str, str]]:
    """Anchor -> (heading, text) of what is worth searching, in page order."""
    found: dict[str, tuple[str, list[str]]] = {}
    for anchor, section, (tag, html) in page.pairs():
        if section is not None and not section.indexed:
            continue
        heading = section.heading if section is not None else ""
        texts = found.setdefault(anchor, (heading, []))[1]
        if tag != "h2":
            texts.append(_plain(str(html)))
    return {anchor: (heading, "\n".join(texts)) for anchor, (heading, texts) in found.items()}


def _names(entry: Entry) -> tuple[dict[str, str], list[str]]:
    """Titles by language, and every other name the entry answers to."""
    if isinstance(entry, Source):
        language = entry.lang if entry.lang in ("vi", "lo", "en") else "en"
        return {language: entry.title}, []
    if isinstance(entry, Term):
        titles = {"vi": entry.name.vi, "lo": entry.name.lo}
        return titles | ({"en": entry.name.en} if entry.name.en else {}), [
            *entry.variants_lo,
            *entry.variants_vi,
        ]
    name: Name = entry.name  # type: ignore[attr-defined]  # every other kind has one
    titles = {"vi": name.vi, "lo": name.lo} | ({"en": name.en} if name.en else {})
    return titles, list(_aliases(entry))


def _aliases(entry: Entry) -> Iterator[str]:
    yield from getattr(entry, "aliases", ())
    if isinstance(entry, Gate):
        for half in (entry.vietnam, entry.laos):
            yield from half.aliases
            if half.name is not None:
                yield from (half.name.vi, half.name.lo, *([half.name.en] if half.name.en else []))
                # What people call a gate whatever its class.
                yield from (f"cửa khẩu {half.name.vi}", f"ດ່ານ{half.name.lo}")
    if isinstance(entry, Goods):
        yield from (*entry.everyday.vi, *entry.everyday.lo)
    if isinstance(entry, Agreement) and entry.short_name is not None:
        yield from (entry.short_name.vi, entry.short_name.lo)
    for former in getattr(entry, "former_names", ()):
        yield from (former.name.vi, former.name.lo)


def _codes(entry: Entry) -> Iterator[str]:
    if isinstance(entry, Agreement) and entry.number != UNKNOWN:
        yield entry.number
    if isinstance(entry, Goods) and entry.headings != UNKNOWN:
        yield from (heading.code for heading in entry.headings)
    if isinstance(entry, Document) and entry.form != UNKNOWN and re.search(r"\d", entry.form.vi):
        yield entry.form.vi


def search_document(handbook: Handbook, key: EntryKey, views: Views) -> SearchDocument:
    """The search document of one entry. The text is what its page says, section by section."""
    entry = handbook.entries[key.kind][key.id]
    titles, aliases = _names(entry)
    pages = {language: _sections(views[language]) for language in LANGUAGES}
    sections = [
        Section(
            anchor,
            {language: pages[language][anchor][0] for language in LANGUAGES if pages[language][anchor][0]},
            {language: pages[language][anchor][1] for language in LANGUAGES if pages[language][anchor][1]},
        )
        for anchor in pages["vi"]
    ]
    unique = dict.fromkeys(alias for alias in aliases if alias not in titles.values())
    return SearchDocument(
        id=key.id,
        kind=key.kind,
        url={"vi": f"{key.kind}/{key.id}.html", "lo": f"lo/{key.kind}/{key.id}.html"},
        title=titles,
        aliases=tuple(unique),
        codes=tuple(dict.fromkeys(_codes(entry))),
        sections=tuple(sections),
        weight=_WEIGHTS.get(key.kind, 1.0),
    )


def search_documents(handbook: Handbook, today: date) -> Iterator[SearchDocument]:
    """One search document per entry, in order of kind and id."""
    for key, _entry in handbook:
        yield search_document(handbook, key, views_of(handbook, key, today))

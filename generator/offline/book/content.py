"""What the printed handbook holds: parts, entries with their lines in both languages, glossary, names."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from generator.exports.documents import search_document
from generator.labels import LANGUAGES, Labels, Language, labels
from generator.model.reference import Term
from generator.reading.handbook import EntryKey, Handbook
from generator.views.blocks import PageView, Sources
from generator.views.border_line import in_order
from generator.views.pages import page_view, views_of
from search.analyzer import analyze

# Kinds of the book, in the order of its parts.
KINDS = ("gates", "journeys", "procedures", "documents", "agreements")
# Each of these begins on a page of its own.
OWN_PAGE = frozenset({"gates", "journeys", "procedures"})
# Sections that say where a page stands on the web, or are printed across both columns.
NOT_PAIRED = frozenset({"sources", "related", "trust", "border-line"})

_ENTRY_LINK = re.compile(r'href="(?:\.\./)?([a-z]+)/([a-z0-9-]+)\.html(?:#[^"]*)?"')
_OTHER_LINK = re.compile(r' href="(?!https?:|mailto:|#)[^"]*"')
_LOCAL_LINK = re.compile(r' href="#(?:s(\d+)|[^"]*)"')
_LINK_TAG = re.compile(r"</?a\b[^>]*>")


def anchor(kind: str, entry_id: str) -> str:
    """The id of an entry in the book."""
    return f"{kind}.{entry_id}"


@dataclass(frozen=True, slots=True)
class PrintedPair:
    """One line in both languages; `tag` is h3, h4 or p."""

    tag: str
    vi: Markup
    lo: Markup


@dataclass(frozen=True, slots=True)
class PrintedSource:
    """A source below an entry: its number, the id citations lead to, the citation."""

    number: int
    id: str
    html: Markup


@dataclass(frozen=True, slots=True)
class PrintedEntry:
    """An entry with both titles, the line of its state in both languages, its lines, and its sources."""

    id: str
    vi: str
    lo: str
    own_page: bool
    state_vi: str
    state_lo: str
    pairs: tuple[PrintedPair, ...]
    sources: tuple[PrintedSource, ...]


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """A part of the book with its entries; `id` names its page style as well."""

    id: str
    vi: str
    lo: str
    entries: tuple[PrintedEntry, ...]


@dataclass(frozen=True, slots=True)
class GlossaryRow:
    """A term: the word of the column it is sorted by, the word of the other language, whether it is settled."""

    first: str
    second: str
    english: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A name and the entries it leads to, as ids in the book."""

    name: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """All of it. Glossaries and indexes are by language of the sorted word, and not sorted yet."""

    parts: tuple[PrintedPart, ...]
    glossary: Mapping[Language, tuple[GlossaryRow, ...]]
    index: Mapping[Language, tuple[IndexRow, ...]]


def _links(html: Markup, entry_id: str, printed: frozenset[str]) -> Markup:
    """Links within the book; those to places it does not hold become plain words. Addresses of the web stay."""

    def to_source(match: re.Match[str]) -> str:
        return f' href="#{entry_id}.s{match[1]}"' if match[1] else ""

    def to_entry(match: re.Match[str]) -> str:
        target = anchor(match[1], match[2])
        return f'href="#{target}"' if target in printed else 'href=""'

    said = _ENTRY_LINK.sub(to_entry, _LOCAL_LINK.sub(to_source, str(html)))
    return Markup(_OTHER_LINK.sub("", said))


def _state(page: PageView) -> str:
    return " · ".join(f"{status.words} {status.when}".strip() for status in page.statuses)


def _paired(pages: Mapping[Language, PageView]) -> Iterator[PrintedPair]:
    tags = {"h2": "h3", "h3": "h4", "p": "p"}
    for (section, _, (tag, vi)), (other, _, (other_tag, lo)) in zip(
        pages["vi"].pairs(), pages["lo"].pairs(), strict=True
    ):
        assert (section, tag) == (other, other_tag), (pages["vi"].id, section, other)
        if section not in NOT_PAIRED:
            yield PrintedPair(tags[tag], vi, lo)


def _without_empty_headings(pairs: Sequence[PrintedPair]) -> Iterator[PrintedPair]:
    """A heading whose section holds nothing that is printed in pairs falls away."""
    for pair, after in zip(pairs, (*pairs[1:], None), strict=True):
        if pair.tag != "h3" or (after is not None and after.tag != "h3"):
            yield pair


def printed_entry(handbook: Handbook, key: EntryKey, today: date, printed: frozenset[str]) -> PrintedEntry:
    """An entry as the book prints it; links lead to the entries in `printed`."""
    pages = {language: page_view(handbook, key, language, today, "") for language in LANGUAGES}
    entry_id = anchor(key.kind, key.id)
    notes = [
        note
        for section in pages["vi"].sections
        for block in section.blocks
        if isinstance(block, Sources)
        for note in block.notes
    ]
    return PrintedEntry(
        id=entry_id,
        vi=pages["vi"].title,
        lo=pages["lo"].title,
        own_page=key.kind in OWN_PAGE,
        state_vi=_state(pages["vi"]),
        state_lo=_state(pages["lo"]),
        pairs=tuple(
            replace(pair, vi=_links(pair.vi, entry_id, printed), lo=_links(pair.lo, entry_id, printed))
            for pair in _without_empty_headings(tuple(_paired(pages)))
        ),
        sources=tuple(
            PrintedSource(note.number, f"{entry_id}.s{note.number}", _links(note.html, entry_id, printed))
            for note in notes
        ),
    )


def _keys(handbook: Handbook, kind: str) -> list[EntryKey]:
    ids = [gate_id for gate_id, _ in in_order(handbook)] if kind == "gates" else handbook.entries[kind]
    return [EntryKey(kind, entry_id) for entry_id in ids]


def _glossary(handbook: Handbook) -> dict[Language, tuple[GlossaryRow, ...]]:
    rows: dict[Language, list[GlossaryRow]] = {"vi": [], "lo": []}
    for term in handbook.of(Term).values():
        english, doubtful = term.name.en or "", term.lo_wording == "doubtful"
        rows["vi"].append(GlossaryRow(term.name.vi, term.name.lo, english, doubtful))
        rows["lo"].append(GlossaryRow(term.name.lo, term.name.vi, english, doubtful))
    return {language: tuple(found) for language, found in rows.items()}


def _index(handbook: Handbook, keys: Sequence[EntryKey], today: date) -> dict[Language, tuple[IndexRow, ...]]:
    """Every name and spelling of the entries, by the script it is written in."""
    found: dict[Language, dict[str, dict[str, None]]] = {"vi": {}, "lo": {}}
    for key in keys:
        document = search_document(handbook, key, views_of(handbook, key, today))
        for name in (document.title.get("vi"), document.title.get("lo"), *document.aliases, *document.codes):
            if name:
                language: Language = "lo" if re.search("[\u0e80-\u0eff]", name) else "vi"
                found[language].setdefault(name, {})[anchor(key.kind, key.id)] = None
    return {language: _without_plain_twins(names) for language, names in found.items()}


def _without_plain_twins(names: Mapping[str, Mapping[str, None]]) -> tuple[IndexRow, ...]:
    """The names; of two spellings that differ in marks alone and lead to the same entries, the one with its marks."""
    kept: dict[tuple[str, tuple[str, ...]], str] = {}
    for name, targets in names.items():
        twin = (" ".join(token.folded for token in analyze(name)) or name, tuple(targets))
        kept[twin] = max(kept.get(twin, name), name, key=_marks)
    return tuple(IndexRow(name, targets) for (_, targets), name in kept.items())


def _marks(name: str) -> int:
    return len(unicodedata.normalize("NFD", name)) + name.count("đ") + name.count("Đ")


def whole_book(handbook: Handbook, today: date) -> Book:
    """Every part of the handbook as it is printed."""
    keys = {kind: _keys(handbook, kind) for kind in KINDS}
    everything = [key for kind in KINDS for key in keys[kind]]
    printed = frozenset(anchor(key.kind, key.id) for key in everything)
    words: dict[Language, Labels] = {language: labels(language) for language in LANGUAGES}
    parts = tuple(
        PrintedPart(
            kind,
            words["vi"][f"kind.{kind}"],
            words["lo"][f"kind.{kind}"],
            tuple(printed_entry(handbook, key, today, printed) for key in keys[kind]),
        )
        for kind in KINDS
        if keys[kind]
    )
    return Book(parts, _glossary(handbook), _index(handbook, everything, today))


def unlinked(html: Markup) -> Markup:
    """A line without its links, for a sheet nobody can press."""
    return Markup(_LINK_TAG.sub("", str(html)))

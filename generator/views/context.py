"""What a view needs while it writes one page in one language: the handbook, the day, words, links, citations."""

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup, escape

from generator.labels import Labels, Language, labels, other
from generator.model.agreement import Agreement
from generator.model.entry import Basis, Entry
from generator.model.reference import Source
from generator.model.scalars import UNKNOWN, PartialDate
from generator.model.text import Name, Text
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.validity import force_on
from generator.views import formats
from generator.views.blocks import SourceNote

JOINER = Markup("\u2060")
# Kinds whose Lao names are names of places, in one word or in a pair.
PLACES = frozenset({"gates", "provinces"})
# More sources than this are named by title and date alone.
MANY_SOURCES = 20


@dataclass
class Context:
    """One page being written. `folder` is the page's folder below its language's root; links are relative to it."""

    handbook: Handbook
    today: date
    language: Language
    key: EntryKey
    folder: str
    cited: dict[str, int] = field(default_factory=dict)
    # Pages without a list of sources of their own (home, lists) print no reference numbers.
    with_sources: bool = True

    @property
    def words(self) -> Labels:
        """The interface's words in the page's language."""
        return labels(self.language)

    @property
    def other(self) -> Language:
        """The paired language."""
        return other(self.language)

    # Text

    def text(self, value: Text | None) -> Markup:
        """A text in the page's language, escaped."""
        return escape(value[self.language]) if value is not None else Markup()

    def maybe(self, value: Text | str | None) -> Markup:
        """A text, or the mark for what is not known."""
        if value is None or value == UNKNOWN:
            return self.unknown()
        return self.text(value) if isinstance(value, Text) else escape(value)

    def unknown(self) -> Markup:
        """The dashed mark that stands where a value would."""
        return Markup('<span class="unk">{}</span>').format(self.words["mark.unknown"])

    def unsourced(self, value: Markup) -> Markup:
        """A claim nobody could source: dashed underline and words."""
        return Markup('<span class="unv">{}</span> <span class="flag">{}</span>').format(
            value, self.words["mark.unsourced"]
        )

    def in_language(self, text: str, language: str, extra: str = "") -> Markup:
        """Words of another language, marked so for readers and machines; names do not break."""
        attributes = Markup(' class="{}"').format(extra) if extra else Markup()
        return Markup('<span lang="{}"{}>{}</span>').format(language, attributes, text)

    def other_name(self, name: Name | Text | None) -> Markup | None:
        """The name in the paired language, or None where both are the same."""
        if name is None or name[self.language] == name[self.other]:
            return None
        return self.in_language(name[self.other], self.other, "nb" if len(name[self.other]) < 30 else "")

    def day(self, value: PartialDate | str | None) -> str:
        """A date in figures; the words for `unknown`."""
        return formats.day(value) if isinstance(value, PartialDate) else self.words["mark.unknown"]

    def moment(self, value: PartialDate | str | None) -> str:
        """A date that stands alone, as on a timeline: what is unknown is the day, not what happened."""
        return formats.day(value) if isinstance(value, PartialDate) else self.words["day-unknown"]

    # Links

    def href(self, kind: str, entry_id: str, anchor: str = "") -> str:
        """Address of an entry's page relative to this page."""
        path = posixpath.relpath(f"{kind}/{entry_id}.html", self.folder or ".")
        return f"{path}#{anchor}" if anchor else path

    def title_of(self, kind: str, entry_id: str) -> str:
        """An entry's name in the page's language."""
        return title_in(self.handbook.name_of(kind, entry_id), self.language)

    def proper(self, kind: str, entry_id: str) -> Markup:
        """An entry's name; in Lao, that of a place holds together, for browsers cut it as if it were words."""
        title = self.title_of(kind, entry_id)
        return unbroken(title) if kind in PLACES and self.language == "lo" else escape(title)

    def link(self, kind: str, entry_id: str, words: str | None = None, anchor: str = "") -> Markup:
        """A link to an entry, or to a place on its page, by its name (or other words)."""
        return Markup('<a href="{}">{}</a>').format(
            self.href(kind, entry_id, anchor), words if words is not None else self.proper(kind, entry_id)
        )

    def links(self, kind: str, ids: Iterable[str]) -> Markup:
        """Links joined by commas."""
        return Markup(", ").join(self.link(kind, entry_id) for entry_id in ids)

    def basis(self, basis: Basis) -> Markup:
        """A legal basis: article and instrument, linked where the handbook holds it."""
        if basis.agreement:
            instrument = self.link("agreements", basis.agreement, instrument_name(self, basis.agreement))
        else:
            instrument = self.text(basis.instrument)
        if basis.article is not None:
            instrument = Markup("{}, {}").format(article_words(self, basis.article), instrument)
        said = self.over_words(basis.agreement, basis.former)
        if said:
            instrument += Markup(' <span class="small dim">({})</span>').format(said)
        return instrument

    def over_words(self, agreement_id: str | None, former: bool = False) -> str:
        """That a basis does not apply on the day, by its instrument's dates, else by its entry's word; or nothing."""
        if agreement_id is not None and agreement_id in self.handbook.of(Agreement):
            status = force_on(self.handbook, agreement_id, self.today)
            if status.force == "suspended":
                return self.words["basis.suspended"]
            former = status.over or (former and not status.in_force)
        return self.words["basis.former"] if former else ""

    # Citations

    def cite(self, sources: Sequence[str]) -> Markup:
        """Numbered references that stick to the word before them."""
        known = [source for source in sources if self.with_sources and source in self.handbook.of(Source)]
        marks = []
        for source in known:
            number = self.cited.setdefault(source, len(self.cited) + 1)
            label = f"{self.words['source-label']} {number}"
            marks.append(
                Markup('<a class="ref" href="#s{}" aria-label="{}">[{}]</a>').format(number, label, number)
            )
        return JOINER + Markup("").join(marks) if marks else Markup()

    def cited_text(self, value: Text, sources: Sequence[str]) -> Markup:
        """A text with its sources."""
        return self.text(value) + self.cite(sources)

    def source_notes(self, entry: Entry, *, cited_only: bool = False) -> tuple[SourceNote, ...]:
        """All sources of the page in the order of their numbers; those not cited singly come last, or stay away.

        A page of very many names each by title and date and leads to the source's own page, which has the rest: the
        addresses of forty sources weigh as much as the text they stand for.
        """
        for source in () if cited_only else entry.sources:
            self.cited.setdefault(source, len(self.cited) + 1)
        line = self.source_line if len(self.cited) <= MANY_SOURCES else self._source_title
        return tuple(SourceNote(number, line(source)) for source, number in self.cited.items())

    def _source_title(self, source_id: str) -> Markup:
        source = self.handbook.of(Source).get(source_id)
        if source is None:
            return escape(source_id)
        return Markup('<a href="{}">{}</a>, {}').format(
            self.href("sources", source_id),
            self.in_language(source.title, source.lang),
            formats.day(source.published)
            if isinstance(source.published, PartialDate)
            else self.words["source.undated"],
        )

    def source_short(self, source_id: str) -> Markup:
        """Publisher and date, for a conflict's small print."""
        source = self.handbook.of(Source).get(source_id)
        if source is None:
            return escape(source_id)
        when = (
            formats.day(source.published)
            if isinstance(source.published, PartialDate)
            else self.words["source.undated"]
        )
        return escape(f"{source.publisher if source.publisher != UNKNOWN else source.title}, {when}")

    def source_line(self, source_id: str) -> Markup:
        """Title, publisher, date or "undated", language."""
        source = self.handbook.of(Source).get(source_id)
        if source is None:
            return escape(source_id)
        title = self.in_language(source.title, source.lang)
        if source.url != UNKNOWN:
            title = Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(source.url, title)
        when = (
            formats.day(source.published)
            if isinstance(source.published, PartialDate)
            else self.words["source.undated"]
        )
        publisher = source.publisher if source.publisher != UNKNOWN else self.words["source.no-publisher"]
        return Markup("{}. {}, {} ({})").format(title, publisher, when, self.words[f"language.{source.lang}"])


def unbroken(name: str) -> Markup:
    """The name of a place or of a gate pair, which breaks between its halves at most."""
    first, *rest = name.split(" - ", 1)
    halves = (f"{first} -", *rest) if rest else (first,)
    return Markup(" ").join(Markup('<span class="nb">{}</span>').format(half) for half in halves)


def title_in(name: Text | str, language: str) -> str:
    """The name of any entry in a language; a source's own title stays as it is."""
    if isinstance(name, str):
        return name
    return name.lo if language == "lo" else name.vi


def instrument_name(context: Context, agreement_id: str) -> str:
    """A short way to name an instrument: its kind and number, or its short name, or its name."""
    agreement = context.handbook.of(Agreement).get(agreement_id)
    if agreement is None:
        return agreement_id
    if agreement.number != UNKNOWN and agreement.side != "both":
        return context.words.fill(
            "agreement.cited",
            kind=context.words[f"agreement-kind.{agreement.instrument_kind}"],
            number=agreement.number,
        )
    return (
        agreement.short_name[context.language] if agreement.short_name else agreement.name[context.language]
    )


def article_words(context: Context, article: Text) -> Markup:
    """`Điều 8` for a bare number, else the words given."""
    said = article[context.language]
    return escape(context.words.fill("agreement.article", n=said) if said[:1].isdigit() else said)

"""Lists too long for one page on a poor line: the glossary by field, the sources by kind and, for the press, by year.

The parts are the same in both languages, so each has one address; within a part the order is that of the language.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.model.reference import Source, Term
from generator.model.scalars import PartialDate
from generator.reading.handbook import Handbook
from generator.views.blocks import Cell, Items, Letter, Register, Section, Table, TableRow
from generator.views.collation import initial, sort_key
from generator.views.context import Context

# The folder of the parts below the kind's own; entries never stand in a folder of their own.
FOLDERS = {"glossary": "domain", "sources": "by"}
BY_YEAR = "press"
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a long list. `group` is the field or kind, `year` only where a group is split further."""

    kind: str
    group: str
    year: str
    ids: tuple[str, ...]

    @property
    def slug(self) -> str:
        """The page's name."""
        return f"{self.group}-{self.year}" if self.year else self.group

    @property
    def folder(self) -> str:
        """The page's folder below its language's root."""
        return f"{self.kind}/{FOLDERS[self.kind]}"

    def title(self, context: Context) -> str:
        """What the part holds."""
        words = context.words
        if self.kind == "glossary":
            return words[f"domain.{self.group}"]
        name = words[f"source-kind.{self.group}"]
        if not self.year:
            return name
        return f"{name}: {words['source.undated'] if self.year == UNDATED else self.year}"


def parts(handbook: Handbook, kind: str) -> tuple[Part, ...]:
    """All parts of a long list, none for other kinds: groups by name, the press newest first."""
    found: dict[tuple[str, str], list[str]] = {}
    for entry_id, group, year in _grouped(handbook, kind):
        found.setdefault((group, year), []).append(entry_id)
    ordered = sorted(
        found, key=lambda key: (key[0], key[1] == UNDATED, -int(key[1]) if key[1].isdecimal() else 0)
    )
    return tuple(Part(kind, *key, tuple(found[key])) for key in ordered)


def _grouped(handbook: Handbook, kind: str) -> Iterator[tuple[str, str, str]]:
    if kind == "glossary":
        for entry_id, term in handbook.of(Term).items():
            yield entry_id, term.domain, ""
    elif kind == "sources":
        for entry_id, source in handbook.of(Source).items():
            year = ""
            if source.source_kind == BY_YEAR:
                year = str(source.published.year) if isinstance(source.published, PartialDate) else UNDATED
            yield entry_id, source.source_kind, year


def parts_index(context: Context, kind: str) -> list[Section]:
    """The list's first page: its parts with how many entries each holds."""
    links = []
    for part in sorted(parts(context.handbook, kind), key=lambda part: part.kind == "glossary" and sort_key(
        part.title(context), context.language)):  # fmt: skip
        link = Markup('<a href="{}/{}.html">{}</a>').format(FOLDERS[kind], part.slug, part.title(context))
        links.append(link + Markup(' <span class="dim">{}</span>').format(len(part.ids)))
    heading = context.words["field.domain" if kind == "glossary" else "field.source-kind"]
    return [Section("parts", heading, (Items(tuple(links)),))]


def part_sections(context: Context, part: Part) -> list[Section]:
    """The page of one part."""
    block = _terms(context, part) if part.kind == "glossary" else _sources(context, part)
    return [Section("table", context.words["list.all"], (block,))]


def _terms(context: Context, part: Part) -> Register:
    """Terms under the letters of the reader's language, with a list of letters to jump to."""
    words = context.words
    terms = [(context.handbook.get(Term, entry_id), entry_id) for entry_id in part.ids]
    terms.sort(key=lambda item: (sort_key(item[0].name[context.language], context.language), item[1]))
    first, second = ("vi", "lo") if context.language == "vi" else ("lo", "vi")
    labels = [words[f"field.term-{language}"] for language in (first, second, "en")]
    letters: dict[str, list[TableRow]] = {}
    for term, entry_id in terms:
        said = {"vi": context.in_language(term.name.vi, "vi"), "lo": _lao(context, term)}
        link = Markup('<a href="{}">{}</a>').format(context.href("glossary", entry_id), said[first])
        english = context.in_language(term.name.en, "en") if term.name.en else Markup()
        row = TableRow((Cell(link, heading=True), Cell(said[second], labels[1]), Cell(english, labels[2])))
        letters.setdefault(initial(term.name[context.language], context.language), []).append(row)
    return Register(
        tuple(Cell(escape(label)) for label in labels),
        tuple(Letter(letter, tuple(rows)) for letter, rows in letters.items()),
        words["list.letters"],
    )


def _lao(context: Context, term: Term) -> Markup:
    lao = context.in_language(term.name.lo, "lo")
    if term.lo_wording != "attested":
        lao = Markup('<span class="dot">{}</span>').format(lao)
    if term.lo_wording == "doubtful":
        lao += Markup(' <span class="flag">{}</span>').format(context.words["wording.doubtful"])
    return lao


def _sources(context: Context, part: Part) -> Table:
    """Sources, newest first, those without a date last."""
    words = context.words
    head = [words[key] for key in ("list.name", "field.publisher", "field.published", "field.language")]
    sources = [(context.handbook.get(Source, entry_id), entry_id) for entry_id in part.ids]
    dated = sorted((item for item in sources if isinstance(item[0].published, PartialDate)),
                   key=lambda item: (str(item[0].published), item[1]), reverse=True)  # fmt: skip
    rows = []
    for source, entry_id in (*dated, *(item for item in sources if item not in dated)):
        title = Markup('<a href="{}" lang="{}">{}</a>').format(
            context.href("sources", entry_id), source.lang, source.title
        )
        published = source.published
        when = context.day(published) if isinstance(published, PartialDate) else words["source.undated"]
        rows.append(
            TableRow(
                (
                    Cell(title, heading=True),
                    Cell(context.maybe(source.publisher), head[1]),
                    Cell(escape(when), head[2]),
                    Cell(escape(words[f"language.{source.lang}"])),
                )
            )
        )
    return Table(tuple(Cell(escape(label)) for label in head), tuple(rows), tight=True)

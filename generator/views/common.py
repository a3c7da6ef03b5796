"""Sections every entry page ends with: conflicts, doubts, related entries, verification, sources."""

from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup, escape

from generator.model.entry import Conflict, Entry, Fact, Milestone
from generator.model.scalars import PartialDate
from generator.reading.review import awaiting_review
from generator.views import formats
from generator.views.blocks import (
    Block,
    Box,
    ConflictBox,
    Facts,
    Items,
    Moment,
    Row,
    Section,
    Sources,
    Status,
    Timeline,
)
from generator.views.collation import sort_key
from generator.views.context import Context

# Which of the kinds that refer to an entry are worth a heading, in the order shown.
RELATED_KINDS = (
    "notices", "journeys", "procedures", "documents", "goods", "gates", "agreements", "zones", "offices", "projects",
    "events", "statistics", "provinces", "glossary",
)  # fmt: skip

# Kinds whose names are short enough to stand in one line.
IN_A_LINE = ("goods", "gates", "provinces", "glossary", "zones")


def facts_table(context: Context, rows: Sequence[Row | None]) -> Facts:
    """A fact table of the rows that apply."""
    words = context.words
    return Facts(tuple(row for row in rows if row is not None), words["lao-side"], words["vietnamese-side"])


def whole(context: Context, key: str, value: Markup) -> Row:
    """A fact that is one for both sides."""
    return Row(key, context.words[f"field.{key}"], whole=value)


def sided(context: Context, key: str, laos: Markup, vietnam: Markup) -> Row:
    """A fact with a value per side."""
    return Row(key, context.words[f"field.{key}"], laos=laos, vietnam=vietnam)


def fact_line(context: Context, fact: Fact) -> Markup:
    """One statement with its date, validity and sources."""
    line = context.text(fact.text) + context.cite(fact.sources)
    notes = []
    words = context.words
    if fact.on is not None:
        notes.append(formats.day(fact.on))
    if fact.as_of is not None:
        notes.append(words.fill("fact.as-of", date=formats.day(fact.as_of)))
    if fact.valid_from is not None and fact.valid_from.first > context.today:
        notes.append(words.fill("fact.from-coming", date=formats.day(fact.valid_from)))
    elif fact.valid_from is not None:
        notes.append(words.fill("fact.from", date=formats.day(fact.valid_from)))
    if fact.valid_to is not None:
        notes.append(words.fill("fact.until", date=formats.day(fact.valid_to)))
    if notes:
        line += Markup(' <span class="small dim">({})</span>').format("; ".join(notes))
    return line


def fact_items(context: Context, facts: Sequence[Fact]) -> Items:
    """Statements as a list; what has ended by the day of the handbook comes last."""
    current = [fact for fact in facts if fact.valid_to is None or fact.valid_to.last >= context.today]
    ended = [fact for fact in facts if fact not in current]
    return Items(tuple(fact_line(context, fact) for fact in (*current, *ended)))


def facts_section(
    context: Context, key: str, facts: Sequence[Fact], *, aside: bool = False
) -> Section | None:
    """A section of statements, or None without any."""
    if not facts:
        return None
    return Section(key, context.words[f"field.{key}"], (fact_items(context, facts),), aside)


def timeline(context: Context, milestones: Sequence[Milestone]) -> Timeline:
    """Milestones by date; undated ones first, coming ones marked by their date alone."""
    ordered = sorted(milestones, key=lambda item: str(item.on) if isinstance(item.on, PartialDate) else "")
    return Timeline(
        tuple(
            Moment(context.moment(item.on), context.text(item.what) + context.cite(item.sources))
            for item in ordered
        )
    )


def conflict_box(context: Context, conflict: Conflict, number: int) -> ConflictBox:
    """A conflict of the entry, with anchor `conflict-N`."""
    values = []
    for value in conflict.values:
        said = Markup("<b>{}</b>").format(context.text(value.value)) + context.cite(value.sources)
        origin = [context.source_short(source) for source in value.sources]
        if value.on is not None:
            origin.append(escape(formats.day(value.on)))
        if origin:
            said += Markup('<br><span class="small dim">{}</span>').format(Markup("; ").join(origin))
        values.append(said)
    verdict = None
    if conflict.verdict is not None:
        verdict = Markup("<b>{}</b> {}").format(
            context.words["conflict.verdict"], context.text(conflict.verdict)
        )
    note = context.text(conflict.note) if conflict.note is not None else None
    heading = context.words.fill("conflict.heading", topic=conflict.topic[context.language])
    return ConflictBox(f"conflict-{number}", heading, tuple(values), note, verdict)


def conflicts_section(context: Context, entry: Entry) -> Section | None:
    """All conflicts of the entry."""
    if not entry.conflicts:
        return None
    boxes = tuple(conflict_box(context, conflict, n) for n, conflict in enumerate(entry.conflicts, 1))
    return Section("conflicts", context.words["field.conflicts"], boxes)


def unverified_section(context: Context, entry: Entry) -> Section | None:
    """Claims nobody could source, marked as such."""
    if not entry.unverified:
        return None
    items = tuple(context.unsourced(context.text(item.claim)) for item in entry.unverified)
    note = Box("", "", (escape(context.words["unverified.note"]),))
    return Section("unverified", context.words["field.unverified"], (note, Items(items)))


def related_section(context: Context, *, skip: Sequence[str] = ()) -> Section | None:
    """Who refers to this entry, by kind: what links here."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for key, _path in context.handbook.backlinks.get(context.key, ()):
        if key.kind not in skip and key != context.key and key.id in context.handbook.entries[key.kind]:
            found[key.kind][key.id] = None
    blocks: list[Block] = []
    for kind in RELATED_KINDS:
        if kind in found:
            ids = sorted(
                found[kind], key=lambda entry_id: sort_key(context.title_of(kind, entry_id), context.language)
            )
            links = [context.link(kind, entry_id) for entry_id in ids]
            label = context.words[f"kind.{kind}"]
            if kind in IN_A_LINE:
                said = Markup("<b>{}</b>: {}").format(label, Markup("; ").join(links))
                blocks.append(Items((said,)))
            else:
                blocks += [Items((Markup("<b>{}</b>").format(label),)), Items(tuple(links))]
    return (
        Section("related", context.words["field.related"], tuple(blocks), indexed=False) if blocks else None
    )


def verification(context: Context, entry: Entry) -> Markup:
    """When and by whom the entry was last compared with its sources."""
    by = entry.verified.by
    who = context.words["verified.editors"]
    if by != "editors":
        who = context.title_of("offices", by) if by in context.handbook.entries["offices"] else by
    return escape(context.words.fill("verified.line", date=formats.day(entry.verified.on), who=who))


def trust_section(context: Context, entry: Entry) -> Section:
    """How far the page can be trusted: verification, review of both languages, permanent address."""
    words = context.words
    waiting = awaiting_review(entry)
    rows = [whole(context, "verified", verification(context, entry))]
    for language in ("vi", "lo"):
        count, total = waiting[language]
        # An entry without a text of ours, as most sources are, has nothing to review.
        if not total:
            continue
        key = "review.all" if count == 0 else "review.none" if count == total else "review.some"
        said = words.fill(key, n=total - count, total=total)
        rows.append(whole(context, f"review-{language}", escape(said)))
    if entry.valid_from is not None or entry.valid_to is not None:
        span = f"{context.day(entry.valid_from) if entry.valid_from else '…'} – {context.day(entry.valid_to) if entry.valid_to else '…'}"
        rows.append(whole(context, "valid", escape(span)))
    return Section("trust", words["field.trust"], (facts_table(context, rows),), indexed=False)


def sources_section(context: Context, entry: Entry, elsewhere: Markup | None = None) -> Section | None:
    """The numbered sources; call last, when every citation has its number.

    With `elsewhere`, which says where the sources not cited here are listed, they are not repeated.
    """
    notes = context.source_notes(entry, cited_only=elsewhere is not None)
    blocks: list[Block] = [Sources(notes)] if notes else []
    if elsewhere is not None:
        blocks.append(Items((elsewhere,)))
    return Section("sources", context.words["sources"], tuple(blocks), indexed=False) if blocks else None


def closing(
    context: Context, entry: Entry, *, skip_related: Sequence[str] = (), elsewhere: Markup | None = None
) -> list[Section | None]:
    """The sections every entry page ends with, in order; `elsewhere` as in `sources_section`."""
    return [
        conflicts_section(context, entry),
        unverified_section(context, entry),
        related_section(context, skip=skip_related),
        trust_section(context, entry),
        sources_section(context, entry, elsewhere),
    ]


def base_statuses(context: Context, entry: Entry) -> tuple[Status, ...]:
    """The label every page carries until an office has confirmed it."""
    if entry.verified.by != "editors":
        return ()
    when = context.words.fill("verified.gathered", date=formats.day(entry.verified.on))
    return (Status("un", context.words["mark.unverified"], when),)


def present(sections: Sequence[Section | None]) -> tuple[Section, ...]:
    """The sections that exist."""
    return tuple(section for section in sections if section is not None)

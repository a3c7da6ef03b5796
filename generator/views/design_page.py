"""The page that shows the design: every part pages are made of, taken from real entries and printed by the real templates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from markupsafe import Markup, escape

from generator.reading.handbook import EntryKey
from generator.views.blocks import (
    Block,
    Box,
    Cell,
    Facts,
    Items,
    Lanes,
    PageView,
    Papers,
    Section,
    Sources,
    Table,
    TableRow,
    Timeline,
)
from generator.views.border_line import CLASS_ORDER, gate_filters, in_order
from generator.views.context import Context
from generator.views.filters import chips
from generator.views.lists import ListView
from generator.views.pages import page_view

# How much of a part is enough to show it.
ENOUGH = 4
# Kinds whose pages show the most parts come first, one entry of each; the first that has a part lends it.
LENDERS = ("gates", "journeys", "statistics", "agreements", "procedures", "documents", "notices", "projects")
# What no entry of those lends, more of this kind do. So many are asked: an edit of any other does not touch the page.
FIGURES = "statistics"
MOST_LENDERS = 12
PARTS = (
    "facts", "items", "timeline", "filters", "table", "conflict", "box", "lanes", "papers", "bars", "figure",
    "sources", "border_line",
)  # fmt: skip
REFERENCE = re.compile(r'href="#s\d+"')


@dataclass(frozen=True, slots=True)
class Swatch:
    """A colour of the design by its token, and what it means."""

    token: str
    meaning: str


def _pages(context: Context) -> Iterator[PageView]:
    handbook = context.handbook
    asked = [(kind, 0, 1) for kind in LENDERS] + [(FIGURES, 1, MOST_LENDERS)]
    for kind, first, end in asked:
        for entry_id in islice(handbook.entries.get(kind, {}), first, end):
            yield page_view(
                handbook, EntryKey(kind, entry_id), context.language, context.today, context.folder
            )


def _short(block: Block) -> Block:
    """The beginning of a part that may be long."""
    match block:
        case Facts():
            return replace(block, rows=block.rows[:ENOUGH])
        case Items():
            return replace(block, items=block.items[:ENOUGH])
        case Box():
            return replace(block, items=block.items[:1])
        case Timeline():
            return replace(block, moments=block.moments[:ENOUGH])
        case Table():
            return replace(block, rows=block.rows[:ENOUGH])
        case Lanes():
            return replace(block, parts=block.parts[: 2 * ENOUGH])
        case Papers():
            return replace(block, cards=block.cards[:2])
        case Sources():
            return replace(block, notes=block.notes[:ENOUGH])
        case _:
            return block


def _found(context: Context) -> dict[str, Block]:
    """One part of each sort."""
    gates = [gate_filters(context, gate) for _, gate in in_order(context.handbook)]
    found: dict[str, Block] = {
        "filters": chips(context, gates, (("class", "gate-class."),), "line", CLASS_ORDER)
    }
    for page in _pages(context):
        for section in page.sections:
            for block in section.blocks:
                if block.template not in found:
                    found[block.template] = _short(block)
        if found.keys() >= set(PARTS):
            break
    return found


def _marks(context: Context) -> Table:
    """Marks of doubt and states, as they stand in a sentence."""
    words = context.words
    name = words["design.name"]
    samples = (
        (context.unknown(), "unknown"),
        (context.unsourced(escape(name)), "unsourced"),
        (Markup('<span class="dot">{}</span>').format(name), "dot"),
        (Markup('<span class="flag">{}</span>').format(words["mark.unreviewed-lo"]), "flag"),
        (_status("", words["in-force"]), "now"),
        (_status("next", words["not-yet-in-force"]), "next"),
        (_status("end", words["repealed"]), "end"),
        (_status("un", words["mark.unverified"]), "unverified"),
        (
            Markup('<span class="side">{}</span> <span class="side vn">{}</span>').format(
                words["country.laos"], words["country.vietnam"]
            ),
            "sides",
        ),
    )
    head = (Cell(escape(words["design.mark"])), Cell(escape(words["design.meaning"])))
    rows = tuple(
        TableRow((Cell(sample, heading=True), Cell(escape(words[f"design.mark-{key}"]))))
        for sample, key in samples
    )
    return Table(head, rows, id="marks-list")


def _status(tone: str, words: str) -> Markup:
    return Markup('<span class="st {}"><b>{}</b></span>').format(tone, words)


def _type(context: Context) -> Items:
    """The sizes of the type scale in both scripts, each in its own size."""
    sizes = ("f3", "f2", "f1", "f0", "f-1")
    return Items(
        tuple(
            Markup(
                '<span style="font-size:var(--{})"><span lang="vi" class="nb">{}</span> · <span lang="lo" class="nb">{}</span></span>'
            ).format(size, "Cửa khẩu Lao Bảo", "ດ່ານລາວບາວ")
            for size in sizes
        )
    )


def _colours(context: Context) -> Items:
    swatches = tuple(
        Swatch(token, context.words[f"design.colour-{token}"])
        for token in ("ink", "ink2", "act", "la", "vn", "ok", "warn", "stop", "mark", "focus")
    )
    return Items(
        tuple(
            Markup('<span class="swatch" style="background:var(--{})"></span> {}').format(
                swatch.token, swatch.meaning
            )
            for swatch in swatches
        )
    )


def design_view(context: Context) -> ListView:
    """The design page in one language. Numbered references lead to the part that shows sources."""
    words = context.words
    found = _found(context)
    sections = [
        Section("principles", words["design.principles"],
                (Items(tuple(escape(words[f"design.principle-{n}"]) for n in range(1, 6))),)),
        Section("type", words["design.type"], (_type(context),)),
        Section("colours", words["design.colours"], (_colours(context),)),
        Section("marks", words["design.marks"], (_marks(context),)),
    ]  # fmt: skip
    for name in PARTS:
        if name in found:
            about = Items((escape(words[f"design.part-{name}"]),))
            sections.append(
                Section(f"part-{name.replace('_', '-')}", words[f"design.{name}"], (about, found[name]))
            )
    return ListView("about", context.language, words["design.title"], words["design.lead"], tuple(sections))


def lead_to_sources(html: str) -> str:
    """References of parts that stand without their page lead to the part of sources instead."""
    return REFERENCE.sub('href="#part-sources"', html)

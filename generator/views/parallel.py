"""Side by side: the two language versions of a page, line by line."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from generator.labels import labels
from generator.views.blocks import PageView, SourceNote, Sources

# Left out side by side: lists of links and of sources, which stand once, below.
NOT_SHOWN = ("sources", "related", "trust", "border-line")
_ID = re.compile(r' id="[^"]*"')


@dataclass(frozen=True, slots=True)
class Pair:
    """One line in both languages; `anchor` is the section's id where it begins."""

    tag: str
    anchor: str
    first: Markup
    second: Markup


@dataclass(frozen=True, slots=True)
class ParallelView:
    """A side-by-side page; `first` is the reader's language."""

    first: str
    second: str
    first_heading: Markup
    second_heading: Markup
    first_name: str
    second_name: str
    lead: str
    flag: str
    pairs: tuple[Pair, ...]
    sources_heading: str
    sources: tuple[SourceNote, ...]


def parallel_view(page: PageView, paired: PageView) -> ParallelView:
    """Zip the page with its pair. Both come from the same code, so their lines correspond; else it is our bug."""
    pairs = []
    last = ""
    for (section, _, (tag, first)), (other_section, _, (other_tag, second)) in zip(
        page.pairs(), paired.pairs(), strict=True
    ):
        assert (section, tag) == (other_section, other_tag), (page.id, section, other_section)
        if section in NOT_SHOWN:
            continue
        anchor = section if section != last else ""
        last = section
        # An id stands once on a page: in the reader's own column.
        second = Markup(_ID.sub("", second))
        if tag == "h3":
            tag, first, second = "p", Markup("<b>{}</b>").format(first), Markup("<b>{}</b>").format(second)
        pairs.append(Pair(tag, anchor, first, second))
    words = labels("lo" if page.locale == "lo" else "vi")
    return ParallelView(
        page.locale,
        paired.locale,
        page.heading,
        paired.heading,
        words[f"lang.{page.locale}"],
        words[f"lang.{paired.locale}"],
        words["both.lead"],
        words["mark.unreviewed-lo"],
        tuple(pairs),
        words["sources"],
        tuple(
            note
            for section in page.sections
            for block in section.blocks
            if isinstance(block, Sources)
            for note in block.notes
        ),
    )

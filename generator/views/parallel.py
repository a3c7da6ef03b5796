"""Side by side: the two language versions of a page, line by line."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from generator.labels import Labels, labels
from generator.views.blocks import Button, PageView, SourceNote, Sources

# Left out side by side: lists of links and of sources, which stand once, below.
NOT_SHOWN = ("sources", "related", "recourse", "trust", "border-line")
# More sources than this are listed on the page in one language only.
FEW_SOURCES = 12
_ID = re.compile(r' id="[^"]*"')
_REFERENCE = re.compile(r'\u2060?<a class="ref"[^>]*>[^<]*</a>')
_LINK = re.compile(r"</?a\b[^>]*>")


def _unlinked(html: Markup) -> Markup:
    for pattern in (_REFERENCE, _LINK):
        html = Markup(pattern.sub("", html))
    return html


def _text_alone(html: Markup) -> Markup:
    """The second column: no ids, for one stands once on a page; no links, for the first column has the same."""
    return Markup(_ID.sub("", _unlinked(html)))


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
    buttons: tuple[Button, ...]
    pairs: tuple[Pair, ...]
    sources_heading: str
    sources: tuple[SourceNote, ...]
    sources_elsewhere: Button | None


def _sources(page: PageView) -> tuple[SourceNote, ...]:
    return tuple(
        note
        for section in page.sections
        for block in section.blocks
        if isinstance(block, Sources)
        for note in block.notes
    )


def _pack(words: Labels, page: PageView) -> Markup:
    """Where the papers of a journey stand with both names: on its pack list."""
    return Markup('<a href="../packs/{}.html">{}</a>').format(page.id, words["pack.open"])


def parallel_view(page: PageView, paired: PageView) -> ParallelView:
    """Zip the page with its pair. Both come from the same code, so their lines correspond; else it is our bug.

    Of a journey, the longest page there is, the papers are not told again: the pack list names each in both languages;
    and what it links to, sources included, is linked on its page in one language, a tap away.
    A page of very many sources leads to those of the page in one language, where they have the same numbers. Links
    are relative to the folder of the kind, as in both pages.
    """
    words, other_words = (
        labels("lo" if page.locale == "lo" else "vi"),
        labels("lo" if paired.locale == "lo" else "vi"),
    )
    sources = _sources(page)
    single = f"{page.id}.html"
    elsewhere = len(sources) > FEW_SOURCES
    pairs: list[Pair] = []
    last = ""
    for (section, _, (tag, first)), (other_section, _, (other_tag, second)) in zip(
        page.pairs(), paired.pairs(), strict=True
    ):
        assert (section, tag) == (other_section, other_tag), (page.id, section, other_section)
        if section in NOT_SHOWN:
            continue
        if page.kind == "journeys" and section == "papers" and tag != "h2":
            if last == section and pairs[-1].tag == "h2":
                pairs.append(Pair("p", "", _pack(words, page), _text_alone(_pack(other_words, paired))))
            continue
        anchor = section if section != last else ""
        last = section
        second = _text_alone(second)
        if page.kind == "journeys" and section != "papers":
            first = _unlinked(first)
        elif elsewhere:
            first = Markup(str(first).replace('<a class="ref" href="#', f'<a class="ref" href="{single}#'))
        if tag == "h3":
            tag, first, second = "p", Markup("<b>{}</b>").format(first), Markup("<b>{}</b>").format(second)
        pairs.append(Pair(tag, anchor, first, second))
    return ParallelView(
        page.locale,
        paired.locale,
        page.heading,
        paired.heading,
        words[f"lang.{page.locale}"],
        words[f"lang.{paired.locale}"],
        words["both.lead"],
        words["mark.unreviewed-lo"],
        page.buttons,
        tuple(pairs),
        words["sources"],
        () if elsewhere else sources,
        Button(f"{single}#sources", words["both.sources"]) if elsewhere else None,
    )

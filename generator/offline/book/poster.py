"""A poster for a crossing: both names, hours, papers to carry in each direction, and a QR code to the gate's page."""

import io
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Literal

import segno
from markupsafe import Markup

from generator.journeys.course import course_of
from generator.journeys.matching import BY_CLASS, gate_fit
from generator.labels import LANGUAGES, Language, labels
from generator.model.document import Document
from generator.model.gate import Gate
from generator.model.journey import Journey
from generator.offline.book.content import unlinked
from generator.offline.book.layout import TEMPLATES, Imprint, emblem, environment, fonts
from generator.offline.book.words import word
from generator.reading.handbook import EntryKey, Handbook
from generator.views import formats
from generator.views.blocks import Facts, PageView
from generator.views.border_line import class_on
from generator.views.pages import page_view

Direction = Literal["la-to-vn", "vn-to-la"]
# As many papers as stand on one sheet.
MOST_PAPERS = 12
TEXT_POINTS = 10.5
# How much smaller the text may become so that a gate of which much is known still has one sheet.
SHARES = (1, 0.92, 0.85, 0.78, 0.72, 0.66, 0.6)
# An A3 sheet is an A4 sheet, larger by the square root of two.
SCALE = {"A4": 1.0, "A3": 1.414}
_REFERENCE = re.compile(r'\u2060?<a class="ref"[^>]*>[^<]*</a>')


@dataclass(frozen=True, slots=True)
class PosterPaper:
    """A paper by both names."""

    vi: str
    lo: str


@dataclass(frozen=True, slots=True)
class PosterPapers:
    """Papers carried in one direction: on every journey, and on some; `more` says how many found no room."""

    heading: dict[Language, str]
    always: tuple[PosterPaper, ...]
    sometimes: tuple[PosterPaper, ...]
    more: dict[Language, str] | None
    known: bool


@dataclass(frozen=True, slots=True)
class PosterRow:
    """A fact of the gate in both languages: one for both sides, or one a side."""

    label: dict[Language, str]
    whole: dict[Language, Markup] | None
    laos: dict[Language, Markup]
    vietnam: dict[Language, Markup]


def papers_at(handbook: Handbook, gate_id: str, direction: Direction, day: date) -> PosterPapers:
    """What vehicles carry on the journeys known to be possible at the gate on `day`, the commonest first."""
    documents = handbook.of(Document)
    counts: Counter[str] = Counter()
    sure: Counter[str] = Counter()
    journeys = 0
    for journey_id, journey in handbook.of(Journey).items():
        if journey.direction not in (direction, "both"):
            continue
        if gate_fit(handbook, journey, gate_id, day) < BY_CLASS:
            continue
        journeys += 1
        for item in course_of(handbook, journey_id).pack_list():
            if item.carried and item.paper in documents:
                counts[item.paper] += 1
                sure[item.paper] += not item.conditional
    ordered = sorted(counts, key=lambda paper: (-counts[paper], documents[paper].name.vi))
    always = [paper for paper in ordered if sure[paper] == journeys]
    rest = [paper for paper in ordered if paper not in always]
    shown = rest[: max(0, MOST_PAPERS - len(always))]

    def named(papers: list[str]) -> tuple[PosterPaper, ...]:
        return tuple(PosterPaper(documents[paper].name.vi, documents[paper].name.lo) for paper in papers)

    left = len(ordered) - len(always[:MOST_PAPERS]) - len(shown)
    return PosterPapers(
        _both(f"papers-{direction}"),
        named(always[:MOST_PAPERS]),
        named(shown),
        _both("more-papers", n=left) if left else None,
        journeys > 0,
    )


def _both(key: str, **values: object) -> dict[Language, str]:
    return {language: word(key, language, **values) for language in LANGUAGES}


def _rows(pages: dict[Language, PageView]) -> list[PosterRow]:
    """Place, road, hours and limits: what somebody at the gate looks for."""
    tables = {
        language: next(
            block for section in page.sections for block in section.blocks if isinstance(block, Facts)
        )
        for language, page in pages.items()
    }
    found = []
    for vi, lo in zip(tables["vi"].rows, tables["lo"].rows, strict=True):
        if vi.key not in ("hours", "limits", "road"):
            continue
        both: dict[Language, tuple[Markup | None, Markup | None, Markup | None]] = {
            "vi": (vi.whole, vi.laos, vi.vietnam),
            "lo": (lo.whole, lo.laos, lo.vietnam),
        }
        whole, laos, vietnam = (
            {language: _said(both[language][side]) for language in LANGUAGES} for side in range(3)
        )
        found.append(
            PosterRow(
                {"vi": vi.label, "lo": lo.label}, whole if vi.whole is not None else None, laos, vietnam
            )
        )
    return found


def _said(html: Markup | None) -> Markup:
    return unlinked(Markup(_REFERENCE.sub("", str(html)))) if html is not None else Markup()


def qr_code(address: str) -> Markup:
    """A QR code as SVG; its error correction stands dirt and sun (level Q)."""
    out = io.BytesIO()
    segno.make(address, error="q", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, border=2, nl=False, omitsize=True
    )
    return Markup(out.getvalue().decode("utf-8"))


def page_address(imprint: Imprint, gate_id: str) -> str:
    """The gate's page on the web, which offers the other language itself."""
    return f"{imprint.site_url}gates/{gate_id}.html"


def poster_html(
    handbook: Handbook, gate_id: str, today: date, imprint: Imprint, size: str, share: float = 1
) -> tuple[str, str]:
    """Title and HTML of a gate's poster, one sheet of `size`; `share` makes its text smaller."""
    pages: dict[Language, PageView] = {
        language: page_view(handbook, EntryKey("gates", gate_id), language, today, "")
        for language in LANGUAGES
    }
    gate = handbook.get(Gate, gate_id)
    words = {language: labels(language) for language in LANGUAGES}
    directions: tuple[Direction, ...] = ("la-to-vn", "vn-to-la")
    alerts = {language: page.alert for language, page in pages.items()}
    title = f"{gate.name.vi} / {gate.name.lo}"
    html = (
        environment()
        .get_template("poster.html")
        .render(
            title=title,
            style=Markup(
                f"{fonts()}@page {{ size: {size}; margin: 0; }}\nhtml {{ font-size: {TEXT_POINTS * SCALE[size] * share:.2f}pt; }}\n"
            )
            + Markup((TEMPLATES / "poster.css").read_text(encoding="utf-8")),
            emblem=emblem(),
            names={language: words[language]["site.name"] for language in LANGUAGES},
            kind={language: words[language][f"gate-class.{class_on(gate, today)}"] for language in LANGUAGES},
            statuses={language: pages[language].statuses for language in LANGUAGES},
            plate=pages["vi"].plate,
            lao_side={language: words[language]["lao-side"] for language in LANGUAGES},
            vietnamese_side={language: words[language]["vietnamese-side"] for language in LANGUAGES},
            alerts=[
                (language, alert.heading, [_said(text) for text in alert.paragraphs])
                for language, alert in alerts.items()
                if alert is not None
            ],
            rows=_rows(pages),
            papers=[papers_at(handbook, gate_id, direction, today) for direction in directions],
            in_all=_both("in-all"),
            by_goods=_both("by-goods"),
            no_journey=_both("no-journey"),
            qr=qr_code(page_address(imprint, gate_id)),
            address=page_address(imprint, gate_id),
            scan=_both("scan"),
            foot=[(language, ". ".join(_foot(imprint, language))) for language in LANGUAGES],
        )
    )
    return title, html


def _foot(imprint: Imprint, language: Language) -> list[str]:
    words = labels(language)
    return [
        words.fill("frame.data-date", date=formats.day(imprint.published.on)),
        words.fill("frame.check-by", date=formats.day(imprint.published.check_by)),
        words["not-official"],
        words["mark.unreviewed-lo"] + ".",
    ]

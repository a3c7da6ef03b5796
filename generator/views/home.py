"""What the home page shows of the data: ways in, the international gates, latest changes, trade by year."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.happening import Notice
from generator.model.journey import Journey
from generator.model.kinds import KINDS
from generator.model.scalars import PartialDate
from generator.model.statistics import Statistics
from generator.views.blocks import BorderLine, Figure, Moment, Timeline
from generator.views.border_line import border_line, class_on, in_order
from generator.views.context import Context
from generator.views.statistics import direction_figure

LATEST = 6
# The table of the chart, and the journeys named first in each direction, by person.
CHART = "trade-by-year"
FIRST_PERSONS = ("enterprise", "border-resident", "household", "carrier", "traveller")


@dataclass(frozen=True, slots=True)
class HomeLink:
    """A link of the home page; `count` and `language` only where they apply."""

    href: str
    text: str
    count: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True)
class DirectionLinks:
    """Journeys in one direction."""

    to_vietnam: bool
    links: tuple[HomeLink, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way in for one kind of reader: trader, officer or official."""

    name: str
    links: tuple[HomeLink, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page in one language."""

    searches: tuple[HomeLink, ...]
    directions: tuple[DirectionLinks, ...]
    chips: tuple[HomeLink, ...]
    ways: tuple[Way, ...]
    kinds: tuple[HomeLink, ...]
    gate_count: int
    line: BorderLine
    changes: Timeline
    chart: Figure | None


def _journeys(context: Context, direction: str, limit: int) -> tuple[HomeLink, ...]:
    rows = [
        (FIRST_PERSONS.index(journey.who[0]), journey_id)
        for journey_id, journey in context.handbook.of(Journey).items()
        if journey.direction == direction
    ]
    return tuple(
        HomeLink(context.href("journeys", journey_id), context.title_of("journeys", journey_id))
        for _, journey_id in sorted(rows)[:limit]
    )


def latest_changes(context: Context, limit: int | None = None) -> Timeline:
    """Notices by date: those to come first, then what has changed, newest first."""
    dated = [
        (notice.on.first, notice_id)
        for notice_id, notice in context.handbook.of(Notice).items()
        if isinstance(notice.on, PartialDate) and notice.weight != "information"
    ]
    coming = sorted(row for row in dated if row[0] > context.today)
    past = sorted((row for row in dated if row[0] <= context.today), reverse=True)
    moments = []
    for day, notice_id in [*reversed(coming), *past][:limit]:
        notice = context.handbook.get(Notice, notice_id)
        state = "" if day > context.today else "now"
        when = context.day(notice.on)
        if day > context.today:
            when = f"{when} · {context.words['notice.coming']}"
        moments.append(Moment(when, context.link("notices", notice_id), state))
    return Timeline(tuple(moments))


def _ways(context: Context) -> tuple[Way, ...]:
    words = context.words

    def lists(*kinds: str) -> tuple[HomeLink, ...]:
        return tuple(HomeLink(f"{kind}/index.html", words[f"kind.{kind}"]) for kind in kinds)

    official = (*lists("agreements", "statistics"), HomeLink("cooperation.html", words["cooperation.title"]))
    return (
        Way(
            "trader",
            (HomeLink("finder.html", words["finder.title"]), *lists("journeys", "documents", "goods")),
        ),
        Way("officer", lists("gates", "procedures", "glossary")),
        Way("official", (*official, HomeLink("contribute/index.html", words["suggest-edit"]))),
    )


def home_view(context: Context, searches: Sequence[tuple[str, str, str]]) -> HomeView:
    """The home page; `searches` are sample queries as (address, words, language)."""
    words = context.words
    gates = [
        item for item in in_order(context.handbook) if class_on(item[1], context.today) == "international"
    ]
    chart = context.handbook.of(Statistics).get(CHART)
    figure = None
    if chart is not None:
        more = context.link("statistics", CHART, words["figure.more"])
        figure = direction_figure(context, chart, table=False, more=more)
    both = _journeys(context, "both", 6)
    return HomeView(
        tuple(HomeLink(href, text, language=language) for href, text, language in searches),
        (
            DirectionLinks(True, _journeys(context, "la-to-vn", 6)),
            DirectionLinks(False, _journeys(context, "vn-to-la", 6)),
        ),
        both,
        _ways(context),
        tuple(
            HomeLink(f"{kind}/index.html", words[f"kind.{kind}"], len(context.handbook.entries.get(kind, {})))
            for kind in KINDS
        ),
        len(gates),
        border_line(context, gates),
        latest_changes(context, LATEST),
        figure,
    )

"""Pages that tell what happened in order: changes in the law and at the gates, and the cooperation of both countries."""

from dataclasses import dataclass

from markupsafe import Markup

from generator.model.agreement import Agreement
from generator.model.happening import Event
from generator.model.scalars import PartialDate
from generator.views import formats
from generator.views.blocks import Moment, Section, Timeline
from generator.views.context import Context
from generator.views.home import latest_changes

# Outcomes shown for each event on the cooperation page; the event's own page has all of them.
OUTCOMES = 3


@dataclass(frozen=True, slots=True)
class StoryView:
    """A page of timelines in one language."""

    title: str
    lead: str
    sections: tuple[Section, ...]


def changes_view(context: Context) -> StoryView:
    """Upcoming and recent changes: notices, then instruments that begin or end."""
    words = context.words
    sections = (
        Section("notices", words["home.changes"], (latest_changes(context),)),
        Section("instruments", words["changes.instruments"], (_instruments(context),)),
    )
    return StoryView(words["changes.title"], words["changes.lead"], sections)


def _instruments(context: Context) -> Timeline:
    words = context.words
    rows: list[tuple[PartialDate, str, Markup]] = []
    for agreement_id, agreement in context.handbook.of(Agreement).items():
        link = context.link("agreements", agreement_id)
        if isinstance(agreement.effective, PartialDate):
            rows.append(
                (agreement.effective, agreement_id, Markup(words["changes.begins"]).format(name=link))
            )
        if agreement.expires is not None:
            rows.append((agreement.expires, agreement_id, Markup(words["changes.ends"]).format(name=link)))
    rows.sort(key=lambda row: (str(row[0]), row[1]), reverse=True)
    return Timeline(
        tuple(
            Moment(formats.day(day), said, "now" if day.first <= context.today else "")
            for day, _, said in rows
        )
    )


def cooperation_view(context: Context) -> StoryView:
    """Conferences, meetings, visits and what was signed there, oldest first."""
    words = context.words
    rows: list[tuple[str, str, Moment]] = []
    for event_id, event in context.handbook.of(Event).items():
        said = context.link("events", event_id)
        said += Markup("<br>{}").format(context.text(event.summary))
        if event.signed:
            said += Markup("<br><b>{}</b>: {}").format(
                words["field.signed-papers"], context.links("agreements", event.signed)
            )
        outcomes = [context.text(fact.text) for fact in event.outcomes[:OUTCOMES]]
        if outcomes:
            said += Markup('<br><span class="small">{}: {}</span>').format(
                words["cooperation.outcomes"], Markup(" ").join(outcomes)
            )
        on = str(event.on) if isinstance(event.on, PartialDate) else ""
        rows.append((on, event_id, Moment(context.moment(event.on), said)))
    # Undated ones come last.
    moments = tuple(moment for _, _, moment in sorted(rows, key=lambda row: (not row[0], *row[:2])))
    section = Section("events", words["kind.events"], (Timeline(moments),))
    return StoryView(words["cooperation.title"], words["cooperation.lead"], (section,))

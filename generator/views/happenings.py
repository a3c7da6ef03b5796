"""Pages of projects, events and notices."""

from markupsafe import Markup, escape

from generator.model.happening import Event, Notice, Project
from generator.model.scalars import PartialDate
from generator.model.statistics import Statistics
from generator.model.text import Name, Text
from generator.views import formats
from generator.views.blocks import (
    Box,
    PageView,
    Row,
    Section,
    Status,
)
from generator.views.common import (
    base_statuses,
    closing,
    facts_section,
    facts_table,
    present,
    timeline,
    whole,
)
from generator.views.context import Context


def happening_page(
    context: Context,
    entry: Project | Event | Notice | Statistics,
    name: Name,
    sections: list[Section | None],
    *,
    kick: Markup | None = None,
    lead: Text | None = None,
    statuses: tuple[Status, ...] = (),
    alert: Box | None = None,
) -> PageView:
    """A page of `sections` headed by the entry's name; pages of figures have the same head."""
    return PageView(
        kind=entry.kind,
        id=context.key.id,
        locale=context.language,
        title=name[context.language],
        heading=context.text(name),
        kick=kick,
        other_name=context.other_name(name),
        plate=None,
        lead=context.text(lead) if lead is not None else None,
        statuses=(*statuses, *base_statuses(context, entry)),
        flag=context.words["mark.unreviewed-lo"] if context.language == "lo" else "",
        alert=alert,
        buttons=(),
        sections=present(sections),
    )


def project_view(context: Context, project: Project) -> PageView:
    """The page of a road, railway, port or other project."""
    words = context.words
    rows: list[Row | None] = [
        whole(context, "project-field", escape(words[f"project-field.{project.field}"])),
        whole(context, "state", context.text(project.state)),
        whole(context, "provinces", context.links("provinces", project.provinces))
        if project.provinces
        else None,
        whole(context, "gates", context.links("gates", project.gates)) if project.gates else None,
    ]
    sections = [
        Section("facts", words["details"], (facts_table(context, rows),)),
        facts_section(context, "statements", project.facts),
        Section("history", words["field.history"], (timeline(context, project.milestones),))
        if project.milestones
        else None,
        *closing(context, project),
    ]
    return happening_page(
        context, project, project.name, sections, kick=escape(words[f"project-field.{project.field}"])
    )


def span_words(context: Context, start: PartialDate | str, end: PartialDate | None) -> str:
    """A day, or from a day to a day."""
    first = context.day(start)
    return f"{first} – {formats.day(end)}" if end is not None else first


def event_view(context: Context, event: Event) -> PageView:
    """The page of a conference, meeting, visit or fair."""
    words = context.words
    rows: list[Row | None] = [
        whole(context, "on", escape(span_words(context, event.on, event.until))),
        whole(context, "event-place", context.maybe(event.place)),
        whole(context, "signed-papers", context.links("agreements", event.signed)) if event.signed else None,
    ]
    sections = [
        Section("facts", words["details"], (facts_table(context, rows),)),
        facts_section(context, "outcomes", event.outcomes),
        facts_section(context, "statements", event.facts),
        *closing(context, event),
    ]
    return happening_page(
        context,
        event,
        event.name,
        sections,
        kick=escape(words[f"event-kind.{event.event_kind}"]),
        lead=event.summary,
    )


def notice_status(context: Context, notice: Notice) -> Status:
    """Coming, in effect, or over."""
    words = context.words
    if not isinstance(notice.on, PartialDate):
        return Status("un", words["notice.undated"])
    if notice.on.first > context.today:
        return Status("next", words["notice.coming"], formats.day(notice.on))
    if notice.until is not None and notice.until.last < context.today:
        return Status("end", words["notice.over"], formats.day(notice.until))
    return Status("", words["notice.since"], formats.day(notice.on))


def notice_view(context: Context, notice: Notice) -> PageView:
    """The page of a change readers should know of."""
    words = context.words
    rows: list[Row | None] = [
        whole(context, "on", escape(span_words(context, notice.on, notice.until))),
        whole(context, "side", escape(words[f"side-long.{notice.side}"])),
        whole(context, "gates", context.links("gates", notice.gates)) if notice.gates else None,
        whole(context, "procedures", context.links("procedures", notice.procedures))
        if notice.procedures
        else None,
        whole(context, "agreements", context.links("agreements", notice.agreements))
        if notice.agreements
        else None,
        whole(context, "goods", context.links("goods", notice.goods)) if notice.goods else None,
    ]
    sections = [
        Section("facts", words["details"], (facts_table(context, rows),)),
        facts_section(context, "statements", notice.facts),
        *closing(context, notice),
    ]
    return happening_page(
        context, notice, notice.name, sections, lead=notice.text, statuses=(notice_status(context, notice),)
    )

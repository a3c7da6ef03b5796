"""Pages of provinces and border-gate economic zones."""

from markupsafe import Markup, escape

from generator.model.place import Province, Zone
from generator.reading.handbook import EntryKey
from generator.views import formats
from generator.views.blocks import PageView, Row, Section, Status
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


def _border_length(context: Context, province: Province) -> Markup:
    said = []
    for length in province.border_length:
        line = Markup('<span class="nb">{} km</span>').format(formats.number(length.km))
        if length.as_of is not None:
            line += Markup(" ({})").format(context.words.fill("fact.as-of", date=formats.day(length.as_of)))
        if length.valid_to is not None:
            line += Markup(" ({})").format(
                context.words.fill("fact.until", date=formats.day(length.valid_to))
            )
        said.append(line + context.cite(length.sources))
    return Markup("<br>").join(said) if said else context.unknown()


def province_view(context: Context, province: Province) -> PageView:
    """The page of a province, of today or merged."""
    words = context.words
    merged = province.valid_to is not None and province.valid_to.last < context.today
    opposite = list(province.borders)
    opposite += [
        key.id
        for key, path in context.handbook.backlinks.get(EntryKey("provinces", context.key.id), ())
        if key.kind == "provinces" and path[0] == "borders" and key.id not in opposite
    ]
    former = [
        key.id
        for key, path in context.handbook.backlinks.get(EntryKey("provinces", context.key.id), ())
        if key.kind == "provinces" and path[0] == "successor"
    ]
    rows: list[Row | None] = [
        whole(context, "country", escape(words[f"country.{province.country}"])),
        whole(context, "successor", context.link("provinces", province.successor))
        if province.successor
        else None,
        whole(context, "includes-former", context.links("provinces", former)) if former else None,
        whole(context, "borders", context.links("provinces", opposite)) if opposite else None,
        whole(context, "border-length", _border_length(context, province)),
        whole(context, "seat", context.text(province.seat)) if province.seat is not None else None,
    ]
    for name in province.former_names:
        said = words.fill("until-day", date=formats.day(name.until))
        rows.append(whole(context, "former-name", context.text(name.name) + Markup(" ({})").format(said)))
    statuses: tuple[Status, ...] = ()
    if merged and province.valid_to is not None:
        statuses = (
            Status(
                "end", words["province.merged"], words.fill("until-day", date=formats.day(province.valid_to))
            ),
        )
    milestones = (
        Section("history", words["field.history"], (timeline(context, province.milestones),))
        if province.milestones
        else None
    )
    sections = [
        Section("facts", words["details"], (facts_table(context, rows),)),
        milestones,
        facts_section(context, "statements", province.facts),
        *closing(context, province, skip_related=("provinces",)),
    ]
    return _page(
        context, province, "provinces", escape(words[f"country.{province.country}"]), statuses, sections
    )


def zone_view(context: Context, zone: Zone) -> PageView:
    """The page of an economic zone."""
    words = context.words
    province = context.link("provinces", zone.province)
    if zone.province_then and zone.province_then != zone.province:
        then = words.fill("gate.province-then", name=context.title_of("provinces", zone.province_then))
        province += Markup(' <span class="dim">({})</span>').format(then)
    rows: list[Row | None] = [
        whole(context, "province", province),
        whole(context, "gate", context.link("gates", zone.gate) if zone.gate else context.unknown()),
    ]
    sections = [
        Section("facts", words["details"], (facts_table(context, rows),)),
        Section("history", words["field.history"], (timeline(context, zone.milestones),))
        if zone.milestones
        else None,
        facts_section(context, "statements", zone.facts),
        *closing(context, zone),
    ]
    return _page(context, zone, "zones", None, (), sections)


def _page(
    context: Context,
    entry: Province | Zone,
    kind: str,
    kick: Markup | None,
    statuses: tuple[Status, ...],
    sections: list[Section | None],
) -> PageView:
    return PageView(
        kind=kind,
        id=context.key.id,
        locale=context.language,
        title=entry.name[context.language],
        heading=context.text(entry.name),
        kick=kick,
        other_name=context.other_name(entry.name),
        plate=None,
        lead=None,
        statuses=(*statuses, *base_statuses(context, entry)),
        flag=context.words["mark.unreviewed-lo"] if context.language == "lo" else "",
        alert=None,
        buttons=(),
        sections=present(sections),
    )

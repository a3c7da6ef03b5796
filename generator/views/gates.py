"""The page of a gate pair."""

from markupsafe import Markup, escape

from generator.model.gate import Gate, GateHalf, Regime
from generator.model.scalars import UNKNOWN, PartialDate
from generator.views import formats
from generator.views.blocks import (
    Box,
    Button,
    Moment,
    PageView,
    Plate,
    Row,
    Section,
    Status,
    Timeline,
)
from generator.views.border_line import class_on, neighbourhood
from generator.views.common import (
    base_statuses,
    closing,
    facts_section,
    facts_table,
    present,
    sided,
    timeline,
    whole,
)
from generator.views.context import Context, unbroken
from generator.views.plan_b import plan_b_section

TONES = {"open": "", "limited": "next", "closed": "end", "planned": "next", "unconfirmed": "un"}


def _half_name(context: Context, half: GateHalf, language: str) -> Markup:
    if half.name is None:
        return context.unknown()
    return context.in_language(half.name[language], language, "nb")


def _plate(context: Context, gate: Gate) -> Plate:
    words = context.words
    return Plate(
        words["lao-side"],
        _half_name(context, gate.laos, "lo"),
        _half_name(context, gate.laos, "vi"),
        words["vietnamese-side"],
        _half_name(context, gate.vietnam, "vi"),
        _half_name(context, gate.vietnam, "lo"),
    )


def _province(context: Context, half: GateHalf, path: str, gate: Gate) -> Markup:
    if half.province is None:
        return context.unknown()
    said = context.link("provinces", half.province) + context.cite(gate.cites.get(path, ()))
    if half.province_then and half.province_then != half.province:
        then = context.title_of("provinces", half.province_then)
        said += Markup('<br><span class="dim">{}</span>').format(
            context.words.fill("gate.province-then", name=then)
        )
    return said


def _place(context: Context, gate: Gate, side: str) -> Markup:
    half: GateHalf = getattr(gate, side)
    parts = [context.text(part) for part in (half.commune, half.district) if part is not None]
    cited = [*gate.cites.get(f"{side}.commune", ()), *gate.cites.get(f"{side}.district", ())]
    said = Markup(", ").join(parts) + context.cite(cited) if parts else context.unknown()
    if half.commune_then is not None:
        then = context.words.fill("gate.commune-then", name=half.commune_then[context.language])
        said += Markup('<br><span class="dim">{}</span>').format(then) + context.cite(
            gate.cites.get(f"{side}.commune_then", ())
        )
    return said


def _road(context: Context, gate: Gate, side: str) -> Markup:
    half: GateHalf = getattr(gate, side)
    if half.road is None:
        return context.unknown()
    return context.text(half.road) + context.cite(gate.cites.get(f"{side}.road", ()))


def _hours(context: Context, gate: Gate, side: str) -> Markup:
    if gate.hours == UNKNOWN:
        return context.unknown()
    said = []
    for hours in gate.hours:
        if hours.side not in (side, "both") or not hours.holds_on(context.today):
            continue
        line = Markup('<b class="nb">{}–{}</b>').format(hours.opens, hours.closes)
        if hours.days is not None:
            line += Markup(" {}").format(context.text(hours.days))
        line += context.cite(hours.sources)
        remarks = [context.text(hours.note)] if hours.note is not None else []
        if not hours.official:
            remarks.append(escape(context.words["hours.unofficial"]))
        if remarks:
            line += Markup('<br><span class="small dim">{}</span>').format(Markup("<br>").join(remarks))
        said.append(line)
    return Markup("<br>").join(said) if said else context.unknown()


def _limits(context: Context, gate: Gate, side: str) -> Markup:
    if gate.limits == UNKNOWN:
        return context.unknown()
    said = [
        Markup("{}: {}").format(context.text(limit.what), context.text(limit.value))
        + context.cite(limit.sources)
        for limit in gate.limits
        if limit.side in (side, "both") and limit.holds_on(context.today)
    ]
    return Markup("<br>").join(said) if said else context.unknown()


def _coordinates(context: Context, gate: Gate) -> Markup:
    if gate.coordinates == UNKNOWN:
        return context.unknown()
    said = []
    for point in gate.coordinates:
        words = context.words.fill(
            "gate.coordinates", lat=formats.number(point.lat), lon=formats.number(point.lon)
        )
        side = (
            context.words["lao-side" if point.side == "laos" else "vietnamese-side"]
            if point.side != "both"
            else ""
        )
        said.append(
            Markup('{}{} <span class="dim">({})</span>').format(
                f"{side}: " if side else "", words, context.text(point.precision)
            )
            + context.cite(point.sources)
        )
    return Markup("<br>").join(said)


def _class_words(context: Context, gate: Gate) -> Markup:
    period = gate.class_on(context.today)
    if period is None:
        return context.unknown()
    said = escape(context.words[f"gate-class.{period.gate_class}"])
    if isinstance(period.on, PartialDate):
        said += Markup(" ") + escape(context.words.fill("since", date=formats.day(period.on)))
    return said + context.cite(period.sources)


def _facts(context: Context, gate: Gate) -> Section:
    words = context.words
    both = [("province", _province(context, gate.laos, "laos.province", gate),
             _province(context, gate.vietnam, "vietnam.province", gate))]  # fmt: skip
    makers = (("place", _place), ("road", _road), ("hours", _hours), ("limits", _limits))
    both += [(key, make(context, gate, "laos"), make(context, gate, "vietnam")) for key, make in makers]

    marker = escape(gate.marker) if gate.marker != UNKNOWN else context.unknown()
    rows: list[Row | None] = [whole(context, "class", _class_words(context, gate))]
    rows += [
        whole(context, key, laos)
        if key == "hours" and laos == vietnam
        else sided(context, key, laos, vietnam)
        for key, laos, vietnam in both
    ]
    rows.append(whole(context, "marker", marker + context.cite(gate.cites.get("marker", ()))))
    rows.append(whole(context, "coordinates", _coordinates(context, gate)))
    if gate.zone:
        rows.append(whole(context, "zone", context.link("zones", gate.zone)))
    services = ", ".join(words[f"service.{service}"] for service in gate.services)
    services_said = escape(services) if services else context.unknown()
    rows.append(whole(context, "services", services_said + context.cite(gate.cites.get("services", ()))))
    if gate.offices:
        rows.append(whole(context, "offices", context.links("offices", gate.offices)))
    return Section("facts", words["field.facts-both"], (facts_table(context, rows),))


def _goods(context: Context, gate: Gate) -> Section | None:
    if not gate.goods_seen:
        return None
    sides: dict[str, list[Markup]] = {"laos": [], "vietnam": []}
    for seen in gate.goods_seen:
        line = context.text(seen.what) + context.cite(seen.sources)
        for side, direction in (("laos", "la-to-vn"), ("vietnam", "vn-to-la")):
            if seen.direction in (direction, "both"):
                sides[side].append(line)
    columns = [Markup("<br>").join(lines) if lines else context.unknown() for lines in sides.values()]
    row = sided(context, "goods-out", columns[0], columns[1])
    return Section("goods", context.words["field.goods-seen"], (facts_table(context, [row]),))


def _regimes(context: Context, gate: Gate) -> list[Section]:
    return [_regime(context, regime, number) for number, regime in enumerate(gate.regimes, 1)]


def _regime(context: Context, regime: Regime, number: int) -> Section:
    words = context.words
    moments = list(timeline(context, regime.milestones).moments)
    over = regime.valid_to is not None and regime.valid_to.last < context.today
    span = words.fill(
        "regime.span",
        start=context.day(regime.valid_from) if regime.valid_from else "…",
        end=context.day(regime.valid_to) if regime.valid_to else "…",
    )
    said = escape(span) + context.cite(regime.sources)
    if regime.instrument is not None:
        said += Markup(" ({})").format(context.text(regime.instrument))
    if regime.what is not None:
        said += Markup("<br>{}").format(context.text(regime.what))
    moments.append(Moment(words["regime.over" if over else "regime.holds"], said, "gone" if over else "now"))
    anchor = "regime" if number == 1 else f"regime-{number}"
    return Section(anchor, regime.name[context.language], (Timeline(tuple(moments)),))


def _history(context: Context, gate: Gate) -> Section | None:
    words = context.words
    moments: list[tuple[str, Moment]] = []
    current = gate.class_on(context.today)
    for period in gate.classes:
        said = words[f"gate-class.{period.gate_class}"]
        if period.side != "both":
            said = words.fill(f"class-by.{period.side}", name=said)
        line = Markup("<b>{}</b>").format(said)
        if period.event is not None:
            line += Markup(". {}").format(context.text(period.event))
        if period.instrument is not None:
            line += Markup(" ({})").format(context.text(period.instrument))
        state = "now" if period is current else ""
        moments.append(
            (str(period.on), Moment(context.moment(period.on), line + context.cite(period.sources), state))
        )
    for milestone in gate.milestones:
        line = context.text(milestone.what) + context.cite(milestone.sources)
        moments.append((str(milestone.on), Moment(context.moment(milestone.on), line)))
    for state_period in gate.states:
        line = escape(words[f"state.{state_period.state}"])
        if state_period.note is not None:
            line += Markup(": {}").format(context.text(state_period.note))
        moments.append(
            (
                str(state_period.on),
                Moment(context.moment(state_period.on), line + context.cite(state_period.sources)),
            )
        )
    if not moments:
        return None
    ordered = sorted(moments, key=lambda row: "" if row[0] == UNKNOWN else row[0])
    return Section("history", words["field.history"], (Timeline(tuple(moment for _, moment in ordered)),))


def _alert(context: Context, gate: Gate) -> Box | None:
    """What changes the trip today: a regime that ended within the last three years, or a closed gate."""
    words = context.words
    state = gate.state_on(context.today)
    if state is not None and state.state == "closed":
        note = (context.text(state.note),) if state.note is not None else ()
        return Box("stop", words["state.closed"], note)
    for regime in gate.regimes:
        if regime.valid_to is not None and 0 < (context.today - regime.valid_to.last).days < 3 * 366:
            text = words.fill(
                "regime.ended-alert", name=regime.name[context.language], date=formats.day(regime.valid_to)
            )
            instrument = Markup()
            if regime.instrument is not None:
                instrument = Markup("<br>{}").format(context.text(regime.instrument))
            return Box(
                "stop",
                words["regime.ended-heading"],
                (escape(text) + instrument + context.cite(regime.sources),),
            )
    return None


def statuses(context: Context, gate: Gate) -> tuple[Status, ...]:
    """State of the gate on the day, then the entry's own label."""
    state = gate.state_on(context.today)
    found: tuple[Status, ...] = ()
    if state is not None:
        when = (
            context.words.fill("since", date=formats.day(state.on))
            if isinstance(state.on, PartialDate)
            else ""
        )
        found = (Status(TONES[state.state], context.words[f"state.{state.state}"], when),)
    return found + base_statuses(context, gate)


def _heading(context: Context, gate: Gate) -> Markup:
    """Class and pair; neither name breaks at the end of a line."""
    names = unbroken(gate.name[context.language])
    gate_class = class_on(gate, context.today)
    return (
        names
        if gate_class == "unknown"
        else Markup("{} {}").format(context.words[f"gate-class.{gate_class}"], names)
    )


def gate_view(context: Context, gate: Gate) -> PageView:
    """The page of a gate pair."""
    words = context.words
    title = words.fill("gate.title", gate_class=words[f"gate-class.{class_on(gate, context.today)}"],
                       name=gate.name[context.language])  # fmt: skip
    sections = [
        _facts(context, gate),
        _goods(context, gate),
        facts_section(context, "statements", gate.facts),
        plan_b_section(context, gate),
        *_regimes(context, gate),
        _history(context, gate),
        Section(
            "border-line", words["field.border-line"], (neighbourhood(context, context.key.id),), True, False
        ),
        *closing(context, gate, skip_related=("gates",)),
    ]
    return PageView(
        kind="gates",
        id=context.key.id,
        locale=context.language,
        title=title,
        heading=_heading(context, gate),
        kick=None,
        other_name=None,
        plate=_plate(context, gate),
        lead=context.text(gate.summary),
        statuses=statuses(context, gate),
        flag=words["mark.unreviewed-lo"] if context.language == "lo" else "",
        alert=_alert(context, gate),
        buttons=(Button(context.href("cards", f"gate-{context.key.id}"), words["card.show"], main=True),),
        sections=present(sections),
    )

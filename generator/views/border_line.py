"""The border line: gates from north to south as a line diagram, and the same content as a table."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup, escape

from generator.model.gate import Gate, GateHalf
from generator.model.scalars import UNKNOWN
from generator.reading.handbook import Handbook
from generator.views.blocks import BorderLine, Cell, LineStop, Table, TableRow
from generator.views.context import Context

CLASS_ORDER = ("international", "main", "auxiliary", "opening", "unknown")


def class_on(gate: Gate, day: date) -> str:
    """The class word of a gate on a day, or `unknown`."""
    period = gate.class_on(day)
    return period.gate_class if period else "unknown"


def in_order(handbook: Handbook) -> list[tuple[str, Gate]]:
    """Gates from north to south; those without a rank last, by id."""
    gates = handbook.of(Gate).items()
    return sorted(
        gates, key=lambda item: (item[1].rank is None, item[1].rank.value if item[1].rank else 0, item[0])
    )


def _stop_name(context: Context, half: GateHalf) -> Markup:
    name = half.name
    if name is None:
        return context.unknown()
    # A name breaks between its words at most: some are a Lao word before a Latin one.
    words = name[context.language].split(" ")
    own = Markup(" ").join(Markup('<span class="nb">{}</span>').format(word) for word in words)
    if name[context.language] == name[context.other]:
        return own
    return own + context.in_language(name[context.other], context.other, "alt nb")


def border_line(context: Context, gates: Sequence[tuple[str, Gate]], here: str = "") -> BorderLine:
    """Gates as stops; a province's name stands where it begins on its side."""
    words = context.words
    stops = []
    last = {"laos": "", "vietnam": ""}
    for gate_id, gate in gates:
        begins = {}
        for side in ("laos", "vietnam"):
            province = getattr(gate, side).province or ""
            begins[side] = (
                context.title_of("provinces", province) if province and province != last[side] else ""
            )
            last[side] = province or last[side]
        gate_class = class_on(gate, context.today)
        stops.append(
            LineStop(
                gate_class=gate_class,
                class_name=words[f"gate-class.{gate_class}"],
                label=gate.name[context.language],
                href=context.href("gates", gate_id),
                laos=_stop_name(context, gate.laos),
                vietnam=_stop_name(context, gate.vietnam),
                province_laos=begins["laos"],
                province_vietnam=begins["vietnam"],
                here=gate_id == here,
                filters=gate_filters(context, gate),
            )
        )
    drawn = {stop.gate_class for stop in stops}
    return BorderLine(
        tuple(stops),
        words["lao-side"],
        words["vietnamese-side"],
        words["line-diagram.note"],
        tuple((name, words[f"gate-class.{name}"]) for name in CLASS_ORDER if name in drawn)
        if len(drawn) > 1
        else (),
    )


def neighbourhood(context: Context, gate_id: str) -> BorderLine:
    """Five rows of the border line around a gate."""
    ordered = [item for item in in_order(context.handbook) if item[1].rank is not None or item[0] == gate_id]
    position = next(index for index, item in enumerate(ordered) if item[0] == gate_id)
    start = max(0, min(position - 2, len(ordered) - 5))
    return border_line(context, ordered[start : start + 5], gate_id)


def gate_filters(context: Context, gate: Gate) -> dict[str, str]:
    """What the filters of the list ask for."""
    state = gate.state_on(context.today)
    return {
        "class": class_on(gate, context.today),
        "state": state.state if state else "unconfirmed",
        "province": " ".join(
            half.province for half in (gate.laos, gate.vietnam) if half.province is not None
        ),
    }


def _province_cell(context: Context, half: GateHalf, side: str) -> Cell:
    """A province; what is unknown says of which side, for on a phone there are no columns."""
    if half.province is None:
        return Cell(context.unknown(), context.words[side])
    return Cell(context.link("provinces", half.province))


def gates_table(context: Context) -> Table:
    """The same content as the border line, as a table that can be filtered."""
    words = context.words
    head = tuple(
        Cell(escape(words[key])) for key in ("gate.pair", "gate-class", "lao-side", "vietnamese-side", "field.marker",
                                             "opening-hours", "field.state")
    )  # fmt: skip
    rows = []
    for gate_id, gate in in_order(context.handbook):
        filters = gate_filters(context, gate)
        state = filters["state"]
        hours = Markup("<br>").join(
            Markup('<span class="nb">{}–{}</span>').format(item.opens, item.closes)
            for item in (() if gate.hours == UNKNOWN else gate.hours)
        )
        cells = (
            Cell(context.link("gates", gate_id), heading=True),
            Cell(escape(words[f"gate-class.{filters['class']}"])),
            _province_cell(context, gate.laos, "lao-side"),
            _province_cell(context, gate.vietnam, "vietnamese-side"),
            Cell(escape(gate.marker) if gate.marker != UNKNOWN else context.unknown(), words["field.marker"]),
            Cell(hours or context.unknown(), words["opening-hours"]),
            Cell(escape(words[f"state.{state}"])),
        )
        rows.append(TableRow(cells, filters))
    return Table(head, tuple(rows), tight=True)

"""The finder: direction, goods, who, gate lead to a journey. Its data for the script, its table without one."""

from dataclasses import dataclass

from generator.journeys.course import fits_gate
from generator.model.gate import Gate
from generator.model.goods import Goods
from generator.model.journey import Journey
from generator.model.scalars import UNKNOWN
from generator.views.blocks import Table
from generator.views.context import Context
from generator.views.gates import in_order
from generator.views.journeys import journeys_table


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of the finder: value in the address, and its words."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class FinderView:
    """The finder page in one language. `data` is what its script reads."""

    directions: tuple[Option, ...]
    people: tuple[Option, ...]
    classes: tuple[Option, ...]
    gates: tuple[Option, ...]
    table: Table
    data: dict[str, object]


def finder_data(context: Context) -> dict[str, object]:
    """Journeys with what they fit, and goods by everyday name and HS heading with their classes."""
    handbook = context.handbook
    journeys = [
        {
            "id": journey_id,
            "title": journey.name[context.language],
            "href": context.href("journeys", journey_id),
            "direction": journey.direction,
            "who": list(journey.who),
            "goods": list(journey.goods),
            "for": list(journey.for_goods),
            "gates": [
                gate_id
                for gate_id in handbook.of(Gate)
                if fits_gate(handbook, journey, gate_id, context.today)
            ],
        }
        for journey_id, journey in handbook.of(Journey).items()
    ]
    goods = [
        {
            "id": goods_id,
            "name": entry.name[context.language],
            "names": [entry.name.vi, entry.name.lo, *entry.everyday.vi, *entry.everyday.lo, *entry.aliases],
            "hs": [] if entry.headings == UNKNOWN else [heading.code for heading in entry.headings],
            "classes": list(entry.goods_class),
        }
        for goods_id, entry in handbook.of(Goods).items()
    ]
    return {"journeys": journeys, "goods": goods}


def finder_view(context: Context) -> FinderView:
    """The finder in one language."""
    words = context.words
    journeys = context.handbook.of(Journey).values()
    people = dict.fromkeys(person for journey in journeys for person in journey.who)
    classes = dict.fromkeys(name for journey in journeys for name in journey.goods)
    return FinderView(
        tuple(Option(name, words[f"direction.{name}"]) for name in ("vn-to-la", "la-to-vn")),
        tuple(Option(name, words[f"person.{name}"]) for name in people),
        tuple(Option(name, words[f"goods-class.{name}"]) for name in classes),
        tuple(
            Option(gate_id, gate.name[context.language])
            for gate_id, gate in in_order(context.handbook)
            if (state := gate.state_on(context.today)) is not None and state.state in ("open", "limited")
        ),
        journeys_table(context),
        finder_data(context),
    )

"""The finder: direction, goods, who, gate lead to a journey. Its data for the script, its table without one."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.journeys.matching import NO_GATE, gate_fit
from generator.labels import LANGUAGES, labels
from generator.model.goods import Goods
from generator.model.journey import Journey
from generator.model.scalars import UNKNOWN
from generator.views.blocks import Table
from generator.views.border_line import in_order
from generator.views.context import Context
from generator.views.journeys import journeys_table


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of the finder: value in the address, and its words."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class FinderForm:
    """The choices of the finder. `goods` are words to type, by everyday name."""

    directions: tuple[Option, ...]
    goods: tuple[str, ...]
    people: tuple[Option, ...]
    gates: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class FinderView:
    """The finder page in one language. `data` is what its script reads."""

    form: FinderForm
    table: Table
    data: dict[str, object]


def finder_form(context: Context) -> FinderForm:
    """The form in one language: on the finder's own page and, smaller, on the home page."""
    words = context.words
    journeys = context.handbook.of(Journey).values()
    people = dict.fromkeys(person for journey in journeys for person in journey.who)
    used = {gate_id for journey_id in context.handbook.of(Journey) for gate_id in _gates(context, journey_id)}
    return FinderForm(
        directions=tuple(Option(name, words[f"direction.{name}"]) for name in ("vn-to-la", "la-to-vn")),
        goods=tuple(sorted({entry.name[context.language] for entry in context.handbook.of(Goods).values()})),
        people=tuple(Option(name, words[f"person.{name}"]) for name in people),
        gates=tuple(
            Option(gate_id, gate.name[context.language])
            for gate_id, gate in in_order(context.handbook)
            if gate_id in used
        ),
    )


def _gates(context: Context, journey_id: str) -> dict[str, int]:
    """Gate -> how well the journey can use it; gates it cannot use are left out."""
    journey = context.handbook.get(Journey, journey_id)
    fits = {
        gate_id: gate_fit(context.handbook, journey, gate_id, context.today)
        for gate_id, _gate in in_order(context.handbook)
    }
    return {gate_id: fit for gate_id, fit in fits.items() if fit != NO_GATE}


def finder_data(context: Context) -> dict[str, object]:
    """Journeys with what they fit; goods by everyday name and HS heading; classes of goods by their words."""
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
            "gates": _gates(context, journey_id),
        }
        for journey_id, journey in handbook.of(Journey).items()
    ]
    goods = [
        {
            "id": goods_id,
            "names": [entry.name.vi, entry.name.lo, *entry.everyday.vi, *entry.everyday.lo, *entry.aliases],
            "hs": [] if entry.headings == UNKNOWN else [heading.code for heading in entry.headings],
            "classes": list(entry.goods_class),
        }
        for goods_id, entry in handbook.of(Goods).items()
    ]
    return {
        "journeys": journeys,
        "goods": goods,
        "classes": _class_names(list(handbook.of(Journey).values())),
    }


def _class_names(journeys: Sequence[Journey]) -> list[dict[str, object]]:
    classes = dict.fromkeys(name for journey in journeys for name in journey.goods)
    return [
        {"id": name, "names": [name, *(labels(language)[f"goods-class.{name}"] for language in LANGUAGES)]}
        for name in classes
    ]


def finder_view(context: Context) -> FinderView:
    """The finder in one language."""
    return FinderView(finder_form(context), journeys_table(context), finder_data(context))

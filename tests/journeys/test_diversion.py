"""Plan B: nearest gates, the same journeys, and what must change in the papers."""

from datetime import date

from made_handbook import document, gate, handbook, journey, leg, procedure, step, text

from generator.journeys.diversion import PaperChange, diversions
from generator.model.gate import Gate
from generator.reading.handbook import Handbook

DAY = date(2026, 11, 21)
BASIS = {"basis": text("từ bắc xuống nam")}


def ranked(value: float, gate_class: str = "international", **fields: object) -> Gate:
    return gate(gate_class, rank={"value": str(value), **BASIS}, **fields)


def book(**gates: Gate) -> Handbook:
    declared = procedure(
        [step(1, produces=["declaration"]), step(2, passage="there", consumes=["declaration", "invoice"])],
        where={"services": ["plant-quarantine"]},
        refusals=[
            {
                "id": "overload",
                "step": 2,
                "side": "vietnam",
                "gate": "south",
                "result": "waits",
                "what": text("quá tải"),
                "avoid": text("hạ tải"),
            }
        ],
    )
    return handbook(
        gates=gates,
        documents={
            "declaration": document(names_gate=True),
            "invoice": document(),
            "other": document(names_gate=True),
        },
        procedures={"p": declared},
        journeys={
            "anywhere": journey(
                [leg("p/1", produces=["declaration"]), leg("p/2", consumes=["declaration", "invoice"])],
                ["invoice"],
            ),
            "here-alone": journey([leg("p/1")], gates={"gates": ["middle"]}),
        },
    )


def test_the_nearest_of_the_same_class_on_either_side() -> None:
    gates = {
        "far-north": ranked(1),
        "opening": ranked(4, "opening"),
        "north": ranked(3),
        "middle": ranked(5),
        "closed": ranked(6, states=[{"on": "2020", "state": "closed"}]),
        "south": ranked(7),
    }
    assert [(way.gate, way.order) for way in diversions(book(**gates), "middle", DAY)] == [
        ("north", "north"),
        ("south", "south"),
    ]


def test_a_gate_named_in_the_entry_comes_first_and_once() -> None:
    named = ranked(5, alternatives=[{"gate": "south", "note": text("đường 14")}])
    ways = diversions(book(north=ranked(3), middle=named, south=ranked(7)), "middle", DAY)
    assert [(way.gate, way.order) for way in ways] == [("south", "named"), ("north", "north")]


def test_what_must_change_is_computed_from_the_papers_and_steps() -> None:
    limited = ranked(7, limits=[{"side": "vietnam", "what": text("cầu"), "value": "12 t"}])
    middle = ranked(5, services=["goods", "plant-quarantine", "passengers"])
    (way,) = diversions(book(middle=middle, south=limited), "middle", DAY)
    assert way.papers == (PaperChange("declaration", (("p", 1),)),)
    assert way.posts == (("plant-quarantine", False),)
    assert way.missing_services == ("goods", "plant-quarantine")
    assert way.limits is not None
    assert [row.value.vi for row in way.limits] == ["12 t"]
    assert [refusal.id for _, refusal in way.refusals] == ["overload"]
    assert (way.journeys, way.stranded) == (("anywhere",), ("here-alone",))


def test_limits_nobody_knows_are_unknown() -> None:
    (way,) = diversions(book(middle=ranked(5), south=ranked(7)), "middle", DAY)
    assert way.limits is None


def test_a_gate_without_a_place_in_the_row_has_no_neighbours() -> None:
    assert diversions(book(middle=gate(), south=ranked(7)), "middle", DAY) == ()

"""What follows from a journey in order: charges, times, papers to carry, refusals."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made_handbook import fee, handbook, journey, leg, procedure, step, text

from generator.journeys.charges import FeeSheet, fee_sheet
from generator.journeys.course import Course, course_of
from generator.journeys.timing import TimeSum, time_sum

DAY = date(2026, 11, 21)


def course(legs: list[dict[str, Any]], procedures: dict[str, Any], brought: tuple[str, ...] = ()) -> Course:
    return course_of(handbook(procedures=procedures, journeys={"j": journey(legs, brought)}), "j")


def sheet(legs: list[dict[str, Any]], **procedures: Any) -> FeeSheet:
    return fee_sheet(course(legs, procedures), DAY)


# Charges


def test_a_charge_of_two_steps_is_one_charge() -> None:
    made = procedure([step(1, fees=["f"]), step(2, fees=["f"])], fees=[fee("f", 20000)])
    found = sheet([leg("p/1"), leg("p/2")], p=made)
    assert [(row.fee.id, [item.n for item in row.steps]) for row in found.rows] == [("f", [1, 2])]
    assert found.totals == (("vietnam", "VND", Decimal(20000)),)


def test_sums_stand_by_side_and_currency() -> None:
    vietnamese = procedure([step(1, fees=["a", "b"])], fees=[fee("a", 20000), fee("b", 40000)])
    lao = procedure([step(1, fees=["c"])], "laos", fees=[fee("c", 1500, "LAK")])
    found = sheet([leg("v/1"), leg("l/1", "laos")], v=vietnamese, l=lao)
    assert found.totals == (("laos", "LAK", Decimal(1500)), ("vietnam", "VND", Decimal(60000)))


def test_a_charge_no_step_names_may_arise_and_is_not_summed() -> None:
    made = procedure([step(1, fees=[])], fees=[fee("stamp", 500)])
    found = sheet([leg("p/1")], p=made)
    assert [row.fee.id for row in found.may_arise] == ["stamp"]
    assert (found.rows, found.totals, found.unknown) == ((), (), ())


def test_a_charge_of_a_step_the_journey_leaves_out_does_not_arise() -> None:
    made = procedure([step(1, fees=[]), step(2, fees=["f"])], fees=[fee("f", 1)])
    found = sheet([leg("p/1")], p=made)
    assert (found.rows, found.may_arise) == ((), ())


def test_what_falls_due_sometimes_is_listed_and_not_summed() -> None:
    made = procedure([step(1, fees=["f"])], fees=[fee("f", 20000)])
    found = sheet([leg("p/1", only_if=text("luồng đỏ"))], p=made)
    assert [row.conditional for row in found.rows] == [True]
    assert found.totals == ()


def test_unknown_steps_and_gaps_are_named_and_notes_are_kept() -> None:
    made = procedure([step(1), step(2, fee_note=text("theo biểu thuế")), step(3, fees=[])])
    found = sheet([leg("p/1"), leg("p/2"), leg("p/3"), leg("gap", "laos")], p=made)
    assert [item.leg.key for item in found.unknown] == ["p/1", "gap"]
    assert [(item.leg.key, note.vi) for item, note in found.notes] == [("p/2", "theo biểu thuế")]


def test_an_unknown_amount_is_counted_beside_the_sum() -> None:
    made = procedure([step(1, fees=["a", "b"])], fees=[fee("a", "unknown"), fee("b", 10)])
    found = sheet([leg("p/1")], p=made)
    assert found.open_amounts == 1
    assert found.totals == (("vietnam", "VND", Decimal(10)),)


@pytest.mark.parametrize(("field", "day"), [("valid_to", "2026-11-20"), ("valid_from", "2026-11-22")])
def test_a_charge_of_another_time_is_not_asked_for(field: str, day: str) -> None:
    made = procedure([step(1, fees=["f"])], fees=[fee("f", 10, **{field: day})])
    assert sheet([leg("p/1")], p=made).rows == ()


def test_who_takes_a_charge() -> None:
    made = procedure(
        [step(1, fees=["by-word", "by-step"])],
        "both",
        fees=[fee("by-word", 1, "LAK", side="laos"), fee("by-step", 1), fee("by-procedure", 1)],
    )
    found = sheet([leg("p/1", "vietnam")], p=made)
    assert {row.fee.id: row.side for row in (*found.rows, *found.may_arise)} == {
        "by-word": "laos",
        "by-step": "vietnam",
        "by-procedure": "both",
    }


# Times


def times(*durations: Any) -> TimeSum:
    steps = [step(n, time=time) for n, time in enumerate(durations, 1)]
    legs = [leg(f"p/{n}") for n in range(1, len(steps) + 1)]
    return time_sum(course(legs, {"p": procedure(steps)}))


def test_working_and_running_time_are_not_mixed() -> None:
    found = times(
        {"max": 1, "unit": "working-day"}, {"max": 2, "unit": "working-hour"}, {"max": 1, "unit": "day"}
    )
    assert [(span.clock, span.most) for span in found.spans] == [("working", 600), ("running", 1440)]


def test_least_and_most_are_summed_and_unknown_steps_counted() -> None:
    found = times({"min": 3, "max": 5, "unit": "minute"}, {"max": 2, "unit": "minute"}, "unknown")
    assert [(span.least, span.most, span.open) for span in found.spans] == [(3, 7, False)]
    assert (found.known, len(found.unknown)) == (2, 1)


def test_a_least_without_a_most_leaves_the_sum_open() -> None:
    assert times({"min": 1, "unit": "day"}).spans[0].open


def test_a_deadline_is_no_time_to_wait() -> None:
    found = times({"max": 15, "unit": "day", "deadline": True})
    assert (found.spans, found.known, found.unknown) == ((), 0, ())
    assert [item.n for item, _ in found.deadlines] == [1]


def test_a_step_done_sometimes_is_left_out() -> None:
    made = procedure([step(1, time={"max": 8, "unit": "working-hour"}, only_if=text("luồng đỏ"))])
    found = time_sum(course([leg("p/1")], {"p": made}))
    assert (found.spans, found.known, found.unknown) == ((), 0, ())


# Papers


HOME = procedure([step(1), step(2)])
GATE = procedure([step(1, passage="there"), step(2, passage="there")])


def test_a_paper_made_or_brought_before_the_border_and_used_behind_it_changes_hands() -> None:
    legs = [
        leg("home/1", consumes=["form"], produces=["permit"]),
        leg("exit/1", consumes=["permit"]),
        leg("entry/1", "laos", consumes=["permit", "invoice", "stamp"]),
        leg("exit/2", "laos", produces=["stamp"]),
    ]
    procedures = {"home": HOME, "exit": GATE, "entry": GATE}
    made = course(legs, procedures, ("form", "invoice"))
    assert made.crossing.to == "laos"
    assert set(made.papers_over(made.crossing)) == {"permit", "invoice"}


def test_what_is_used_at_home_alone_need_not_be_carried() -> None:
    legs = [
        leg("home/1", consumes=["form"], produces=["permit"]),
        leg("exit/1", consumes=["permit"]),
        leg("entry/1", "laos", consumes=["invoice"], produces=["release"]),
    ]
    made = course(legs, {"home": HOME, "exit": GATE, "entry": GATE}, ("form", "invoice"))
    items = {item.paper: item for item in made.pack_list()}
    assert {paper: item.carried for paper, item in items.items()} == {
        "form": False,
        "invoice": True,
        "permit": True,
        "release": False,
    }
    assert {paper: item.got for paper, item in items.items()} == {
        "form": "brought",
        "invoice": "brought",
        "permit": "vietnam",
        "release": "laos",
    }
    assert (items["permit"].made_at, items["permit"].used_at) == (1, (2,))


# Refusals


def refusal(n: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"r{n}",
        "step": n,
        "side": "vietnam",
        "result": "waits",
        "what": text("chờ"),
        "avoid": text("khai trước"),
        **fields,
    }


def test_a_refusal_stands_at_the_step_that_prevents_it() -> None:
    made = procedure([step(1), step(2), step(3)], refusals=[refusal(3), refusal(1), refusal(2)])
    found = course([leg("p/1"), leg("p/3")], {"p": made}).refusals()
    assert [(tied.refusal.id, tied.step.leg.key) for tied in found] == [
        ("r1", "p/1"),
        ("r2", "p/1"),
        ("r3", "p/3"),
    ]


def test_a_refusal_before_the_journey_enters_the_procedure_is_not_its_own() -> None:
    made = procedure([step(1), step(2)], refusals=[refusal(1)])
    assert course([leg("p/2")], {"p": made}).refusals() == ()


def test_a_refusal_of_another_gate_is_left_to_that_gate() -> None:
    made = procedure([step(1)], refusals=[refusal(1, gate="la-lay")])
    book = handbook(
        procedures={"p": made}, journeys={"j": journey([leg("p/1")], gates={"gates": ["lao-bao"]})}
    )
    assert course_of(book, "j").refusals() == ()

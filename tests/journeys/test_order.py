"""The order of legs: from papers, from `after`, from each procedure's steps; what is missing, and rings."""

import random
from typing import Any

import pytest
from made_handbook import handbook, journey, leg, procedure, step, text

from generator.journeys.order import order_legs, waits_for
from generator.model.journey import Journey
from generator.model.procedure import Procedure


def keys(made: Journey, procedures: dict[str, Procedure] | None = None) -> list[str]:
    order = order_legs(handbook(procedures=procedures or {}), made)
    return [made.legs[index].key for index in order.legs]


def procedures_of(*steps: dict[str, Any]) -> dict[str, Procedure]:
    return {"p": procedure(steps)}


THREE = {name: procedure([step(1), step(2), step(3)]) for name in ("a", "b", "c")}


def test_a_paper_is_made_before_it_is_used() -> None:
    made = journey([leg("a/1", consumes=["x"]), leg("b/1", produces=["x"])])
    assert keys(made, THREE) == ["b/1", "a/1"]


def test_a_paper_brought_along_makes_nobody_wait() -> None:
    made = journey([leg("a/1", consumes=["x"]), leg("b/1", produces=["x"])], ["x"])
    assert keys(made, THREE) == ["a/1", "b/1"]


def test_after_and_the_steps_of_a_procedure_hold() -> None:
    made = journey([leg("a/2"), leg("b/1", after=["a/2"]), leg("a/1", after=["gap"]), leg("gap")])
    assert keys(made, THREE) == ["gap", "a/1", "a/2", "b/1"]


def test_a_step_that_names_what_it_comes_after_waits_for_that_alone() -> None:
    procedures = procedures_of(step(1), step(2), step(3, after=[1]))
    made = journey([leg("p/3"), leg("p/2", after=["p/3"]), leg("p/1")])
    assert keys(made, procedures) == ["p/1", "p/3", "p/2"]


def test_legs_that_wait_for_nothing_keep_their_place() -> None:
    made = journey([leg("c/1"), leg("a/1"), leg("b/1")])
    assert keys(made, THREE) == ["c/1", "a/1", "b/1"]


def test_of_several_makers_the_one_that_always_runs_is_waited_for() -> None:
    sometimes = leg("b/1", produces=["x"], only_if=text("luồng đỏ"))
    made = journey([leg("a/1", consumes=["x"]), sometimes, leg("c/1", produces=["x"])])
    order = keys(made, THREE)
    assert order.index("c/1") < order.index("a/1")
    assert order_legs(handbook(procedures=THREE), made).missing == ()


def test_what_nobody_makes_is_missing() -> None:
    made = journey([leg("a/1", consumes=["x", "y"]), leg("b/1", produces=["x"])])
    missing = order_legs(handbook(procedures=THREE), made).missing
    assert [(made.legs[item.leg].key, item.paper) for item in missing] == [("a/1", "y")]


def test_a_step_always_done_cannot_rest_on_a_paper_made_sometimes() -> None:
    maker = leg("b/1", produces=["x"], only_if=text("hàng có trong danh mục"))
    made = journey([maker, leg("a/1", consumes=["x"])])
    (missing,) = order_legs(handbook(procedures=THREE), made).missing
    assert (missing.paper, missing.sometimes) == ("x", (0,))
    also = journey([maker, leg("a/1", consumes=["x"], only_if=text("hàng có trong danh mục"))])
    assert order_legs(handbook(procedures=THREE), also).missing == ()


def test_the_condition_of_the_procedure_counts_too() -> None:
    procedures = {**THREE, "p": procedure([step(1, only_if=text("luồng đỏ"))])}
    made = journey([leg("p/1", produces=["x"]), leg("a/1", consumes=["x"])])
    assert [item.paper for item in order_legs(handbook(procedures=procedures), made).missing] == ["x"]


def test_a_leg_does_not_feed_itself() -> None:
    made = journey([leg("a/1", consumes=["x"], produces=["x"])])
    assert [item.paper for item in order_legs(handbook(procedures=THREE), made).missing] == ["x"]
    fed = journey([leg("a/1", consumes=["x"], produces=["x"]), leg("b/1", produces=["x"])])
    assert keys(fed, THREE) == ["b/1", "a/1"]
    assert order_legs(handbook(procedures=THREE), fed).missing == ()


def test_a_step_that_no_procedure_has_makes_nothing() -> None:
    made = journey([leg("a/9", produces=["x"]), leg("b/1", consumes=["x"])])
    assert [item.paper for item in order_legs(handbook(procedures=THREE), made).missing] == ["x"]


def test_a_ring_is_named_and_the_rest_is_ordered() -> None:
    made = journey(
        [
            leg("a/1", consumes=["x"], produces=["y"]),
            leg("b/1", consumes=["y"], produces=["x"]),
            leg("c/1", after=["b/1"]),
            leg("c/2"),
        ]
    )
    ordered = order_legs(handbook(procedures={**THREE, "c": procedure([step(1), step(2, after=[])])}), made)
    assert {made.legs[index].key for index in ordered.cycle} == {"a/1", "b/1"}
    alone = journey([leg("a/1", after=["b/1"]), leg("b/1", after=["a/1"]), leg("c/1")])
    ordered = order_legs(handbook(procedures=THREE), alone)
    assert [alone.legs[index].key for index in ordered.legs] == ["c/1"]
    assert len(ordered.cycle) == 2


@pytest.mark.parametrize("seed", range(20))
def test_every_leg_comes_behind_all_it_waits_for(seed: int) -> None:
    chance = random.Random(seed)
    legs = []
    for n in range(12):
        papers = [f"p{m}" for m in range(n) if chance.random() < 0.3]
        legs.append(leg(f"s{n}/1", consumes=papers, produces=[f"p{n}"]))
    chance.shuffle(legs)
    made = journey(legs)
    book = handbook(procedures={f"s{n}": procedure([step(1)]) for n in range(12)})
    ordered = order_legs(book, made)
    assert not ordered.missing
    assert not ordered.cycle
    place = {index: position for position, index in enumerate(ordered.legs)}
    for index, earlier in waits_for(book, made).items():
        assert all(place[other] < place[index] for other in earlier)

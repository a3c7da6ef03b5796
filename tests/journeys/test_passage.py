"""Where the border is passed: there, back, with an empty truck, and where no step tells."""

import pytest

from generator.journeys.passage import Crossing, Stop, crossings, main_crossing

V, L, B = "vietnam", "laos", "both"


def passed(
    *stops: tuple[int, str] | tuple[int, str, bool], direction: str = "vn-to-la"
) -> list[tuple[object, ...]]:
    found = crossings([Stop(*stop) for stop in stops], direction, {V: 5, L: 9})  # type: ignore[arg-type]
    return [(crossing.after, crossing.to, crossing.back) for crossing in found]


def test_goods_leave_and_the_truck_comes_home() -> None:
    stops = ((13, V), (16, V), (17, B), (20, L), (23, L), (24, V, True))
    assert passed(*stops) == [(17, L, False), (23, V, True)]


def test_a_foreign_truck_goes_home_behind_its_last_step_abroad() -> None:
    assert passed((11, L), (12, B), (13, V), (22, V, True), direction="la-to-vn") == [
        (12, V, False),
        (22, L, True),
    ]


def test_a_truck_comes_back_though_no_step_abroad_is_known() -> None:
    assert passed((3, V), (5, B), (8, V, True), direction="both") == [(5, L, False), (7, V, True)]


def test_an_empty_truck_fetches_goods_on_the_other_side() -> None:
    stops = ((4, L), (5, B), (6, V), (9, V), (10, V, True), (12, L))
    assert passed(*stops) == [(5, V, False), (10, L, True)]
    found = crossings([Stop(*stop) for stop in stops], "vn-to-la", {})  # type: ignore[arg-type]
    assert main_crossing(found, "vn-to-la") == Crossing(10, L, True)


def test_a_control_of_both_sides_before_all_else_lies_at_home() -> None:
    assert passed((1, B), (2, L), (3, V), direction="la-to-vn") == [(2, V, False)]
    assert passed((2, B), (3, V), direction="both") == [(2, V, False)]


@pytest.mark.parametrize(
    ("stops", "direction", "expected"),
    [
        (((4, B),), "vn-to-la", [(4, L, False)]),
        (((1, B), (3, B)), "both", [(3, None, False)]),
        ((), "vn-to-la", [(5, L, False)]),
        ((), "la-to-vn", [(9, V, False)]),
        ((), "both", [(0, None, False)]),
    ],
)
def test_where_no_step_decides(stops: tuple[tuple[int, str], ...], direction: str, expected: object) -> None:
    assert passed(*stops, direction=direction) == expected

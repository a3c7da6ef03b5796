"""Which journeys fit: direction, goods, person, gate; and what is meant by a word."""

from datetime import date
from typing import Any

import pytest
from made_handbook import ENTRY, gate, handbook, journey, leg, procedure, step, text

from generator.journeys.matching import (
    BY_CLASS,
    BY_NAME,
    NO_GATE,
    POSSIBLE,
    Request,
    fitting,
    gate_fit,
    gates_named,
    goods_named,
    match_journeys,
)
from generator.model.goods import Goods
from generator.reading.handbook import Handbook
from generator.reading.load import Loaded

DAY = date(2026, 11, 21)


def fit(
    made_gate: Any, where: dict[str, Any] | None = None, journey_gates: dict[str, Any] | None = None
) -> int:
    book = handbook(
        procedures={"p": procedure([step(1)], where=where or {})},
        journeys={"j": journey([leg("p/1")], gates=journey_gates or {})},
        gates={"g": made_gate},
    )
    return gate_fit(book, book.entries["journeys"]["j"], "g", DAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made_gate", "where", "gates", "expected"),
    [
        (gate(), {}, {}, POSSIBLE),
        (gate(), {}, {"gates": ["g"]}, BY_NAME),
        (gate(), {}, {"gates": ["other"]}, NO_GATE),
        (gate(), {}, {"classes": ["international"]}, BY_CLASS),
        (gate("main"), {}, {"classes": ["international"]}, NO_GATE),
        (gate("main"), {"classes": ["international"]}, {}, NO_GATE),
        (gate(), {"gates": ["other"]}, {}, NO_GATE),
        (gate(), {"services": ["coal"]}, {"classes": ["international"]}, POSSIBLE),
        (gate(services=["coal"]), {"services": ["coal"]}, {"classes": ["international"]}, BY_CLASS),
        (gate(states=[{"on": "2020", "state": "closed"}]), {}, {"gates": ["g"]}, NO_GATE),
        (gate(states=[{"on": "2027", "state": "open"}]), {}, {}, NO_GATE),
    ],
)
def test_how_well_a_gate_fits(
    made_gate: Any, where: dict[str, Any], gates: dict[str, Any], expected: int
) -> None:
    assert fit(made_gate, where, gates) == expected


def test_a_step_done_sometimes_does_not_bind_the_journey_to_a_gate() -> None:
    book = handbook(
        procedures={"p": procedure([step(1, only_if=text("rau"))], where={"classes": ["international"]})},
        journeys={"j": journey([leg("p/1")])},
        gates={"g": gate("main")},
    )
    assert gate_fit(book, book.entries["journeys"]["j"], "g", DAY) == POSSIBLE  # type: ignore[arg-type]


def goods(*classes: str, names: tuple[str, ...] = (), hs: tuple[str, ...] = ()) -> Goods:
    values: dict[str, Any] = {
        "name": text("hàng"),
        "everyday": {"vi": list(names)},
        "goods_class": list(classes),
        "direction": "both",
        **ENTRY,
    }
    if hs:
        values["headings"] = [{"code": code} for code in hs]
    return Goods.model_validate(values)


@pytest.fixture(scope="module")
def book() -> Handbook:
    return handbook(
        procedures={"p": procedure([step(1)])},
        gates={"north": gate(), "south": gate("auxiliary")},
        goods={
            "rice": goods("agricultural", names=("gạo",), hs=("1006",)),
            "tea": goods("agricultural", names=("chè khô",), hs=("0902",)),
        },
        journeys={
            "general": journey([leg("p/1")]),
            "crops": journey([leg("p/1")], goods=["agricultural"], for_goods=["tea", "maize"]),
            "rice": journey([leg("p/1")], goods=["agricultural"], for_goods=["rice"]),
            "coal": journey([leg("p/1")], goods=["minerals"], gates={"gates": ["north"]}),
            "both": journey([leg("p/1")], direction="both", who=["carrier", "enterprise"]),
            "home": journey([leg("p/1")], direction="la-to-vn", goods=["agricultural"]),
        },
    )


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (Request("vn-to-la", ("general",), (), "enterprise"), ["general", "both"]),
        (Request("vn-to-la", ("agricultural",), (), "enterprise"), ["crops", "rice"]),
        (Request("vn-to-la", ("agricultural",), ("rice",), "enterprise"), ["rice"]),
        (Request("la-to-vn", ("agricultural",), (), None), ["home"]),
        (Request("vn-to-la", ("fuel",), (), "enterprise"), ["general", "both"]),
        (Request("vn-to-la", ("minerals",), (), "enterprise", "north"), ["coal"]),
        (Request("vn-to-la", ("minerals",), (), "enterprise", "south"), []),
        (Request(None, (), (), "carrier"), ["both"]),
        (Request("vn-to-la", (), (), "traveller"), []),
    ],
)
def test_the_closest_journeys(book: Handbook, request_: Request, expected: list[str]) -> None:
    assert [match.journey_id for match in fitting(match_journeys(book, request_, DAY))] == expected


def test_what_comes_nearest_says_what_differs(book: Handbook) -> None:
    matches = match_journeys(book, Request("vn-to-la", ("minerals",), (), "enterprise", "south"), DAY)
    near = [match for match in matches if match.failed]
    assert (near[0].journey_id, near[0].failed) == ("coal", ("gate",))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("rice", ("rice",)),
        ("GẠO", ("rice",)),
        ("gao", ("rice",)),
        ("che", ("tea",)),
        ("1006", ("rice",)),
        ("1006.30", ("rice",)),
        ("10", ("rice",)),
        ("0902", ("tea",)),
        ("xe", ()),
        ("", ()),
    ],
)
def test_goods_by_name_and_heading(book: Handbook, words: str, expected: tuple[str, ...]) -> None:
    assert goods_named(book, words) == expected


@pytest.mark.parametrize("words", ["lao-bao", "Lao Bảo", "lao bao", "ລາວບາວ", "Dansavanh"])
def test_a_real_gate_by_any_of_its_names(loaded: Loaded, words: str) -> None:
    assert gates_named(loaded.handbook, words) == ("lao-bao",)


@pytest.mark.parametrize("words", ["sắn", "san", "khoai mì", "ມັນຕົ້ນ", "0714", "cassava"])
def test_real_goods_in_either_script(loaded: Loaded, words: str) -> None:
    assert goods_named(loaded.handbook, words) == ("cassava",)

"""The twenty journeys of the handbook: order, both sides, passages, charges; and data that breaks them."""

import random
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli import main
from generator.journeys.charges import fee_sheet
from generator.journeys.course import Course, course_of
from generator.journeys.order import order_legs
from generator.model.document import Document
from generator.model.journey import Journey
from generator.model.procedure import Procedure
from generator.model.scalars import UNKNOWN
from generator.reading.handbook import Handbook
from generator.reading.load import Loaded
from generator.rules import check_handbook

DAY = date(2026, 11, 21)
ORDERS: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "expected_orders.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def handbook(loaded: Loaded) -> Handbook:
    return loaded.handbook


@pytest.fixture(params=sorted(ORDERS))
def course(request: pytest.FixtureRequest, handbook: Handbook) -> Course:
    return course_of(handbook, request.param)


def test_every_journey_has_an_expected_order(handbook: Handbook) -> None:
    assert sorted(ORDERS) == sorted(handbook.of(Journey))
    assert len(ORDERS) == 20


def test_the_order_is_derived_as_expected(course: Course, handbook: Handbook) -> None:
    found = [f"{item.leg.side} {item.leg.key if item.procedure else '?'}" for item in course.steps]
    assert found == ORDERS[course.journey_id]
    ordered = order_legs(handbook, course.journey)
    assert (ordered.missing, ordered.cycle) == ((), ())


def test_both_sides_have_their_part(course: Course) -> None:
    sides = {item.leg.side for item in course.steps}
    assert {"vietnam", "laos"} <= sides or "both" in sides


def test_a_step_is_travelled_behind_the_paper_it_needs(course: Course) -> None:
    held = set(course.journey.brought_along)
    for item in course.steps:
        assert set(item.leg.consumes) <= held
        held |= set(item.leg.produces)


def test_the_passages_do_not_hang_on_how_the_file_is_written(course: Course, handbook: Handbook) -> None:
    """However the legs are listed, what leaves a country is done before what enters the other."""
    if course.journey.direction == "both":
        pytest.skip("either side may come first")
    chance = random.Random(course.journey_id)
    expected = [(passage.to, passage.back) for passage in course.crossings]
    for _ in range(10):
        legs = list(course.journey.legs)
        chance.shuffle(legs)
        entries = {kind: dict(rows) for kind, rows in handbook.entries.items()}
        entries["journeys"][course.journey_id] = course.journey.model_copy(update={"legs": tuple(legs)})
        shuffled = course_of(Handbook(entries, handbook.files), course.journey_id)
        assert [(passage.to, passage.back) for passage in shuffled.crossings] == expected


@pytest.mark.parametrize(
    ("journey_id", "expected"),
    [
        # Goods out, truck home; a Lao truck; an empty truck that fetches goods; residents; a person on foot.
        ("enterprise-export-general-vn-la", [(17, "laos"), (23, "vietnam")]),
        ("enterprise-import-cassava-la-vn", [(12, "vietnam"), (22, "laos")]),
        ("transit-vung-ang-to-laos", [(5, "vietnam"), (10, "laos")]),
        ("truck-with-driver-vn-to-la", [(6, "laos"), (7, "vietnam")]),
        ("lao-truck-to-vn", [(1, "vietnam"), (5, "laos")]),
        ("border-resident-la-to-vn", [(2, "vietnam")]),
        ("border-resident-vn-to-la", [(2, "laos")]),
        ("person-on-foot-border-pass", [(4, "laos")]),
    ],
)
def test_where_the_border_lies(handbook: Handbook, journey_id: str, expected: list[tuple[int, str]]) -> None:
    found = course_of(handbook, journey_id).crossings
    assert [(passage.after, passage.to) for passage in found] == expected


def test_goods_pass_in_the_direction_of_the_journey(course: Course) -> None:
    wanted = {"vn-to-la": "laos", "la-to-vn": "vietnam"}.get(course.journey.direction)
    assert wanted in (None, course.crossing.to)


def test_no_charge_of_a_procedure_used_is_swallowed(course: Course) -> None:
    sheet = fee_sheet(course, DAY)
    shown = {(row.procedure_id, row.fee.id) for row in (*sheet.rows, *sheet.may_arise)}
    used = {item.leg.procedure: item.procedure for item in course.steps if item.procedure is not None}
    for procedure_id, procedure in used.items():
        assert procedure_id is not None
        steps = {item.leg.step for item in course.steps if item.leg.procedure == procedure_id}
        elsewhere = {
            fee_id
            for step in procedure.steps
            if step.fees != UNKNOWN and step.n not in steps
            for fee_id in step.fees
        }
        due = {fee.id for fee in procedure.fees if fee.holds_on(DAY)}
        assert due - elsewhere <= {fee_id for name, fee_id in shown if name == procedure_id}
    said = {item.n for item in sheet.unknown} | {item.n for item, _ in sheet.notes}
    said |= {item.n for row in sheet.rows for item in row.steps}
    assert all(item.n in said or (item.step is not None and item.step.fees == ()) for item in course.steps)


def test_deadlines_are_no_waiting_time(handbook: Handbook) -> None:
    """The limits a traveller has to keep, by procedure and step."""
    kept = {
        (procedure_id, step.n)
        for procedure_id, procedure in handbook.of(Procedure).items()
        for step in procedure.steps
        if step.time is not None and step.time != UNKNOWN and step.time.deadline
    }
    assert kept >= {
        ("lnsw-asycuda", 2),
        ("lnsw-asycuda", 3),
        ("carrying-cash", 2),
        ("self-certification", 2),
        ("animal-export-lao", 2),
        ("complaint-appeal-vn", 1),
        ("transit-lao-goods", 3),
    }


def test_papers_that_name_a_gate_are_marked(handbook: Handbook) -> None:
    marked = {paper for paper, document in handbook.of(Document).items() if document.names_gate}
    assert marked >= {
        "vn-import-declaration",
        "vn-export-declaration",
        "vn-transit-declaration",
        "vn-la-vehicle-permit",
    }


def test_there_is_a_way_to_complain_on_both_sides(handbook: Handbook) -> None:
    sides = {procedure.side for procedure in handbook.of(Procedure).values() if procedure.recourse}
    assert sides == {"vietnam", "laos"}


# Data that breaks a journey

RULES = ("paper-not-produced", "journey-cycle", "journey-one-sided", "leg-not-of-step", "step-not-here")


def check(data: Path, as_of: str = "2026-11-21") -> Result:
    return CliRunner().invoke(main, ["check", "--data", str(data), "--as-of", as_of, "--lang", "en"])


@pytest.fixture
def data(tmp_path: Path, root: Path) -> Iterator[Path]:
    shutil.copytree(root / "data", tmp_path / "data")
    yield tmp_path / "data"


def without_leg(text: str, key: str) -> str:
    """A journey's text without one leg."""
    procedure, n = key.split("/")
    pattern = rf"  - procedure: {procedure}\n    step: {n}\n(?:    .*\n|      .*\n)*"
    changed, count = re.subn(pattern, "", text)
    assert count == 1
    return changed


def test_the_real_journeys_are_sound_on_the_day(root: Path) -> None:
    codes = {problem.code for problem in check_handbook(root / "data", DAY).problems}
    assert not codes & {*RULES, "basis-not-in-force"}


def test_a_journey_without_a_producing_step_fails(data: Path) -> None:
    """The paper, the step that needs it and where it could come from are named; nothing is built."""
    path = data / "journeys" / "enterprise-import-cassava-la-vn.yaml"
    path.write_text(
        without_leg(path.read_text(encoding="utf-8"), "phytosanitary-export-lao/2"), encoding="utf-8"
    )
    result = check(data)
    assert result.exit_code == 1
    lines = [line for line in result.output.splitlines() if "error[paper-not-produced]" in line]
    assert {re.search(r"Step (\S+) needs", line)[1] for line in lines} == {  # type: ignore[index]
        "lao-export/2",
        "plant-quarantine-vn/2",
        "plant-quarantine-vn/3",
    }
    for line in lines:
        assert "journeys/enterprise-import-cassava-la-vn.yaml:" in line
        assert "la-phytosanitary-certificate" in line
        assert "phytosanitary-export-lao/2" in line
    built = CliRunner().invoke(
        main, ["documents", "--data", str(data), "--as-of", "2026-11-21", "--out", str(data.parent / "out")]
    )
    assert built.exit_code == 1
    assert not (data.parent / "out").exists()


def test_a_procedure_without_a_producing_step_fails_the_journeys(data: Path) -> None:
    path = data / "procedures" / "phytosanitary-export-lao.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("  - n: 2\n")
    end = re.search(r"^\S", text[start:], re.MULTILINE)
    assert end is not None
    path.write_text(text[:start] + text[start + end.start() :], encoding="utf-8")
    result = check(data)
    assert result.exit_code == 1
    needed = [line for line in result.output.splitlines() if "error[paper-not-produced]" in line]
    assert any("la-phytosanitary-certificate" in line and "lao-export/2" in line for line in needed)
    # Another procedure still issues it.
    assert all("rice-export-lao/1" in line for line in needed if "la-phytosanitary-certificate" in line)


def test_a_paper_no_step_makes_is_traced_to_its_issuer(data: Path) -> None:
    path = data / "journeys" / "lao-truck-to-vn.yaml"
    text = path.read_text(encoding="utf-8")
    changed = re.sub(
        r"(?m)^  - vehicle-insurance\n|, vehicle-insurance|vehicle-insurance, ", "", text, count=1
    )
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    (line,) = [line for line in check(data).output.splitlines() if "error[paper-not-produced]" in line]
    assert "“vehicle-insurance”" in line
    issuer = yaml.safe_load((data / "documents" / "vehicle-insurance.yaml").read_text(encoding="utf-8"))
    assert issuer["issued_by"]["vi"] in line


def test_steps_of_one_country_alone_are_not_a_journey(data: Path) -> None:
    """Papers got at home by the partner do not bring the goods across."""
    path = data / "journeys" / "enterprise-export-general-vn-la.yaml"
    text = path.read_text(encoding="utf-8")
    for n in range(1, 6):
        text = without_leg(text, f"lnsw-asycuda/{n}")
    text = re.sub(r"  - id: unknown-vietnamese-truck-in-laos\n(?:    .*\n|      .*\n)*", "", text)
    text = re.sub(r"    after: \[lnsw-asycuda/5\]\n", "", text)
    path.write_text(text, encoding="utf-8")
    lines = [line for line in check(data).output.splitlines() if "enterprise-export-general-vn-la" in line]
    assert any("error[journey-one-sided]" in line and "laos" in line for line in lines)


def test_a_basis_that_has_ended_fails_on_the_day_after(data: Path) -> None:
    """The day is moved past the end of a law a procedure stands on."""
    law = data / "agreements" / "decree-206-2025.yaml"
    text = law.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^expires: .*\n", "", text)
    law.write_text(
        re.sub(r"(?m)^(effective: .*)$", r"\1\nexpires: 2027-12-31", text, count=1), encoding="utf-8"
    )
    before = [line for line in check(data, "2027-12-31").output.splitlines() if "decree-206-2025" in line]
    assert not [line for line in before if "error[basis-not-in-force]" in line]
    result = check(data, "2028-01-01")
    assert result.exit_code == 1
    ended = [line for line in result.output.splitlines() if "error[basis-not-in-force]" in line]
    assert any(
        line.startswith(f"{data}/procedures/commercial-import-la-vn.yaml:") and "decree-206-2025" in line
        for line in ended
    )

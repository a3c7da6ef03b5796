"""Side by side, border line, figures and long lists show what the data holds, all of it."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from generator.labels import LANGUAGES, labels
from generator.model.gate import Gate
from generator.model.kinds import KINDS
from generator.model.reference import Source, Term
from generator.model.scalars import UNKNOWN
from generator.model.statistics import Series, Statistics
from generator.reading.load import Loaded
from generator.site.pages import NOT_PARALLEL
from generator.views.border_line import in_order
from generator.views.collation import sort_key
from generator.views.figures import BOTTOM, HEIGHT, TOP, draw, drawable
from generator.views.statistics import FROM_LAOS, FROM_VIETNAM, WHOLE

pytestmark = pytest.mark.site


def page(site: Path, language: str, path: str) -> Any:
    folder = site if language == "vi" else site / "lo"
    return etree.HTML((folder / path).read_bytes())


def text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


# Side by side


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in NOT_PARALLEL])
def test_side_by_side_has_both_languages_in_each_row(site: Path, loaded: Loaded, kind: str) -> None:
    entry_id = next(iter(loaded.handbook.entries[kind]))
    for language, second in (("vi", "lo"), ("lo", "vi")):
        both = page(site, language, f"both/{kind}/{entry_id}.html")
        rows = both.xpath("//div[@class='par']/div")
        assert len(rows) > 2
        for row in rows:
            assert [child.get("lang") for child in row if child.get("lang")][:2] == [language, second]


def test_side_by_side_says_what_the_pages_say(site: Path, loaded: Loaded) -> None:
    for gate_id in ("lao-bao", "la-lay"):
        gate = loaded.handbook.of(Gate)[gate_id]
        both = text(page(site, "vi", f"both/gates/{gate_id}.html").xpath("//main")[0])
        assert gate.summary.vi in both and gate.summary.lo in both


# The border line


@pytest.mark.parametrize("language", LANGUAGES)
def test_border_line_and_table_hold_the_same_gates(site: Path, loaded: Loaded, language: str) -> None:
    index = page(site, language, "gates/index.html")
    ordered = in_order(loaded.handbook)
    line = [href.removesuffix(".html") for href in index.xpath("//ol[@id='line']//a/@href")]
    table = [href.removesuffix(".html") for href in index.xpath("//table[@id='list']/tbody/tr/th/a/@href")]
    assert table == [gate_id for gate_id, _ in ordered]
    assert line == [gate_id for gate_id, gate in ordered if gate.rank is not None]
    note = labels("lo" if language == "lo" else "vi")["line-diagram.note"]
    assert note in text(index.xpath("//main")[0])


def test_chips_count_the_gates(site: Path) -> None:
    index = page(site, "vi", "gates/index.html")
    rows = index.xpath("//table[@id='list']/tbody/tr")
    chips = index.xpath("//ul[@data-filters='line list']//a[@data-value!='']")
    assert {chip.get("data-key") for chip in chips} == {"class", "state"}
    for chip in chips:
        key, value = chip.get("data-key"), chip.get("data-value")
        assert int(text(chip).rsplit(" ", 1)[1]) == sum(row.get(f"data-{key}") == value for row in rows) > 0


# Figures


def known(series: Series) -> dict[str, Decimal]:
    return {point.period: point.value for point in series.points if isinstance(point.value, Decimal)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_trade_by_year_and_direction(site: Path, loaded: Loaded, language: str) -> None:
    statistics = loaded.handbook.of(Statistics)["trade-by-year"]
    by_id = {series.id: series for series in statistics.series}
    shown = page(site, language, "statistics/trade-by-year.html").xpath("//figure[1]")[0]
    for name, series_id in (("whole", WHOLE), ("la", FROM_LAOS), ("vn", FROM_VIETNAM)):
        columns = shown.xpath(f"svg[@class='draw']/rect[@class='c {name}']")
        assert len(columns) == len(known(by_id[series_id])) > 2
    assert (
        shown.xpath("svg[@class='draw']/@role") == ["img"]
        and shown.xpath("svg[@class='draw']/@aria-label")[0]
    )
    periods = {point.period for series in by_id.values() if series.id in (WHOLE, FROM_LAOS, FROM_VIETNAM)
               for point in series.points}  # fmt: skip
    assert len(shown.xpath("table/tbody/tr")) == len(periods)


def test_heights_are_in_proportion(loaded: Loaded) -> None:
    for statistics in loaded.handbook.of(Statistics).values():
        for series in statistics.series:
            if not drawable(series):
                continue
            drawing = draw([("all", series)])
            values = known(series)
            assert len([column for column in drawing.columns if column.name == "all"]) == len(values)
            tallest = max(values.values(), key=abs)
            unit = max(Decimal(column.height) for column in drawing.columns) / abs(tallest)
            for column, value in zip(drawing.columns, values.values(), strict=True):
                assert abs(Decimal(column.height) - abs(value) * unit) <= Decimal("0.2"), series.id
                assert (
                    Decimal(column.y) >= TOP and Decimal(column.y) + Decimal(column.height) <= HEIGHT - BOTTOM
                )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_stands_on_its_page_with_a_source(site: Path, loaded: Loaded, language: str) -> None:
    for entry_id, statistics in loaded.handbook.of(Statistics).items():
        shown = page(site, language, f"statistics/{entry_id}.html")
        values = shown.xpath("//table//td[contains(@class, 'n')]")
        points = [point for series in statistics.series for point in series.points]
        assert sum(len(value.xpath(".//a[@class='ref']")) for value in values) >= len(points)
        unknown = [point for point in points if point.value == UNKNOWN]
        assert len(shown.xpath("//td//span[@class='unk']")) >= len(unknown)


# Long lists


@pytest.mark.parametrize("language", LANGUAGES)
def test_glossary_parts_hold_every_term_in_order(site: Path, loaded: Loaded, language: str) -> None:
    terms = loaded.handbook.of(Term)
    where = "lo" if language == "lo" else "vi"
    found: list[str] = []
    for link in page(site, language, "glossary/index.html").xpath("//main//li/a/@href"):
        part = page(site, language, f"glossary/{link}")
        ids = [
            href.rsplit("/", 1)[1].removesuffix(".html") for href in part.xpath("//th[@scope='row']/a/@href")
        ]
        names = [terms[entry_id].name[where] for entry_id in ids]
        assert names == sorted(names, key=lambda name: sort_key(name, where))  # type: ignore[arg-type]
        targets = {f"#{anchor}" for anchor in part.xpath("//tbody/@id")}
        assert set(part.xpath("//ul[contains(@class, 'letters')]//a/@href")) == targets
        found += ids
    assert sorted(found) == sorted(terms)


def test_source_parts_hold_every_source(site: Path, loaded: Loaded) -> None:
    found: list[str] = []
    for link in page(site, "vi", "sources/index.html").xpath("//main//li/a/@href"):
        part = page(site, "vi", f"sources/{link}")
        found += [
            href.rsplit("/", 1)[1].removesuffix(".html") for href in part.xpath("//th[@scope='row']/a/@href")
        ]
    assert sorted(found) == sorted(loaded.handbook.of(Source))


@pytest.mark.parametrize("language", LANGUAGES)
def test_design_page_shows_each_part_by_its_template(site: Path, root: Path, language: str) -> None:
    shown = {
        anchor.removeprefix("part-") for anchor in page(site, language, "about/design.html").xpath("//h2/@id")
    }
    templates = {
        path.stem.replace("_", "-") for path in (root / "generator/site/templates/blocks").glob("*.html")
    }
    assert templates - {"symbols", "register", "finder-form"} <= shown

"""What leaves the site as data: JSON, its schemas, GeoJSON, CSV, feeds – against the entries they are made from."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from generator.exports.open_data import FORMULA_STARTS, csv_cell
from generator.labels import LANGUAGES
from generator.model.gate import Gate
from generator.model.happening import Notice
from generator.model.kinds import KINDS
from generator.model.scalars import UNKNOWN, PartialDate
from generator.reading.load import Loaded

pytestmark = pytest.mark.site

ATOM = {"a": "http://www.w3.org/2005/Atom"}
# The strip around the border in degrees: longitude, latitude.
STRIP = ((100.0, 109.5), (13.5, 23.5))


def read(site: Path, name: str) -> Any:
    return json.loads((site / "api/v1" / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", KINDS)
def test_json_holds_every_entry(site: Path, loaded: Loaded, kind: str) -> None:
    entries = loaded.handbook.entries[kind]
    listing = read(site, f"{kind}.json")
    assert [item["id"] for item in listing["entries"]] == list(entries)
    assert listing["count"] == len(entries) == read(site, "index.json")["kinds"][kind]["count"]
    single = {path.stem for path in (site / "api/v1" / kind).glob("*.json")}
    assert single == set(entries)
    for item in listing["entries"]:
        for language in LANGUAGES:
            assert (site / item["url"][language]).is_file()


@pytest.mark.parametrize("kind", KINDS)
def test_json_follows_its_schema(site: Path, kind: str) -> None:
    schema = read(site, f"schema/{kind}.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for item in read(site, f"{kind}.json")["entries"]:
        validator.validate(item)
    broken = {**read(site, f"{kind}.json")["entries"][0], "entry": {"name": "?"}}
    assert not validator.is_valid(broken)


def test_numbers_are_numbers(site: Path) -> None:
    points = [
        point
        for item in read(site, "statistics.json")["entries"]
        for series in item["entry"]["series"]
        for point in series["points"]
    ]
    assert points
    assert all(isinstance(point["value"], int | float) or point["value"] == UNKNOWN for point in points)


def test_geojson_holds_every_gate(site: Path, loaded: Loaded) -> None:
    collection = read(site, "gates.geojson")
    gates = loaded.handbook.of(Gate)
    assert collection["type"] == "FeatureCollection"
    assert {feature["id"] for feature in collection["features"]} == set(gates)
    assert set(collection["note"]) == set(LANGUAGES)
    placed = 0
    for feature in collection["features"]:
        known = gates[feature["id"]].coordinates != UNKNOWN
        assert (feature["geometry"] is not None) == known
        if known:
            placed += 1
            longitude, latitude = feature["geometry"]["coordinates"]
            assert STRIP[0][0] < longitude < STRIP[0][1] and STRIP[1][0] < latitude < STRIP[1][1]
            assert feature["properties"]["precision"] and feature["properties"]["sources"]
    assert placed


@pytest.mark.parametrize("kind", KINDS)
def test_csv_holds_every_entry_and_runs_nothing(site: Path, loaded: Loaded, kind: str) -> None:
    text = (site / f"api/v1/{kind}.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["id"] for row in rows] == list(loaded.handbook.entries[kind])
    assert not [cell for row in rows for cell in row.values() if cell.startswith(FORMULA_STARTS)]


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_formula_stays_text(start: str) -> None:
    assert csv_cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"
    assert csv_cell("Lao Bảo = Đen Sạ Vẳn") == "Lao Bảo = Đen Sạ Vẳn"


@pytest.mark.parametrize("language", LANGUAGES)
def test_feed_is_valid_and_holds_every_dated_notice(site: Path, loaded: Loaded, language: str) -> None:
    feed = etree.parse(site / ("feed.xml" if language == "vi" else "lo/feed.xml")).getroot()
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    for required in ("a:id", "a:title", "a:updated", "a:author/a:name", "a:link[@rel='self']"):
        assert feed.findall(required, ATOM), required
    entries = feed.findall("a:entry", ATOM)
    dated = [key for key, one in loaded.handbook.of(Notice).items() if isinstance(one.on, PartialDate)]
    assert len(entries) == len(dated)
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in entries]
    assert len(set(ids)) == len(ids)
    days = [entry.findtext("a:published", namespaces=ATOM) for entry in entries]
    assert days == sorted(days, reverse=True)
    for entry in entries:
        for required in ("a:title", "a:updated", "a:summary"):
            assert (entry.findtext(required, namespaces=ATOM) or "").strip()
        link = entry.find("a:link", ATOM)
        assert link is not None
        path = (link.get("href") or "").partition("example/")[2]
        assert (site / path).is_file()
        assert path.startswith("lo/") == (language == "lo")


@pytest.mark.parametrize("language", LANGUAGES)
def test_description_names_every_file_and_count(site: Path, loaded: Loaded, language: str) -> None:
    folder = site if language == "vi" else site / "lo"
    page = etree.HTML((folder / "about/data.html").read_bytes())
    linked = {
        (folder / "about" / href).resolve().relative_to(site.resolve()).as_posix()
        for href in page.xpath("//main//a/@href")
        if "/api/" in href or href.endswith("feed.xml")
    }
    expected = {"feed.xml", "lo/feed.xml", "api/v1/index.json", "api/v1/gates.geojson"}
    for kind in KINDS:
        expected |= {f"api/v1/{kind}.json", f"api/v1/{kind}.csv", f"api/v1/schema/{kind}.schema.json"}
    assert expected <= linked
    counts = [int(cell.text) for cell in page.xpath("//table[@id='list']//td[contains(@class, 'n')]")]
    assert counts == [len(loaded.handbook.entries[kind]) for kind in KINDS]

"""The structured metadata of pages: what it says is what the data says, of every kind that has a type of schema.org."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.labels import LANGUAGES, Language, labels
from generator.model.kinds import KINDS
from generator.model.scalars import UNKNOWN, PartialDate
from generator.reading.handbook import EntryKey, Handbook
from generator.rules import require_sound_handbook
from generator.site.framing import frame_of
from generator.site.page_info import PageInfo, first_line, take
from generator.site.pages import plan_pages
from generator.site.shell import Place, Settings
from generator.views.linked_data import main_entity

DATA = Path(__file__).parents[1] / "fixtures/handbook"
TODAY = date(2026, 11, 21)
SITE = "https://handbook.example/"
TYPES = {
    "gates": "Place",
    "provinces": "AdministrativeArea",
    "zones": "Place",
    "offices": "GovernmentOrganization",
    "agreements": "Legislation",
    "events": "Event",
    "statistics": "Dataset",
    "glossary": "DefinedTerm",
    "sources": "CreativeWork",
}


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    return require_sound_handbook(DATA, TODAY)


@pytest.fixture(scope="module")
def said(handbook: Handbook) -> dict[str, dict[str, Any]]:
    """What each page says of itself, by its path below docs/, where it says anything."""
    pages = {page.path: page.text for page in plan_pages(handbook, TODAY)}
    frame = frame_of(Settings(SITE, "", TODAY, 90, 180), pages)
    found = {}
    for path, text in pages.items():
        info, content = take(text)
        if data := frame.shell(Place.of_source(path), info, content).linked_data:
            found[path] = json.loads(data)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_says_what_its_data_says(
    kind: str, language: Language, handbook: Handbook, said: dict[str, dict[str, Any]]
) -> None:
    for entry_id, entry in handbook.entries[kind].items():
        thing = said[f"{language}/{kind}/{entry_id}.md"].get("mainEntity")
        if kind not in TYPES or getattr(entry, "level", "") in ("portal", "other"):
            assert thing is None
            continue
        assert thing["@type"] == TYPES[kind]
        if kind == "sources":
            assert thing["name"] == entry.title
            assert thing.get("url", UNKNOWN) == entry.url
            assert thing.get("datePublished", UNKNOWN) == str(entry.published)
            continue
        names = getattr(entry, "name")  # noqa: B009
        assert thing["name"] == (names.lo if language == "lo" else names.vi)
        if "alternateName" in thing:
            other = thing["alternateName"]
            assert other["@language"] != language
            assert other["@value"] == (names.vi if language == "lo" else names.lo)
        if kind == "agreements":
            assert thing.get("legislationIdentifier", UNKNOWN) == entry.number
            assert thing.get("legislationDate", UNKNOWN) == str(entry.signed)
            codes = {"vietnam": ["VN"], "laos": ["LA"], "both": ["LA", "VN"]}[entry.side]
            assert [country["name"] for country in thing["legislationJurisdiction"]] == codes
        if kind == "statistics":
            assert thing["distribution"]["contentUrl"] == f"{SITE}api/v1/statistics/{entry_id}.json"
            assert thing["license"].startswith(SITE)
            periods = [point.period for series in entry.series for point in series.points]
            assert thing["temporalCoverage"].split("/")[0] == min(period.split("/")[0] for period in periods)
        if kind == "events":
            assert isinstance(entry.on, PartialDate) and thing["startDate"] == str(entry.on)
        if kind == "offices":
            assert thing.get("telephone", UNKNOWN) == entry.phone
        assert "dateModified" not in json.dumps(thing)


def test_a_place_stands_on_the_map_only_when_an_office_has_confirmed_it(handbook: Handbook) -> None:
    key, gate = next(
        (EntryKey("gates", gate_id), gate)
        for gate_id, gate in handbook.entries["gates"].items()
        if getattr(gate, "coordinates") != UNKNOWN  # noqa: B009
    )
    assert "geo" not in (main_entity(handbook, key, "vi") or {})
    confirmed = gate.model_copy(update={"verified": gate.verified.model_copy(update={"by": "some-office"})})
    there = replace(
        handbook, entries={**handbook.entries, "gates": {**handbook.entries["gates"], key.id: confirmed}}
    )
    geo = (main_entity(there, key, "vi") or {})["geo"]
    point = getattr(gate, "coordinates")[0]  # noqa: B009
    assert (geo["latitude"], geo["longitude"]) == (float(point.lat), float(point.lon))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_path_is_that_of_the_page(language: Language, said: dict[str, dict[str, Any]]) -> None:
    words = labels(language)
    root = SITE if language == "vi" else f"{SITE}lo/"
    for path, data in said.items():
        if not path.startswith(f"{language}/"):
            continue
        place = path.removeprefix(f"{language}/").removesuffix(".md")
        if place == "index":
            assert "breadcrumb" not in data
            continue
        items = data["breadcrumb"]["itemListElement"]
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        assert (items[0]["name"], items[0]["item"]) == (words["home"], f"{root}index.html")
        assert items[-1]["item"] == data["url"] == f"{root}{place}.html"
        if place.startswith("cards/"):
            assert len(items) == 4
        elif place.partition("/")[0] in KINDS and not place.endswith("/index"):
            assert items[1]["item"] == f"{root}{place.partition('/')[0]}/index.html"


def test_no_text_can_close_the_script() -> None:
    hostile = '</script><script>alert(1)</script> <!-- --> "'
    info, content = take(
        first_line(PageInfo(title=hostile, thing={"@type": "Place", "name": hostile}, is_html=True)) + "x"
    )
    frame = frame_of(Settings(SITE, "", TODAY, 90, 180), ["vi/gates/x.md"])
    data = frame.shell(Place.of_source("vi/gates/x.md"), info, content).linked_data
    assert "<" not in data
    assert json.loads(data)["mainEntity"]["name"] == json.loads(data)["name"] == hostile

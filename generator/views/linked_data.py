"""What an entry is in the words of schema.org, where they have a fitting type and the data says it. No HTML here.

Addresses are paths from the root of the site: the frame, which knows where the site stands, completes them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from generator.labels import Language, labels, other
from generator.model.agreement import Agreement
from generator.model.gate import Gate
from generator.model.happening import Event
from generator.model.office import Office
from generator.model.place import Province, Zone
from generator.model.reference import Source, Term
from generator.model.scalars import UNKNOWN, PartialDate
from generator.model.statistics import Statistics
from generator.model.text import Name, Text
from generator.reading.handbook import EntryKey, Handbook

Thing = dict[str, Any]

# Keys whose values are paths of this site.
OWN_ADDRESSES = ("contentUrl", "license")
COUNTRIES = {"vietnam": ("VN",), "laos": ("LA",), "both": ("LA", "VN")}
# Editors compare with public sources; only an office confirms.
UNCONFIRMED = "editors"


def main_entity(handbook: Handbook, key: EntryKey, language: Language) -> Thing | None:
    """The entry as a thing of schema.org; None for kinds it has no fitting type for."""
    entry = handbook.entries[key.kind][key.id]
    make = _MAKERS.get(key.kind)
    return make(handbook, key, entry, language) if make else None


def _named(kind: str, name: Name | Text, language: Language) -> Thing:
    thing: Thing = {"@type": kind, "name": name[language]}
    if name[other(language)] != name[language]:
        thing["alternateName"] = {"@value": name[other(language)], "@language": other(language)}
    return thing


def _countries(side: str) -> list[Thing]:
    return [{"@type": "Country", "name": code} for code in COUNTRIES[side]]


def _gate(handbook: Handbook, key: EntryKey, gate: Gate, language: Language) -> Thing:
    thing = _named("Place", gate.name, language)
    provinces = [
        handbook.get(Province, half.province).name[language]
        for half in (gate.laos, gate.vietnam)
        if half.province is not None
    ]
    if provinces:
        thing["containedInPlace"] = [{"@type": "AdministrativeArea", "name": name} for name in provinces]
    if gate.coordinates != UNKNOWN and gate.verified.by != UNCONFIRMED:
        point = gate.coordinates[0]
        thing["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(point.lat),
            "longitude": float(point.lon),
        }
    return thing


def _province(handbook: Handbook, key: EntryKey, province: Province, language: Language) -> Thing:
    thing = _named("AdministrativeArea", province.name, language)
    thing["containedInPlace"] = _countries(province.country)[0]
    return thing


def _zone(handbook: Handbook, key: EntryKey, zone: Zone, language: Language) -> Thing:
    thing = _named("Place", zone.name, language)
    name = handbook.get(Province, zone.province).name[language]
    thing["containedInPlace"] = {"@type": "AdministrativeArea", "name": name}
    return thing


def _office(handbook: Handbook, key: EntryKey, office: Office, language: Language) -> Thing | None:
    """A portal is a service, and some others are companies: no type fits both."""
    if office.level in ("portal", "other"):
        return None
    thing = _named("GovernmentOrganization", office.name, language)
    if office.web != UNKNOWN:
        thing["url"] = office.web
    if office.phone != UNKNOWN:
        thing["telephone"] = office.phone
    return thing


def _agreement(handbook: Handbook, key: EntryKey, agreement: Agreement, language: Language) -> Thing:
    thing = _named("Legislation", agreement.name, language)
    thing["legislationType"] = labels(language)[f"agreement-kind.{agreement.instrument_kind}"]
    if agreement.number != UNKNOWN:
        thing["legislationIdentifier"] = agreement.number
    if isinstance(agreement.signed, PartialDate):
        thing["legislationDate"] = str(agreement.signed)
    thing["legislationJurisdiction"] = _countries(agreement.side)
    return thing


def _event(handbook: Handbook, key: EntryKey, event: Event, language: Language) -> Thing | None:
    """An event without a day is none to schema.org."""
    if not isinstance(event.on, PartialDate):
        return None
    thing = _named("Event", event.name, language)
    thing["startDate"] = str(event.on)
    if event.until is not None:
        thing["endDate"] = str(event.until)
    if event.place != UNKNOWN:
        place = event.place[language] if isinstance(event.place, Text) else event.place
        thing["location"] = {"@type": "Place", "name": place}
    return thing


def _statistics(handbook: Handbook, key: EntryKey, statistics: Statistics, language: Language) -> Thing:
    thing = _named("Dataset", statistics.name, language)
    thing["description"] = statistics.summary[language]
    ends = [point.period.split("/") for series in statistics.series for point in series.points]
    if ends:
        thing["temporalCoverage"] = f"{min(end[0] for end in ends)}/{max(end[-1] for end in ends)}"
    thing["license"] = f"{'lo/' if language == 'lo' else ''}about/licence.html"
    thing["distribution"] = {
        "@type": "DataDownload",
        "encodingFormat": "application/json",
        "contentUrl": f"api/v1/{key.kind}/{key.id}.json",
    }
    return thing


def _term(handbook: Handbook, key: EntryKey, term: Term, language: Language) -> Thing:
    return _named("DefinedTerm", term.name, language)


def _source(handbook: Handbook, key: EntryKey, source: Source, language: Language) -> Thing:
    thing: Thing = {"@type": "CreativeWork", "name": source.title, "inLanguage": source.lang}
    if source.publisher != UNKNOWN:
        thing["publisher"] = {"@type": "Organization", "name": source.publisher}
    if source.url != UNKNOWN:
        thing["url"] = source.url
    if isinstance(source.published, PartialDate):
        thing["datePublished"] = str(source.published)
    return thing


Maker = Callable[[Handbook, EntryKey, Any, Language], Thing | None]
_MAKERS: Mapping[str, Maker] = {
    Gate.kind: _gate,
    Province.kind: _province,
    Zone.kind: _zone,
    Office.kind: _office,
    Agreement.kind: _agreement,
    Event.kind: _event,
    Statistics.kind: _statistics,
    Term.kind: _term,
    Source.kind: _source,
}


def at(site_url: str, thing: Thing) -> Thing:
    """A thing with its paths of this site as whole addresses; `site_url` ends with a slash."""

    def completed(key: str, value: Any) -> Any:
        if isinstance(value, dict):
            return at(site_url, value)
        return site_url + value if key in OWN_ADDRESSES else value

    return {key: completed(key, value) for key, value in thing.items()}

"""Open data: every entry as JSON, each kind as JSON and CSV, gates as GeoJSON, changes as Atom feeds."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from generator.exports.api_schema import api_schema
from generator.exports.feeds import feed_files
from generator.exports.file_job import FileJob
from generator.model.agreement import Agreement
from generator.model.entry import Entry
from generator.model.gate import Gate
from generator.model.kinds import KINDS
from generator.model.reference import Source, Term
from generator.model.scalars import UNKNOWN, PartialDate
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.validity import force_on
from generator.views.border_line import in_order
from generator.views.open_data_page import API

# A cell that begins with one of these, or with its wide form, is run as a formula by spreadsheets; an apostrophe
# keeps it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def plain_data(value: Any) -> Any:
    """A part of the model as JSON: dates as text, numbers as numbers, keys nobody filled left out."""
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if hasattr(value, "model_fields_set"):
        return {
            name: plain_data(getattr(value, name))
            for name in type(value).model_fields
            if name in value.model_fields_set
        }
    if isinstance(value, Mapping):
        return {key: plain_data(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [plain_data(item) for item in value]
    return value


def entry_data(handbook: Handbook, key: EntryKey, entry: Entry, today: date) -> dict[str, Any]:
    """One entry as JSON: id, kind, addresses of its pages, what is computed for the day, and its own keys."""
    data: dict[str, Any] = {
        "id": key.id,
        "kind": key.kind,
        "url": {"vi": f"{key.kind}/{key.id}.html", "lo": f"lo/{key.kind}/{key.id}.html"},
        "as_of": today.isoformat(),
    }
    if isinstance(entry, Gate):
        gate_class, state = entry.class_on(today), entry.state_on(today)
        data["computed"] = {
            "class": gate_class.gate_class if gate_class else UNKNOWN,
            "state": state.state if state else UNKNOWN,
        }
    if isinstance(entry, Agreement):
        data["computed"] = {"status": force_on(handbook, key.id, today).force}
    return data | {"entry": plain_data(entry)}


def geojson(handbook: Handbook, today: date) -> dict[str, Any]:
    """Gates as GeoJSON (RFC 7946, WGS 84, longitude first). A gate without sourced coordinates has a null geometry."""
    features = []
    for gate_id, gate in in_order(handbook):
        gate_class = gate.class_on(today)
        state = gate.state_on(today)
        points = () if gate.coordinates == UNKNOWN else gate.coordinates
        best = points[0] if points else None
        geometry = {"type": "Point", "coordinates": [float(best.lon), float(best.lat)]} if best else None
        features.append(
            {
                "type": "Feature",
                "id": gate_id,
                "geometry": geometry,
                "properties": {
                    "name": plain_data(gate.name),
                    "class": gate_class.gate_class if gate_class else UNKNOWN,
                    "state": state.state if state else UNKNOWN,
                    "vietnam": gate.vietnam.province,
                    "laos": gate.laos.province,
                    "precision": plain_data(best.precision) if best else None,
                    "rank": float(gate.rank.value) if gate.rank else None,
                    "sources": list(best.sources) if best else [],
                },
            }
        )
    return {
        "type": "FeatureCollection",
        "note": {
            "vi": "Sơ đồ, không dùng để xác định đường biên giới.",
            "lo": "ແຜນວາດນີ້ ບໍ່ໃຊ້ເພື່ອກຳນົດເສັ້ນຊາຍແດນ.",
        },
        "features": features,
    }


def csv_cell(value: object) -> str:
    """A cell no spreadsheet runs as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _csv_row(entry_id: str, entry: Entry, extra: Mapping[str, Any]) -> dict[str, str]:
    row: dict[str, object] = {"id": entry_id}
    if isinstance(entry, Source):
        row |= {"title": entry.title, "publisher": entry.publisher, "url": entry.url, "published": entry.published,
                "lang": entry.lang}  # fmt: skip
    else:
        name = entry.name  # type: ignore[attr-defined]  # every other kind has one
        row |= {"name_vi": name.vi, "name_lo": name.lo, "name_en": name.en}
    for key in (
        "direction",
        "side",
        "country",
        "number",
        "signed",
        "effective",
        "expires",
        "on",
        "domain",
        "marker",
    ):
        value = getattr(entry, key, None)
        if value is not None and not isinstance(value, tuple):
            row[key] = value
    if isinstance(entry, Term):
        row |= {"lo_wording": entry.lo_wording, "variants_lo": "; ".join(entry.variants_lo)}
    row |= extra
    row |= {"verified": entry.verified.on, "sources": "; ".join(entry.sources)}
    return {key: csv_cell(value) for key, value in row.items()}


def kind_csv(rows: list[dict[str, str]]) -> str:
    """A kind as CSV (RFC 4180, UTF-8 with a byte order mark so that spreadsheets read Lao)."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()


def _dump(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _kind_files(handbook: Handbook, today: date, kind: str) -> Iterator[tuple[str, bytes]]:
    """Each entry of a kind, and all of them together as JSON and CSV."""
    rows = []
    items = []
    for entry_id, entry in handbook.entries[kind].items():
        data = entry_data(handbook, EntryKey(kind, entry_id), entry, today)
        items.append(data)
        yield f"{API}/{kind}/{entry_id}.json", _dump(data)
        rows.append(_csv_row(entry_id, entry, data.get("computed", {})))
    listing = {"as_of": today.isoformat(), "kind": kind, "count": len(items), "entries": items}
    yield f"{API}/{kind}.json", _dump(listing)
    if rows:
        yield f"{API}/{kind}.csv", kind_csv(rows).encode("utf-8")


def _schema_files() -> Iterator[tuple[str, bytes]]:
    for kind in KINDS:
        yield f"{API}/schema/{kind}.schema.json", _dump(api_schema(kind))


def _index_file(handbook: Handbook, today: date) -> Iterator[tuple[str, bytes]]:
    kinds = {
        kind: {
            "count": len(entries),
            "json": f"{kind}.json",
            "csv": f"{kind}.csv",
            "schema": f"schema/{kind}.schema.json",
        }
        for kind, entries in handbook.entries.items()
    }
    index = {"as_of": today.isoformat(), "licence": "CC-BY-4.0", "kinds": kinds}
    yield f"{API}/index.json", _dump(index)


def _map_file(handbook: Handbook, today: date) -> Iterator[tuple[str, bytes]]:
    yield f"{API}/gates.geojson", _dump(geojson(handbook, today))


def data_jobs(handbook: Handbook, today: date, site_url: str) -> Iterator[FileJob]:
    """All files of the open data, and the feeds."""
    for kind in handbook.entries:
        yield FileJob(f"data of {kind}", partial(_kind_files, handbook, today, kind))
    yield FileJob("schemas", _schema_files)
    yield FileJob("index of data", partial(_index_file, handbook, today))
    yield FileJob("map", partial(_map_file, handbook, today))
    yield FileJob("feeds", partial(feed_files, handbook, today, site_url))

"""Sign-offs of wording: what awaits a reviewer, what it said before, and writing the sign-off down."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.editing.comments import read_comments
from generator.editing.emitter import emit
from generator.editing.fmt import modeline, save
from generator.editing.history import NoHistory, revisions, text_at
from generator.editing.shape import shape_of
from generator.model.entry import Entry, SignOff
from generator.model.text import Text
from generator.reading.entries import validate_entry
from generator.reading.review import digest, signed_fields
from generator.reading.source import parse_source
from generator.reading.texts import dotted, iter_texts


@dataclass(frozen=True, slots=True)
class Wording:
    """One field of an entry as a reviewer sees it: the present pair, its digest, and the pair last signed, if any."""

    field: str
    text: Text
    digest: str
    signed: bool
    before: Text | None = None
    last: SignOff | None = None


class StaleDigest(Exception):
    """The wording is no longer the one the digest was shown for."""

    def __init__(self, field: str, current: str) -> None:
        super().__init__(field)
        self.field, self.current = field, current


def wordings(path: Path, kind: str, entry: Entry, locale: str) -> Iterator[Wording]:
    """Each pair of the entry in the model's order, with the wording it had when it was last signed off."""
    signed = signed_fields(entry, locale)
    last = {sign.field: sign for sign in _signs(entry, locale)}
    earlier = _Earlier(path, kind)
    for place, text in iter_texts(entry):
        field = dotted(place)
        sign = last.get(field)
        before = None if sign is None or field in signed else earlier.wording(field, sign.digest)
        yield Wording(field, text, digest(text), field in signed, before, sign)


def _signs(entry: Entry, locale: str) -> tuple[SignOff, ...]:
    return entry.reviewed.lo if locale == "lo" else entry.reviewed.vi


class _Earlier:
    """Finds in git the pair that a digest was given for. Without git there is none to show."""

    def __init__(self, path: Path, kind: str) -> None:
        self._path, self._kind = path, kind
        self._versions: list[dict[str, Text]] | None = None

    def wording(self, field: str, wanted: str) -> Text | None:
        if self._versions is None:
            self._versions = list(self._read())
        texts = (version[field] for version in self._versions if field in version)
        return next((text for text in texts if digest(text) == wanted), None)

    def _read(self) -> Iterator[dict[str, Text]]:
        try:
            found = revisions(self._path)
        except NoHistory:
            return
        for revision in found:
            text = text_at(self._path, revision)
            entry = None if text is None else validate_entry(parse_source(text, ""), self._kind)[0]
            if entry is not None:
                yield {dotted(place): pair for place, pair in iter_texts(entry)}


def sign(path: Path, kind: str, locale: str, shown: Mapping[str, str], by: str, on: date) -> tuple[str, ...]:
    """Write sign-offs for `shown` (field -> digest as shown) into the entry's file; comments are kept.

    Raises StaleDigest when a field's wording is not the one shown (or the field is gone) and then writes nothing.
    Returns the fields signed.
    """
    text = path.read_text(encoding="utf-8")
    source = parse_source(text, path.name)
    entry, problems = validate_entry(source, kind)
    if entry is None or source.values is None:
        raise ValueError(f"{path}: {len(problems)} problems")
    current = {dotted(place): digest(pair) for place, pair in iter_texts(entry)}
    for field, given in shown.items():
        if current.get(field) != given:
            raise StaleDigest(field, current.get(field, "–"))
    values = dict(source.values)
    reviewed = dict(values.get("reviewed") or {})
    kept = [row for row in reviewed.get(locale) or [] if row.get("field") not in shown]
    rows = [*kept, *(_row(field, given, by, on) for field, given in shown.items())]
    order = {field: position for position, field in enumerate(current)}
    rows.sort(key=lambda row: order.get(row["field"], len(order)))
    reviewed[locale] = rows
    values["reviewed"] = reviewed
    lines = emit(values, shape_of(kind), read_comments(text))
    save(path, "\n".join([modeline(kind), *lines]) + "\n")
    return tuple(shown)


def _row(field: str, given: str, by: str, on: date) -> dict[str, Any]:
    return {"field": field, "on": on.isoformat(), "by": by, "digest": given}


def chosen(found: Iterable[Wording], fields: tuple[str, ...]) -> list[Wording]:
    """The wordings of the fields named (a group names all below it); without names those that await review."""
    rows = list(found)
    if not fields:
        return [row for row in rows if not row.signed]
    return [
        row for row in rows if any(row.field == name or row.field.startswith(f"{name}.") for name in fields)
    ]

"""What a change to the data touches: facts, pages, journeys, fee sheets, papers, translations, reviews, sources, days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.editing.changes import Change, iter_changes
from generator.editing.shape import shape_of
from generator.model.scalars import PartialDate
from generator.model.text import LOCALES
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.review import signed_fields
from generator.reading.texts import dotted

# Keys whose day changes what a page says once it has come.
_TURNING = frozenset({"valid_from", "valid_to", "effective", "expires", "until", "on"})
# Lists of periods and notices, whose `on` begins something; elsewhere `on` only dates an event.
_BEGINS = frozenset({"classes", "states", "on", "milestones"})
_FEES = frozenset({"fees"})
_PAPERS = frozenset(
    {"consumes", "may_consume", "produces", "may_produce", "requirements", "papers", "brought_along"}
)


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry: added, removed, renamed (`former` is its earlier id) or changed, and in what."""

    key: EntryKey
    kind: str
    changes: tuple[Change, ...] = ()
    former: str | None = None


@dataclass(frozen=True, slots=True)
class Turning:
    """A day still to come on which a page will say something else."""

    key: EntryKey
    field: str
    day: PartialDate


@dataclass(frozen=True, slots=True)
class Fallen:
    """A field of which only one side changed; `locale` is the side that stayed."""

    key: EntryKey
    field: str
    locale: str


@dataclass(frozen=True, slots=True)
class LostReview:
    """A sign-off of the base that no longer holds."""

    key: EntryKey
    field: str
    locale: str


@dataclass(frozen=True, slots=True)
class DataDiff:
    """Everything a change touches. `pages` are those of other entries that show a changed one."""

    entries: tuple[EntryChange, ...]
    pages: tuple[EntryKey, ...]
    journeys: tuple[EntryKey, ...]
    fee_sheets: tuple[EntryKey, ...]
    papers: tuple[EntryKey, ...]
    fallen_behind: tuple[Fallen, ...]
    reviews_lost: tuple[LostReview, ...]
    sources_new: tuple[tuple[EntryKey, str], ...]
    sources_lost: tuple[tuple[EntryKey, str], ...]
    turnings: tuple[Turning, ...]


def diff_handbooks(before: Handbook, after: Handbook, today: date) -> DataDiff:
    """Compare two versions of the data as of a day. Files that cannot be read have no facts to compare."""
    entries = tuple(_entry_changes(before, after))
    changed = [row.key for row in entries if row.kind != "removed"]
    gone = [row.key for row in entries if row.kind == "removed"]
    touched = {*changed, *gone}
    pages = {
        other for handbook, keys in ((after, changed), (before, gone)) for other in _shown_on(handbook, keys)
    }
    return DataDiff(
        entries=entries,
        pages=tuple(sorted(pages - touched)),
        journeys=_journeys(after, touched),
        fee_sheets=_fee_sheets(after, entries),
        papers=tuple(sorted(_papers(entries))),
        fallen_behind=tuple(_fallen(entries)),
        reviews_lost=tuple(_reviews_lost(before, after)),
        sources_new=_sources(entries, gained=True),
        sources_lost=_sources(entries, gained=False),
        turnings=tuple(_turnings(entries, today)),
    )


def _entry_changes(before: Handbook, after: Handbook) -> Iterator[EntryChange]:
    former = {
        EntryKey(key.kind, old): key
        for key, entry in after
        for old in entry.former_ids
        if EntryKey(key.kind, old) in before.files
    }
    renamed = {new: old for old, new in former.items() if new not in before.files}
    for key in sorted({*before.files, *after.files}):
        old_key = renamed.get(key, key)
        old, new = before.files.get(old_key), after.files.get(key)
        if new is None:
            if key not in former:
                yield EntryChange(key, "removed")
            continue
        if old is None:
            yield EntryChange(key, "added")
            continue
        rows = tuple(iter_changes(old.values or {}, new.values or {}, shape_of(key.kind)))
        rows = tuple(row for row in rows if row.path[0] not in ("reviewed", "former_ids"))
        if key in renamed:
            yield EntryChange(key, "renamed", rows, old_key.id)
        elif rows:
            yield EntryChange(key, "changed", rows)


def _shown_on(handbook: Handbook, keys: list[EntryKey]) -> Iterator[EntryKey]:
    for key in keys:
        for other, _path in handbook.backlinks.get(key, ()):
            yield other


def _journeys(handbook: Handbook, touched: set[EntryKey]) -> tuple[EntryKey, ...]:
    """Journeys that are touched, or that stand on a touched procedure, paper, gate or kind of goods."""
    found = {key for key in touched if key.kind == "journeys" and key in handbook.files}
    for key in touched:
        found.update(other for other, _path in handbook.backlinks.get(key, ()) if other.kind == "journeys")
    return tuple(sorted(found))


def _fee_sheets(handbook: Handbook, entries: tuple[EntryChange, ...]) -> tuple[EntryKey, ...]:
    """Procedures whose fees, or the law of whose fees, changed, and the journeys that lead through them."""
    charged = {
        row.key
        for row in entries
        if row.key.kind == "procedures"
        and (row.kind == "added" or any(_FEES & set(change.path) for change in row.changes))
    }
    # A fee sheet names the law a fee stands on.
    changed = {row.key for row in entries}
    charged |= {
        other
        for key in changed
        if key.kind == "agreements"
        for other, path in handbook.backlinks.get(key, ())
        if other.kind == "procedures" and _FEES & set(path)
    }
    sheets = {
        other
        for key in charged
        for other, _path in handbook.backlinks.get(key, ())
        if other.kind == "journeys"
    }
    return tuple(sorted(charged | sheets))


def _papers(entries: tuple[EntryChange, ...]) -> Iterator[EntryKey]:
    seen: set[str] = set()
    for row in entries:
        names = {row.key.id} if row.key.kind == "documents" else set()
        for change in row.changes:
            if _PAPERS & set(change.path):
                names.update(_ids(change.before), _ids(change.after))
        for name in names - seen:
            seen.add(name)
            yield EntryKey("documents", name)


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _ids(item)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key in _PAPERS:
                yield from _ids(item)


def _fallen(entries: tuple[EntryChange, ...]) -> Iterator[Fallen]:
    for row in entries:
        for change in row.changes:
            if change.one_sided:
                yield Fallen(row.key, dotted(change.path), change.one_sided)


def _reviews_lost(before: Handbook, after: Handbook) -> Iterator[LostReview]:
    for key, old in before:
        if not old.reviewed.vi and not old.reviewed.lo:
            continue
        new = after.entries.get(key.kind, {}).get(key.id)
        for locale in LOCALES:
            had = signed_fields(old, locale)
            has = signed_fields(new, locale) if new is not None else frozenset()
            if len(has) < len(had):
                yield from (LostReview(key, field, locale) for field in sorted(had - has))


def _sources(entries: tuple[EntryChange, ...], *, gained: bool) -> tuple[tuple[EntryKey, str], ...]:
    found: dict[tuple[EntryKey, str], None] = {}
    for row in entries:
        for change in row.changes:
            if "sources" not in change.path and "cites" not in change.path:
                continue
            before, after = set(_names(change.before)), set(_names(change.after))
            for name in sorted(after - before if gained else before - after):
                found[row.key, name] = None
    return tuple(found)


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _names(item)


def _turnings(entries: tuple[EntryChange, ...], today: date) -> Iterator[Turning]:
    for row in entries:
        for change in row.changes:
            for path, value in _scalars(change.after, change.path):
                if path[-1] not in _TURNING or (path[-1] == "on" and not _BEGINS & set(path[:2])):
                    continue
                try:
                    day = PartialDate.parse(value)
                except ValueError:
                    continue
                if day.last > today:
                    yield Turning(row.key, dotted(path), day)


def _scalars(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _scalars(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _scalars(item, (*path, index))

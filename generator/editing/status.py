"""How complete and how fresh the handbook is, per kind, and what waits for a reviewer. All counted, nothing typed."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from generator.model.entry import Entry
from generator.model.kinds import KINDS
from generator.model.reference import Source, Term
from generator.model.text import LOCALES
from generator.reading.freshness import allowed_ages, overdue_days
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.review import awaiting_review, signed_fields
from generator.rules import Checked

# A file with one of these is not yet in both languages.
_ONE_LANGUAGE = frozenset(
    {"missing-language", "no-lao-letters", "vietnamese-in-lao", "lao-in-vietnamese", "english-left-over"}
)


@dataclass(frozen=True, slots=True)
class Awaiting:
    """Fields without a valid sign-off, of how many; entries with such a field; sign-offs that a change has voided."""

    fields: int
    of: int
    entries: int
    void: int


@dataclass(frozen=True, slots=True)
class KindStatus:
    """One kind, or all of them. Percentages are of the files there are, whether sound or not."""

    files: int
    entries: int
    both_languages: int
    sourced: int
    verified_oldest: str | None
    verified_newest: str | None
    awaiting: Mapping[str, Awaiting]
    unverified: int
    conflicts: int
    overdue: int
    allowed_months: int | None

    def percent(self, count: int) -> float:
        """`count` of the files in per cent, to one place."""
        return round(100 * count / self.files, 1) if self.files else 0.0


@dataclass(frozen=True, slots=True)
class Overdue:
    """An entry whose verification is older than its kind allows."""

    entry: str
    verified: str
    days: int


@dataclass(frozen=True, slots=True)
class Work:
    """An entry with fields that await a reviewer."""

    entry: str
    fields: int
    of: int
    verified: str


@dataclass(frozen=True, slots=True)
class Status:
    """The whole report for a day."""

    as_of: date
    kinds: Mapping[str, KindStatus]
    total: KindStatus
    overdue: tuple[Overdue, ...]
    work: Mapping[str, tuple[Work, ...]]

    def to_json(self) -> dict[str, Any]:
        """Plain values for machines; per cent beside the counts."""
        return {
            "as_of": self.as_of.isoformat(),
            "kinds": {kind: _row(row) for kind, row in self.kinds.items()},
            "total": _row(self.total),
            "overdue": [asdict(row) for row in self.overdue],
            "work": {locale: [asdict(row) for row in rows] for locale, rows in self.work.items()},
        }


def _row(row: KindStatus) -> dict[str, Any]:
    return {
        **asdict(row),
        "both_languages_percent": row.percent(row.both_languages),
        "sourced_percent": row.percent(row.sourced),
    }


def handbook_status(checked: Checked, today: date) -> Status:
    """Count everything once, for the day given."""
    handbook = checked.handbook
    one_language = {problem.file for problem in checked.problems if problem.code in _ONE_LANGUAGE}
    by_kind: dict[str, list[EntryKey]] = {kind: [] for kind in KINDS}
    for key in handbook.files:
        by_kind[key.kind].append(key)
    rows = {kind: _count(handbook, keys, one_language, today) for kind, keys in by_kind.items()}
    total = _count(handbook, handbook.files, one_language, today)
    return Status(
        today, rows, total, _overdue(handbook, today), {lang: _work(handbook, lang) for lang in LOCALES}
    )


def _count(handbook: Handbook, keys: Iterable[EntryKey], one_language: set[str], today: date) -> KindStatus:
    keys = list(keys)
    sound = [
        (key, handbook.entries[key.kind][key.id]) for key in keys if key.id in handbook.entries[key.kind]
    ]
    verified = sorted(entry.verified.on for _key, entry in sound)
    kinds = {key.kind for key in keys}
    return KindStatus(
        files=len(keys),
        entries=len(sound),
        both_languages=sum(handbook.files[key].name not in one_language for key, _entry in sound),
        sourced=sum(_is_sourced(entry) for _key, entry in sound),
        verified_oldest=str(verified[0]) if verified else None,
        verified_newest=str(verified[-1]) if verified else None,
        awaiting={locale: _awaiting([entry for _key, entry in sound], locale) for locale in LOCALES},
        unverified=sum(len(entry.unverified) for _key, entry in sound),
        conflicts=sum(len(entry.conflicts) for _key, entry in sound),
        overdue=sum(overdue_days(key.kind, entry, today) > 0 for key, entry in sound),
        allowed_months=allowed_ages()[keys[0].kind].months if len(kinds) == 1 else None,
    )


def _is_sourced(entry: Entry) -> bool:
    """A term stands on the place where it was seen, a source on its own publication."""
    if isinstance(entry, Term):
        return bool(entry.sources) or entry.seen != "unknown"
    if isinstance(entry, Source):
        return entry.url != "unknown" or entry.publisher != "unknown"
    return bool(entry.sources)


def _awaiting(entries: list[Entry], locale: str) -> Awaiting:
    counts = [awaiting_review(entry)[locale] for entry in entries]
    return Awaiting(
        fields=sum(waiting for waiting, _of in counts),
        of=sum(of for _waiting, of in counts),
        entries=sum(waiting > 0 for waiting, _of in counts),
        void=sum(_void(entry, locale) for entry in entries),
    )


def _void(entry: Entry, locale: str) -> int:
    signs = entry.reviewed.lo if locale == "lo" else entry.reviewed.vi
    return max(0, len(signs) - len(signed_fields(entry, locale))) if signs else 0


def _overdue(handbook: Handbook, today: date) -> tuple[Overdue, ...]:
    rows = [
        Overdue(f"{key.kind}/{key.id}", str(entry.verified.on), overdue_days(key.kind, entry, today))
        for key, entry in handbook
    ]
    return tuple(sorted((row for row in rows if row.days), key=lambda row: (-row.days, row.entry)))


def _work(handbook: Handbook, locale: str) -> tuple[Work, ...]:
    """Most-read kinds first, in each the entry that was verified longest ago."""
    reading = {kind: position for position, kind in enumerate(allowed_ages())}
    rows = []
    for key, entry in handbook:
        waiting, of = awaiting_review(entry)[locale]
        if waiting:
            work = Work(f"{key.kind}/{key.id}", waiting, of, str(entry.verified.on))
            rows.append(((reading[key.kind], entry.verified.on, -waiting, key.id), work))
    return tuple(work for _order, work in sorted(rows, key=lambda row: row[0]))

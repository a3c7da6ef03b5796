"""The status report as text for a terminal."""

from collections.abc import Iterator, Sequence

from generator.editing.emitter import display_width
from generator.editing.status import KindStatus, Status
from generator.editing.words import Words
from generator.labels import labels
from generator.model.text import LOCALES
from generator.reading.freshness import allowed_ages

_COLUMNS = (
    "kind",
    "entries",
    "both",
    "sourced",
    "verified",
    "vi",
    "lo",
    "unverified",
    "conflicts",
    "overdue",
)


def render_status(status: Status, locale: str | None, words: Words, limit: int) -> Iterator[str]:
    """The table of kinds, the overdue entries with the reason for the limit, and one language's work list."""
    yield words.fill("status.as-of", date=status.as_of)
    yield ""
    rows = [[words[f"status.{name}"] for name in _COLUMNS]]
    rows += [_cells(_kind_name(kind, words), row) for kind, row in status.kinds.items()]
    rows.append(_cells(words["status.total"], status.total))
    yield from _table(rows)
    yield ""
    yield words["status.awaiting-means"]
    if status.overdue:
        yield ""
        yield words.fill("status.overdue-title", n=len(status.overdue))
        for item in status.overdue[: limit or None]:
            why = allowed_ages()[item.entry.split("/")[0]]
            yield words.fill(
                "status.overdue-line",
                entry=item.entry,
                verified=item.verified,
                days=item.days,
                months=why.months,
                why=why.why[words.lang],
            )
        yield from _more(len(status.overdue), limit, words)
    if locale in LOCALES:
        work = status.work[locale]
        yield ""
        yield words.fill("status.work-title", n=len(work), language=words[f"review.language.{locale}"])
        for row in work[: limit or None]:
            yield words.fill(
                "status.work-line", entry=row.entry, fields=row.fields, of=row.of, verified=row.verified
            )
        yield from _more(len(work), limit, words)


def _more(count: int, limit: int, words: Words) -> Iterator[str]:
    if limit and count > limit:
        yield words.fill("status.more", n=count - limit)


def _kind_name(kind: str, words: Words) -> str:
    return kind if words.lang == "en" else labels("lo" if words.lang == "lo" else "vi")[f"kind.{kind}"]


def _cells(name: str, row: KindStatus) -> list[str]:
    span = f"{row.verified_oldest} – {row.verified_newest}"
    return [
        name,
        str(row.entries) if row.entries == row.files else f"{row.entries}/{row.files}",
        f"{row.percent(row.both_languages)}%",
        f"{row.percent(row.sourced)}%",
        ("–" if row.verified_oldest is None else row.verified_oldest)
        if row.verified_oldest == row.verified_newest
        else span,
        f"{row.awaiting['vi'].fields}/{row.awaiting['vi'].of}",
        f"{row.awaiting['lo'].fields}/{row.awaiting['lo'].of}",
        str(row.unverified),
        str(row.conflicts),
        str(row.overdue),
    ]


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(display_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        first, *rest = [
            text + " " * (width - display_width(text)) for text, width in zip(row, widths, strict=True)
        ]
        yield "  ".join([first, *rest]).rstrip()

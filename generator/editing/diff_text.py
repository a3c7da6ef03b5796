"""A change in plain words: Markdown in both languages, the text of the comment at a pull request; and JSON."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from generator.editing.changes import Change
from generator.editing.diff import DataDiff, EntryChange
from generator.editing.plain_words import entry_title, field_title, value_text
from generator.editing.words import Words, words
from generator.labels import labels
from generator.messages import visible
from generator.model.text import LOCALES
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.texts import dotted
from generator.views.formats import day

# A comment people read: the first fields of an entry tell what it is about, JSON has them all.
_MOST_ROWS = 25
# What Markdown or a forge would take for markup: signs, the colon of an address and of a picture's name.
_MARKUP = re.compile(r"[\\`*_\[\]<>#!|~&@]|:(?=//|[\w+-]+:)")


def render_markdown(found: DataDiff, before: Handbook, after: Handbook, errors: int) -> str:
    """Two sections, Vietnamese and Lao, each complete. `errors` is how many errors the later version has."""
    return "\n".join(
        "\n".join(_Section(found, before, after, words(lang), errors).lines()) for lang in LOCALES
    )


class _Section:
    def __init__(self, found: DataDiff, before: Handbook, after: Handbook, said: Words, errors: int) -> None:
        self.found, self.before, self.after = found, before, after
        self.said, self.lang, self.errors = said, said.lang, errors

    def lines(self) -> Iterator[str]:
        found, said = self.found, self.said
        yield f"## {labels('lo' if self.lang == 'lo' else 'vi')[f'lang.{self.lang}']}: {said['diff.title']}"
        yield ""
        if self.errors:
            yield f"**{said.fill('diff.problems', n=self.errors)}**"
            yield ""
        if not found.entries:
            yield said["diff.nothing"]
            yield ""
            return
        counts = {kind: sum(row.kind == kind for row in found.entries) for kind in ("added", "removed")}
        changed = len(found.entries) - sum(counts.values())
        yield said.fill("diff.sum", changed=changed, **counts)
        yield ""
        yield f"### {said['diff.facts']}"
        yield ""
        for row in found.entries:
            yield from self._entry(row)
        yield from self._list("diff.fallen", [self._fallen(row) for row in found.fallen_behind])
        yield from self._list("diff.reviews", [self._lost(row) for row in found.reviews_lost])
        # Journeys stand under a heading of their own.
        others = [key for key in found.pages if key not in found.journeys]
        yield from self._list("diff.pages", self._names(others))
        yield from self._list("diff.journeys", [self._name(key) for key in found.journeys])
        yield from self._list("diff.fee-sheets", self._names(found.fee_sheets))
        yield from self._list("diff.papers", self._names(found.papers))
        yield from self._list("diff.sources-new", self._sources(found.sources_new))
        yield from self._list("diff.sources-lost", self._sources(found.sources_lost))
        turnings = [
            f"{day(row.day)}: {self._name(row.key)}, {self._title(row.key, row.field)}"
            for row in found.turnings
        ]
        yield from self._list("diff.turnings", turnings)

    def _entry(self, row: EntryChange) -> Iterator[str]:
        notes = {
            "added": self.said["diff.added"],
            "removed": self.said["diff.removed"],
            "renamed": self.said.fill("diff.renamed", former=row.former),
            "changed": "",
        }
        note = f" ({notes[row.kind]})" if notes[row.kind] else ""
        yield f"**{self._name(row.key)}** `{row.key.file}`{note}"
        yield ""
        if row.changes:
            yield f"| {self.said['diff.field']} | {self.said['diff.before']} | {self.said['diff.after']} |"
            yield "|---|---|---|"
            for change in row.changes[:_MOST_ROWS]:
                yield from self._change(change)
            if len(row.changes) > _MOST_ROWS:
                yield f"| {self.said.fill('diff.more', n=len(row.changes) - _MOST_ROWS)} | | |"
            yield ""

    def _change(self, change: Change) -> Iterator[str]:
        """A row; where only the other language changed, that language is shown instead, under its name."""
        lang = self.lang
        stayed = change.one_sided
        title = field_title(change.parts, change.path, lang)
        if stayed == lang:
            lang = next(locale for locale in LOCALES if locale != lang)
            title = f"{title} ({self.said[f'review.language.{lang}']})"
        texts = [value_text(value, change.shape, lang) for value in (change.before, change.after)]
        cells = [self.said["diff.absent"] if text is None else _cell(text) for text in texts]
        yield f"| {_cell(title)} | {cells[0]} | {cells[1]} |"

    def _fallen(self, row: Any) -> str:
        language = self.said[f"review.language.{row.locale}"]
        return f"{self._name(row.key)}, {self._title(row.key, row.field)}: {self.said.fill('diff.stayed', language=language)}"

    def _lost(self, row: Any) -> str:
        language = self.said[f"review.language.{row.locale}"]
        return f"{self._name(row.key)}, `{row.field}` ({language})"

    def _title(self, key: EntryKey, field: str) -> str:
        change = next(
            (
                change
                for row in self.found.entries
                if row.key == key
                for change in row.changes
                if field == dotted(change.path) or field.startswith(f"{dotted(change.path)}.")
            ),
            None,
        )
        return f"`{field}`" if change is None else _cell(field_title(change.parts, change.path, self.lang))

    def _name(self, key: EntryKey) -> str:
        handbook = self.after if key in self.after.files else self.before
        return _cell(entry_title(handbook, key, self.lang))

    def _names(self, keys: Iterable[EntryKey]) -> list[str]:
        kinds = labels("lo" if self.lang == "lo" else "vi")
        return [f"{kinds[f'kind.{key.kind}']}: {self._name(key)}" for key in keys]

    def _sources(self, rows: Iterable[tuple[EntryKey, str]]) -> list[str]:
        return [f"{self._name(key)}: {self._name(EntryKey('sources', source))}" for key, source in rows]

    def _list(self, title: str, items: list[str]) -> Iterator[str]:
        if items:
            yield f"### {self.said[title]}"
            yield ""
            yield from (f"- {item}" for item in dict.fromkeys(items))
            yield ""


def _cell(text: str) -> str:
    """Words of the data fit for a table of Markdown: nothing in them is markup, a link or a mention."""
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", visible(text))


def to_json(found: DataDiff, errors: int) -> dict[str, Any]:
    """The same for machines."""
    return {
        "errors": errors,
        "entries": [
            {
                "entry": _key(row.key),
                "kind": row.kind,
                "former": row.former,
                "changes": [
                    {"field": dotted(change.path), "before": change.before, "after": change.after}
                    for change in row.changes
                ],
            }
            for row in found.entries
        ],
        "pages": [_key(key) for key in found.pages],
        "journeys": [_key(key) for key in found.journeys],
        "fee_sheets": [_key(key) for key in found.fee_sheets],
        "papers": [_key(key) for key in found.papers],
        "fallen_behind": [
            {"entry": _key(row.key), "field": row.field, "language": row.locale}
            for row in found.fallen_behind
        ],
        "reviews_lost": [
            {"entry": _key(row.key), "field": row.field, "language": row.locale} for row in found.reviews_lost
        ],
        "sources_new": [{"entry": _key(key), "source": source} for key, source in found.sources_new],
        "sources_lost": [{"entry": _key(key), "source": source} for key, source in found.sources_lost],
        "turnings": [
            {"entry": _key(row.key), "field": row.field, "day": str(row.day)} for row in found.turnings
        ],
    }


def _key(key: EntryKey) -> str:
    return f"{key.kind}/{key.id}"

"""A review as text for a terminal: old and new wording of each field, side by side in both languages."""

from collections.abc import Iterable, Iterator

from generator.editing.emitter import display_width
from generator.editing.review import Wording
from generator.editing.words import Words
from generator.messages import visible
from generator.model.text import LOCALES, Text

COLUMN = 50


def render_review(entry: str, rows: Iterable[Wording], locale: str, words: Words) -> Iterator[str]:
    """The lines shown to the reviewer of `locale`, each wording with its digest, and how to sign at the end."""
    rows = list(rows)
    if not rows:
        yield words["review.none"]
        return
    yield words.fill("review.title", entry=entry, n=len(rows), language=words[f"review.language.{locale}"])
    for row in rows:
        yield from render_wording(row, words)
    digests = " ".join(f"--digest {row.digest}" for row in rows)
    yield ""
    yield words.fill("review.how", entry=entry, locale=locale, digests=digests)


def render_wording(row: Wording, words: Words) -> Iterator[str]:
    """One field: its path and digest, then the pair now and, where it was signed before, the pair then."""
    yield ""
    yield f"{row.field}  [{row.digest}]"
    if row.before is not None and row.last is not None:
        yield f"  {words.fill('review.signed-by', on=row.last.on, by=row.last.by)}"
        yield from _side_by_side(words["review.before"], row.before)
        yield from _side_by_side(words["review.now"], row.text)
    else:
        yield from _side_by_side("", row.text)


def _side_by_side(head: str, text: Text) -> Iterator[str]:
    if head:
        yield f"  {head}:"
    columns = [_wrapped(visible(text[locale])) for locale in LOCALES]
    for line in range(max(len(column) for column in columns)):
        left, right = (column[line] if line < len(column) else "" for column in columns)
        yield f"  {left}{' ' * (COLUMN - display_width(left))} | {right}".rstrip()


def _wrapped(text: str) -> list[str]:
    """Lines of at most the column's width; a run without spaces, as Lao has, is cut between letters and their marks."""
    lines, line = [], ""
    for word in text.split(" "):
        for piece in _pieces(word):
            glued = f"{line} {piece}" if line else piece
            if display_width(glued) > COLUMN and line:
                lines.append(line)
                glued = piece
            line = glued
    return [*lines, line]


def _pieces(word: str) -> list[str]:
    if display_width(word) <= COLUMN:
        return [word]
    pieces, piece = [], ""
    for letter in word:
        if display_width(piece + letter) > COLUMN:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]

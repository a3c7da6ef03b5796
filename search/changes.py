"""What edits change in an index: the terms whose postings are others than in an earlier one.

It can be said of indexes that go on from one first segment and hold as many documents: a document has the same number
in both, mean lengths are the same, and what it gives to the postings of a term depends on itself alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from search.document import parsed_line
from search.postings import Inversion, Posting
from search.synonyms import phrase_terms
from search.terms import read_terms

MOST_CHANGED = 0.05
"""The share of documents beyond which it is quicker to make all anew."""

CHANGES = "changes.json"
"""Beside the stamp of an index that goes on from another: what is other in it, for the browser's index alone."""


class Changes(NamedTuple):
    """Terms by field that stand in other documents than before, or with another impact.

    ``since`` is the SHA-256 of the stamp of the earlier index.
    """

    since: str
    folded: frozenset[str]
    exact: frozenset[str]
    pair: frozenset[str]
    name: frozenset[str]

    def touch(self, phrase: Sequence[Sequence[str]]) -> bool:
        """Whether documents that name a phrase of [folded, exact] tokens may be others."""
        terms = {"exact": self.exact, "pair": self.pair}
        return any(term in terms[field] for field, term in phrase_terms(phrase))

    def to_json(self) -> str:
        """The content of ``CHANGES``."""
        said = {name: value if name == "since" else sorted(value) for name, value in self._asdict().items()}
        return json.dumps(said, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Changes:
        """What ``to_json`` wrote. Anything else: ValueError, KeyError or TypeError."""
        said = json.loads(text)
        folded, exact, pair, name = (
            frozenset(map(str, said[field])) for field in ("folded", "exact", "pair", "name")
        )
        return cls(str(said["since"]), folded, exact, pair, name)


def changes_between(
    before: Sequence[str], now: Sequence[str], averages: dict[bool, float], since: str
) -> Changes | None:
    """What was changed from one list of documents to another; ``None`` when too much was, or they are not as many.

    :param before: the JSON text of each document, by number; so is ``now``.
    :param averages: the mean length of documents by script ("is Lao").
    """
    if len(before) != len(now):
        return None
    changed = [pair for pair in zip(before, now, strict=True) if pair[0] != pair[1]]
    if len(changed) > max(1, MOST_CHANGED * len(now)):
        return None
    old, new = (_postings(side, averages) for side in (list(zip(*changed, strict=True)) or [(), ()]))
    found: dict[str, set[str]] = {field: set() for field in Changes._fields}
    for field, term, _, _ in old ^ new:
        if field in found:
            found[field].add(term.decode("utf-8"))
    return Changes(since, *(frozenset(found[field]) for field in Changes._fields[1:]))


def _postings(texts: Sequence[str], averages: dict[bool, float]) -> set[Posting]:
    inversion = Inversion()
    for text in texts:
        document = parsed_line(text)
        inversion.add(document, read_terms(document))
    return set(inversion.postings(averages))

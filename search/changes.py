"""What edits change in an index: the terms whose postings are others than in an earlier one.

It can be said of indexes that go on from one first segment and hold as many documents: a document has the same number
in both, mean lengths are the same, and what it gives to the postings of a term depends on itself alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from search.document import SearchDocument
from search.postings import Inversion
from search.synonyms import phrase_terms
from search.terms import Terms

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


Term = tuple[str, str]
"""A field and a term."""

Read = Callable[[str], tuple[SearchDocument, Terms]]


class Difference(NamedTuple):
    """What is other between two lists of documents: changes, and of the documents that were changed their numbers and
    postings (by field and term) now. ``moved`` are terms that stand in other documents than before."""

    changes: Changes
    numbers: frozenset[int]
    postings: Mapping[Term, Mapping[int, int]]
    moved: frozenset[Term]


def difference_between(
    before: Sequence[str], now: Sequence[str], averages: dict[bool, float], since: str, read: Read
) -> Difference | None:
    """What was changed from one list of documents to another; ``None`` when too much was, or they are not as many.

    :param before: the JSON text of each document, by number; so is ``now``.
    :param averages: the mean length of documents by script ("is Lao").
    :param read: the document of a line, with its terms.
    """
    if len(before) != len(now):
        return None
    changed = [number for number, text in enumerate(now) if text != before[number]]
    if len(changed) > max(1, MOST_CHANGED * len(now)):
        return None
    old, new = (_postings(side, changed, averages, read) for side in (before, now))
    terms: dict[str, set[str]] = {field: set() for field in Changes._fields}
    moved: set[Term] = set()
    for term in old.keys() | new.keys():
        earlier, later = old.get(term, {}), new.get(term, {})
        if earlier != later and term[0] in terms:
            terms[term[0]].add(term[1])
        if earlier.keys() != later.keys():
            moved.add(term)
    changes = Changes(since, *(frozenset(terms[field]) for field in Changes._fields[1:]))
    return Difference(changes, frozenset(changed), new, frozenset(moved))


def _postings(
    texts: Sequence[str], numbers: Sequence[int], averages: dict[bool, float], read: Read
) -> dict[Term, dict[int, int]]:
    """Those of some of the documents, by field and term."""
    inversion = Inversion()
    for number in numbers:
        inversion.add(*read(texts[number]))
    found: dict[Term, dict[int, int]] = {}
    for field, term, place, impact in inversion.postings(averages):
        found.setdefault((field, term.decode("utf-8")), {})[numbers[place]] = impact
    return found

"""What edits change in an index: the terms whose postings are others than in an earlier one.

It can be said of indexes that go on from one first segment and hold as many documents: a document has the same number
in both, mean lengths are the same, and what it gives to the postings of a term depends on itself alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from search.document import SearchDocument
from search.lexicon import Postings
from search.postings import Inversion
from search.synonyms import phrase_terms
from search.terms import Terms

MOST_CHANGED = 0.05
"""The share of documents beyond which it is quicker to make all anew."""

CHANGES = "changes.json"
"""Beside the stamp of an index that goes on from another: what is other in it, for the browser's index alone."""


FIELDS_TOLD = ("folded", "exact", "pair", "name")
"""The fields of which changes tell."""


class Changes(NamedTuple):
    """The numbers of the documents that were changed, and by field the terms that stand in others of them than before,
    or with another impact, each with its postings in them now.

    ``since`` is the SHA-256 of the stamp of the earlier index.
    """

    since: str
    numbers: frozenset[int]
    folded: Mapping[str, Postings]
    exact: Mapping[str, Postings]
    pair: Mapping[str, Postings]
    name: Mapping[str, Postings]

    def renewed(self, before: Postings, now: Postings | None) -> Postings:
        """The postings of a term, from those in the earlier index and what is told of it."""
        if now is None:
            return before
        found = {number: impact for number, impact in zip(*before, strict=True) if number not in self.numbers}
        found.update(zip(*now, strict=True))
        numbers = sorted(found)
        return numbers, [found[number] for number in numbers]

    def touch(self, phrase: Sequence[Sequence[str]]) -> bool:
        """Whether documents that name a phrase of [folded, exact] tokens may be others."""
        terms = {"exact": self.exact, "pair": self.pair}
        return any(term in terms[field] for field, term in phrase_terms(phrase))

    def to_json(self) -> str:
        """The content of ``CHANGES``."""
        return json.dumps(self._asdict() | {"numbers": sorted(self.numbers)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Changes:
        """What ``to_json`` wrote. Anything else: ValueError, KeyError or TypeError."""
        said = json.loads(text)
        told = (
            {term: _postings_told(*postings) for term, postings in said[field].items()}
            for field in FIELDS_TOLD
        )
        return cls(str(said["since"]), frozenset(map(int, said["numbers"])), *told)


def _postings_told(numbers: list[Any], impacts: list[Any]) -> Postings:
    if len(numbers) != len(impacts):
        raise ValueError("postings")
    return list(map(int, numbers)), list(map(int, impacts))


Term = tuple[str, str]
"""A field and a term."""

Read = Callable[[str], tuple[SearchDocument, Terms]]


class Difference(NamedTuple):
    """What is other between two lists of documents: changes, and all postings, by field and term, of the documents that
    were changed as they are now. ``moved`` are terms that stand in other documents than before."""

    changes: Changes
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
    told: dict[str, dict[str, Postings]] = {field: {} for field in FIELDS_TOLD}
    moved: set[Term] = set()
    for term in old.keys() | new.keys():
        earlier, later = old.get(term, {}), new.get(term, {})
        if earlier != later and term[0] in told:
            told[term[0]][term[1]] = list(later), list(later.values())
        if earlier.keys() != later.keys():
            moved.add(term)
    changes = Changes(since, frozenset(changed), **told)
    return Difference(changes, new, frozenset(moved))


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

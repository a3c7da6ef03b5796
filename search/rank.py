"""The one scorer. All arithmetic is in whole numbers, so every runtime gives the same order.

``search/browser/rank.js`` is the same text in JavaScript; a change here is a change there.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from search.lexicon import FULL, PostingSource
from search.plan import Plan, frequent_from
from search.rules import rules, weight


class Ranked(NamedTuple):
    """A document number and its score."""

    number: int
    score: int


class _Column(NamedTuple):
    """One slot of a document's row: the best of its alternatives counts."""

    alternatives: list[tuple[str, str, int]]


def inverse_frequency(documents: int, frequency: int) -> int:
    """How telling a term is, in thousandths: ln(1 + (N - n + ½) / (n + ½))."""
    return math.floor(1000 * math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5)) + 0.5)


class _Scorer:
    def __init__(self, plan: Plan, source: PostingSource) -> None:
        self.plan = plan
        self.source = source
        self.columns: list[_Column] = []
        count = len(plan.tokens)
        frequent = frequent_from(source.documents)
        self.single: list[int] = []
        self.exact: list[int] = []
        self.pair: list[int] = []
        for i in range(count):
            kept = [
                (term, factor)
                for term, factor in plan.singles[i]
                if source.frequency("folded", term) <= frequent or not self._paired(i)
            ]
            stop = weight("stop") if plan.stops[i] else 10
            self.single.append(
                self._column([("folded", term, weight("folded") * factor * stop) for term, factor in kept])
            )
            exact = plan.exact[i] if kept and kept[0][1] == FULL else ""
            self.exact.append(self._column([("exact", exact, weight("exact") * 10 * stop)] if exact else []))
        for i, choices in enumerate(plan.pairs):
            stop = weight("stop") if plan.stops[i] and plan.stops[i + 1] else 10
            self.pair.append(
                self._column([("pair", term, weight("pair") * factor * stop) for term, factor in choices])
            )
        self.spans = [
            [
                (self._column([(field, term, value * 10 * span.weight)]), field, term)
                for field, term, value in span.terms
            ]
            for span in plan.spans
        ]
        self.names = self._column(self._name_alternatives())
        self.codes = [self._column([("code", match.term, weight("code") * 100)]) for match in plan.codes]

    def _paired(self, i: int) -> bool:
        pairs = self.plan.pairs
        return bool((i and pairs[i - 1]) or (i < len(pairs) and pairs[i]))

    def _column(self, alternatives: list[tuple[str, str, int]]) -> int:
        self.columns.append(_Column(alternatives))
        return len(self.columns) - 1

    def telling(self, field: str, term: str) -> int:
        return inverse_frequency(self.source.documents, self.source.frequency(field, term))

    def _name_alternatives(self) -> list[tuple[str, str, int]]:
        """Names count by the words they hold; a name that is the whole query counts most."""
        content = [i for i, stop in enumerate(self.plan.stops) if not stop]
        found = []
        for start, end, term in self.plan.names:
            whole = all(start <= i < end for i in content)
            worth = sum(self.place_weight(i) for i in range(start, end))
            found.append(("name", term, weight("whole_name" if whole else "name") * worth))
        return found

    def place_weight(self, i: int) -> int:
        terms = self.plan.singles[i]
        return self.telling("folded", terms[0].term) if terms else 0

    def rows(self) -> dict[int, list[int]]:
        """For each document that any column finds, the values of its columns."""
        width = len(self.columns)
        rows: dict[int, list[int]] = {}
        unit = int(rules()["weights"]["impact_scale"]) * 100
        for slot, column in enumerate(self.columns):
            for field, term, value in column.alternatives:
                numbers, impacts = self.source.postings(field, term)
                # a name is there or not: its value stands as it is
                scale = 1 if field == "name" else self.telling(field, term)
                for number, impact in zip(numbers, impacts, strict=True):
                    row = rows.get(number)
                    if row is None:
                        row = rows[number] = [0] * width
                    points = value * unit if field == "name" else scale * impact * value
                    if points > row[slot]:
                        row[slot] = points
        return rows

    def score(self, row: list[int], places: list[int], spans: list[tuple[list[tuple[int, int]], int]]) -> int:
        count = len(places)
        base = [row[self.single[i]] + row[self.exact[i]] for i in range(count)]
        pair = [row[slot] for slot in self.pair]
        cover = [
            1000 if base[i] or (i and pair[i - 1]) or (i < count - 1 and pair[i]) else 0 for i in range(count)
        ]
        for match, slot in zip(self.plan.codes, self.codes, strict=True):
            if row[slot]:
                base[match.start] += row[slot]
                for i in range(match.start, match.end):
                    cover[i] = 1000
        for span, (slots, whole) in zip(self.plan.spans, spans, strict=True):
            found = sum(share for slot, share in slots if row[slot])
            if not found:
                continue
            share = 1000 * found // whole
            points = sum(row[slot] for slot, _ in slots) * share // 1000
            inside = sum(base[span.start : span.end]) + sum(pair[span.start : span.end - 1])
            if points > inside:
                for i in range(span.start, span.end):
                    base[i] = points if i == span.start else 0
                    cover[i] = max(cover[i], share)
                    if i < span.end - 1:
                        pair[i] = 0
        total = sum(base) + sum(pair) + row[self.names]
        all_places = sum(places)
        covered = sum(place * part for place, part in zip(places, cover, strict=True)) // 1000
        floor = weight("coverage_floor")
        share = floor + (1000 - floor) * covered // all_places if all_places else 1000
        return total * share // 1000


def rank(plan: Plan, source: PostingSource, allowed: frozenset[int] | None = None) -> list[Ranked]:
    """All documents that answer the plan, best first; equal scores stand in order of id.

    :param allowed: document numbers that may be answered; ``None`` for all.
    """
    scorer = _Scorer(plan, source)
    places = [
        weight("coverage_stop")
        if plan.stops[i]
        else weight("coverage_position") + scorer.place_weight(i)
        if plan.singles[i] or any(span.start <= i < span.end for span in plan.spans)
        else 0
        for i in range(len(plan.tokens))
    ]
    spans = [
        (
            shares := [(slot, max(1, scorer.telling(field, term))) for slot, field, term in terms],
            sum(s for _, s in shares),
        )
        for terms in scorer.spans
    ]
    scored = [
        Ranked(number, score)
        for number, row in scorer.rows().items()
        if (allowed is None or number in allowed) and (score := scorer.score(row, places, spans)) > 0
    ]
    scored.sort(key=lambda item: (-item.score, item.number))
    if scored:
        least = int(scored[0].score * float(rules()["weights"]["shown_share"]))
        scored = [item for item in scored if item.score >= least]
    return scored

"""The one scorer. All arithmetic is in whole numbers, so every runtime gives the same order.

``search/browser/rank.js`` is the same text in JavaScript; a change here is a change there.
"""

from __future__ import annotations

from bisect import insort
from operator import mul
from typing import NamedTuple

from search.lexicon import FULL, Choice, PostingSource, inverse_frequency
from search.names import PART
from search.plan import Plan, Span, frequent_from
from search.rules import rules, weight


class Ranked(NamedTuple):
    """A document number and its score."""

    number: int
    score: int


class _Alternative(NamedTuple):
    """A term and its points for each unit of impact; in a column the best alternative counts."""

    field: str
    term: str
    points: int


class _Span(NamedTuple):
    """A way of saying some places otherwise, with its columns and what each is a share of."""

    start: int
    end: int
    slots: list[tuple[int, int]]
    whole: int
    scale: int


class _Scorer:
    def __init__(self, plan: Plan, source: PostingSource) -> None:
        self.plan = plan
        self.source = source
        self.columns: list[list[_Alternative]] = []
        count = len(plan.tokens)
        frequent = frequent_from(source.documents)
        self.single: list[int] = []
        self.exact: list[int] = []
        self.pair: list[int] = []
        for i in range(count):
            stop = weight("stop") if plan.stops[i] else 10
            kept = [
                choice
                for choice in plan.singles[i]
                if source.frequency("folded", choice.term) <= frequent or not self._paired(i)
            ]
            self.single.append(self._column([self._choice("folded", choice, stop) for choice in kept]))
            exact = plan.exact[i] if kept and kept[0].factor == FULL else ""
            self.exact.append(
                self._column([self._choice("exact", Choice(exact, FULL), stop)] if exact else [])
            )
        for i, choices in enumerate(plan.pairs):
            stop = weight("stop") if plan.stops[i] and plan.stops[i + 1] else 10
            self.pair.append(self._column([self._choice("pair", choice, stop) for choice in choices]))
        self.spans = [self._span(span) for span in plan.spans]
        self.names = self._column(self._name_alternatives())
        self.codes = [
            self._column(
                [_Alternative("code", match.term, self.telling("code", match.term) * weight("code") * 100)]
            )
            for match in plan.codes
        ]
        self.links = [self._link(i) for i in range(len(plan.pairs))]
        self.floor = weight("coverage_floor")
        self.places = [self._place(i) for i in range(count)]

    def _paired(self, i: int) -> bool:
        pairs = self.plan.pairs
        return bool((i and pairs[i - 1]) or (i < len(pairs) and pairs[i]))

    def _column(self, alternatives: list[_Alternative]) -> int:
        self.columns.append(alternatives)
        return len(self.columns) - 1

    def _choice(self, field: str, choice: Choice, stop: int) -> _Alternative:
        telling = choice.telling or self.telling(field, choice.term)
        return _Alternative(field, choice.term, telling * weight(field) * choice.factor * stop)

    def telling(self, field: str, term: str) -> int:
        return inverse_frequency(self.source.documents, self.source.frequency(field, term))

    def _span(self, span: Span) -> _Span:
        """The columns of a span, scaled down where they would be worth more than what was typed."""
        typed, known = self._typed(span)
        slots = []
        worth = 0
        for field, term, value in span.terms:
            telling = max(1, self.telling(field, term))
            points = telling * value
            if field == "concept":
                all_fields = weight("folded") + weight("exact") + weight("pair")
                points = min(typed, telling * all_fields * (span.end - span.start))
            worth += points
            slots.append((self._column([_Alternative(field, term, points * 10 * span.weight)]), telling))
        scale = min(1000, 1000 * typed // max(1, worth)) if known else 1000
        return _Span(span.start, span.end, slots, sum(telling for _, telling in slots), scale)

    def _typed(self, span: Span) -> tuple[int, bool]:
        """What the places of a span are worth as they were typed, and whether the index knows them all."""
        typed = 0
        known = True
        for i in range(span.start, span.end):
            choices = self.plan.singles[i]
            known = known and bool(choices) and choices[0].factor == FULL
            term = choices[0].term if choices else self.plan.tokens[i].folded
            marks = weight("exact") if self.plan.exact[i] else 0
            typed += self.telling("folded", term) * (weight("folded") + marks)
            if i + 1 < span.end:
                pairs = self.plan.pairs[i]
                typed += (self.telling("pair", pairs[0].term) if pairs else 0) * weight("pair")
        return typed, known

    def _name_alternatives(self) -> list[_Alternative]:
        """Names count by the words they hold; a name that is the whole query counts most."""
        content = [i for i, stop in enumerate(self.plan.stops) if not stop]
        unit = int(rules()["weights"]["impact_scale"]) * 100
        found = []
        for start, end, term in self.plan.names:
            whole = all(start <= i < end for i in content)
            worth = sum(self._telling_of(i) for i in range(start, end))
            # the more of the words asked for one name holds, the surer it is meant
            value = (
                weight("whole_name") if whole else min(weight("whole_name"), weight("name") * (end - start))
            )
            if term.endswith(PART):
                value = value * weight("part_name") // 10
            found.append(_Alternative("name", term, value * worth * unit))
        return found

    def _telling_of(self, i: int) -> int:
        choices = self.plan.singles[i]
        return self.telling("folded", choices[0].term) if choices else 0

    def _place(self, i: int) -> int:
        """How much a place counts in the share of the query that a document answers."""
        if self.plan.stops[i]:
            return weight("coverage_stop")
        if self.plan.singles[i] or any(span.start <= i < span.end for span in self.plan.spans):
            return weight("coverage_position") + self._telling_of(i)
        return 0

    def _link(self, i: int) -> int:
        """How much two places side by side count in that share, where they stand side by side anywhere."""
        choices = self.plan.pairs[i]
        if not choices or (self.plan.stops[i] and self.plan.stops[i + 1]):
            return 0
        return weight("coverage_pair") + (choices[0].telling or self.telling("pair", choices[0].term)) // 2

    def values(self) -> list[dict[int, int]]:
        """For each column the documents it finds, with their points."""
        columns = []
        for column in self.columns:
            best: dict[int, int] = {}
            for field, term, value in column:
                numbers, impacts = self.source.postings(field, term)
                if field == "name":
                    # a name is there or not, whatever its impact
                    found = dict.fromkeys(numbers, value)
                else:
                    found = dict(zip(numbers, map(value.__mul__, impacts), strict=True))
                if not best:
                    best = found
                    continue
                for number, points in found.items():
                    if points > best.get(number, -1):
                        best[number] = points
            columns.append(best)
        return columns

    def _gains(self, row: list[int], base: list[int], pair: list[int]) -> list[tuple[_Span, int, int]]:
        """The spans that say a document's places better than they were typed, with share and points; best first."""
        gains = []
        for order, span in enumerate(self.spans):
            found = sum(telling for slot, telling in span.slots if row[slot])
            if not found:
                continue
            share = 1000 * found // span.whole
            points = sum(row[slot] for slot, _ in span.slots) * share // 1000 * span.scale // 1000
            inside = sum(base[span.start : span.end]) + sum(pair[span.start : span.end - 1])
            if points > inside:
                gains.append((inside - points, order, share, points))
        return [(self.spans[order], share, points) for _, order, share, points in sorted(gains)]

    def score(self, row: list[int]) -> int:
        places = self.places
        count = len(places)
        base = [row[self.single[i]] + row[self.exact[i]] for i in range(count)]
        pair = [row[slot] for slot in self.pair]
        linked = [1000 if points else 0 for points in pair]
        cover = [
            1000 if base[i] or (i and pair[i - 1]) or (i < count - 1 and pair[i]) else 0 for i in range(count)
        ]
        for match, slot in zip(self.plan.codes, self.codes, strict=True):
            if row[slot]:
                base[match.start] += row[slot]
                cover[match.start : match.end] = [1000] * (match.end - match.start)
        taken = [False] * count
        for span, share, points in self._gains(row, base, pair):
            if any(taken[span.start : span.end]):
                continue
            for i in range(span.start, span.end):
                taken[i] = True
                base[i] = points if i == span.start else 0
                cover[i] = max(cover[i], share)
                if i < span.end - 1:
                    pair[i] = 0
                    linked[i] = max(linked[i], share)
        total = sum(base) + sum(pair) + row[self.names]
        whole = sum(places) + sum(self.links)
        covered = sum(map(mul, places, cover)) + sum(map(mul, self.links, linked))
        floor = self.floor
        return total * (floor + (1000 - floor) * (covered // 1000) // whole if whole else 1000) // 1000


class Ranking(NamedTuple):
    """The best answers, best first, and how many there are in all."""

    best: list[Ranked]
    total: int


def rank(plan: Plan, source: PostingSource, count: int, allowed: frozenset[int] | None = None) -> Ranking:
    """The ``count`` documents that answer a plan best; equal scores stand in order of id.

    No document scores more than the sum of its columns, so only those that may come among the best are scored. All
    those whose sum is a fair part of the best score are counted.

    :param allowed: document numbers that may be answered; ``None`` for all.
    """
    scorer = _Scorer(plan, source)
    columns = scorer.values()
    sums: dict[int, int] = {}
    for column in columns:
        for number, points in column.items():
            sums[number] = sums.get(number, 0) + points
    # by sum, then by number, without a tuple for each of thousands
    numbers = sorted(sums if allowed is None else allowed & sums.keys())
    numbers.sort(key=sums.__getitem__, reverse=True)
    best: list[Ranked] = []
    for number in numbers:
        if len(best) >= max(1, count) and sums[number] < best[-1].score:
            break
        row = [column.get(number, 0) for column in columns]
        insort(best, Ranked(number, scorer.score(row)), key=lambda item: (-item.score, item.number))
        del best[max(1, count) :]
    if not best or not best[0].score:
        return Ranking([], 0)
    least = best[0].score * weight("shown_permille") // 1000
    total = sum(sums[number] >= least for number in numbers)
    return Ranking([item for item in best[:count] if item.score >= least], total)

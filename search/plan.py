"""Understands a query: which terms of the index each of its places may mean, and how much each counts.

The plan is plain data. It is made from term frequencies alone, so the browser makes the same plan from its shards.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from search.analyzer import Token, analyze, fold
from search.codes import CodeMatch, query_codes
from search.completion import complete
from search.lexicon import FULL, Choice, Lexicon
from search.names import JOIN, PART
from search.phonetics import is_vietnamese_shaped, simplify, spelling_kept
from search.rules import limit, rules, weight
from search.stopwords import stop_places
from search.syllables import is_lao
from search.synonyms import concept_term, match_synonyms
from search.typos import confused, one_edit, recut


class Span(NamedTuple):
    """Places ``start`` to ``end`` (exclusive) may be said otherwise: by ``terms`` of (field, term, weight).

    A concept counts as what was typed, so it has no weight of its own.
    """

    start: int
    end: int
    weight: int
    terms: tuple[tuple[str, str, int], ...]


class Plan(NamedTuple):
    """What a query means. Lists run over its places; ``pairs[i]`` stands between places i and i + 1."""

    tokens: list[Token]
    stops: list[bool]
    singles: list[list[Choice]]
    exact: list[str]
    pairs: list[list[Choice]]
    spans: list[Span]
    names: list[tuple[int, int, str]]
    codes: list[CodeMatch]
    corrected: dict[int, tuple[str, ...]]


class _Planner:
    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.text = text[: limit("query_characters")]
        self.corrected: dict[int, tuple[str, ...]] = {}
        self.tokens = self._split_joined(analyze(self.text)[: limit("query_tokens")])
        self.folded = [token.folded for token in self.tokens]
        self.exact = [token.exact for token in self.tokens]
        latin = [token for token in self.tokens if not is_lao(token.folded)]
        self.unmarked = bool(latin) and all(token.exact.isascii() for token in latin)
        self.stops = stop_places(self.exact, self.folded, self.unmarked)
        count = len(self.tokens)
        self.choices: list[list[Choice]] = [
            [Choice(term, FULL)] if self.known(term) else [] for term in self.folded
        ]
        self.spans: list[Span] = []
        self.extra_pairs: list[list[Choice]] = [[] for _ in range(max(0, count - 1))]

    def _split_joined(self, tokens: list[Token]) -> list[Token]:
        """Cuts an unknown Latin token that is several known syllables written together."""
        cut: list[Token] = []
        for token in tokens:
            term = token.folded
            joined = _is_word(term) and not is_vietnamese_shaped(term) and not self.known(term)
            chain = self._segments(term) if joined else ()
            self.corrected.update({len(cut) + i: (syllable,) for i, syllable in enumerate(chain)})
            cut += [Token(syllable, syllable, token.start, token.end) for syllable in chain] or [token]
        return cut[: limit("query_tokens")]

    def known(self, term: str) -> int:
        return self.lexicon.frequency("folded", term)

    def pair(self, first: str, second: str) -> int:
        return self.lexicon.frequency("pair", first + JOIN + second)

    def plan(self) -> Plan:
        self._complete_last()
        self._joined_words()
        self._synonyms(self.folded)
        self._mistyped()
        self._sounds()
        settled = [self._settled(i) for i in range(len(self.tokens))]
        if settled != self.folded:
            self._synonyms(settled)
        return Plan(
            self.tokens,
            self.stops,
            self.choices,
            [self._exact_term(i) for i in range(len(self.tokens))],
            self._pairs(),
            self.spans,
            self._names(settled),
            query_codes(self.folded, self._alone, lambda term: self.lexicon.frequency("code", term)),
            self.corrected,
        )

    def _settled(self, i: int) -> str:
        """The syllable a place most likely means."""
        corrected = self.corrected.get(i, ())
        if len(corrected) == 1:
            return corrected[0]
        return self.choices[i][0].term if self.choices[i] else self.folded[i]

    def _exact_term(self, i: int) -> str:
        """The form with marks, where the writer cared for marks at all."""
        if self.unmarked and not is_lao(self.folded[i]):
            return ""
        return self.exact[i] if self.lexicon.frequency("exact", self.exact[i]) else ""

    def _alone(self, i: int) -> bool:
        token = self.tokens[i]
        written = self.text[token.start : token.end]
        return (
            len(self.tokens) == 1
            or (len(written) > 1 and written.isascii() and written.isupper() and not self.text.isupper())
            or (token.exact.isascii() and not is_vietnamese_shaped(token.folded))
        )

    def _neighbours(self, i: int) -> tuple[list[str], list[str]]:
        before = [choice.term for choice in self.choices[i - 1]] if i else []
        after = [choice.term for choice in self.choices[i + 1]] if i + 1 < len(self.tokens) else []
        return before[:3], after[:3]

    def _evidence(self, i: int, term: str) -> int:
        before, after = self._neighbours(i)
        return sum(self.pair(other, term) for other in before) + sum(
            self.pair(term, other) for other in after
        )

    def _complete_last(self) -> None:
        last = len(self.tokens) - 1
        if last < 0 or self.tokens[last].end < len(self.text.rstrip("\u200b")) or self.folded[last].isdigit():
            return
        before, _ = self._neighbours(last)
        done = complete(self.folded[last], before, self.lexicon)
        self.choices[last] += [choice for choice in done.singles if choice.term != self.folded[last]]
        if last:
            self.extra_pairs[last - 1] += done.pairs
            if done.pairs and not self.extra_known(last):
                # a letter or two that only begin a word do not stand for themselves
                self.choices[last] = [
                    choice._replace(factor=weight("unfinished")) for choice in self.choices[last]
                ]
        for choice in done.inner:
            self.spans.append(
                Span(last, last + 1, choice.factor, (("pair", choice.term, weight("phrase_pair")),))
            )
        pairs = [choice.term for choice in (*done.pairs, *done.inner)]
        self.completed = max(
            [int(bool(done.singles)), *(self.lexicon.frequency("pair", pair) for pair in pairs)]
        )

    def extra_known(self, i: int) -> bool:
        """Whether a place as typed stands beside the one before it somewhere."""
        return any(self.pair(choice.term, self.folded[i]) for choice in self.choices[i - 1][:2])

    completed = 0  # in how many documents the commonest completion of the last place stands

    def _unfinished(self, i: int) -> bool:
        return self.completed > 0 and i == len(self.tokens) - 1

    def _phrase_span(self, start: int, end: int, value: int, phrase: Sequence[str]) -> bool:
        terms = phrase_terms(phrase, self.lexicon)
        if terms:
            self.spans.append(Span(start, end, value, terms))
        return bool(terms)

    def _joined_words(self) -> None:
        """Syllables written together, and words that the index writes together."""
        count = len(self.tokens)
        for i, term in enumerate(self.folded):
            if _is_word(term) and not is_vietnamese_shaped(term):
                chain = self._segments(term)
                if chain:
                    self._phrase_span(i, i + 1, weight("joined"), chain)
        for start in range(count):
            joined = self.folded[start]
            for end in range(start + 2, min(count, start + 4) + 1):
                joined += self.folded[end - 1]
                if not _is_word(joined):
                    continue
                broken = any(not self.choices[k] for k in range(start, end))
                if (broken or (len(joined) > 4 and not is_vietnamese_shaped(joined))) and self.known(joined):
                    self._phrase_span(start, end, weight("joined"), (joined,))

    def _segments(self, term: str) -> tuple[str, ...]:
        """The fewest syllables that make up ``term``, each neighbour known beside the other; empty when none."""
        best: list[list[tuple[str, ...]]] = [[()], *([] for _ in term)]
        for end in range(1, len(term) + 1):
            for start in range(max(0, end - 7), end):
                syllable = fold(term[start:end])
                if (
                    end - start == len(term)
                    or not best[start]
                    or not is_vietnamese_shaped(syllable)
                    or not self.known(syllable)
                ):
                    continue
                for chain in best[start]:
                    if not chain or self.lexicon.linked(chain[-1], syllable):
                        best[end].append((*chain, syllable))
            best[end].sort(key=lambda chain: (len(chain), chain))
            del best[end][4:]
        return best[-1][0] if best[-1] else ()

    def _mistyped(self) -> None:
        left = limit("corrected_tokens")
        explained = {i for span in self.spans for i in range(span.start, span.end)}
        places = [i for i, term in enumerate(self.folded) if not term.isdigit() and i not in explained]
        unknown = [i for i in places if not self.choices[i] and not self._unfinished(i)][:left]
        for i in unknown:
            self._correct(i, self._near(i), weight("typo"))
        # of two strays side by side either may be the slip: both are looked at as they were typed
        strays = [i for i in places if self.choices[i] and self._is_stray(i)][: left - len(unknown)]
        for i, scored in [(i, self._near(i)) for i in strays]:
            # what may still be finished is a slip only if that makes a commoner pair
            if not self._unfinished(i) or (scored and -scored[0][0] > self.completed):
                self._correct(i, scored, weight("pair_typo"))

    def _is_stray(self, i: int) -> bool:
        """A known syllable that stands beside none of its neighbours anywhere in the index."""
        before, after = self._neighbours(i)
        if self.stops[i] or len(self.folded[i]) < 2 or not (before or after):
            return False
        return not self._evidence(i, self.folded[i])

    def _near(self, i: int) -> list[tuple[int, int, str]]:
        """Known syllables one slip away from a place: (minus evidence beside it, minus frequency, syllable)."""
        term = self.folded[i]
        known = self.lexicon.frequencies
        near = [other for other in one_edit(term) if other in known]
        if not is_lao(term):
            near = [other for other in confused(term) if other in known and other not in near] + near
        return sorted((-self._evidence(i, other), -known[other], other) for other in near)

    def _correct(self, i: int, scored: list[tuple[int, int, str]], factor: int) -> None:
        fitting = [other for proof, _, other in scored if proof]
        if not fitting and is_lao(self.folded[i]) and self._recut(i, factor):
            return
        if not fitting and factor == weight("typo"):
            fitting = [other for _, _, other in scored]
        for other in fitting[:3]:
            self.choices[i].append(Choice(other, factor))
        if fitting:
            self.corrected[i] = (fitting[0],)

    def _recut(self, i: int, factor: int) -> bool:
        """One edit in a stretch of Lao that cuts it into syllables known side by side."""
        start, end = max(0, i - 1), min(len(self.tokens), i + 2)
        while start < i and not is_lao(self.folded[start]):
            start += 1
        while end > i + 1 and not is_lao(self.folded[end - 1]):
            end -= 1
        known = self.lexicon.frequencies
        before = [choice.term for choice in self.choices[start - 1]][:2] if start else []
        after = [choice.term for choice in self.choices[end]][:2] if end < len(self.tokens) else []
        found: dict[tuple[str, ...], int] = {}
        for chain in recut("".join(self.folded[start:end])):
            if len(chain) < 2 or any(term not in known for term in chain):
                continue
            links = [self.pair(first, second) for first, second in pairwise(chain)]
            if all(links):
                outer = sum(self.pair(term, chain[0]) for term in before)
                outer += sum(self.pair(chain[-1], term) for term in after)
                found[chain] = sum(links) + outer
        ranked = sorted(found.items(), key=lambda item: (len(item[0]), -item[1], item[0]))
        for chain, _ in ranked[:2]:
            self._phrase_span(start, end, factor, chain)
        if ranked:
            self.corrected[start] = ranked[0][0]
            self.corrected.update(dict.fromkeys(range(start + 1, end), ()))
        return bool(ranked)

    def _sounds(self) -> None:
        for i, (first, second) in enumerate(pairwise(self.folded)):
            spellings = spelling_kept(first), spelling_kept(second)
            if is_lao(first) == is_lao(second) and all(spellings):
                for pair in self.lexicon.sounds.pairs(*spellings, lao=not is_lao(first)):
                    self._phrase_span(i, i + 2, weight("aligned_sound"), pair)
        words = [i for i, term in enumerate(self.folded) if _is_word(term) and not is_vietnamese_shaped(term)]
        for i in words[: limit("sounded_words")]:
            near = ((i, i + 1), (max(0, i - 1), i + 1), (i, min(len(self.tokens), i + 2)))
            any(self._sounds_like(start, end) for start, end in near)

    def _sounds_like(self, start: int, end: int) -> bool:
        sounds = self.lexicon.sounds
        spelling = simplify("".join(self.folded[start:end]))
        if is_lao(spelling) or not spelling.isalnum():
            return False
        chains = sounds.chains(spelling, lao=True)
        if any(not self.known(term) for term in self.folded[start:end]):
            chains += sounds.chains(spelling, lao=False)
            chains += [(word,) for word in sounds.alike(spelling)]
        for chain in chains:
            self._phrase_span(start, end, weight("sound"), chain)
        return bool(chains)

    def _synonyms(self, settled: list[str]) -> None:
        there = {(span.start, span.end, span.terms) for span in self.spans}
        for match in match_synonyms(settled, self.exact, self.unmarked, self.lexicon):
            for group in match.groups:
                terms = (("concept", concept_term(group), 0),)
                known = self.lexicon.frequency("concept", concept_term(group))
                if known and (match.start, match.end, terms) not in there:
                    self.spans.append(Span(match.start, match.end, match.weight, terms))

    def _pairs(self) -> list[list[Choice]]:
        pairs: list[list[Choice]] = []
        for i, extra in enumerate(self.extra_pairs):
            found = {}
            for first in self.choices[i][:4]:
                for second in self.choices[i + 1][:4]:
                    if self.pair(first.term, second.term):
                        term = first.term + JOIN + second.term
                        found[term] = Choice(term, min(first.factor, second.factor))
            for choice in extra:
                if choice.term not in found or found[choice.term].factor < choice.factor:
                    found[choice.term] = choice
            pairs.append(list(found.values()))
        return pairs

    def _names(self, settled: Sequence[str]) -> list[tuple[int, int, str]]:
        found = []
        most = int(rules()["names"]["tokens"])
        for start in range(len(settled)):
            for end in range(start + 1, min(len(settled), start + most) + 1):
                if end > start + 1 and not self.pair(settled[end - 2], settled[end - 1]):
                    break
                name = JOIN.join(settled[start:end])
                found += [(start, end, term) for term in (name, name + PART) if self._named(term)]
        return found + self._completed_names(settled)

    def _named(self, term: str) -> bool:
        return self.lexicon.frequency("name", term) > 0

    def _completed_names(self, settled: Sequence[str]) -> list[tuple[int, int, str]]:
        """Names that end in a completion of the last place."""
        found = []
        last = len(settled) - 1
        for choice in self.extra_pairs[last - 1][: limit("completed_names")] if last > 0 else []:
            first, _, second = choice.term.partition(JOIN)
            if first != settled[last - 1] or second == settled[last]:
                continue
            for start in range(max(0, last - limit("completed_names")), last):
                name = JOIN.join([*settled[start:last], second])
                found += [(start, last + 1, term) for term in (name, name + PART) if self._named(term)]
        return found


def _is_word(term: str) -> bool:
    """Whether a token is long enough to be a Latin word of several syllables."""
    return len(term) > 3 and term.isascii() and term.isalpha()


def phrase_terms(phrase: Sequence[str], lexicon: Lexicon) -> tuple[tuple[str, str, int], ...]:
    """The terms by which a phrase is found: its known pairs, and known syllables that no known pair covers."""
    covered = set()
    terms = []
    for i, (first, second) in enumerate(pairwise(phrase)):
        if lexicon.frequency("pair", first + JOIN + second):
            terms.append(("pair", first + JOIN + second, weight("phrase_pair")))
            covered |= {i, i + 1}
    value = weight("folded") + (weight("exact") if len(phrase) == 1 else 0)
    frequent = frequent_from(lexicon.documents)
    for i, term in enumerate(phrase):
        if i not in covered and 0 < lexicon.frequency("folded", term) <= (
            frequent if len(phrase) > 1 else lexicon.documents
        ):
            terms.append(("folded", term, value))
    return tuple(terms)


def frequent_from(documents: int) -> int:
    """The document frequency above which a syllable is left to its pairs."""
    weights = rules()["weights"]
    return max(int(weights["frequent_least"]), int(float(weights["frequent_share"]) * documents))


def understand(text: str, lexicon: Lexicon) -> Plan:
    """The plan of a query; work grows no faster than its length, which is bounded."""
    return _Planner(text, lexicon).plan()

"""How names sound: Lao, Vietnamese and free romanisations of one name meet in one simplified spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property, lru_cache
from heapq import heappop, heappush
from typing import NamedTuple

from search.names import JOIN
from search.rules import expand, limit, rules, template
from search.syllables import is_lao

_Rewrites = list[tuple[re.Pattern[str], str]]


class _Tables(NamedTuple):
    vowels: _Rewrites
    initial: dict[str, str]
    final: dict[str, str]
    simplify: _Rewrites
    skeleton: _Rewrites
    vietnamese: re.Pattern[str]


@cache
def _tables() -> _Tables:
    section = rules()["phonetics"]

    def compiled(pairs: list[list[str]]) -> _Rewrites:
        return [(re.compile(expand(pattern)), template(to)) for pattern, to in pairs]

    return _Tables(
        [(re.compile(expand(pattern)), vowel) for pattern, vowel in section["vowels"]],
        section["initial"],
        section["final"],
        compiled(section["simplify"]),
        compiled(section["skeleton"]),
        re.compile(section["vietnamese"]),
    )


def is_vietnamese_shaped(folded: str) -> bool:
    """Whether a folded Latin token can be one Vietnamese syllable."""
    return _tables().vietnamese.match(folded) is not None


def romanize(syllable: str) -> str:
    """A folded Lao syllable in plain Latin letters; empty when it is not well formed."""
    tables = _tables()
    for pattern, vowel in tables.vowels:
        match = pattern.match(syllable)
        if match:
            onset = match[1]
            latin = tables.initial.get(onset)
            if latin is None:
                latin = "".join(tables.initial.get(letter, "") for letter in onset)
            coda = tables.final.get(match[2], "") if match.lastindex == 2 else ""
            return latin + vowel + coda
    return ""


@lru_cache(maxsize=32768)
def simplify(folded: str) -> str:
    """The simplified Latin spelling of a folded token of either script."""
    text = romanize(folded) if is_lao(folded) else folded
    for pattern, to in _tables().simplify:
        text = pattern.sub(to, text)
    return text


@lru_cache(maxsize=32768)
def skeleton(simplified: str) -> str:
    """The consonants of a simplified spelling."""
    for pattern, to in _tables().skeleton:
        simplified = pattern.sub(to, simplified)
    return simplified


def distance(first: str, second: str, most: int) -> int:
    """Edit distance of two short strings, or ``most + 1`` when it is greater than ``most``."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    row = list(range(len(second) + 1))
    for i, char in enumerate(first, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(second, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (char != other))
        if min(row) > most:
            return most + 1
    return row[-1] if row[-1] <= most else most + 1


def spelling_kept(term: str) -> str:
    """What the index keeps of the sound of a folded term; empty for what has none."""
    return simplify(term) if is_lao(term) or (term.isascii() and term.isalpha()) else ""


class SoundTable:
    """The vocabulary of an index by sound.

    :param spellings: folded term → its simplified spelling, see :func:`spelling_kept`.
    :param named: Latin pairs of syllables that are written as names.
    :param linked: whether two syllables stand side by side somewhere.
    """

    def __init__(
        self, spellings: Mapping[str, str], named: Iterable[str], linked: Callable[[str, str], bool]
    ) -> None:
        self._linked = linked
        self._named: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for pair in named:
            first, _, second = pair.partition(JOIN)
            key = (spellings.get(first, ""), spellings.get(second, ""))
            if all(key):
                self._named.setdefault(key, []).append((first, second))
        self._foreign_terms: list[str] = []
        self._spellings = spellings
        self.by_spelling: dict[tuple[bool, str], list[str]] = {}
        for term, spelling in spellings.items():
            if not spelling:
                continue
            if len(term) > 4 and term.isascii() and not is_vietnamese_shaped(term):
                self._foreign_terms.append(term)
            else:
                self.by_spelling.setdefault((is_lao(term), spelling), []).append(term)

    @cached_property
    def _by_skeleton(self) -> dict[tuple[bool, str], list[tuple[str, str]]]:
        found: dict[tuple[bool, str], list[tuple[str, str]]] = {}
        for (lao, spelling), terms in self.by_spelling.items():
            found.setdefault((lao, skeleton(spelling)), []).extend((term, spelling) for term in terms)
        return found

    @cached_property
    def _foreign(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for term in self._foreign_terms:
            found.setdefault(skeleton(self._spellings[term]), []).append(term)
        return found

    def pairs(self, first: str, second: str, lao: bool) -> list[tuple[str, str]]:
        """Neighbours of one script that sound like two spellings: any of Lao, names of Latin script; at most eight."""
        if not lao:
            return self._named.get((first, second), [])[:8]
        return [
            (this, that)
            for this in self.by_spelling.get((lao, first), [])[:4]
            for that in self.by_spelling.get((lao, second), [])[:4]
            if self._linked(this, that)
        ][:8]

    def chains(self, spelling: str, lao: bool) -> list[tuple[str, ...]]:
        """Sequences of syllables of one script that sound like ``spelling``, nearest first, at most three.

        Neighbours in a sequence stand side by side somewhere in the index. A beginning is given up as soon as it is
        further from every beginning of ``spelling`` than a whole may be.
        """
        target = skeleton(spelling)
        if len(target) < 2:
            return []
        found: list[tuple[int, tuple[str, ...]]] = []
        most = max(1, len(spelling) // 4)
        steps = limit("walk_steps")
        # nearest beginning first: (distance, -place in the skeleton, order, chain, last letter, distances)
        waiting: list[tuple[int, int, int, tuple[str, ...], str, list[int]]] = []
        waiting.append((0, 0, 0, (), "", list(range(len(spelling) + 1))))
        order = 0
        while waiting and steps > 0:
            _, behind, _, chain, end, row = heappop(waiting)
            at = -behind
            if at == len(target) and len(chain) > 1 and row[-1] <= most:
                found.append((row[-1], chain))
            if len(chain) == 5:
                continue
            for bones, advance in _next_bones(target, at):
                for syllable, sound in self._by_skeleton.get((lao, bones), ()):
                    steps -= 1
                    longer = _extend(row, spelling, sound[1:] if end == sound[:1] else sound)
                    nearest = min(longer)
                    if nearest <= most and (not chain or self._linked(chain[-1], syllable)):
                        order += 1
                        place = -(at + advance)
                        heappush(waiting, (nearest, place, order, (*chain, syllable), sound[-1], longer))
        found.sort()
        return [chain for _, chain in found[:3]]

    def alike(self, spelling: str) -> list[str]:
        """Foreign words of the index that sound like ``spelling``, nearest first, at most three."""
        most = max(1, len(spelling) // 4)
        words = self._foreign.get(skeleton(spelling), ())
        near = [(distance(self._spellings[word], spelling, most), word) for word in words]
        return [word for apart, word in sorted(near) if apart <= most][:3]


def _next_bones(target: str, at: int) -> list[tuple[str, int]]:
    """Skeletons that a next syllable may have, with how far each goes on in ``target``."""
    left = len(target) - at
    choices = [(target[at : at + length], length) for length in range(min(4, left) + 1)]
    if at:
        # a final consonant and the same initial may have been written once
        last = target[at - 1]
        choices += [(last + target[at : at + length], length) for length in range(min(3, left) + 1)]
    return choices


def _extend(row: list[int], spelling: str, sound: str) -> list[int]:
    """Distances of a longer beginning to every beginning of ``spelling``, from those of the shorter one."""
    for char in sound:
        before = row[0]
        row = [before + 1, *row[1:]]
        for j, other in enumerate(spelling, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (char != other))
    return row

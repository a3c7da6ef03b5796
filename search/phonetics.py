"""How names sound: Lao, Vietnamese and free romanisations of one name meet in one simplified spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property, lru_cache
from heapq import heappop, heappush
from typing import Any

from search.names import JOIN
from search.rules import expand, limit, rules, template
from search.syllables import is_lao


@cache
def _vietnamese() -> re.Pattern[str]:
    return re.compile(rules()["phonetics"]["vietnamese"])


@cache
def _rewrites(name: str) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(expand(pattern)), template(to)) for pattern, to in rules()["phonetics"][name]]


@lru_cache(maxsize=32768)
def is_vietnamese_shaped(folded: str) -> bool:
    """Whether a folded Latin token can be one Vietnamese syllable."""
    return _vietnamese().match(folded) is not None


def romanize(syllable: str) -> str:
    """A folded Lao syllable in plain Latin letters; empty when it is not well formed."""
    section = rules()["phonetics"]
    for pattern, vowel in _rewrites("vowels"):
        match = pattern.match(syllable)
        if match:
            onset = match[1]
            latin = section["initial"].get(onset)
            if latin is None:
                latin = "".join(section["initial"].get(letter, "") for letter in onset)
            coda = section["final"].get(match[2], "") if match.lastindex == 2 else ""
            return str(latin) + vowel + str(coda)
    return ""


@lru_cache(maxsize=32768)
def simplify(folded: str) -> str:
    """The simplified Latin spelling of a folded token of either script."""
    text = romanize(folded) if is_lao(folded) else folded
    for pattern, to in _rewrites("simplify"):
        text = pattern.sub(to, text)
    return text


@lru_cache(maxsize=32768)
def skeleton(simplified: str) -> str:
    """The consonants of a simplified spelling."""
    for pattern, to in _rewrites("skeleton"):
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


def sounds_of(terms: Iterable[str]) -> dict[str, Any]:
    """What an index keeps of its vocabulary by sound, see :class:`SoundTable`.

    :param terms: folded terms, in order.
    """
    by_spelling: dict[bool, dict[str, list[str]]] = {False: {}, True: {}}
    foreign: list[str] = []
    for term in terms:
        spelling = spelling_kept(term)
        if not spelling:
            continue
        if len(term) > 4 and term.isascii() and not is_vietnamese_shaped(term):
            foreign.append(term)
        else:
            by_spelling[is_lao(term)].setdefault(spelling, []).append(term)
    joined = {
        lao: {spelling: " ".join(alike) for spelling, alike in found.items()}
        for lao, found in by_spelling.items()
    }
    return {"latin": joined[False], "lao": joined[True], "foreign": foreign}


class SoundTable:
    """The vocabulary of an index by sound.

    :param sounds: for Lao and Latin terms simplified spelling → terms; and long words of Latin letters that are not
        Vietnamese syllables. See :func:`sounds_of`.
    :param named: Latin pairs of syllables that are written as names.
    :param linked: whether two syllables stand side by side somewhere.
    """

    def __init__(
        self,
        sounds: Mapping[str, Any],
        named: Callable[[], Iterable[str]],
        linked: Callable[[str, str], bool],
    ) -> None:
        self._linked = linked
        self._names = named
        self._by_spelling: dict[bool, dict[str, str]] = {False: sounds["latin"], True: sounds["lao"]}
        self._foreign_terms: list[str] = sounds["foreign"]

    def _alike(self, lao: bool, spelling: str) -> list[str]:
        return self._by_spelling[lao].get(spelling, "").split()

    @cached_property
    def _named(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for pair in self._names():
            first, _, second = pair.partition(JOIN)
            key = (spelling_kept(first), spelling_kept(second))
            if all(key):
                found.setdefault(key, []).append((first, second))
        return found

    @cached_property
    def _by_skeleton(self) -> dict[tuple[bool, str], list[tuple[str, list[str]]]]:
        """Spellings with their terms."""
        found: dict[tuple[bool, str], list[tuple[str, list[str]]]] = {}
        for lao, spellings in self._by_spelling.items():
            for spelling in spellings:
                group = (spelling, self._alike(lao, spelling))
                found.setdefault((lao, skeleton(spelling)), []).append(group)
        return found

    @cached_property
    def _foreign(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for term in self._foreign_terms:
            found.setdefault(skeleton(spelling_kept(term)), []).append(term)
        return found

    def pairs(self, first: str, second: str, lao: bool) -> list[tuple[str, str]]:
        """Neighbours of one script that sound like two spellings: any of Lao, names of Latin script; at most eight."""
        if not lao:
            return self._named.get((first, second), [])[:8]
        return [
            (this, that)
            for this in self._alike(lao, first)[:4]
            for that in self._alike(lao, second)[:4]
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
        distances = _Distances(spelling, most)
        # nearest beginning first: (distance, -place in the skeleton, order, chain, last letter, state of distances)
        waiting: list[tuple[int, int, int, tuple[str, ...], str, int]] = [(0, 0, 0, (), "", 0)]
        order = 0
        while waiting and steps > 0:
            _, behind, _, chain, end, state = heappop(waiting)
            at = -behind
            if at == len(target) and len(chain) > 1 and distances.whole[state] <= most:
                found.append((distances.whole[state], chain))
            if len(chain) == 5:
                continue
            for bones, advance in _next_bones(target, at):
                for sound, syllables in self._by_skeleton.get((lao, bones), ()):
                    steps -= len(syllables)
                    longer = distances.after(state, sound[1:] if end == sound[:1] else sound)
                    nearest = distances.nearest[longer]
                    if nearest > most:
                        continue
                    for syllable in syllables:
                        if not chain or self._linked(chain[-1], syllable):
                            order += 1
                            place = -(at + advance)
                            heappush(waiting, (nearest, place, order, (*chain, syllable), sound[-1], longer))
        found.sort()
        return [chain for _, chain in found[:3]]

    def alike(self, spelling: str) -> list[str]:
        """Foreign words of the index that sound like ``spelling``, nearest first, at most three."""
        most = max(1, len(spelling) // 4)
        words = self._foreign.get(skeleton(spelling), ())
        near = [(distance(spelling_kept(word), spelling, most), word) for word in words]
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


class _Distances:
    """Distances of growing texts to every beginning of ``spelling``, none told apart beyond ``most``.

    Few rows of distances differ, so each is a numbered state and each step from one to the next is taken once.
    ``nearest`` and ``whole`` give for a state the least distance to a beginning, and that to the whole.
    """

    def __init__(self, spelling: str, most: int) -> None:
        self._spelling = spelling
        self._beyond = most + 1
        self._rows: list[tuple[int, ...]] = []
        self._numbers: dict[tuple[int, ...], int] = {}
        self._steps: dict[tuple[int, str], int] = {}
        self.nearest: list[int] = []
        self.whole: list[int] = []
        self._state(tuple(min(j, self._beyond) for j in range(len(spelling) + 1)))

    def _state(self, row: tuple[int, ...]) -> int:
        number = self._numbers.get(row)
        if number is None:
            number = self._numbers[row] = len(self._rows)
            self._rows.append(row)
            self.nearest.append(min(row))
            self.whole.append(row[-1])
        return number

    def after(self, state: int, sound: str) -> int:
        """The state when ``sound`` has been added to a text in ``state``."""
        for char in sound:
            step = self._steps.get((state, char))
            if step is None:
                before = self._rows[state]
                row = [min(before[0] + 1, self._beyond)]
                for j, other in enumerate(self._spelling, 1):
                    row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (char != other), self._beyond))
                step = self._steps[state, char] = self._state(tuple(row))
            state = step
        return state

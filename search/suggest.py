"""Did you mean: the query in proper spelling, with the marks that the texts found have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from search.analyzer import Token, analyze
from search.lexicon import Lexicon, SpelledLexicon
from search.phonetics import distance
from search.plan import Plan
from search.rules import limit
from search.sieve import Sieve
from search.syllables import is_lao


def _surface(text: str, tokens: Sequence[Token], i: int) -> str:
    """How a token is written, without the capital that only the beginning of a text gives it."""
    token = tokens[i]
    written = text[token.start : token.end]
    if i == 0 and written[:1].isupper() and not written.isupper():
        following = text[tokens[1].start : tokens[1].end] if len(tokens) > 1 else ""
        if not following[:1].isupper():
            return written[:1].lower() + written[1:]
    return written


def _spellings(places: Sequence[str], texts: Iterable[str]) -> list[str]:
    """For each folded token the spelling it most often has beside its neighbours in ``texts``."""
    votes: list[Counter[str]] = [Counter() for _ in places]
    where: dict[str, list[int]] = {}
    for place, folded in enumerate(places):
        where.setdefault(folded, []).append(place)
    sieve = Sieve(dict.fromkeys(where, 1))
    for text in texts:
        tokens = analyze(text) if sieve.most(text) else []
        for i, token in enumerate(tokens):
            for place in where.get(token.folded, ()):
                value = 1
                if place and i and tokens[i - 1].folded == places[place - 1]:
                    value += 4
                if (
                    place + 1 < len(places)
                    and i + 1 < len(tokens)
                    and tokens[i + 1].folded == places[place + 1]
                ):
                    value += 4
                votes[place][_surface(text, tokens, i)] += value
    return [min(vote.items(), key=lambda item: (-item[1], item[0]))[0] if vote else "" for vote in votes]


def _typed_well(plan: Plan, lexicon: Lexicon, i: int) -> bool:
    exact = plan.tokens[i].exact
    return bool(plan.exact[i]) or (lexicon.frequency("exact", exact) > 0 and not exact.isascii())


def spelled_well(plan: Plan, lexicon: Lexicon) -> bool:
    """Whether each place is spelled as the index spells it, so that no text of a hit is needed to say so."""
    return not plan.corrected and all(_typed_well(plan, lexicon, i) for i in range(len(plan.tokens)))


def languages_asked(plan: Plan) -> tuple[str, ...]:
    """The languages in whose texts the places of a query may be spelled."""
    scripts = {is_lao(token.folded) for token in plan.tokens}
    return tuple(language for language, lao in (("vi", False), ("lo", True)) if lao in scripts)


def suggest(text: str, plan: Plan, texts: Iterable[str], lexicon: Lexicon) -> str | None:
    """The query as ``texts`` (those of the best hits) spell it; ``None`` when it is spelled so already.

    Corrected places are replaced, and places whose spelling as typed stands nowhere in the index, or which were typed
    without marks.
    """
    places: list[str] = []
    owners: list[int] = []
    for i, token in enumerate(plan.tokens):
        for folded in plan.corrected.get(i, (token.folded,)):
            places.append(folded)
            owners.append(i)
    spelled: dict[int, list[str]] = {}
    for owner, spelling in zip(owners, _spellings(places, texts), strict=True):
        spelled.setdefault(owner, []).append(spelling)
    pieces: list[str] = []
    done = 0
    for i, token in enumerate(plan.tokens):
        found = spelled.get(i, [])
        if i not in plan.corrected and (_typed_well(plan, lexicon, i) or not all(found)):
            found = [text[token.start : token.end]]
        elif not all(found):
            return None
        pieces.append(text[done : token.start])
        if token.start < done and found:
            pieces.append(" ")
        pieces.append(("" if is_lao(token.folded) else " ").join(found))
        done = token.end
    proper = ("".join(pieces) + text[done:]).strip()
    return proper if [t.exact for t in analyze(proper)] != [t.exact for t in analyze(text)] else None


def nearest_terms(plan: Plan, lexicon: SpelledLexicon) -> list[str]:
    """Words of the index nearest to what was typed, in their commonest spelling."""
    scored = []
    for token in plan.tokens:
        if token.folded.isdigit() or len(token.folded) < 2:
            continue
        most = 1 if len(token.folded) < 5 else 2
        for term, frequency in lexicon.frequencies.items():
            apart = distance(token.folded, term, most)
            if apart <= most:
                scored.append((apart, -frequency, lexicon.forms.get(term, term)))
    return list(dict.fromkeys(spelling for _, _, spelling in sorted(scored)))[: limit("nearest")]

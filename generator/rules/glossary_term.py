"""Where the Vietnamese uses a term of the glossary, the Lao uses the glossary's word for it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from generator.model.reference import Term
from generator.problems import Problem
from generator.reading.handbook import Handbook
from generator.rules.lao_marks import level
from generator.rules.tone_placement import place_tones

CODE = "glossary-term"

# Words of the site's own buttons and words of time are said in many ways; only terms of the trade are asked for.
_DOMAINS = frozenset({"gate", "customs", "law", "administration", "procedure", "quarantine", "transport"})
_MIN_SYLLABLES = 2
# Words of law are verbs and adjectives of everyday official language: only its longer names are asked for.
_MIN_SYLLABLES_OF_LAW = 3
_MIN_LAO_LETTERS = 4
# What makes a noun of a verb or an adjective; the term is the same without it.
_NOUN_MAKERS = ("ການ", "ຄວາມ")
_SYLLABLE = re.compile(r"[^\W\d_]+")
_BRACKETS = re.compile(r"\s*\([^()]*\)")

Syllables = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Lao forms by the syllables of the Vietnamese term; the longest term by its first syllable."""

    lao: Mapping[Syllables, tuple[str, ...]]
    by_first: Mapping[str, tuple[Syllables, ...]]


def _spoken(text: str) -> list[str]:
    return [part.strip() for part in re.split("[,;/]", _BRACKETS.sub("", text)) if part.strip()]


def _syllables(text: str) -> Syllables:
    return tuple(place_tones(syllable.lower()) for syllable in _SYLLABLE.findall(text))


def _lao_key(text: str) -> str:
    """Spelling differences that do not make another word are levelled, and spaces dropped."""
    return level(text).replace("ຫຼ", "ຫລ").replace(" ", "")


def _lao_form(text: str) -> str:
    key = _lao_key(text)
    for maker in _NOUN_MAKERS:
        if key.startswith(maker) and len(key) >= len(maker) + _MIN_LAO_LETTERS:
            return key.removeprefix(maker)
    return key


def read_terms(handbook: Handbook) -> Terms:
    """The terms whose Lao is attested or composed, with every form of it. Doubtful wording is asked of nobody."""
    lao: dict[Syllables, list[str]] = defaultdict(list)
    asked: set[Syllables] = set()
    for term in handbook.of(Term).values():
        forms = [_lao_form(form) for text in (term.name.lo, *term.variants_lo) for form in _spoken(text)]
        for text in (term.name.vi, *term.variants_vi):
            for spoken in _spoken(text):
                key = _syllables(spoken)
                if len(key) >= _MIN_SYLLABLES:
                    lao[key] += forms
                    enough = len(key) >= _MIN_SYLLABLES_OF_LAW or term.domain != "law"
                    if enough and term.domain in _DOMAINS and term.lo_wording != "doubtful":
                        asked.add(key)
    by_first: dict[str, list[Syllables]] = defaultdict(list)
    for key in lao:
        by_first[key[0]].append(key)
    return Terms(
        {key: tuple(forms) if key in asked else () for key, forms in lao.items()},
        {first: tuple(sorted(keys, key=len, reverse=True)) for first, keys in by_first.items()},
    )


def terms_in(vi: str, terms: Terms) -> Iterator[Syllables]:
    """The terms of a Vietnamese text, longest first at each place; a term does not run over a punctuation mark."""
    for clause in re.split(r"[,;:.()–]", vi):
        syllables = _syllables(clause)
        start = 0
        while start < len(syllables):
            candidates = terms.by_first.get(syllables[start], ())
            match = next((key for key in candidates if syllables[start : start + len(key)] == key), None)
            if match:
                yield match
            start += len(match) if match else 1


def _said(form: str, lao: str) -> bool:
    """Whether a form stands in the text, or half of it in one piece: at second mention terms are shortened."""
    if form in lao:
        return True
    longest = SequenceMatcher(None, form, lao, autojunk=False).find_longest_match()
    return 2 * longest.size >= len(form)


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A warning for each pair whose Vietnamese has a term and whose Lao has none of the term's forms."""
    terms = read_terms(handbook)
    for pair in handbook.pairs:
        if not pair.written or pair.kind == Term.kind:
            continue
        lao = None
        for key in terms_in(pair.vi, terms):
            forms = terms.lao[key]
            if not forms or all(len(form) < _MIN_LAO_LETTERS for form in forms):
                continue
            lao = lao or _lao_key(pair.lo)
            if not any(_said(form, lao) for form in forms):
                yield pair.problem(
                    CODE, "lo", "warning", found=" ".join(key), expected=" / ".join(dict.fromkeys(forms))
                )
                break

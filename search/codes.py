"""Document numbers and tariff headings as whole terms, in every usual way of typing them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from search.analyzer import phrase
from search.rules import rules


class CodeMatch(NamedTuple):
    """Query tokens ``start`` to ``end`` (exclusive) name ``term``."""

    start: int
    end: int
    term: str


class _Grammar(NamedTuple):
    types: dict[tuple[str, ...], str]
    abbreviations: dict[str, str]
    skip: frozenset[tuple[str, ...]]
    year: re.Pattern[str]
    heading: re.Pattern[str]
    number: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    section = rules()["codes"]
    types = {tuple(name.split()): kind for kind, names in section["types"].items() for name in names}
    abbreviations = {kind: kind for kind in section["types"]} | section["issuers"]
    return _Grammar(
        types,
        abbreviations,
        frozenset(tuple(word.split()) for word in section["skip"]),
        re.compile(section["year"]),
        re.compile(section["heading"]),
        re.compile(section["number"]),
    )


def document_terms(code: str, title: Sequence[str] = ()) -> dict[str, int]:
    """Index terms of one code with their impact; ``title`` (folded tokens) tells the type where the code does not."""
    grammar = _grammar()
    impact: dict[str, int] = rules()["weights"]["code_parts"]
    tokens = phrase(code)
    if not tokens:
        return {}
    digits = "".join(tokens)
    if grammar.heading.match(digits):
        terms = {f"hs{digits[:length]}": impact["heading_above"] for length in range(4, len(digits), 2)}
        return terms | {f"hs{digits}": impact["heading"]}
    if not grammar.number.match(tokens[0]):
        return {whole_term(tokens): impact["whole"]}
    number, rest = tokens[0], list(tokens[1:])
    year = rest.pop(0) if rest and grammar.year.match(rest[0]) else ""
    kind = next((grammar.abbreviations[token] for token in rest if token in grammar.abbreviations), "")
    if not kind:
        kind = next((k for words, k in grammar.types.items() if tuple(title[: len(words)]) == words), "")
    terms = {number: impact["number"]}
    if kind:
        terms[kind + number] = impact["type_number"] if year else impact["full"]
        if year:
            terms[f"{kind}{number}/{year}"] = impact["full"]
    if year:
        terms[f"{number}/{year}"] = impact["number_year"]
    if len(tokens) > 1:
        terms["/".join(tokens)] = impact["full"]
    return terms


def whole_term(tokens: Sequence[str]) -> str:
    """The term of a code that is no document number: ``C/O`` and ``CO`` meet in it."""
    return "x:" + "".join(tokens)


def query_codes(
    tokens: Sequence[str], alone: Callable[[int], bool], known: Callable[[str], int]
) -> list[CodeMatch]:
    """The most telling code at each place of a query that the index knows.

    ``tokens`` are folded; ``alone(i)`` says whether token ``i`` by itself may be a code (``CO`` may, ``có`` may not).
    """
    grammar = _grammar()
    matches: list[CodeMatch] = []
    for i, token in enumerate(tokens):
        if grammar.number.match(token):
            found = _number_at(tokens, i, known, grammar)
            if found:
                matches.append(found)
        if grammar.heading.match(token):
            term = next((f"hs{token[:n]}" for n in range(len(token), 3, -2) if known(f"hs{token[:n]}")), "")
            if term:
                matches.append(CodeMatch(i, i + 1, term))
    done = 0
    for start in range(len(tokens)):
        for end in range(min(len(tokens), start + 6), start, -1):
            term = whole_term(tokens[start:end])
            if start < done or grammar.number.match(tokens[start]) or (end == start + 1 and not alone(start)):
                continue
            if known(term):
                matches.append(CodeMatch(start, end, term))
                done = end
                break
    return matches


def _number_at(
    tokens: Sequence[str], at: int, known: Callable[[str], int], grammar: _Grammar
) -> CodeMatch | None:
    start, end = at, at + 1
    while (word := _ends_with(tokens, start, grammar.skip)) is not None:
        start -= len(word)
    kind = ""
    before = max(
        (words for words in grammar.types if tuple(tokens[max(0, start - len(words)) : start]) == words),
        key=len,
        default=None,
    )
    if before is not None:
        kind, start = grammar.types[before], start - len(before)
    else:
        start = at
    year = ""
    after = end + 1 if tokens[end : end + 1] and (tokens[end],) in grammar.skip else end
    if after < len(tokens) and grammar.year.match(tokens[after]):
        year, end = tokens[after], after + 1
    full = tokens[at]
    if year:
        full += "/" + year
    stop = end
    while stop < len(tokens) and stop < end + 4 and len(tokens[stop]) <= 6:
        stop += 1
    for last in range(stop, end, -1):
        term = "/".join([full, *tokens[end:last]])
        if known(term):
            return CodeMatch(start, last, term)
    if not kind and end < len(tokens) and tokens[end] in grammar.abbreviations:
        kind, end = grammar.abbreviations[tokens[end]], end + 1
    number = tokens[at]
    choices = [f"{kind}{number}/{year}"] if kind and year else []
    choices += [f"{number}/{year}"] if year else []
    choices += [f"{kind}{number}"] if kind else []
    if not year and (kind or start != at or len(tokens) == 1):
        choices.append(number)
    term = next((choice for choice in choices if known(choice)), "")
    return CodeMatch(start, end, term) if term else None


def _ends_with(tokens: Sequence[str], end: int, words: frozenset[tuple[str, ...]]) -> tuple[str, ...] | None:
    for length in (3, 2, 1):
        if end >= length and tuple(tokens[end - length : end]) in words:
            return tuple(tokens[end - length : end])
    return None

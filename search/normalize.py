"""Levels the spellings of Vietnamese and Lao, and remembers where each character came from.

The steps are those of ``analysis.json`` in order; each is a pattern with what happens to its matches, so the map
back to the original text is kept by construction. The result is idempotent and the same for NFC and NFD input.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from search.rules import expand, rules, template
from search.syllables import LAO


class Normalized(NamedTuple):
    """``text`` with ``starts[i]``, ``ends[i]``: the span of character ``i`` in the original.

    Both lists are ``None`` while every character still stands where it stood.
    """

    text: str
    starts: list[int] | None
    ends: list[int] | None


class _Rewrite(NamedTuple):
    pattern: re.Pattern[str]
    replace: Callable[[re.Match[str]], str]
    widens: bool  # the character before a deletion takes over its span (a silenced letter belongs to its syllable)


def _lower_table(ranges: str) -> dict[int, str]:
    table = {}
    for low, high in zip(ranges[::2], ranges[1::2], strict=True):
        for code in range(ord(low), ord(high) + 1):
            lower = chr(code).lower()
            if len(lower) == 1 and lower != chr(code):
                table[code] = lower
    return table


def _order(classes: list[str]) -> Callable[[re.Match[str]], str]:
    rank = {mark: number for number, group in enumerate(classes) for mark in expand(group)}

    def replace(match: re.Match[str]) -> str:
        marks = sorted(match[0], key=rank.__getitem__)
        return "".join(mark for i, mark in enumerate(marks) if not i or mark != marks[i - 1])

    return replace


def _replacement(rule: dict[str, Any]) -> Callable[[re.Match[str]], str]:
    match rule["step"]:
        case "nfc":
            return lambda m: unicodedata.normalize("NFC", m[0])
        case "order":
            return _order(rule["classes"])
        case "rewrite":
            to = template(rule["to"])
            return lambda m: m.expand(to)
        case "table":
            table: dict[str, str] = rule["table"]
            return lambda m: m[0][:-2] + table[m[0][-2:]]
        case _:
            return lambda m: ""


@cache
def _steps(lao: bool) -> list[dict[int, str] | _Rewrite]:
    """The steps for a text with or without Lao letters: a query without any starts sooner."""
    steps: list[dict[int, str] | _Rewrite] = []
    for rule in rules()["normalize"]:
        if rule.get("lao") and not lao:
            continue
        if rule["step"] == "map":
            table = _lower_table(rule["lower"])
            for low, high, to in rule["shift"]:
                table.update(
                    {code: chr(code - ord(low) + ord(to)) for code in range(ord(low), ord(high) + 1)}
                )
            table.update({ord(char): to for char, to in rule["table"].items()})
            steps.append(table)
            continue
        replace = _replacement(rule)
        pattern = re.compile(expand(rule["pattern"]))
        steps.append(_Rewrite(pattern, replace, rule["step"] == "silence"))
    return steps


def _splice(step: _Rewrite, before: Normalized) -> Normalized:
    text = before.text
    starts, ends = before.starts, before.ends
    if starts is None or ends is None:
        starts, ends = list(range(len(text))), list(range(1, len(text) + 1))
    pieces: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    done = 0
    for match in step.pattern.finditer(text):
        old, new = match[0], step.replace(match)
        if old == new:
            continue
        head = 0
        while head < len(old) and head < len(new) and old[head] == new[head]:
            head += 1
        tail = 0
        while tail < len(old) - head and tail < len(new) - head and old[-1 - tail] == new[-1 - tail]:
            tail += 1
        low, high = match.start() + head, match.end() - tail
        pieces += (text[done:low], new[head : len(new) - tail])
        new_starts += starts[done:low]
        new_ends += ends[done:low]
        made = len(new) - head - tail
        if made:
            span_start = starts[low] if low < high else new_ends[-1] if new_ends else 0
            span_end = ends[high - 1] if low < high else span_start
            new_starts += [span_start] * made
            new_ends += [span_end] * made
        elif step.widens and new_ends:
            new_ends[-1] = ends[high - 1]
        done = high
    if not pieces:
        return before
    pieces.append(text[done:])
    return Normalized("".join(pieces), new_starts + starts[done:], new_ends + ends[done:])


def normalize(text: str, rounds: int = 6) -> Normalized:
    """``text`` in its levelled, lower-case form.

    The steps are repeated until nothing changes: only a heap of loose marks needs more than one round, and the
    number of rounds is bounded so that the work stays linear in the length.
    """
    result = Normalized(text, None, None)
    lao = LAO.search(text) is not None
    for _ in range(rounds):
        spliced = False
        for step in _steps(lao):
            if isinstance(step, dict):
                result = _translate(step, result)
            elif step.pattern.search(result.text):
                before, result = result.text, _splice(step, result)
                spliced = spliced or before != result.text
        if not spliced:
            break
    return result


def _translate(table: dict[int, str], before: Normalized) -> Normalized:
    text = before.text.translate(table)
    if len(text) == len(before.text):
        return Normalized(text, before.starts, before.ends)
    starts: list[int] = []
    ends: list[int] = []
    for i, char in enumerate(before.text):
        made = len(table.get(ord(char), char))
        starts += [before.starts[i] if before.starts else i] * made
        ends += [before.ends[i] if before.ends else i + 1] * made
    return Normalized(text, starts, ends)

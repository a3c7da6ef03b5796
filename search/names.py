"""Names: what an entry is called, as whole terms."""

from __future__ import annotations

import re
from functools import cache

from search.analyzer import phrase
from search.rules import rules

JOIN = "+"
"""Joins the folded tokens of a pair or a name into one term."""


@cache
def _separators() -> re.Pattern[str]:
    return re.compile(rules()["names"]["separators"])


PART = JOIN + "~"
"""Ends the term of a name that is only a part of a title."""


def name_terms(text: str) -> set[str]:
    """A title or alias as a term, and its parts between dashes, brackets and colons as terms of parts."""
    most = int(rules()["names"]["tokens"])
    whole = _term(text, most)
    parts = {_term(part, most) for part in _separators().split(text)} - {whole, ""}
    return ({whole} if whole else set()) | {part + PART for part in parts}


def _term(text: str, most: int) -> str:
    tokens = phrase(text)
    return JOIN.join(tokens) if len(tokens) <= most else ""

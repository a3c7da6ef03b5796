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


def name_phrases(text: str) -> set[str]:
    """The whole of a title or alias, and its parts between dashes, brackets and colons, as terms."""
    most = int(rules()["names"]["tokens"])
    found = set()
    for part in (text, *_separators().split(text)):
        tokens = phrase(part)
        if 0 < len(tokens) <= most:
            found.add(JOIN.join(tokens))
    return found

"""The token expression: where a levelled text is cut into syllables, words and numbers."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from search.rules import expand, rules

LAO = re.compile("[\u0e80-\u0eff]")


@cache
def expression(with_lao: bool = True) -> re.Pattern[str]:
    """One token of any script.

    The Lao part is large; text without a Lao letter is cut by the same expression without it.
    """
    parts: dict[str, Any] = rules()["tokens"]
    lao = [f"(?:{'|'.join(parts['lao'])}){parts['lao_tail']}"] if with_lao else []
    return re.compile(expand("|".join([parts["latin"], parts["number"], *lao, *parts["other"]])))


def cut(levelled: str) -> list[tuple[int, int]]:
    """Start and end of each token of a levelled text, in order."""
    return [match.span() for match in expression(bool(LAO.search(levelled))).finditer(levelled)]


def is_lao(token: str) -> bool:
    """Whether a token is written in Lao letters."""
    return "\u0e80" <= token[:1] <= "\u0eff"

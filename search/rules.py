"""Reads ``analysis.json``: the one source of analysis and ranking, shared with the browser."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

PATH = Path(__file__).parent / "analysis.json"


@cache
def text() -> str:
    """The file as text, without line breaks that git may have changed."""
    return PATH.read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def rules() -> dict[str, Any]:
    """The file with all its sections; treat as read-only."""
    return dict(json.loads(text()))


@cache
def digest() -> str:
    """Names this version of the analysis; an index carries it and is refused when it differs."""
    return hashlib.sha256(text().encode()).hexdigest()[:16]


@cache
def _definitions() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, body in rules()["define"].items():
        found[name] = _fill(body, found)
    return found


def _fill(pattern: str, known: dict[str, str]) -> str:
    return re.sub("<([A-Z]+)>", lambda m: known[m[1]], pattern)


def expand(pattern: str) -> str:
    """``pattern`` with each ``<NAME>`` replaced by its definition."""
    return _fill(pattern, _definitions())


def template(replacement: str) -> str:
    """``$1`` of the file as Python's ``\\g<1>``."""
    return re.sub(r"\$(\d)", r"\\g<\1>", replacement)


def weight(name: str) -> int:
    """One whole-number constant of the scorer."""
    return int(rules()["weights"][name])


def limit(name: str) -> int:
    """One bound on work or size."""
    return int(rules()["limits"][name])

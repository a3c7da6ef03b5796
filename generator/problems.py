"""Problems: what a writer did wrong, as values with a place. Only our own bugs raise."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from generator.messages import Message, guide_address, message_for, visible
from generator.model.scalars import CONTROL

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem at a 1-based place. `params` fill the message of its code in the reader's language."""

    file: str
    line: int
    column: int
    code: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)
    severity: Severity = "error"

    @property
    def place(self) -> tuple[str, int, int, str]:
        """Sort key: file, line, column, code."""
        return (self.file, self.line, self.column, self.code)

    def message(self, lang: str) -> str:
        """The sentence for a reader of `lang` (vi, lo or en): what was found and what to write instead."""
        return message_for(self.code, lang).fill(self.params)


class SiteFailed(Exception):
    """MkDocs refused the pages; `lines` is what it said."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(lines)
        self.lines = lines

    def __str__(self) -> str:
        return "\n".join(self.lines)


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """By place; the same problem at the same place once."""
    unique = {(problem.place, problem.message("en")): problem for problem in problems}
    return [unique[key] for key in sorted(unique)]


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any problem stops the build."""
    return any(problem.severity == "error" for problem in problems)


def _said(problem: Problem, lang: str, site: str) -> str:
    """The message with the page that explains its code."""
    return f"{problem.message(lang)} ({guide_address(problem.code, lang, site)})"


def _as_text(problems: list[Problem], lang: str, site: str) -> str:
    return "".join(
        f"{visible(p.file)}:{p.line}:{p.column}: {p.severity}[{p.code}] {_said(p, lang, site)}\n"
        for p in problems
    )


def _escape_github(text: str, *, is_property: bool = False) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escaped.replace(":", "%3A").replace(",", "%2C") if is_property else escaped


def _as_github(problems: list[Problem], lang: str, site: str) -> str:
    lines = []
    for p in problems:
        place = f"file={_escape_github(visible(p.file), is_property=True)},line={p.line},col={p.column}"
        lines.append(f"::{p.severity} {place},title={p.code}::{_escape_github(_said(p, lang, site))}\n")
    return "".join(lines)


def _as_json(problems: list[Problem], checked: int, lang: str) -> str:
    rows = [
        {
            # A name that is not UTF-8 cannot be written as it is.
            "file": p.file.encode("utf-8", "backslashreplace").decode("utf-8"),
            "line": p.line,
            "column": p.column,
            "severity": p.severity,
            "code": p.code,
            "message": p.message(lang),
        }
        for p in problems
    ]
    said = json.dumps({"problems": rows, "checked": checked}, ensure_ascii=False, indent=1)
    # The same text, and safe on a screen too.
    return CONTROL.sub(lambda match: json.dumps(match[0])[1:-1], said) + "\n"


def report(problems: Iterable[Problem], *, checked: int, output: str, lang: str, site: str = "") -> str:
    """The report in one of the formats text, json and github; `site` is where the explaining pages are, if anywhere."""
    ordered = sort_problems(problems)
    if output == "json":
        return _as_json(ordered, checked, lang)
    return _as_github(ordered, lang, site) if output == "github" else _as_text(ordered, lang, site)


__all__ = ["Message", "Problem", "Severity", "has_errors", "report", "sort_problems"]

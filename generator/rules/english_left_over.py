"""No English sentence is left in either language."""

import re
from collections.abc import Iterator
from datetime import date

from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "english-left-over"

_QUOTED = re.compile(r"\([^()]*\)|«[^«»]*»|“[^“”]*”|\"[^\"]*\"")
_LAO = re.compile("[\u0e80-\u0eff]")
# A run begins where a word begins, so that a word without end is looked at once.
_RUN = re.compile(r"(?<![A-Za-z'’-])[A-Za-z][A-Za-z'’-]*+(?:[ ,]++[A-Za-z][A-Za-z'’-]*+){2,}")
# English words that are no Vietnamese syllables.
_ENGLISH = re.compile(
    r"\b(?:the|of|and|for|with|from|by|is|are|was|were|been|not|this|that|which|must|has|have|had|on|at|or|its|only"
    r"|goods|border|until|since|customs|between)\b"
)


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A warning for each text with a run of English words outside brackets and quotation marks."""
    for pair in handbook.pairs:
        # A Lao side without one Lao letter has a message of its own.
        sides = (("vi", pair.vi), ("lo", pair.lo if _LAO.search(pair.lo) else ""))
        for locale, text in sides:
            for run in _RUN.findall(_QUOTED.sub(" ; ", text)):
                if len(_ENGLISH.findall(run)) >= 2 or (_ENGLISH.search(run) and run.islower()):
                    yield pair.problem(CODE, locale, "warning", found=run)
                    break

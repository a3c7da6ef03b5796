"""The Lao text is Lao: no run of Vietnamese is left untranslated in it."""

import re
from collections.abc import Iterator
from datetime import date

from generator.problems import Problem
from generator.reading.handbook import Handbook
from generator.reading.pairs import Pair

CODE = "vietnamese-in-lao"

# Names in brackets or quotation marks stand beside their Lao form and are welcome.
_QUOTED = re.compile(r"\([^()]*\)|«[^«»]*»|“[^“”]*”|\"[^\"]*\"|\[[^\[\]]*\]")
_DIGIT = re.compile(r"\d")
_LATIN_RUN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]+(?:[ ,.–-]+[A-Za-zÀ-ɏḀ-ỿ]+)*")
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯàáãèéìíòóõùúýÀÁÈÉÌÍÒÓÙÚÝĩũẠ-ỹ]")


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each `lo` with a run of Vietnamese words that is no name."""
    for pair in handbook.pairs:
        found = untranslated(pair)
        if found:
            yield pair.problem(CODE, "lo", found=found)


def untranslated(pair: Pair) -> str | None:
    """The first untranslated run of the Lao text. A name is told by its capitals: each word has one."""
    if not _VIETNAMESE.search(pair.lo):
        return None
    parts = _QUOTED.sub(" ; ", pair.lo).split()
    plain = " ".join(";" if _is_instrument(part) else part for part in parts)
    for run in _LATIN_RUN.findall(plain):
        if not _VIETNAMESE.search(run):
            continue
        words = re.findall(r"[^\W\d_]+", run)
        if len(words) > 1 and any(word[0].islower() for word in words):
            return str(run)
    return None


def _is_instrument(part: str) -> bool:
    """Whether it is an instrument's number, which keeps its letters: 14/2018/NĐ-CP, 60-NQ/TW."""
    digit = _DIGIT.search(part)
    return digit is not None and ("/" in part[digit.end() :] or "-" in part[digit.end() :])

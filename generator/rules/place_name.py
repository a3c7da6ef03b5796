"""A province goes by the name of its own entry wherever it is spoken of; its other spellings are for searching."""

import re
from collections.abc import Iterator
from datetime import date

from generator.model.place import Province
from generator.model.reference import Term
from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "place-name"

_LAO = re.compile("[\u0e80-\u0eff]")
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")
# What is written before a province's name without being part of it.
_CALLED = re.compile(r"^(?:Tỉnh|Thành phố|ແຂວງ|ນະຄອນ)\s*")
_ENGLISH_KIND = re.compile(r" (?:province|city)$", re.IGNORECASE)


def spellings(handbook: Handbook) -> dict[str, dict[str, str]]:
    """Per locale, each other spelling of a province and the name to write instead.

    What was once the province's own name is no spelling of it, nor is a form that another place goes by.
    """
    found: dict[str, dict[str, str]] = {"vi": {}, "lo": {}}
    provinces = handbook.of(Province).values()
    names = {locale: [getattr(province.name, locale) for province in provinces] for locale in found}
    for province in provinces:
        former = [former.name for former in province.former_names]
        for alias in (*province.aliases, *([province.name.en] if province.name.en else [])):
            locale = "lo" if _LAO.search(alias) else "vi"
            form = _ENGLISH_KIND.sub("", _CALLED.sub("", alias))
            taken = [*names[locale], *(getattr(name, locale) for name in former)]
            if not any(form in name or name in form for name in taken):
                found[locale][form] = getattr(province.name, locale)
    return found


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A warning for each text outside the entries of provinces and terms that spells one in another way."""
    for locale, forms in spellings(handbook).items():
        if not forms:
            continue
        longest_first = sorted(forms, key=len, reverse=True)
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
        for pair in handbook.pairs:
            if pair.kind in (Province.kind, Term.kind) or not pair.written:
                continue
            for form in pattern.findall(_QUOTED.sub(" ", getattr(pair, locale))):
                yield pair.problem(CODE, locale, "warning", found=form, expected=forms[form])
                break

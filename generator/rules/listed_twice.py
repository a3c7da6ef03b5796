"""A list names each thing once."""

from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel

from generator.problems import Problem
from generator.reading.handbook import Handbook

CODE = "listed-twice"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem at the second of two equal ids, numbers or codes of one list."""
    for key, path, part in handbook.parts:
        for name in type(part).model_fields:
            value = getattr(part, name)
            if isinstance(value, tuple) and len(value) > 1:
                for index, shown in _repeated(value):
                    yield Problem(*handbook.place_of(key, (*path, name, index)), CODE, {"found": shown})


def _repeated(items: tuple[object, ...]) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for index, item in enumerate(items):
        marks = (getattr(item, name, None) for name in ("id", "code", "period"))
        mark = next((mark for mark in marks if mark is not None), item)
        if isinstance(mark, BaseModel):
            continue
        if str(mark) in seen:
            yield index, str(mark)
        seen.add(str(mark))

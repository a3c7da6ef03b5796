"""Entries of every kind with every field filled, made from the model itself.

`Filler` walks a kind's fields and asks a `Source` for each choice, so that the same walk serves fixed data (hostile
texts in every field) and hypothesis. What it makes are values as they stand in a file; the model reads them.
"""

import types
import typing
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from pydantic import BaseModel

from generator.model import scalars
from generator.model.entry import Entry
from generator.model.journey import Journey
from generator.model.kinds import KINDS
from generator.model.procedure import Procedure
from generator.model.scalars import PartialDate, RefTo
from generator.model.text import Text

Ids = dict[str, list[str]]


class Source(Protocol):
    """Where the choices come from."""

    def text(self, locale: str | None) -> str:
        """A line in `vi` or `lo`, or one that belongs to no language."""

    def address(self) -> str:
        """A web address."""

    def day(self, name: str) -> str:
        """A day, month or year for the field `name`."""

    def pick(self, choices: Sequence[Any]) -> Any:
        """One of the choices."""

    def present(self) -> bool:
        """Whether a field that may be left out is there, or a value that may be unknown is known."""

    def count(self) -> int:
        """How many items a list gets, at least one."""


class Filler:
    """Fills kinds in an order in which an entry refers to earlier ones of its own kind alone."""

    def __init__(self, source: Source, ids: Ids) -> None:
        self.source = source
        self.ids = ids
        self._entry: tuple[str, int] = ("", 0)
        self._number = 0
        self._scalars: dict[Any, Callable[[], Any]] = {
            scalars.plain_text: lambda: source.text(None),
            scalars._address: source.address,
            scalars._number: lambda: source.pick(["0", "12.5", "2337459", "-3"]),
            scalars._whole: lambda: source.pick(["1", "2"]),
            scalars._flag: lambda: source.pick(["true", "false"]),
            scalars._clock: lambda: source.pick(["07:00", "17:30", "24:00"]),
            scalars._hs_code: lambda: source.pick(["09", "0901", "0901.21", "0901.21.10"]),
            scalars._period: lambda: source.pick(["2021", "2022-01", "2021/2023", "2022-01/2022-06"]),
            scalars._entry_id: self._new_id,
        }

    def handbook(self) -> dict[str, dict[str, Entry]]:
        """Every entry of `ids`, read by the model."""
        return {kind: {i: self.entry(kind, i) for i in self.ids[kind]} for kind in KINDS}

    def entry(self, kind: str, entry_id: str) -> Entry:
        """One entry, read by the model."""
        return KINDS[kind].model_validate(self.values(kind, entry_id))

    def values(self, kind: str, entry_id: str) -> dict[str, Any]:
        """One entry as it stands in its file."""
        self._entry = (kind, self.ids[kind].index(entry_id))
        values = self._model(KINDS[kind])
        assert values is not None
        if KINDS[kind] is Procedure:
            self._mend_procedure(values)
        if KINDS[kind] is Journey:
            self._mend_journey(values)
        return values

    def _new_id(self) -> str:
        self._number += 1
        return f"id-{self._number}"

    def _model(self, model: type[BaseModel]) -> dict[str, Any] | None:
        """The part, or None where it must refer to an entry before the first."""
        hints = typing.get_type_hints(model, include_extras=True)
        values = {}
        for name, info in model.model_fields.items():
            if not info.is_required() and not self.source.present():
                continue
            value = self._value(hints[name], name)
            if value is not None:
                values[name] = value
            elif info.is_required():
                return None
        return values

    def _reference(self, kind: str) -> str | None:
        own, position = self._entry
        known = self.ids[kind][:position] if kind == own else self.ids[kind]
        return self.source.pick(known) if known else None

    def _value(self, hint: Any, name: str) -> Any:
        if hint is PartialDate:
            return self.source.day(name)
        if isinstance(hint, type) and issubclass(hint, Text):
            languages = ("vi", "lo", "en") if "en" in hint.model_fields else ("vi", "lo")
            return {language: self.source.text(language) for language in languages}
        if isinstance(hint, type) and issubclass(hint, BaseModel):
            return self._model(hint)
        origin = typing.get_origin(hint)
        if origin is typing.Annotated:
            return self._annotated(hint, name)
        if origin is typing.Literal:
            return self.source.pick(typing.get_args(hint))
        if origin in (typing.Union, types.UnionType):
            return self._union(typing.get_args(hint), name)
        if origin is tuple:
            items = [self._value(typing.get_args(hint)[0], name) for _ in range(self.source.count())]
            items = [item for item in items if item is not None]
            # A list of references names each once.
            return list(dict.fromkeys(items)) if all(isinstance(item, str) for item in items) else items
        if origin is dict:
            return {"name": self._value(typing.get_args(hint)[1], name)}
        raise AssertionError(f"no way to fill {name}: {hint}")

    def _annotated(self, hint: Any, name: str) -> Any:
        inner, *marks = typing.get_args(hint)
        for mark in marks:
            if isinstance(mark, RefTo):
                return self._reference(mark.kind)
        for mark in marks:
            read = getattr(mark, "func", None)
            if read in self._scalars:
                return self._scalars[read]()
        return self._value(inner, name)

    def _union(self, members: Sequence[Any], name: str) -> Any:
        known = [member for member in members if member is not type(None)]
        unknown = [member for member in known if typing.get_args(member)[:1] == (scalars.Unknown,)]
        others = [member for member in known if member not in unknown]
        if unknown and not self.source.present():
            return "unknown"
        value = self._value(self.source.pick(others), name)
        return "unknown" if value in (None, []) and unknown else value

    def _mend_procedure(self, values: dict[str, Any]) -> None:
        """Steps are numbered, wait for earlier ones, and charge the procedure's own fees."""
        fees = [fee["id"] for fee in values.get("fees", ())]
        for n, step in enumerate(values["steps"], 1):
            step["n"] = str(n)
            if "after" in step:
                step["after"] = [str(n - 1)] if n > 1 else []
            if step.get("fees", "unknown") != "unknown":
                step["fees"] = fees
        for refusal in values.get("refusals", ()):
            refusal["step"] = str(len(values["steps"]))

    def _mend_journey(self, values: dict[str, Any]) -> None:
        """A leg is the first step of a procedure, or a gap; it waits for none."""
        for number, leg in enumerate(values["legs"]):
            leg.pop("after", None)
            if number % 2 == 0:
                leg["procedure"] = self.ids["procedures"][number // 2 % len(self.ids["procedures"])]
                leg["step"] = "1"
                for key in ("id", "unknown", "ask"):
                    leg.pop(key, None)
            else:
                for key in ("procedure", "step"):
                    leg.pop(key, None)
                leg |= {"id": f"gap-{number}", "unknown": self._value(Text, ""), "ask": self._value(Text, "")}

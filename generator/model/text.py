"""Text in two languages, side by side."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from generator.model.scalars import UNKNOWN, Line

LOCALES = ("vi", "lo")


class Strict(BaseModel):
    """Base of every part of an entry: frozen, no unknown key."""

    # What checks a kind is put together when its first entry is read, with all its parts at once: that takes less time.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Text(Strict):
    """One statement in Vietnamese and in Lao; both are required."""

    vi: Line
    lo: Line

    def __getitem__(self, locale: str) -> str:
        return self.lo if locale == "lo" else self.vi


class Name(Text):
    """A name in both languages, and in English where it has one."""

    en: Line | None = None


def _phrase(value: Any) -> Any:
    if isinstance(value, str) and value != UNKNOWN:
        return {"vi": value, "lo": value}
    if not isinstance(value, dict | Text) and value != UNKNOWN:
        raise PydanticCustomError("not-text", "expected text", {"found": type(value).__name__})
    return value


# A text, or one line that reads the same in both languages (a number, a code, a Latin proper name).
Phrase = Annotated[Text, BeforeValidator(_phrase)]

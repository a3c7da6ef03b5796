"""How old a copy is by the reader's clock, and when its facts are due for the next check."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from .words import Language, day_words, say


@dataclass(frozen=True, slots=True)
class Published:
    """When the facts were last published, and after how many days they want checking or are too old."""

    on: date
    ageing_days: int
    overdue_days: int

    @property
    def check_by(self) -> date:
        """The day the next check is due."""
        return self.on + timedelta(days=self.ageing_days)

    def to_json(self) -> dict[str, str | int]:
        """The keys of a copy's manifest."""
        return {
            "published": self.on.isoformat(),
            "check_by": self.check_by.isoformat(),
            "ageing_days": self.ageing_days,
            "overdue_days": self.overdue_days,
        }

    @classmethod
    def of_json(cls, value: Mapping[str, object]) -> "Published":
        """Read what `to_json` wrote; ValueError or KeyError when it is something else."""
        on = date.fromisoformat(str(value["published"]))
        return cls(on, int(str(value["ageing_days"])), int(str(value["overdue_days"])))


def age_lines(published: Published, today: date, language: Language | None = None) -> list[str]:
    """What a reader must know about the age of the copy. A stale copy says so in both languages.

    :param today: the day by the reader's clock; a clock before the data says nothing of age.
    :param language: the reader's; Vietnamese and Lao without it.
    """
    days = (today - published.on).days
    values = {
        "date": day_words(published.on.isoformat()),
        "check": day_words(published.check_by.isoformat()),
        "n": days,
    }
    both: tuple[Language, ...] = ("vi", "lo")
    if days > published.overdue_days:
        return [say("overdue", tongue, **values) for tongue in both]
    if days > published.ageing_days:
        return [say("ageing", tongue, **values) for tongue in both]
    return [say("fresh", tongue, **values) for tongue in ((language,) if language else both)]

"""The weekly report: `python -m generator.editing.weekly [DATA]`. Exit code 1 when there is something to look at."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from generator.editing.links import DeadLink, dead_links
from generator.editing.status import Overdue, handbook_status
from generator.editing.words import words
from generator.messages import visible
from generator.model.text import LOCALES
from generator.reading.freshness import allowed_ages
from generator.rules import check_handbook


def render_weekly(dead: Sequence[DeadLink], overdue: Sequence[Overdue]) -> Iterator[str]:
    """The report as Markdown, in Vietnamese and then in Lao; nothing where there is nothing to report."""
    if not dead and not overdue:
        return
    for lang in LOCALES:
        said = words(lang)
        yield f"## {said['weekly.title']}"
        yield ""
        if overdue:
            yield f"### {said.fill('status.overdue-title', n=len(overdue))}"
            yield ""
            for row in overdue:
                allowed = allowed_ages()[row.entry.split("/")[0]]
                line = said.fill(
                    "status.overdue-line",
                    entry=f"`data/{row.entry}.yaml`",
                    verified=row.verified,
                    days=row.days,
                    months=allowed.months,
                    why=allowed.why[lang],
                )
                yield f"- {line.strip()}"
            yield ""
        if dead:
            yield f"### {said.fill('weekly.dead', n=len(dead))}"
            yield ""
            yield from (
                f"- `data/sources/{row.source}.yaml`: {row.url} ({visible(row.answer)})" for row in dead
            )
            yield ""


def main(arguments: Sequence[str]) -> int:
    """Print the report for the data folder named (default `data`)."""
    today = date.today()
    checked = check_handbook(Path(arguments[0] if arguments else "data"), today)
    overdue = handbook_status(checked, today).overdue
    lines = list(render_weekly(dead_links(checked.handbook), overdue))
    print("\n".join(lines))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

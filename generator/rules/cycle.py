"""Nothing replaces, succeeds or contains itself, not even by way of others."""

from collections.abc import Iterator, Mapping
from datetime import date

from generator.model.agreement import Agreement
from generator.model.office import Office
from generator.model.place import Province
from generator.problems import Problem
from generator.reading.handbook import EntryKey, Handbook
from generator.reading.source import Path

CODE = "cycle"


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem at the link that closes a circle of agreements, offices or provinces."""
    edges = {
        (Agreement.kind, "supersedes"): {key: row.supersedes for key, row in handbook.of(Agreement).items()},
        (Agreement.kind, "implements"): {key: row.implements for key, row in handbook.of(Agreement).items()},
        (Office.kind, "parent"): {key: _one(row.parent) for key, row in handbook.of(Office).items()},
        (Province.kind, "successor"): {
            key: _one(row.successor) for key, row in handbook.of(Province).items()
        },
    }
    for (kind, field), links in edges.items():
        for circle in _circles(links):
            start = circle[0]
            path: Path = (
                (field, links[start].index(circle[1])) if field in ("supersedes", "implements") else (field,)
            )
            params = {"found": " → ".join(circle), "key": field}
            yield Problem(*handbook.place_of(EntryKey(kind, start), path), CODE, params)


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _circles(links: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """Each circle once, from its first id in order back to itself."""
    done: set[str] = set()
    for start in sorted(links):
        if start in done:
            continue
        trail: list[str] = []
        stack = [(start, iter(links[start]))]
        trail.append(start)
        while stack:
            _current, targets = stack[-1]
            target = next(targets, None)
            if target is None:
                done.add(trail.pop())
                stack.pop()
            elif target in trail:
                circle = trail[trail.index(target) :]
                first = circle.index(min(circle))
                yield [*circle[first:], *circle[:first], min(circle)]
            elif target in links and target not in done:
                trail.append(target)
                stack.append((target, iter(links[target])))

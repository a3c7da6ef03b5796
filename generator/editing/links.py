"""Whether the sources can still be opened. A slow run over the network, apart from every build and check."""

import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.model.reference import Source
from generator.reading.handbook import Handbook

_AGENT = "border-trade-handbook link check"
_TIMEOUT = 30
# Hosts asked at the same time; the addresses of one host are asked one after another.
_AT_ONCE = 8
# What hosts answer to machines though a reader gets the page.
_REFUSES_MACHINES = frozenset({401, 403, 405, 406, 429, 999})


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A source whose address no longer answers, and what it said instead."""

    source: str
    url: str
    answer: str


Open = Callable[[str], str | None]


def answer_of(url: str) -> str | None:
    """None where the page is there (or its host only turns machines away), else what went wrong in a few words."""
    request = urllib.request.Request(url, headers={"User-Agent": _AGENT, "Accept": "*/*"})
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:
            answer.read(1)
    except urllib.error.HTTPError as error:
        return None if error.code in _REFUSES_MACHINES else f"HTTP {error.code}"
    except (OSError, ValueError) as error:
        return str(getattr(error, "reason", error))[:80]
    return None


def dead_links(handbook: Handbook, ask: Open = answer_of) -> list[DeadLink]:
    """The sources whose web address does not answer, by id."""
    by_host: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for source_id, source in handbook.of(Source).items():
        if source.url != "unknown" and source.url.startswith("http"):
            by_host[urlsplit(source.url).hostname or ""].append((source_id, source.url))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = pool.map(lambda rows: list(_of_host(rows, ask)), by_host.values())
        dead = [row for rows in found for row in rows]
    return sorted(dead, key=lambda row: row.source)


def _of_host(rows: Iterable[tuple[str, str]], ask: Open) -> Iterator[DeadLink]:
    for source_id, url in rows:
        answer = ask(url)
        if answer is not None:
            yield DeadLink(source_id, url, answer)

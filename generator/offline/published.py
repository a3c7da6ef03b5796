"""The date of the data of a built site, and how old it may grow: read from what its own pages say."""

import json
import re
from datetime import date
from pathlib import Path

from generator.offline.portable.age import Published

FILE = "published.json"
_SAID = re.compile(r'<body[^>]* data-date="([0-9-]+)" data-age="(\d+) (\d+)"')


class NotBuilt(Exception):
    """A folder that is no built site of the handbook."""


def published_of_site(site_dir: Path) -> Published:
    """What the home page of the site says of its age; NotBuilt when there is no site."""
    home = site_dir / "index.html"
    said = _SAID.search(home.read_text(encoding="utf-8")) if home.is_file() else None
    if said is None:
        raise NotBuilt(f"{site_dir}: no built site; run `handbook build`")
    return Published(date.fromisoformat(said[1]), int(said[2]), int(said[3]))


def write_published(published: Published, index_dir: Path) -> None:
    """Put the date beside an index, for the search in the terminal."""
    text = json.dumps(published.to_json(), indent=1) + "\n"
    (index_dir / FILE).write_text(text, encoding="utf-8")


def read_published(index_dir: Path) -> Published | None:
    """What `write_published` put there, or None."""
    try:
        return Published.of_json(json.loads((index_dir / FILE).read_bytes()))
    except (OSError, KeyError, ValueError, TypeError):
        return None

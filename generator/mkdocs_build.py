"""MkDocs, which makes the written pages: loaded only when there is something for it to make."""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generator.problems import SiteFailed
from generator.reading.watched import digest
from generator.site.framing import Beside, settings
from generator.site.shell import Settings

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


class MkDocsBuild:
    """MkDocs at work on the pages below `docs`, into the folder `out`, beside generated pages.

    What it refuses or warns of is raised as `SiteFailed`.
    """

    def __init__(self, config_file: Path, docs: Path, out: Path, today: date) -> None:
        self._config_file, self._docs, self._out, self._today = config_file, docs, out, today

    @property
    def made_from(self) -> str:
        """All that the settings depend on beside the program: where it is the same, they are."""
        text = self._config_file.read_text(encoding="utf-8")
        # The file can name any variable.
        said = sorted(
            f"{word}={os.environ[word]}" for word in {*re.findall(r"\w+", text)} & os.environ.keys()
        )
        return digest("\0".join((text, *said, self._today.isoformat())))

    @cached_property
    def settings(self) -> Settings:
        """What the file says that generated pages print too."""
        return settings(self._config)

    def run(self, beside: Beside) -> None:
        """Make the written pages; whose links lead to generated ones is noted in `beside`."""
        config = self._config
        from mkdocs.commands.build import build

        beside.links.clear()
        config.extra["beside"] = beside
        with _strict(self._today):
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()

    @cached_property
    def _config(self) -> "MkDocsConfig":
        from mkdocs.config import load_config

        with _strict(self._today):
            return load_config(
                config_file=str(self._config_file), docs_dir=str(self._docs), site_dir=str(self._out)
            )


class _Collector(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _strict(today: date) -> Iterator[None]:
    """MkDocs at work: what it refuses or warns of inside the block is raised as `SiteFailed`."""
    from mkdocs.exceptions import MkDocsException

    collector = _Collector()
    log = logging.getLogger("mkdocs")
    log.addHandler(collector)
    # Without a data folder the hook writes no pages: they are made beside, from data read once.
    unread = {"HANDBOOK_AS_OF": today.isoformat(), "HANDBOOK_DATA": ""}
    try:
        with _environment(**unread):
            yield
    except MkDocsException as error:
        raise SiteFailed([*collector.lines, str(error)]) from error
    finally:
        log.removeHandler(collector)
    if collector.lines:
        raise SiteFailed(collector.lines)

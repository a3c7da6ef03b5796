"""Files of the site that are no pages, made from the handbook in jobs that can be done in any order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileJob:
    """Files that are made together: `make` gives (path below the site, content).

    `given` is all that decides about them beside the handbook and the settings of the build.
    """

    name: str
    make: Callable[[], Iterator[tuple[str, bytes]]]
    given: str = ""

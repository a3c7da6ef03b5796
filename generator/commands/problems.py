"""What a command does when the data has errors: say them all on standard error and stop with exit code 1."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from generator.commands.options import default_language
from generator.problems import report
from generator.reading.handbook import Handbook
from generator.rules import DataProblems, require_sound_handbook


@contextmanager
def problems_reported() -> Iterator[None]:
    """Turn `DataProblems` into a report and exit code 1."""
    try:
        yield
    except DataProblems as error:
        checked = error.checked
        errors = [problem for problem in checked.problems if problem.severity == "error"]
        text = report(errors, checked=len(checked.files), output="text", lang=default_language())
        sys.stderr.write(text)
        sys.exit(1)


def sound_handbook(data_dir: Path, as_of: date) -> Handbook:
    """The handbook, or the report of its errors and exit code 1."""
    with problems_reported():
        return require_sound_handbook(data_dir, as_of)

"""What must hold beyond shape: one module a rule, all found here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

from generator.problems import Problem, sort_problems
from generator.reading.handbook import Handbook
from generator.reading.load import load_handbook

Rule = Callable[[Handbook, date], Iterator[Problem]]

# Module of each rule below this package; each has `check(handbook, today)`.
RULES: tuple[str, ...] = (
    "nfc",
    "invisible_character",
    "thai_letters",
    "lao_digits",
    "lao_marks",
    "lao_mark_alone",
    "lao_in_vietnamese",
    "vietnamese_in_lao",
    "no_lao_letters",
    "tone_placement",
    "number_parity",
    "date_parity",
    "money_parity",
    "article_parity",
    "glossary_term",
    "length_ratio",
    "english_left_over",
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A handbook with all its problems, and the names of the files looked at."""

    handbook: Handbook
    problems: tuple[Problem, ...]
    files: Sequence[str]


def iter_rules() -> Iterator[tuple[str, Rule]]:
    """Each rule's module name and its check."""
    for name in RULES:
        yield name, import_module(f"generator.rules.{name}").check


def check_handbook(data_dir: Path, today: date) -> Checked:
    """Load the data and apply every rule. Problems are sorted by place."""
    loaded = load_handbook(data_dir)
    problems = list(loaded.problems)
    for _name, rule in iter_rules():
        problems += rule(loaded.handbook, today)
    files = [source.name for source in loaded.handbook.files.values()]
    return Checked(loaded.handbook, tuple(sort_problems(problems)), files)

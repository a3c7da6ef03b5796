"""What must hold beyond shape: one module a rule, all found here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

from generator.problems import Problem, has_errors, sort_problems
from generator.processes import spread
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
    "place_name",
    "length_ratio",
    "english_left_over",
    "source_required",
    "empty_list",
    "term_not_seen",
    "dates_in_order",
    "periods_in_order",
    "date_in_future",
    "range_reversed",
    "coordinates_off_border",
    "fee_without_basis",
    "step_numbers",
    "unknown_step",
    "unknown_fee",
    "listed_twice",
    "unknown_field",
    "former_id_taken",
    "unknown_verifier",
    "doubtful_wording",
    "cycle",
    "province_merged",
    "wrong_country",
    "gate_without_rank",
    "conflict_of_one",
    "refers_to_itself",
    "basis_not_in_force",
    "journey_steps",
    "journey_papers",
    "journey_cycle",
    "journey_one_sided",
    "journey_place",
)

# Rules that follow an entry into those it refers to. While one of these cannot be read, what such a rule says of
# the entry would only repeat that mistake.
FOLLOWING = frozenset(name for name in RULES if name.startswith("journey_"))

# So many texts are checked before processes for it would have started.
MANY_PAIRS = 3000
# Rules that one process applies one after the other: neighbours share what they read of a text.
NEIGHBOURS = 14


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
    unsettled = _unsettled(loaded.handbook)
    rules = list(iter_rules())

    def found_by(number: int) -> list[Problem]:
        name, rule = rules[number]
        found = rule(loaded.handbook, today)
        return [problem for problem in found if not (name in FOLLOWING and problem.file in unsettled)]

    # What most rules go through is found once, before there are workers.
    several = len(loaded.handbook.pairs) >= MANY_PAIRS and bool(loaded.handbook.parts)
    with spread(found_by, len(rules), None if several else 1, chunk=NEIGHBOURS) as found:
        problems += (problem for of_rule in found for problem in of_rule)
    files = [source.name for source in loaded.handbook.files.values()]
    return Checked(loaded.handbook, tuple(sort_problems(problems)), files)


def _unsettled(handbook: Handbook) -> frozenset[str]:
    """The files of entries that refer to an entry which is there and is not sound."""
    unsound = [key for key in handbook.files if key.id not in handbook.entries.get(key.kind, {})]
    referring = (other for key in unsound for other, _path in handbook.backlinks.get(key, ()))
    return frozenset(handbook.files[key].name for key in referring)


class DataProblems(Exception):
    """The data has errors, so nothing can be built from it; `checked` holds them all."""

    def __init__(self, checked: Checked) -> None:
        super().__init__(f"{sum(p.severity == 'error' for p in checked.problems)} errors in the data")
        self.checked = checked


def require_sound_handbook(data_dir: Path, today: date) -> Handbook:
    """The handbook of a data folder without errors; raises `DataProblems` otherwise."""
    checked = check_handbook(data_dir, today)
    if has_errors(checked.problems):
        raise DataProblems(checked)
    return checked.handbook

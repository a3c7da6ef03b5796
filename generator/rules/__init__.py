"""What must hold beyond shape: one module a rule, all found here."""

from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

from generator.problems import Problem, has_errors, sort_problems
from generator.processes import spread
from generator.reading.handbook import Handbook
from generator.reading.load import Loaded, load_handbook
from generator.reading.parsed import Parsed

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

# Rules that only warn. Nothing they say stops a build, so it does not ask them.
WARNING = frozenset(
    {
        "doubtful_wording",
        "english_left_over",
        "gate_without_rank",
        "glossary_term",
        "length_ratio",
        "place_name",
        "tone_placement",
    }
)

# Rules that look at each file alone, whatever the day: what one has said of a text it would say again.
ALONE = frozenset(
    {
        "article_parity",
        "conflict_of_one",
        "coordinates_off_border",
        "date_parity",
        "dates_in_order",
        "empty_list",
        "fee_without_basis",
        "invisible_character",
        "lao_digits",
        "lao_in_vietnamese",
        "lao_mark_alone",
        "lao_marks",
        "listed_twice",
        "money_parity",
        "nfc",
        "no_lao_letters",
        "number_parity",
        "periods_in_order",
        "range_reversed",
        "refers_to_itself",
        "source_required",
        "step_numbers",
        "term_not_seen",
        "thai_letters",
        "unknown_fee",
        "unknown_field",
        "unknown_step",
        "vietnamese_in_lao",
    }
)

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


def rule_named(name: str) -> Rule:
    """The check of a rule's module."""
    check: Rule = import_module(f"generator.rules.{name}").check
    return check


@contextmanager
def _checking(
    loaded: Loaded, today: date, names: Sequence[str], sound: Container[str] = frozenset()
) -> Iterator[Callable[[], Checked]]:
    """Apply rules while the block runs, on all cores; gives what waits for the end of it and tells what came out.

    `sound` are names of files in which rules that look at them alone have found nothing.
    """
    handbook = loaded.handbook
    unsettled = _unsettled(handbook)
    unproved = handbook.only({key for key, source in handbook.files.items() if source.name not in sound})

    def found_by(number: int) -> list[Problem]:
        name = names[number]
        found = rule_named(name)(unproved if name in ALONE else handbook, today)
        return [problem for problem in found if not (name in FOLLOWING and problem.file in unsettled)]

    # What most rules go through is found once, before there are workers.
    several = len(unproved.pairs) >= MANY_PAIRS and bool(unproved.parts)
    with spread(found_by, len(names), None if several else 1, chunk=NEIGHBOURS) as found:

        def checked() -> Checked:
            problems = [*loaded.problems, *(problem for of_rule in found for problem in of_rule)]
            files = [source.name for source in handbook.files.values()]
            return Checked(handbook, tuple(sort_problems(problems)), files)

        yield checked


def check_handbook(data_dir: Path, today: date) -> Checked:
    """Load the data and apply every rule. Problems are sorted by place."""
    with _checking(load_handbook(data_dir), today, RULES) as checked:
        return checked()


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


@contextmanager
def handbook_while_checked(data_dir: Path, today: date, parsed: Parsed | None = None) -> Iterator[Handbook]:
    """The handbook of a data folder, and what can be done with it while the rules are still being applied.

    The block ends with `DataProblems` if the data has errors; it may prepare, but show nothing. Data of which a file
    cannot be read is refused before the block. What `parsed` holds of files was found sound.
    """
    loaded = load_handbook(data_dir, parsed=parsed)
    stopping = [name for name in RULES if name not in WARNING]
    with _checking(loaded, today, stopping, parsed.sound if parsed else frozenset()) as checked:
        try:
            if not has_errors(loaded.problems):
                yield loaded.handbook
        except Exception:
            # What the block met in an unsound handbook is best said by the rules.
            _require_sound(checked())
            raise
        _require_sound(checked())


def require_sound_handbook(data_dir: Path, today: date) -> Handbook:
    """The handbook of a data folder without errors; raises `DataProblems` otherwise."""
    with handbook_while_checked(data_dir, today) as handbook:
        return handbook


def _require_sound(checked: Checked) -> None:
    if has_errors(checked.problems):
        raise DataProblems(checked)

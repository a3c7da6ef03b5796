"""`handbook journey`: the steps of both sides for a direction, goods, a person and a gate."""

import json
import sys
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import get_args

import click

from generator.commands.options import as_of_option, data_option, default_language
from generator.commands.problems import sound_handbook
from generator.exports.journey import journey_json
from generator.journeys.matching import Match, Request, fitting, gates_named, goods_named, match_journeys
from generator.labels import Language, labels
from generator.model.entry import Direction, GoodsClass, Person
from generator.model.gate import Gate
from generator.model.goods import Goods
from generator.model.journey import Journey
from generator.reading.handbook import Handbook
from generator.views.journey_text import JourneyText

NEAREST = 3


@click.command()
@data_option
@as_of_option
@click.option(
    "--direction", type=click.Choice(get_args(Direction)), help="Which way the goods or the person go."
)
@click.option("--goods", help="Class of goods, everyday name (with or without marks) or HS heading.")
@click.option("--who", type=click.Choice(get_args(Person)), help="Who carries them.")
@click.option("--gate", help="Gate of passage: its id or its name.")
@click.option(
    "--lang",
    type=click.Choice(["vi", "lo"]),
    default=lambda: "lo" if default_language() == "lo" else "vi",
    help="Language of the steps (default: HANDBOOK_LANG or the environment).",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def journey(
    data_dir: Path,
    as_of: date,
    direction: Direction | None,
    goods: str | None,
    who: Person | None,
    gate: str | None,
    lang: Language,
    as_json: bool,
) -> None:
    """Print the journey that fits best, step by step on both sides.

    Exit code 0: found, 1: no journey fits (the nearest are named), 2: wrong use.
    """
    handbook = sound_handbook(data_dir, as_of)
    request = Request(direction, *_goods(handbook, goods), who, _gate(handbook, gate))
    matches = match_journeys(handbook, request, as_of)
    found = fitting(matches)
    if not found:
        _say_nearest(handbook, matches, lang, as_json)
        sys.exit(1)
    best, *others = found
    if as_json:
        said = journey_json(handbook, best.journey_id, lang, as_of)
        said["gate"] = request.gate
        said["alternatives"] = [_named(handbook, match, lang) for match in others]
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return
    for line in JourneyText(handbook, best.journey_id, lang, as_of, request.gate).lines():
        click.echo(line)
    if others:
        click.echo(f"\n{labels(lang)['journey.others']}")
        for match in others:
            click.echo(f"  {match.journey_id}: {handbook.get(Journey, match.journey_id).name[lang]}")


def _goods(handbook: Handbook, words: str | None) -> tuple[tuple[GoodsClass, ...], tuple[str, ...]]:
    """Classes and entries meant by what was typed."""
    if words is None:
        return (), ()
    for name in get_args(GoodsClass):
        if name == words:
            return (name,), ()
    found = goods_named(handbook, words)
    if not found:
        known = [*get_args(GoodsClass), *handbook.of(Goods)]
        raise click.UsageError(f"no goods called '{words}'.{_near(words, known)}")
    classes = dict.fromkeys(name for goods_id in found for name in handbook.get(Goods, goods_id).goods_class)
    return tuple(classes), found


def _gate(handbook: Handbook, words: str | None) -> str | None:
    if words is None:
        return None
    found = gates_named(handbook, words)
    if len(found) != 1:
        reason = "no gate" if not found else "more than one gate"
        hint = _near(words, list(handbook.of(Gate))) if not found else f" Give one of: {', '.join(found)}."
        raise click.UsageError(f"{reason} called '{words}'.{hint}")
    return found[0]


def _near(words: str, known: list[str]) -> str:
    near = get_close_matches(words, known, n=1)
    return f" Did you mean '{near[0]}'?" if near else f" There are: {', '.join(known)}."


def _named(handbook: Handbook, match: Match, lang: Language) -> dict[str, object]:
    said: dict[str, object] = {
        "journey": match.journey_id,
        "name": handbook.get(Journey, match.journey_id).name[lang],
    }
    if match.failed:
        said["differs"] = list(match.failed)
    return said


def _say_nearest(handbook: Handbook, matches: tuple[Match, ...], lang: Language, as_json: bool) -> None:
    """That nothing fits, and what comes nearest, on standard error; for machines on standard output."""
    words = labels(lang)
    near = [match for match in matches if match.failed][:NEAREST]
    if as_json:
        rows = [_named(handbook, match, lang) for match in near]
        click.echo(json.dumps({"journey": None, "steps": [], "nearest": rows}, ensure_ascii=False, indent=1))
    click.echo(words["finder.none"], err=True)
    for match in near:
        criteria = ", ".join(words[f"field.{name}"] for name in match.failed).lower()
        name = handbook.get(Journey, match.journey_id).name[lang]
        differs = words.fill("finder.differs", criteria=criteria)
        click.echo(f"  {match.journey_id}: {name} ({differs})", err=True)

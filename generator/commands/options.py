"""Options that several commands share."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"'{value}' is not a day; write it as 2025-06-18.", param, ctx)


def default_language() -> str:
    """The interface language: HANDBOOK_LANG, else the environment's locale, else Vietnamese."""
    for variable in ("HANDBOOK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")[:2].lower()
        if value in ("vi", "lo", "en"):
            return value
    return "vi"


def language_option(command: F) -> F:
    """`--lang vi|lo|en`, the language of the messages."""
    return click.option(
        "--lang",
        type=click.Choice(["vi", "lo", "en"]),
        default=default_language,
        help="Language of the messages (default: HANDBOOK_LANG or the environment).",
    )(command)


def data_option(command: F) -> F:
    """`--data DIR`, the folder of the entries."""
    return click.option(
        "--data",
        "data_dir",
        type=click.Path(path_type=Path),
        default=Path("data"),
        show_default=True,
        help="Folder of the entries.",
    )(command)


def as_of_option(command: F) -> F:
    """`--as-of DATE`, the day the handbook speaks of; today by default (the only place that asks the clock)."""
    return click.option(
        "--as-of",
        "as_of",
        type=Day(),
        default=date.today,
        show_default="today",
        help="The day the handbook speaks of.",
    )(command)

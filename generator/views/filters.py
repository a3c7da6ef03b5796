"""Chips that narrow a list down, with how many entries each leaves."""

from collections.abc import Iterable, Mapping, Sequence

from generator.views.blocks import Choice, Filters
from generator.views.context import Context

# What the chips of a key ask for, in the interface's words.
ASKED = {
    "class": "gate-class",
    "state": "field.state",
    "side": "field.side",
    "goods": "field.goods-class",
    "force": "list.status",
    "field": "field.project-field",
}


def chips(
    context: Context,
    rows: Iterable[Mapping[str, str]],
    keys: Sequence[tuple[str, str]],
    targets: str = "list",
    order: Sequence[str] = (),
) -> Filters:
    """A row of chips for each of `keys`: (key, prefix of the label of its values).

    `rows` are what each entry answers to, several values separated by spaces; values stand in the given order, others
    by name behind it.
    """
    rows = tuple(rows)
    choices: list[Choice] = []
    for key, prefix in keys:
        counts: dict[str, int] = {}
        for row in rows:
            for value in row.get(key, "").split():
                counts[value] = counts.get(value, 0) + 1
        ordered = sorted(
            counts, key=lambda value: (order.index(value) if value in order else len(order), value)
        )
        choices += [Choice(key, value, context.words[f"{prefix}{value}"], counts[value]) for value in ordered]
    labels = {key: context.words[ASKED[key]] for key, _ in keys}
    return Filters(tuple(choices), labels, context.words["all"], targets)

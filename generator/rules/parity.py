"""Pairs whose figures differ, by the kind of figure."""

from collections.abc import Iterator

from generator.model.reference import Term
from generator.reading.handbook import Handbook
from generator.reading.pairs import Pair
from generator.rules.figures import Difference, FigureKind, compare


def differences(handbook: Handbook, kind: FigureKind) -> Iterator[tuple[Pair, Difference]]:
    """Each pair whose two sides differ first in a figure of `kind`."""
    for pair in handbook.pairs:
        # A term's bracketed remark ("until 2/2025") explains one language's word only.
        term = pair.kind == Term.kind and pair.path == ("name",)
        if pair.written and not term:
            difference = compare(pair.vi, pair.lo)
            if difference and difference.kind == kind:
                yield pair, difference

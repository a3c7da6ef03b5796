"""The kinds of entries by the name of their folder."""

from generator.model.agreement import Agreement
from generator.model.document import Document
from generator.model.entry import Entry
from generator.model.gate import Gate
from generator.model.goods import Goods
from generator.model.happening import Event, Notice, Project
from generator.model.journey import Journey
from generator.model.kind_names import SINGULAR
from generator.model.office import Office
from generator.model.place import Province, Zone
from generator.model.procedure import Procedure
from generator.model.reference import Source, Term
from generator.model.statistics import Statistics

KINDS: dict[str, type[Entry]] = {
    model.kind: model
    for model in (
        Gate,
        Procedure,
        Document,
        Journey,
        Goods,
        Agreement,
        Notice,
        Province,
        Zone,
        Office,
        Statistics,
        Project,
        Event,
        Term,
        Source,
    )
}


def kind_named(word: str) -> str | None:
    """The folder's name for a kind typed in singular or plural, or None."""
    plural = SINGULAR.get(word, word)
    return plural if plural in KINDS else None

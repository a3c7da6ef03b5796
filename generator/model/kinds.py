"""The kinds of entries by the name of their folder."""

from generator.model.agreement import Agreement
from generator.model.document import Document
from generator.model.entry import Entry
from generator.model.gate import Gate
from generator.model.goods import Goods
from generator.model.happening import Event, Notice, Project
from generator.model.journey import Journey
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

# The singular of each folder's name, accepted wherever a kind is typed.
SINGULAR = {
    "gate": "gates",
    "procedure": "procedures",
    "document": "documents",
    "journey": "journeys",
    "agreement": "agreements",
    "notice": "notices",
    "province": "provinces",
    "zone": "zones",
    "office": "offices",
    "project": "projects",
    "event": "events",
    "term": "glossary",
    "source": "sources",
}


def kind_named(word: str) -> str | None:
    """The folder's name for a kind typed in singular or plural, or None."""
    return word if word in KINDS else SINGULAR.get(word)

"""The synonyms of the search. They need no views: a build groups them while it loads what does."""

from collections.abc import Mapping

from generator.model.document import Document
from generator.model.procedure import Procedure
from generator.model.reference import Term
from generator.reading.handbook import Handbook


def synonym_groups(handbook: Handbook) -> list[list[str]]:
    """Phrases that mean the same in any language: glossary terms with their variants, names of papers and procedures.

    Wording nobody has settled (`doubtful`) is left out.
    """
    groups: list[list[str]] = []
    for term in handbook.of(Term).values():
        if term.lo_wording == "doubtful":
            continue
        english = [part.strip() for part in term.name.en.split(",")] if term.name.en else []
        groups.append([term.name.vi, term.name.lo, *term.variants_lo, *term.variants_vi, *english])
    named: Mapping[str, Document | Procedure] = {**handbook.of(Document), **handbook.of(Procedure)}
    groups += [[entry.name.vi, entry.name.lo, *entry.aliases] for entry in named.values()]
    return [list(dict.fromkeys(group)) for group in groups if len(set(group)) > 1]

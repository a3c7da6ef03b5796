"""What one document says: its terms with their weighted counts, before anything is known of other documents."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from search import rules
from search.analyzer import analyze
from search.document import TITLE_LANGUAGES, SearchDocument
from search.names import JOIN, name_terms
from search.syllables import is_lao


@dataclass(slots=True)
class Terms:
    """Counts are weighted by where a term stands, in tenths; the length is in tokens, by script."""

    folded: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    variants: dict[str, set[str]] = field(default_factory=dict)  # folded form -> exact forms
    named: set[str] = field(default_factory=set)  # Latin pairs written as a name
    names: set[str] = field(default_factory=set)
    length: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})  # by "is Lao"

    def add(self, text: str, weight: int, counted: bool = True) -> None:
        """One more text; its length counts where ``counted``."""
        tokens = analyze(text)
        for i, token in enumerate(tokens):
            self.folded[token.folded] += weight
            self.variants.setdefault(token.folded, set()).add(token.exact)
            if i:
                pair = tokens[i - 1].folded + JOIN + token.folded
                self.pairs[pair] += weight
                if text[token.start].isupper() and text[tokens[i - 1].start].isupper():
                    self.named.add(pair)
            if counted:
                self.length[is_lao(token.folded)] += 1


def _title_weight(title: str) -> int:
    """What a word of a title counts: more in a short one, where it is more of the matter."""
    weights = rules.rules()["weights"]
    share = math.sqrt(float(weights["title_tokens"]) / max(1, len(analyze(title))))
    return round(int(weights["zones"]["title"]) * min(1.3, max(0.6, share)))


def read_terms(document: SearchDocument) -> Terms:
    """The terms of all that a document says, names and numbers included."""
    zones: dict[str, int] = rules.rules()["weights"]["zones"]
    terms = Terms()
    for language in TITLE_LANGUAGES:
        if language in document.title:
            terms.add(document.title[language], _title_weight(document.title[language]))
            terms.names.update(name_terms(document.title[language]))
    for alias in document.aliases:
        # spellings of one name are not a longer text
        terms.add(alias, zones["alias"], counted=False)
        terms.names.update(name_terms(alias))
    for code in document.codes:
        terms.add(code, zones["alias"], counted=False)
    for section in document.sections:
        for heading in section.heading.values():
            terms.add(heading, zones["heading"])
        for text in section.text.values():
            terms.add(text, zones["body"])
    return terms

"""Every entry to its page view, by kind."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from generator.labels import LANGUAGES, Language
from generator.reading.handbook import EntryKey, Handbook
from generator.views.blocks import PageView
from generator.views.context import Context
from generator.views.directory import goods_view, office_view, source_view, term_view
from generator.views.gates import gate_view
from generator.views.happenings import event_view, notice_view, project_view
from generator.views.instruments import agreement_view
from generator.views.journeys import journey_view
from generator.views.papers import document_view
from generator.views.places import province_view, zone_view
from generator.views.procedures import procedure_view
from generator.views.statistics import statistics_view

VIEWS: dict[str, Callable[[Context, Any], PageView]] = {
    "gates": gate_view,
    "procedures": procedure_view,
    "documents": document_view,
    "journeys": journey_view,
    "goods": goods_view,
    "agreements": agreement_view,
    "notices": notice_view,
    "provinces": province_view,
    "zones": zone_view,
    "offices": office_view,
    "statistics": statistics_view,
    "projects": project_view,
    "events": event_view,
    "glossary": term_view,
    "sources": source_view,
}


# The page of one entry in each language.
Views = Mapping[Language, PageView]


def page_view(
    handbook: Handbook, key: EntryKey, language: Language, today: date, folder: str | None = None
) -> PageView:
    """The page of an entry in one language; links are relative to `folder` (the kind's own by default)."""
    context = Context(handbook, today, language, key, folder if folder is not None else key.kind)
    return VIEWS[key.kind](context, handbook.entries[key.kind][key.id])


def views_of(handbook: Handbook, key: EntryKey, today: date) -> Views:
    """The page of an entry in both languages: what its pages and its search document are made from."""
    return {language: page_view(handbook, key, language, today) for language in LANGUAGES}

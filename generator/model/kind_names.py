"""Names of kinds as people type them; light, so that a search need not load the model."""

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

"""Interface words: the same keys and placeholders in both languages, and none that nobody prints."""

import re
from pathlib import Path

import pytest

from generator.labels import LABELS_DIR, labels
from generator.model import (
    agreement,
    document,
    entry,
    gate,
    happening,
    office,
    procedure,
    reference,
    statistics,
)

ROOT = Path(__file__).parent.parent.parent
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def test_same_keys() -> None:
    assert list(labels("vi")) == list(labels("lo"))


@pytest.mark.parametrize("key", list(labels("vi")))
def test_same_placeholders(key: str) -> None:
    vietnamese, lao = (sorted(PLACEHOLDER.findall(labels(language)[key])) for language in ("vi", "lo"))
    assert vietnamese == lao


CHOICES = {
    "gate-class": gate.GateClass,
    "state": gate.GateState,
    "service": gate.Service,
    "direction": entry.Direction,
    "person": entry.Person,
    "goods-class": entry.GoodsClass,
    "actor": procedure.Actor,
    "unit": procedure.TimeUnit,
    "result": procedure.RefusalResult,
    "agreement-kind": agreement.AgreementKind,
    "wording": document.Wording,
    "domain": reference.Domain,
    "unit-name": statistics.Unit,
    "value-unit": statistics.Unit,
}


@pytest.mark.parametrize("prefix", CHOICES)
def test_every_choice_has_words(prefix: str) -> None:
    from typing import get_args

    missing = [value for value in get_args(CHOICES[prefix]) if f"{prefix}.{value}" not in labels("vi")]
    assert not missing


@pytest.mark.parametrize(
    ("model", "field", "prefix"),
    [
        (office.Office, "level", "level"),
        (happening.Project, "field", "project-field"),
        (happening.Event, "event_kind", "event-kind"),
        (reference.Source, "lang", "language"),
        (reference.Source, "source_kind", "source-kind"),
    ],
)
def test_every_choice_of_a_field_has_words(model: type, field: str, prefix: str) -> None:
    from typing import get_args

    values = get_args(model.model_fields[field].annotation)  # type: ignore[attr-defined]
    assert values
    assert not [value for value in values if f"{prefix}.{value}" not in labels("vi")]


def test_no_word_is_left_over() -> None:
    """Each key (or its prefix, where the rest is filled in) is asked for somewhere in code or templates."""
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("generator", "search")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".html", ".j2", ".js", ".xml", ".yaml")
        and LABELS_DIR not in path.parents
        and "vendor" not in path.parts
    )
    code += "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*/*.md"))
    filled = re.findall(r"[\"']([a-z][a-z.-]*[.-])(?:\{|[\"'] ~|[\"'])", code)
    unused = [key for key in labels("vi") if key not in code and not key.startswith(tuple(filled))]
    field_names = set(re.findall(r'(?:whole|sided|facts_section)\(\s*context,\s*"([a-z-]+)"', code))
    unused = [key for key in unused if key.removeprefix("field.") not in field_names]
    assert not unused

"""A new entry names every key in the writer's language, is canonical, and passes once it is filled in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from generator.editing.fmt import format_text
from generator.editing.shape import Shape, shape_of
from generator.editing.skeleton import skeleton
from generator.editing.words import words
from generator.model.kinds import KINDS
from generator.reading.entries import validate_entry
from generator.reading.source import parse_source

Handbook = Callable[..., Result]
SAMPLES: dict[str, Any] = {
    "line": "605",
    "id": "a-b",
    "ref": "a-b",
    "date": "2025-06-18",
    "clock": "07:00",
    "number": "1.5",
    "whole": "1",
    "flag": "true",
    "hs-code": "0901.21",
    "address": "https://localhost/",
    "period": "2025",
    "text": {"vi": "có", "lo": "ມີ"},
    "name": {"vi": "có", "lo": "ມີ"},
    "phrase": {"vi": "có", "lo": "ມີ"},
}


def filled(value: Any, shape: Shape) -> Any:
    """What is laid out and empty, with a sample in it; keys left empty stay so."""
    if isinstance(value, list):
        assert shape.item is not None
        return [filled(item, shape.item) for item in value] or [filled(None, shape.item)]
    if isinstance(value, dict) and shape.kind not in ("text", "name", "phrase"):
        return {
            key: filled(item, shape.fields[key])
            for key, item in value.items()
            if needed(item, shape.fields[key])
        }
    if isinstance(value, str):
        return value
    if shape.kind == "choice":
        return shape.choices[0]
    return SAMPLES.get(shape.kind, {})


def needed(value: Any, shape: Shape) -> bool:
    return value is not None or shape.required


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("lang", ["vi", "lo", "en"])
def test_skeleton_is_canonical_and_names_every_key(kind: str, lang: str) -> None:
    text = skeleton(kind, words(lang))
    assert format_text(text, kind) == text
    values = parse_source(text, "").values
    assert values is not None
    assert [key for key in shape_of(kind).fields if key not in ("reviewed", "former_ids")] == list(values)
    for line in text.splitlines():
        key = line.strip().removeprefix("- ").partition(":")[0]
        if line.strip().startswith(("#", "vi:", "lo:")):
            continue
        position = text.splitlines().index(line)
        assert text.splitlines()[position - 1].lstrip().startswith("#") or key in ("vi", "lo")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_filled_in_it_is_a_sound_entry(kind: str) -> None:
    source = parse_source(skeleton(kind, words("vi")), "x.yaml")
    values = filled(source.values, shape_of(kind))
    entry, problems = validate_entry(type(source)("x.yaml", "", values), kind)
    assert problems == []
    assert entry is not None


def test_command_makes_the_file_once(handbook: Handbook) -> None:
    assert handbook("new", "gate", "cha-lo", "--lang", "lo").exit_code == 0
    text = Path("data/gates/cha-lo.yaml").read_text(encoding="utf-8")
    assert "ດ່ານ" in text
    assert handbook("fmt", "--check", "data/gates/cha-lo.yaml").exit_code == 0
    assert handbook("new", "gates", "cha-lo").exit_code == 1
    assert Path("data/gates/cha-lo.yaml").read_text(encoding="utf-8") == text


def test_an_empty_key_is_reported_at_its_own_place(handbook: Handbook) -> None:
    handbook("new", "gate", "cha-lo", "--lang", "en")
    lines = Path("data/gates/cha-lo.yaml").read_text(encoding="utf-8").splitlines()
    place = lines.index("  vi:") + 1
    assert f"data/gates/cha-lo.yaml:{place}:3: error[missing-language]" in handbook("check").output


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (("gaet", "x"), "gate"),
        (("gate", "Cầu Treo"), "cau-treo"),
        (("gate", "../../etc/x"), ""),
        (("gate", "a/b"), ""),
        (("gate", ".hidden"), ""),
    ],
)
def test_misuse(handbook: Handbook, clone: Path, arguments: tuple[str, str], answer: str) -> None:
    before = sorted(clone.rglob("*.yaml"))
    result = handbook("new", *arguments)
    assert result.exit_code == 2 and answer in result.output
    assert sorted(clone.rglob("*.yaml")) == before

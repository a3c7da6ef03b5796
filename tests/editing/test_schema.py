"""The editors' schemas are the model's, explained in both languages, and every real entry fits them."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import Result
from clone_work import change
from ruamel.yaml import YAML

from generator.editing.example import KIND, annotated, example_text
from generator.editing.field_help import help_table
from generator.editing.fmt import format_text, modeline
from generator.editing.schema import kind_schema, schema_files
from generator.editing.shape import Shape, shape_of
from generator.labels import LANGUAGES
from generator.model.kinds import KINDS
from generator.reading.entries import validate_entry
from generator.reading.source import parse_source

ROOT = Path(__file__).parents[2]
Handbook = Callable[..., Result]


def parts(shape: Shape) -> Iterator[tuple[str, str]]:
    for key, inner in shape.fields.items():
        yield shape.model, key
        yield from parts(inner)
    if shape.item:
        yield from parts(shape.item)


def test_the_committed_schemas_are_those_of_the_model() -> None:
    for path, text in schema_files(ROOT / "data"):
        assert path.read_text(encoding="utf-8") == text, path.name
    assert len(list((ROOT / "data" / "schema").iterdir())) == len(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_real_entries_fit_their_schema(kind: str) -> None:
    validator = jsonschema.Draft7Validator(kind_schema(kind))
    jsonschema.Draft7Validator.check_schema(kind_schema(kind))
    read = YAML(typ="safe", pure=True)
    read.constructor.yaml_constructors["tag:yaml.org,2002:timestamp"] = lambda loader, node: node.value
    files = sorted((ROOT / "data" / kind).glob("*.yaml"))
    for path in files[:60]:
        problems = list(validator.iter_errors(read.load(path.read_text(encoding="utf-8"))))
        assert problems == [], path


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("marker", ["605"]),
        ("hours", [{"side": "both", "opens": "7:00", "closes": "19:30"}]),
        ("marke", "605"),
    ],
)
def test_mistakes_do_not_fit(key: str, value: Any) -> None:
    text = (ROOT / "tests/fixtures/problems/base/gates/lao-bao.yaml").read_text(encoding="utf-8")
    gate = YAML(typ="safe", pure=True).load(text)
    gate["verified"]["on"] = str(gate["verified"]["on"])
    validator = jsonschema.Draft7Validator(kind_schema("gates"))
    assert list(validator.iter_errors(gate)) == []
    gate[key] = value
    assert list(validator.iter_errors(gate))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_key_is_explained_in_both_languages(kind: str) -> None:
    def walk(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for part in [schema, *schema.get("definitions", {}).values()]:
            yield from part.get("properties", {}).values()

    for described in walk(kind_schema(kind)):
        assert re.search("[\u0e80-\u0eff]", described["title"])
        vietnamese, lao = described["description"].split("\n")
        assert not re.search("[\u0e80-\u0eff]", vietnamese) and re.search("[\u0e80-\u0eff]", lao)


def test_help_is_complete_and_none_is_left_over() -> None:
    used = {pair for kind in KINDS for pair in parts(shape_of(kind))}
    table = help_table()
    needed = {f"{model}.{key}" if f"{model}.{key}" in table else key for model, key in used}
    assert needed == set(table)
    for row in table.values():
        assert set(row.title) == set(row.help) == {*LANGUAGES, "en"}


@pytest.mark.parametrize("lang", ["vi", "lo"])
def test_the_annotated_example_is_a_sound_entry_explained_in_one_language(lang: str) -> None:
    text = annotated(lang)
    assert format_text(text, KIND) == text
    assert parse_source(text, "").values == parse_source(example_text(), "").values
    entry, problems = validate_entry(parse_source(text, ""), KIND)
    assert entry is not None and problems == []
    assert "# Tóm tắt: " in text if lang == "vi" else "# ສະຫຼຸບ: " in text


def test_check_tells_and_write_mends(handbook: Handbook) -> None:
    assert handbook("schema", "--check").exit_code == 1
    assert not Path("data/schema").exists()
    assert handbook("schema").exit_code == 0
    assert handbook("schema", "--check").exit_code == 0
    change(
        Path("data/schema/gates.schema.json"),
        ('"additionalProperties": false', '"additionalProperties": true'),
    )
    result = handbook("schema", "--check")
    assert result.exit_code == 1 and "gates.schema.json" in result.output


def test_the_workspace_knows_every_schema() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == {
        f"data/schema/{kind}.schema.json": f"data/{kind}/*.yaml" for kind in settings_order()
    }
    for kind in KINDS:
        schema = modeline(kind).split("$schema=")[1]
        assert (ROOT / "data" / kind / schema).resolve().is_file()


def settings_order() -> list[str]:
    return list(KINDS)

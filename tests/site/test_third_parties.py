"""Everything of others in the site is named, with its licence, in the list, on the page of licences and in the bill of materials."""

import importlib.util
import json
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).parents[2]
PARTS: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "generator/site/third_party.yaml").read_text(encoding="utf-8")
)
# What we make ourselves; everything that is neither this nor in the list must be explained.
OURS = ["*.html", "*.xml", "*.txt", "_headers", "manifest.webmanifest", "sw.js", "api/*", "search/*", "assets/*.css", "assets/page.*.js", "*contribute/media/*.webp",
        "assets/finder.*.js", "assets/images/*", "admin/config.js", "admin/entries.js", "admin/form.css", "admin/form.js", "admin/format.js",
        "admin/manual.js"]  # fmt: skip


def script(name: str) -> Any:
    """A module of scripts/."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def named(path: str) -> bool:
    """Whether a file of the site belongs to a part of the list."""
    return any(
        path in (part["text"], part.get("parts")) or any(fnmatch(path, pattern) for pattern in part["files"])
        for part in PARTS
    )


def test_every_file_of_the_site_is_ours_or_named(site: Path) -> None:
    paths = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    assert [path for path in paths if not named(path) and not any(fnmatch(path, ours) for ours in OURS)] == []
    for part in PARTS:
        assert all(any(fnmatch(path, pattern) for path in paths) for pattern in part["files"]), part["name"]
        assert part["text"] in paths and part.get("parts", part["text"]) in paths


def test_every_file_of_vendors_and_fonts_is_named() -> None:
    """In the source too, where a build is not at hand."""
    sources = {
        "assets/fonts": ROOT / "generator/site/theme/fonts",
        "admin/vendor": ROOT / "generator/editing/admin/vendor",
    }
    for place, folder in sources.items():
        for path in folder.rglob("*"):
            if path.is_file():
                assert named(f"{place}/{path.relative_to(folder).as_posix()}"), path


@pytest.mark.parametrize("language", ["vi", "lo"])
def test_the_page_of_licences_names_every_part(language: str) -> None:
    page = (ROOT / "docs" / language / "about" / "licence.md").read_text(encoding="utf-8")
    for part in PARTS:
        row = next(
            (line for line in page.splitlines() if line.startswith("|") and part["name"] in line), None
        )
        assert row is not None, part["name"]
        for said in (str(part["version"]), part["licence"], part["by"], part["address"], part["text"]):
            assert said in row, (part["name"], said)


def test_the_licences_are_what_their_files_say() -> None:
    words = {
        "MIT": "Permission is hereby granted, free of charge",
        "OFL-1.1": "SIL Open Font License, Version 1.1",
    }
    sbom = script("sbom")
    for part in PARTS:
        (text,) = sbom.files_of(part["text"])
        assert words[part["licence"]] in text.read_text(encoding="utf-8")


def test_the_versions_are_those_of_the_files() -> None:
    from fontTools.ttLib import TTFont

    sbom = script("sbom")
    for part in PARTS:
        files = [path for pattern in part["files"] for path in sbom.files_of(pattern)]
        assert files, part["name"]
        if part["licence"] == "OFL-1.1":
            assert all(f"Version {part['version']}" in TTFont(path)["name"].getDebugName(5) for path in files)
        if part["name"] == "Decap CMS":
            main = next(path for path in files if path.name == "decap-cms.js")
            assert f"decap-cms {part['version']}" in main.read_text(encoding="utf-8")


def test_the_bill_of_materials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every package of the lock with its hashes, every part of the site, in strict CycloneDX."""
    sbom = script("sbom")
    bill = sbom.bill()
    version = SchemaVersion.from_version(bill["specVersion"])
    assert JsonStrictValidator(version).validate_str(json.dumps(bill)) is None
    names = {component["name"] for component in bill["components"]}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert {line.split("==")[0] for line in lock if "==" in line and line[0].isalpha()} <= names
    assert {part["name"] for part in PARTS} <= names
    assert sum("licenses" in component for component in bill["components"]) > 0.95 * len(names)


def test_the_audit_says_what_it_could_not_look_up() -> None:
    verdict = script("audit").verdict
    sound, weak = {"name": "a", "version": "1", "vulns": []}, {"name": "b", "version": "2"}
    weak["vulns"] = [{"id": "X-1", "fix_versions": ["3"]}]  # type: ignore[assignment]
    missed = {"name": "c", "skip_reason": "not found"}
    assert verdict([sound])[0] == 0
    assert verdict([sound, weak])[0] == 1
    code, said = verdict([sound, missed])
    assert code == 2 and any("NOT AUDITED: 1 " in line and "not found" in line for line in said)
    assert verdict([])[0] == 2

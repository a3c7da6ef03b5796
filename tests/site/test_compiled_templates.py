"""Compiled templates are taken from where Python keeps compiled modules, if they are those of this text and program."""

import sys
from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest

from generator.site.compiled_templates import CompiledTemplates

TEXT = "{% if word %}<p>{{ word }}</p>{% endif %}"


@pytest.fixture
def folder(tmp_path: Path, keeps_compiled: Path) -> Path:
    """A folder with a template; Python keeps what it compiles in `compiled` beside it."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.html").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture
def compiles(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of templates that are compiled."""
    names: list[str] = []
    real = jinja2.Environment.compile

    def noted(self: jinja2.Environment, source: str, name: str, filename: str) -> object:
        names.append(name)
        return real(self, source, name, filename)

    monkeypatch.setattr(jinja2.Environment, "compile", noted)
    return names


def said(folder: Path, *, autoescape: bool = True) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=autoescape, bytecode_cache=CompiledTemplates()
    )
    return environment.get_template("page.html").render(word="<b>")


def kept(folder: Path) -> Path:
    (file,) = (folder.parent / "compiled").rglob("*.pyc")
    return file


def test_compiled_once(folder: Path, compiles: list[str]) -> None:
    assert {said(folder) for _ in range(3)} == {"<p>&lt;b&gt;</p>"}
    assert compiles == ["page.html"]


def test_another_text_or_setting_is_compiled_anew(folder: Path, compiles: list[str]) -> None:
    said(folder)
    assert said(folder, autoescape=False) == "<p><b></p>"
    assert said(folder) == "<p>&lt;b&gt;</p>"
    (folder / "page.html").write_text(f"{TEXT}!", encoding="utf-8")
    assert said(folder) == "<p>&lt;b&gt;</p>!"
    assert len(compiles) == 4


def cut_off(content: bytes) -> bytes:
    return content[:-7]


def another_byte(content: bytes) -> bytes:
    return content[:-7] + bytes([content[-7] ^ 1]) + content[-6:]


def nothing(content: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [cut_off, another_byte, nothing])
def test_what_is_not_whole_is_compiled_anew(
    damage: Callable[[bytes], bytes], folder: Path, compiles: list[str]
) -> None:
    whole = said(folder)
    content = kept(folder).read_bytes()
    kept(folder).write_bytes(damage(content))
    assert said(folder) == whole
    assert len(compiles) == 2 and kept(folder).read_bytes() == content


def test_nothing_is_kept_where_python_keeps_nothing(
    folder: Path, compiles: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert said(folder) == said(folder)
    assert len(compiles) == 2 and not (folder.parent / "compiled").exists()


def test_a_place_that_cannot_be_written_costs_time_only(
    folder: Path, compiles: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder.parent / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(sys, "pycache_prefix", str(folder.parent / "file"))
    assert said(folder) == said(folder)
    assert len(compiles) == 2

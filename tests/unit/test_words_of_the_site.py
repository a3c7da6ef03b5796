"""The words of the site: complete in both languages, each in its own script."""

import json
import re
from pathlib import Path

import pytest

from generator.labels import LANGUAGES, labels

REPOSITORY = Path(__file__).parents[2]


def test_label_tables_have_the_same_keys_in_the_same_order() -> None:
    assert list(labels("vi")) == list(labels("lo"))
    for key, text in labels("vi").items():
        names = set(re.findall(r"\{(\w*)\}", text))
        assert names == set(re.findall(r"\{(\w*)\}", labels("lo")[key])), key
        assert text and labels("lo")[key]


def test_lao_words_are_lao() -> None:
    for key, text in labels("lo").items():
        assert key == "lang.vi" or not re.search("[À-ɏḀ-ỹ]", text), key
        assert not re.search("[\u0e00-\u0e7f\u200b]", text), key
    assert not [
        key for key, text in labels("vi").items() if key != "lang.lo" and re.search("[\u0e80-\u0eff]", text)
    ]


def theme_words(path: Path) -> dict[str, str]:
    """The table inside a language partial, as Jinja reads it."""
    table = re.search(r"\{\{ (\{.*\})\[key\] \}\}", path.read_text(encoding="utf-8"), re.DOTALL)
    assert table is not None
    return dict(json.loads(table.group(1)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_theme_words_are_complete(language: str) -> None:
    import material

    shipped = Path(material.__file__).parent / "templates/partials/languages/en.html"
    ours = REPOSITORY / f"generator/site/theme/partials/languages/{language}.html"
    english, words = theme_words(shipped), theme_words(ours)
    assert set(words) == set(english)
    assert words["language"] == language
    assert all(words.values())

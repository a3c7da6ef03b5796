"""One whole build on one core, stage by stage, for `scale.py`: prints a JSON object of stages with processor seconds.

With more cores stages run beside each other, and no clock tells them apart. With `--bundle` it only makes a bundle of the output in OUT.

    python benchmarks/scale_stages.py DATA OUT [--bundle] [--mkdocs FOLDER]

`--mkdocs` writes the generated and written pages with stock settings of MkDocs into FOLDER before, for a bare build of them.
"""

import argparse
import json
import os
import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator import indexes
from generator.build import BuildPlan, build_handbook
from generator.offline.bundle import BundlePlan, bundle_of
from generator.reading.handbook import Handbook
from generator.rules import require_sound_handbook
from generator.site.docs_folder import write_pages
from generator.site.pages import plan_pages

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 21)
# What MkDocs takes as it stands: the theme with its own look, both languages, its own search. The navigation is the short
# one of the handbook: with one entry a page, each page would repeat them all.
STOCK = {
    "site_name": "Thương mại biên giới Việt Nam – Lào",
    "site_url": "https://handbook.example/",
    "use_directory_urls": False,
    "theme": {"name": "material", "language": "vi", "font": False, "custom_dir": "words"},
    "nav": ["index.md"],
    "not_in_nav": "*",
    "validation": {"links": {"not_found": "ignore", "unrecognized_links": "ignore", "anchors": "ignore"}},
    "plugins": [
        "search",
        {
            "i18n": {
                "docs_structure": "folder",
                "fallback_to_default": False,
                "reconfigure_material": True,
                "reconfigure_search": False,
                "languages": [
                    {"locale": "vi", "default": True, "name": "Tiếng Việt"},
                    {"locale": "lo", "name": "ພາສາລາວ"},
                ],
            }
        },
    ],
    "markdown_extensions": ["admonition", "attr_list", "def_list", "tables"],
}


class Laps:
    """Processor seconds of the steps of a run."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self.name = ""
        self._began = time.process_time()

    def begin(self, name: str) -> None:
        now = time.process_time()
        if self.name:
            self.stages[self.name] = self.stages.get(self.name, 0.0) + now - self._began
        self.name, self._began = name, now

    def within(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work as a step of its own within another."""

        def lap(*arguments: Any, **more: Any) -> Any:
            around = self.name
            self.begin(name)
            try:
                return work(*arguments, **more)
            finally:
                self.begin(around)

        return lap


def write_stock(handbook: Handbook, folder: Path) -> int:
    """The same pages for a bare MkDocs: our Markdown and HTML files, none of our hook, theme and settings."""
    docs = folder / "docs"
    shutil.copytree(ROOT / "docs", docs)
    write_pages(plan_pages(handbook, TODAY), docs)
    # The theme has no Lao words of its own and would refuse to build.
    words = folder / "words/partials/languages"
    words.mkdir(parents=True)
    shutil.copyfile(ROOT / "generator/site/theme/partials/languages/lo.html", words / "lo.html")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(STOCK, allow_unicode=True), encoding="utf-8")
    return sum(1 for _ in docs.rglob("*.md"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--bundle", action="store_true")
    parser.add_argument("--mkdocs", type=Path)
    asked = parser.parse_args()
    pages = 0
    if asked.mkdocs:
        pages = write_stock(require_sound_handbook(asked.data, TODAY), asked.mkdocs)
    laps = Laps()
    if asked.bundle:
        laps.begin("bundle")
        bundle_of(BundlePlan(ROOT, asked.out / "site", asked.out / "index", None))
        laps.begin("end")
        print(json.dumps({"stages": laps.stages}))
        return
    plan = BuildPlan(ROOT, asked.data.resolve(), asked.out / "site", asked.out / "index", TODAY)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    for name, stage in (("build_index", "index"), ("export_browser_index", "browser-index")):
        setattr(indexes, name, laps.within(stage, getattr(indexes, name)))
    # The indexes are said when all is done; what stands in the way of the swap belongs to it.
    names = dict.fromkeys(("site", "take-over", "index", "browser-index"), "pages")
    names |= {"exchange site": "swap", "exchange index": "swap"}
    build_handbook(plan, lambda stage: laps.begin(names.get(stage, stage)))
    laps.begin("end")
    print(json.dumps({"pages": pages, "stages": laps.stages}))


if __name__ == "__main__":
    main()

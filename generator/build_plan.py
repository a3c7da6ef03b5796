"""What a build reads and where it puts what it makes."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.swap import workshop


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """Where things are and go. `root` holds mkdocs.yml and docs/."""

    root: Path
    data_dir: Path
    site_dir: Path
    index_dir: Path
    as_of: date

    @property
    def docs_dir(self) -> Path:
        """The pages people write."""
        return self.root / "docs"

    @property
    def ledger(self) -> Path:
        """What the site was made from; beside it, for the next build."""
        return workshop(self.site_dir) / f"{self.site_dir.name}.ledger.json"

    @property
    def parsed(self) -> Path:
        """What files of the data said, for the next build."""
        return workshop(self.site_dir) / f"{self.site_dir.name}.parsed"

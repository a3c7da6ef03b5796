"""The hostile site, built once."""

import pytest
from hostile_site import HostileSource, built_site, handbook_of

from generator.build import BuildPlan
from generator.reading.handbook import Handbook


@pytest.fixture(scope="session")
def source() -> HostileSource:
    """The texts of the hostile site by their marks; filled when the handbook is made."""
    return HostileSource(0)


@pytest.fixture(scope="session")
def hostile(source: HostileSource) -> Handbook:
    """A handbook of hostile texts."""
    return handbook_of(source)


@pytest.fixture(scope="session")
def plan(hostile: Handbook, tmp_path_factory: pytest.TempPathFactory) -> BuildPlan:
    """Its site and index."""
    return built_site(tmp_path_factory.mktemp("hostile"), hostile)

"""The small handbook, built once; its offline copies are made from it."""

import pytest
from small_handbook import AS_OF, FIXTURE, build, workplace

from generator.build import BuildPlan
from generator.reading.handbook import Handbook
from generator.rules import require_sound_handbook


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildPlan:
    """The small handbook as site and index. Read-only: tests that change it copy it."""
    return build(workplace(tmp_path_factory.mktemp("handbook")))


@pytest.fixture(scope="session")
def handbook() -> Handbook:
    """The small handbook as a model."""
    return require_sound_handbook(FIXTURE, AS_OF)

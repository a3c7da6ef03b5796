"""The small handbook, built once; its offline copies are made from it. Smaller copies made by hand, signed."""

from pathlib import Path

import pytest
from copies_for_tests import NEW, NEXT, OLD, as_copy, put, seal, signer, texts
from small_handbook import AS_OF, FIXTURE, build, workplace

from generator.build import BuildPlan
from generator.offline.delta import make_delta
from generator.offline.signing import Signer
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


@pytest.fixture
def key() -> Signer | None:
    """Who signs the small copies made by hand; a module that wants them unsigned overrides it."""
    return signer(1)


@pytest.fixture
def old(key: Signer | None) -> dict[str, bytes]:
    return seal(texts(OLD), OLD, key)


@pytest.fixture
def new(key: Signer | None) -> dict[str, bytes]:
    return seal(texts(NEW, **NEXT), NEW, key)


@pytest.fixture
def copy(old: dict[str, bytes], tmp_path: Path) -> Path:
    """The old copy, in a folder."""
    return put(old, tmp_path / "copy")


@pytest.fixture
def update(old: dict[str, bytes], new: dict[str, bytes], key: Signer | None, tmp_path: Path) -> Path:
    """What leads from the old copy to the new one."""
    path = tmp_path / "update.zip"
    path.write_bytes(make_delta(as_copy(old), as_copy(new), key)[0])
    return path

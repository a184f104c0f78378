"""The grounds that tests stand on: a PostgreSQL and an S3 for each test process, started when a test needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ground.grounds import Embedded, Ground, Served, standing_on
from tests.ground.objects import ObjectServer
from tests.ground.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUNDS = ("embedded", "served")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with Cluster() as made:
        yield made


@pytest.fixture(scope="session")
def objects() -> Iterator[ObjectServer]:
    with ObjectServer() as made:
        yield made


@pytest.fixture(scope="session")
def served_ground(cluster: Cluster, objects: ObjectServer) -> Served:
    return Served(cluster, objects)


@pytest.fixture(scope="module")
def ground(request: pytest.FixtureRequest) -> Iterator[Ground]:
    """The ground that a test stands on; every folder that it asks for has a database and a store of its own."""
    made = request.getfixturevalue("served_ground") if request.param == "served" else Embedded()
    with standing_on(made):
        yield made


@pytest.fixture
def on_ground(ground: Ground) -> Iterator[None]:
    with ground.for_a_while():
        yield


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what stands on a ground on both, or on the one that `@pytest.mark.only(ground, reason=...)` names."""
    if "ground" in metafunc.fixturenames:
        alone = metafunc.definition.get_closest_marker("only")
        metafunc.parametrize("ground", alone.args if alone else GROUNDS, indirect=True, scope="module")

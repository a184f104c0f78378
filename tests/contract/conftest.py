"""The local engine with its real weights, on a real workbench: small, and ended after each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.imaging.workbench import Places, Workbench
from backend.providers.local import LocalProvider
from tests.unit.local import weights

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def workbench() -> AsyncIterator[Workbench]:
    bench = Workbench(places=Places(workers=1))
    yield bench
    await bench.aclose()


@pytest.fixture
def provider(workbench: Workbench) -> LocalProvider:
    return LocalProvider(workbench=workbench, models_dir=weights.real("u2netp").parent)

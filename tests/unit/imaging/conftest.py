import pytest

from backend.imaging.workbench import Workbench


@pytest.fixture
async def workbench():
    bench = Workbench(idle_s=5)
    yield bench
    await bench.aclose()

"""Every test of this suite holds on both grounds."""

import pytest


@pytest.fixture(autouse=True)
def _both_grounds(on_ground):
    """Stand on each ground in turn."""

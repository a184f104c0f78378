"""A sample of what `python -m bench.exports_exact` does with every format and kind of picture."""

import pytest

from bench.delta_e import between
from bench.exact_sources import sources
from bench.exports_exact import asked, faults
from tests.unit.export.conftest import scene

SOURCES = sources(scene(160, 120))


@pytest.mark.parametrize("turn", range(0, len(SOURCES), 5))
def test_exports_are_exact(turn):
    small = [each for each in asked(turn, 24) if each.target.size.pixels < 400_000][:4]
    assert list(faults(SOURCES[turn], small)) == []


def test_every_kind_of_picture_is_among_the_sources():
    assert len(SOURCES) >= 40
    assert len({source.name for source in SOURCES}) == len(SOURCES)


def test_every_format_is_asked_for():
    assert len(asked(0)) == 93
    assert {each.target.mode for each in asked(0)} == {"smart", "center", "fit"}


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (61, -5, 29), 22.8977),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_differences_of_colour_are_the_published_ones(one, other, apart):
    import numpy as np

    assert between(np.array(one, float), np.array(other, float)) == pytest.approx(apart, abs=1e-4)

"""Steady mixed traffic: every request is answered as it should be, every job is done, every listener hears of it."""

from __future__ import annotations

from bench.load import is_sound, run
from bench.traffic import Pace


def test_mixed_traffic_meets_no_error(ground, tmp_path):
    found = run(tmp_path, minutes=0.05, pace=Pace(connections=8, every_s=0.5, creates=0.2), ground=ground.name)
    assert is_sound(found), found
    assert found["jobs"] > 0

"""A studio that is killed loses nothing, pays nothing twice and leaves nothing behind."""

from __future__ import annotations

from bench.kill9 import is_sound, run


def test_a_studio_killed_four_times_finishes_every_job_once(ground, tmp_path):
    found = run(kills=4, seed=3, folder=tmp_path, ground=ground.name)
    assert is_sound(found), found
    assert found["jobs"] > 4

"""A single colour lies where arrays of pixels say it does."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from backend.imaging import oklab
from backend.imaging.shade import shade_of


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_a_colour_lies_where_pixels_of_it_do(rgb):
    shade = shade_of("#" + bytes(rgb).hex())
    light = oklab.linear(np.array([[rgb]], np.uint8))
    assert np.allclose(shade, 1000 * oklab.lab(light).reshape(3), atol=1)

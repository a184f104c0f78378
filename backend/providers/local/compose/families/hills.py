"""Ground for pictures with a horizon: soft flat hills along the lower edge."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from backend.providers.local.compose import svg
from backend.providers.local.compose.fields import wander
from backend.providers.local.compose.stream import between

if TYPE_CHECKING:
    from backend.providers.local.compose.scene import Scene


def hill(scene: Scene, base: float, height: float, tempo: float = 0.8) -> str:
    """Return a hill's outline from `base` up to about `height` above it, down to the lower edge, as path data."""
    sheet = scene.sheet
    roll, shift = wander(scene.rng, octaves=1), between(scene.rng, 0, 9)
    step = sheet.s * 0.06
    count = math.ceil(sheet.w / step) + 3
    points = [((i - 1) * step, base - height * roll((i - 1) * 0.06 * tempo + shift)) for i in range(count)]
    return f"{svg.smooth(points)}V{svg.num(sheet.h + 9)}H{svg.num(points[0][0])}Z"

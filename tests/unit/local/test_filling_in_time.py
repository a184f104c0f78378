"""Large holes get the time that they take on a machine with more to do."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from backend.imaging.codec import encode
from backend.providers.local.fill import ERASE, OUTPAINT, ROOM
from backend.providers.local.rooms import Means, Work
from backend.schemas.specs import EraseSpec, OutpaintSpec

ASSET = "0" * 32


class Clock:
    """A workbench that does nothing and remembers what time each piece of work was given."""

    def __init__(self) -> None:
        self.given: list[float | None] = []

    async def run(self, function, *args, timeout_s=None, **_more) -> bytes:
        self.given.append(timeout_s)
        return b""


def flat(width: int, height: int) -> bytes:
    return encode(np.full((height, width, 3), 200, np.uint8), "png")


@pytest.mark.parametrize("operation", ["erase", "outpaint"])
async def test_more_pixels_get_more_time(operation, tmp_path):
    clock = Clock()
    means = Means(workbench=SimpleNamespace(run=clock.run), models_dir=tmp_path)
    image, mask = flat(40, 30), flat(40, 30)
    works = {
        "erase": [
            Work(
                offer=ERASE, spec=EraseSpec(image=ASSET, mask=ASSET), images={"image": flat(4 * n, 3 * n), "mask": mask}
            )
            for n in (10, 400)
        ],
        "outpaint": [
            Work(offer=OUTPAINT, spec=OutpaintSpec(image=ASSET, left=n), images={"image": image}) for n in (1, 2000)
        ],
    }

    for work in works[operation]:
        await ROOM.make(means, work)

    _, little, _, much = clock.given
    assert little >= 60
    assert much > little

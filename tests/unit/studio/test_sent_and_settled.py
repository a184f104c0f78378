"""What engines of vendors are sent fits them, and what they bring has the size and the format that were promised."""

from __future__ import annotations

import numpy as np
import pytest

from backend.errors import ProviderMisbehaved
from backend.imaging import codec
from backend.imaging.sniff import sniff
from backend.imaging.types import Size
from backend.jobs.work import Ready
from backend.providers.base import Offer, Produced
from backend.schemas.specs import SPEC
from backend.services.image_studio.edit_promise import EditPromise
from tests.fakes.library import PlainWorkbench

NOISE = codec.encode(np.random.default_rng(7).integers(0, 256, (120, 160, 3), np.uint8), "png")
MASK = codec.encode(np.zeros((120, 160), np.uint8), "png")


class Workbench(PlainWorkbench):
    """Runs in the same process."""

    async def run(self, function, *args):
        return function(*args)


@pytest.fixture
def promise():
    return EditPromise(Workbench())


def offer(**limits):
    row = {"provider": "vendor", "model": "m", "operation": "erase", "label": "M", "price_key": "m", "source": "s"}
    return Offer(**row, **limits)


def picture(width, height, channels=3):
    return codec.encode(np.full((height, width, channels), 128, np.uint8), "png")


async def test_a_heavy_request_is_sent_lighter_and_its_mask_as_it_is(promise):
    images = {"image": NOISE, "mask": MASK}
    sent = await promise.fitted(offer(max_input_bytes=30_000), images)
    assert sum(map(len, sent.values())) <= 30_000 < len(NOISE)
    assert sent["mask"] is MASK
    assert sniff(sent["image"]).size == Size(160, 120)


async def test_what_fits_and_what_stays_here_is_sent_as_it_is(promise):
    images = {"image": NOISE}
    for row in (offer(max_input_bytes=len(NOISE), max_input_pixels=19_200), offer(), offer(local=True)):
        assert (await promise.fitted(row, images))["image"] is NOISE


async def test_a_reference_that_is_too_large_is_made_smaller(promise):
    sent = await promise.fitted(offer(max_input_pixels=4_800), {"image": picture(60, 40), "style_image": NOISE})
    assert sniff(sent["style_image"]).size == Size(80, 60)
    assert sniff(sent["image"]).size == Size(60, 40)


@pytest.mark.parametrize("encoding", ["png", "jpg", "webp"])
@pytest.mark.parametrize(
    ("fields", "made", "promised"),
    [
        ({"operation": "relight", "image": "a", "prompt": "dusk"}, (320, 240), (160, 120)),
        ({"operation": "sketch", "control_image": "a", "prompt": "a fox"}, (200, 200), (160, 120)),
        (
            {"operation": "style", "control_image": "a", "prompt": "a fox", "width": 200, "height": 90},
            (96, 64),
            (200, 90),
        ),
        ({"operation": "style_transfer", "control_image": "a", "style_image": "b"}, (160, 120), (160, 120)),
    ],
)
async def test_what_a_vendor_makes_is_brought_to_the_size_and_the_format(promise, fields, made, promised, encoding):
    spec = SPEC.validate_python({**fields, "output_format": encoding})
    ready = Ready(spec=spec, images=dict.fromkeys(spec.inputs(), NOISE))
    done = await promise.settled(spec, ready, Produced(data=picture(*made)), local=False)
    seen = sniff(done.data)
    assert (seen.size, seen.format) == (Size(*promised), {"jpg": "jpeg"}.get(encoding, encoding))
    assert done.facts.get("made_at") == (None if made == promised else str(Size(*made)))


async def test_a_cut_out_keeps_its_transparency_and_must_keep_its_shape(promise):
    spec = SPEC.validate_python({"operation": "remove_background", "image": "a", "output_format": "webp"})
    ready = Ready(spec=spec, images={"image": NOISE})
    done = await promise.settled(spec, ready, Produced(data=picture(80, 60, 4)), local=False)
    assert codec.decode(done.data).pixels.shape == (120, 160, 4)
    with pytest.raises(ProviderMisbehaved, match="should have the shape"):
        await promise.settled(spec, ready, Produced(data=picture(90, 20, 4)), local=False)

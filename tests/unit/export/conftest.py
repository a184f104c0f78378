import io

import numpy as np
import pytest
from PIL import Image

from backend.errors import StudioError
from backend.imaging.codec import encode
from backend.imaging.export.pipeline import exports


def scene(width=640, height=480):
    """Soft hills of colour with a sharp bright disc right of the middle: something for every part to hold on to."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    waves = [
        120 + 60 * np.sin(x / 37 + 1) * np.cos(y / 29),
        110 + 50 * np.sin((x + y) / 53),
        130 + 70 * np.cos(x / 61 - y / 43),
    ]
    pixels = np.stack(waves, -1)
    disc = (x - width * 0.7) ** 2 + (y - height * 0.45) ** 2 < (min(width, height) * 0.14) ** 2
    pixels[disc] = (250, 220, 40)
    return np.clip(pixels, 0, 255).astype(np.uint8)


def bordered(width, height, deep=12):
    """Blue, with a border of four colours: what is whole shows all of them."""
    pixels = np.full((height, width, 3), (40, 60, 200), np.uint8)
    pixels[:deep], pixels[-deep:] = (255, 0, 0), (0, 200, 0)
    pixels[:, :deep], pixels[:, -deep:] = (255, 255, 0), (255, 0, 255)
    return pixels


def jpeg(pixels, **options):
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", **({"quality": 95, "subsampling": "4:2:0"} | options))
    return file.getvalue()


def png(pixels):
    return encode(pixels, "png")


def shown(export):
    """The file's pixels, as another library reads it."""
    with Image.open(io.BytesIO(export.data)) as image:
        return np.asarray(image.convert("RGBA" if image.has_transparency_data else "RGB"))


@pytest.fixture
def run():
    """All outcomes by index."""

    def run(source, *targets, faces=None, threads=2):
        found = {}
        exports(source, targets, faces=faces, hand=found.__setitem__, threads=threads)
        return [found[index] for index in range(len(targets))]

    return run


@pytest.fixture
def made(run):
    """All outcomes, none of them an error."""

    def made(source, *targets, **options):
        found = run(source, *targets, **options)
        for outcome in found:
            if isinstance(outcome, StudioError):
                raise outcome
        return found

    return made

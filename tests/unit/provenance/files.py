"""Small pictures in every format that is marked, and what they are signed with."""

import io
from datetime import UTC, datetime

import numpy as np
from PIL import Image

from backend.imaging.provenance.types import Anchors, Ingredient, Statement
from backend.utils.credentials import SelfMade

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECRET = "a secret that nobody else has and nobody guesses"
SIGNING = SelfMade((SECRET,), lambda: NOW)
NOBODY = Anchors()
KINDS = {
    "jpeg": ("JPEG", {}),
    "png": ("PNG", {}),
    "webp": ("WEBP", {}),
    "lossless webp": ("WEBP", {"lossless": True}),
    "gif": ("GIF", {}),
    "avif": ("AVIF", {}),
}


def pixels(*, clear: bool = False, size=(60, 40)) -> Image.Image:
    across, down = np.meshgrid(np.arange(size[0]), np.arange(size[1]))
    planes = [across * 4, down * 6, (across + down) * 2, (across * 3 + down) % 256]
    picture = np.stack(planes[: 4 if clear else 3], -1).astype(np.uint8)
    return Image.fromarray(picture)


def file_of(kind: str, *, clear: bool = False, size=(60, 40)) -> tuple[bytes, str]:
    """Return a file and its type."""
    form, how = KINDS[kind]
    out = io.BytesIO()
    pixels(clear=clear, size=size).save(out, form, **how)
    return out.getvalue(), f"image/{form.lower()}"


def decoded(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))


def statement(**said) -> Statement:
    known = {
        "title": "create",
        "operation": "create",
        "actions": ("c2pa.created",),
        "source_type": "algorithmicMedia",
        "engine": "local",
        "model": "compose",
        "version": "1.2.3",
        "prompt": "a fox in the snow",
        "seed": 7,
    }
    return Statement(**{**known, **said})


LARGEST = statement(
    operation="relight",
    title="relight",
    actions=("c2pa.edited", "c2pa.resized", "c2pa.enhanced"),
    source_type="compositeWithTrainedAlgorithmicMedia",
    engine="huggingface",
    model="somebody/a-model-with-a-name-that-does-not-end-v1.0",
    version="10.20.30.dev4",
    prompt='狐 & "fox" <b>' * 900,
    seed=2**32 - 2,
    ingredients=tuple(
        Ingredient(title="a background image", mime="image/jpeg", digest="a" * 64, relation=relation)
        for relation in ("parentOf", "componentOf", "inputTo")
    ),
)
"""The most that is said of a picture."""

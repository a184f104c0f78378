"""Three small pictures that must keep their looks.

Written anew, after a change that was meant, by `python tests/unit/compose/test_golden.py`.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from backend.providers.local.compose import Brief, compose

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parents[2] / "golden" / "compose"
BRIEFS = {
    "bauhaus": Brief(prompt='"Back to school"', width=120, height=150, seed=3, style="bauhaus"),
    "paper": Brief(prompt='sea "Take the slow boat" "From 39 €"', width=160, height=160, seed=0, style="paper"),
    "swiss": Brief(prompt='red "Form follows feeling"', width=240, height=80, seed=2, style="swiss"),
}


def pixels(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), dtype=np.float32)


@pytest.mark.parametrize("name", BRIEFS)
def test_the_picture_looks_as_it_did(name: str) -> None:
    made, kept = pixels(compose(BRIEFS[name]).png), pixels((FOLDER / f"{name}.png").read_bytes())

    assert made.shape == kept.shape
    assert float(np.abs(made - kept).mean()) < 1.5


if __name__ == "__main__":
    for name, brief in BRIEFS.items():
        (FOLDER / f"{name}.png").write_bytes(compose(brief).png)

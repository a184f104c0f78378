"""The real weights, where set-up puts them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from backend.providers.local import models


def real(name: str) -> Path:
    """Return the path of the weights; a test that needs them fails without them, and says what to run."""
    folder = Path(os.environ.get("IMAGE_STUDIO_MODELS_DIR") or models.default_folder())
    if not models.is_installed(name, folder):
        pytest.fail(f"The weights of {name} are not in {folder}. Run `make setup`, or `image-studio models pull`.")
    return models.path_of(name, folder)

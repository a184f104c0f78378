"""Weights for tests: a small stand-in package for pulling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.providers.local import models
from tests.unit.local.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    shelf = Shelf(tmp_path / "shelf")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf.folder))
    monkeypatch.setattr(models, "WEIGHTS", {"little": shelf.row()})
    return shelf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"

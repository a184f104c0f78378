"""The same weights in the reference pipeline, rembg, run by its own code in a virtual environment of its own."""

from __future__ import annotations

import os
import subprocess
import venv
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

RELEASE = "rembg[cpu]==2.0.86"

# It looks for its weights by name in U2NET_HOME and checks their hash, so that it takes ours without any download.
SCRIPT = """
import sys, time
from pathlib import Path
from PIL import Image
from rembg import new_session, remove

session = new_session("u2netp")
for path in sorted(Path(sys.argv[1]).glob("*.png")):
    began = time.process_time()
    cut = remove(Image.open(path), session=session)
    took = time.process_time() - began
    cut.save(Path(sys.argv[2]) / path.name)
    print(path.stem, took, flush=True)
"""


def run(pictures: Path, folder: Path, weights: Path) -> dict[str, tuple[NDArray[np.uint8], float]]:
    """Return for each PNG of `pictures`, by stem, its RGBA cut-out and the CPU seconds that it took."""
    python = _environment(folder / "reference")
    cuts = folder / "reference-cuts"
    cuts.mkdir(exist_ok=True)
    command = [str(python), "-c", SCRIPT, str(pictures), str(cuts)]
    surroundings = os.environ | {"U2NET_HOME": str(weights.parent), "OMP_NUM_THREADS": "2"}
    told = subprocess.run(command, env=surroundings, check=True, capture_output=True, text=True).stdout
    times = {name: float(took) for name, took in (line.split() for line in told.splitlines())}
    return {name: (np.asarray(Image.open(cuts / f"{name}.png").convert("RGBA")), took) for name, took in times.items()}


def _environment(folder: Path) -> Path:
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    mark = folder / "ready"
    if not mark.exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", RELEASE], check=True)
        mark.touch()
    return python

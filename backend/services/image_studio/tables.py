"""Facts as files: reads the tables of the data folder, each into the mapping that it holds."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import yaml

_DATA = Path(__file__).parents[2] / "data"


def read_table(name: str) -> dict[str, object]:
    """Return the top level of `data/NAME.yaml`; whoever asks validates what is in it."""
    text = (_DATA / f"{name}.yaml").read_text("utf-8")
    content: object = yaml.load(text, Loader=yaml.CSafeLoader)  # safe_load, ten times as fast
    if not isinstance(content, dict):
        raise TypeError(f"data/{name}.yaml holds no mapping")
    return cast("dict[str, object]", content)  # the tables' keys are words

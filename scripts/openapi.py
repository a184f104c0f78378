"""Writes the description of the API: `python -m scripts.openapi FILE`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from backend.app import create_app


def description() -> str:
    """Return the OpenAPI document of the server, as the frontend's types are made from it."""
    return json.dumps(create_app().openapi(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> None:
    """Write the document to the file that the command names."""
    Path(sys.argv[1]).write_text(description(), encoding="utf-8")


if __name__ == "__main__":
    main()

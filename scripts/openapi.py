"""Writes the description of the API: `python -m scripts.openapi FILE`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from backend.app import create_app


def main() -> None:
    """Write the OpenAPI document of the server to the file that the command names."""
    document = create_app().openapi()
    Path(sys.argv[1]).write_text(json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()

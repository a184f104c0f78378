"""The reference of the command line, as typer tells it of the commands themselves."""

from __future__ import annotations

import os
import subprocess
import sys

from scripts.lint.source import ROOT

MADE = "<!-- Made by `make docs` from backend/cli. Change the command, not this page. -->"
HEADING = "# Command line\n"


def page() -> str:
    """Return the reference page: every command with its arguments and options."""
    telling = ["typer", "backend.cli", "utils", "docs", "--name", "image-studio", "--title"]
    told = subprocess.run(
        [sys.executable, "-m", *telling, HEADING.strip("# \n")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    plain = told.replace("&#x27;", "'").replace("&quot;", '"')
    return plain.replace(HEADING, f"{HEADING}\n{MADE}\n", 1).rstrip() + "\n"

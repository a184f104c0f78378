"""Run every lint over the project: one line for each finding, exit status 1 if there are any."""

from __future__ import annotations

import sys

from scripts.lint import shape, words
from scripts.lint.source import project_files

RULES = (
    shape.long_files,
    shape.long_functions,
    shape.broad_catches,
    shape.forwarding_methods,
    words.engine_names,
    words.left_overs,
    words.places,
    words.silencers,
)


def main() -> int:
    """Print what was found and return the exit status."""
    sources = project_files()
    findings = sorted({str(finding) for rule in RULES for finding in rule(sources)})
    print("\n".join(findings) or f"lints: ok ({len(sources)} files)")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())

"""What is built from: a clean copy of a commit's tree, without what .dockerignore leaves out."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def export(repository: Path, tree: str, into: Path) -> None:
    """Write the files of a tree that go into the build to a folder."""
    packed = subprocess.run(["git", "archive", tree], cwd=repository, check=True, stdout=subprocess.PIPE).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        rules = _rules(archive)
        members = [one for one in archive.getmembers() if one.isfile() and not is_ignored(one.name, rules)]
        archive.extractall(into, members, filter="data")


def is_ignored(path: str, rules: Sequence[str]) -> bool:
    """Return whether a .dockerignore leaves a file out: the last rule that fits it, or a folder above it, decides."""
    ignored = False
    for rule in rules:
        if _pattern(rule.removeprefix("!")).match(path):
            ignored = not rule.startswith("!")
    return ignored


def read_rules(text: str) -> list[str]:
    """Return the rules of a .dockerignore."""
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _rules(archive: tarfile.TarFile) -> list[str]:
    try:
        file = archive.extractfile(".dockerignore")
    except KeyError:
        return []
    return read_rules(file.read().decode()) if file else []


def _pattern(rule: str) -> re.Pattern[str]:
    """Return what a rule means: `*` within a name, `**` across folders, and all that lies below what fits."""
    parts = {"**/": r"(?:.*/)?", "**": r".*", "*": r"[^/]*", "?": r"[^/]"}
    text = "".join(parts.get(part, re.escape(part)) for part in re.split(r"(\*\*/|\*\*|\*|\?)", rule.strip("/")))
    return re.compile(text + r"(?:/.*)?\Z")

"""What the lints read and what they say: source files and findings."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = frozenset(
    {
        "cfg",
        "css",
        "html",
        "ini",
        "js",
        "json",
        "lock",
        "md",
        "mjs",
        "mk",
        "py",
        "sh",
        "sql",
        "toml",
        "ts",
        "tsx",
        "txt",
        "yaml",
        "yml",
        "Dockerfile",
        "Makefile",
        "NOTICE",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend, and where: `line` counts from 1."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, kw_only=True)
class Source:
    """A text file of the project: `path` is relative to the root, with forward slashes."""

    path: str
    text: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Return its lines, without line ends."""
        return tuple(self.text.splitlines())

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Return every node of its syntax tree; none unless it is Python."""
        return tuple(ast.walk(ast.parse(self.text))) if self.path.endswith(".py") else ()

    def under(self, *folders: str) -> bool:
        """Tell whether it lies in one of the folders, or is one of the files, named."""
        return any(self.path == folder or self.path.startswith(folder.rstrip("/") + "/") for folder in folders)

    def finding(self, line: int, message: str) -> Finding:
        """Return a finding in this file."""
        return Finding(path=self.path, line=line, message=message)


def project_files(root: Path = ROOT) -> tuple[Source, ...]:
    """Return every text file that is tracked, or would be by the next commit."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=root, capture_output=True, check=True, text=True).stdout.split("\0")
    paths = (root / name for name in sorted(set(names)) if name)
    return tuple(
        Source(path=path.relative_to(root).as_posix(), text=path.read_text(encoding="utf-8"))
        for path in paths
        if (path.suffix.lstrip(".") or path.name) in TEXT and path.is_file()
    )

"""What a compose file says, with its variables filled in as Compose does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

DEPLOY = Path(__file__).parents[2] / "deploy"
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


class Unset(LookupError):
    """A variable that the file wants is missing."""


def services(name: str, variables: Mapping[str, str]) -> dict[str, Any]:
    """Return the services of one of deploy's compose files."""
    text = (DEPLOY / name).read_text()
    return yaml.safe_load(VARIABLE.sub(lambda found: _value(found, variables), text))["services"]


def _value(found: re.Match[str], variables: Mapping[str, str]) -> str:
    value = variables.get(found[1], "")
    if value or found[2] is None:
        return value
    if found[2] == "?":
        raise Unset(f"{found[1]}: {found[3]}")
    return found[3]


def example() -> dict[str, str]:
    """Return the variables of .env.example."""
    lines = (DEPLOY / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))

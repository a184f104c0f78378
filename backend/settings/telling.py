"""Settings of what the studio tells of itself."""

from __future__ import annotations

from pydantic import BaseModel


class LogSettings(BaseModel):
    """What is told, and how."""

    level: str = "INFO"
    """The least that is told: DEBUG, INFO, WARNING or ERROR."""
    json_lines: bool = False
    """JSON, one object a line, instead of lines for people."""

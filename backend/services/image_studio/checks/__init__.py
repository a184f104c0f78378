"""Checks: each rule of a format held against what is known of a file. Values in, verdicts out."""

from backend.services.image_studio.checks.judging import broken, checks_of

__all__ = ["broken", "checks_of"]

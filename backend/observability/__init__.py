"""Telling what happens: log lines, traces, metrics. What is heavy is imported where it is configured, and only then."""

from backend.observability.logs import configure

__all__ = ["configure"]

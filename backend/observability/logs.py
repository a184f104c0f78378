"""Log lines: one for each thing somebody would act on, with facts; never prompts, bytes or keys."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import structlog

from backend.tracing import current_ids

if TYPE_CHECKING:
    from structlog.typing import EventDict, WrappedLogger

    from backend.settings import LogSettings


def configure(settings: LogSettings) -> None:
    """Set up logging for the process: lines for people, or JSON, on standard error."""
    renderer = (
        structlog.processors.JSONRenderer()
        if settings.json_lines
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _with_ids,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, settings.level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")


def _with_ids(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Add the trace and the span that a line belongs to, so that each leads to the other."""
    event.update(current_ids())
    return event

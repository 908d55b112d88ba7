"""Logs: readable lines on a terminal, JSON elsewhere; always on standard error."""

from __future__ import annotations

import logging
import sys

import structlog


def set_up_logs(level: int = logging.WARNING) -> None:
    """Send structlog and the standard library's records of this level up to standard error."""
    if not logging.root.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
        # Some libraries set their own loggers to DEBUG when they are imported.
        handler.setLevel(level)
        logging.root.addHandler(handler)
    # Their URLs and bodies are other people's.
    for name in ("httpx", "httpcore", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
    _nameless()
    terminal = sys.stderr.isatty()
    renderer = structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # Asked at each line: who redirects standard error later gets the lines too.
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _nameless() -> None:
    """Keep the web server from naming the address, and quoting the words, of a request it cannot read."""
    server = logging.getLogger("aiohttp.server")
    if _without_sender not in server.filters:
        server.addFilter(_without_sender)


def _without_sender(record: logging.LogRecord) -> bool:
    kind = record.exc_info[0] if record.exc_info else None
    record.msg, record.args = "request failed: %s", (kind.__name__ if kind else "unknown",)
    record.exc_info, record.exc_text = None, None
    return True

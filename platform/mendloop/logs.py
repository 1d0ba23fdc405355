"""Logs as JSON lines, each with the id of the request it belongs to."""

import logging
import re
import sys
import time

import structlog
from flask import Flask, g, request
from structlog.typing import Processor
from werkzeug.wrappers import Response

from mendloop.database import new_id

_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_QUIET = {"static", "style", "health.show_health"}
_AS_JSON = structlog.processors.JSONRenderer(ensure_ascii=False)
log = structlog.get_logger()


def configure_logs() -> None:
    """Structured lines on standard error, from us and from every library."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, _AS_JSON],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.processors.format_exc_info],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _AS_JSON,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def install_request_logs(app: Flask) -> None:
    """Give every request an id and write one line when it is answered."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    wanted = request.headers.get("X-Request-Id", "")
    g.request_id = wanted if _REQUEST_ID.fullmatch(wanted) else new_id()
    g.started = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    if request.endpoint not in _QUIET:
        log.info(
            "request",
            method=request.method,
            path=_path(),
            status=response.status_code,
            milliseconds=round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
        )
    return response


def _path() -> str:
    """The address, but never the secret of a link that lets its holder in."""
    is_link = "token" in (request.view_args or {})
    return str(request.url_rule) if is_link else request.path

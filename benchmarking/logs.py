"""How the log is written: one JSON object on one line, whoever logs and whatever they log.

Ours, and not a library's: cutting, hiding and our own references are most of it, and a library
(python-json-logger, structlog) would be overridden in all three.
"""

import json
import logging
import re
import sys
import threading
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

LONGEST = 300
_LONGEST_MESSAGE, _LONGEST_TRACE = 2_000, 12_000

# The number of the request that is being answered; also in its answer, as x-request-id.
request_id: ContextVar[str] = ContextVar("request_id", default="")

# Whoever has one of these can act for somebody, or read what is theirs alone.
_HIDDEN = (
    (re.compile(r"(/reply/)(?!preview/|\{)[^/\s?\"'<>]+"), r"\1[hidden]"),
    (re.compile(r"(/[^\s?\"'<>]*)\?[^\s\"'<>]+"), r"\1?[hidden]"),
    (re.compile(r"(://[^\s/:@]*):[^\s/@]+@"), r"\1:[hidden]@"),
    (re.compile(r"(?i)\b((?:set-)?cookie|authorization)\b([\"']?\s*[:=]).+"), r"\1\2 [hidden]"),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]+)?"), "[hidden]"),
    # What was to be kept, as PostgreSQL and DuckDB quote it: to the end of what they said, which
    # may have many lines. In the trace of a group of tasks a bar stands before each.
    (
        re.compile(
            r"(?s)\b(DETAIL: +|(?:[Dd]uplicate|because) key (?=\")).*?"
            r"(?=\n[ |]*(?:\[SQL:|\n[ |]*(?:The above|During handling))|\Z)"
        ),
        r"\1[hidden]",
    ),
)


def safe(said: object, longest: int = LONGEST) -> str:
    """A value as the log may hold it: cut, without secrets and without what an address carries."""
    return _hidden(str(said)[: longest * 4])[:longest]


def _hidden(text: str) -> str:
    for pattern, instead in _HIDDEN:
        text = pattern.sub(instead, text)
    return text


class JsonLines(logging.Formatter):
    """One log record as one line of ASCII: line ends and escapes within a value stay escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. Ours say what happened in fields of their own; others have a message."""
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        said = getattr(record, "said", None)
        line |= said if said is not None else {"message": safe(_message(record), _LONGEST_MESSAGE)}
        if request := request_id.get():
            line["request"] = request
        if record.exc_info:
            # The end of a traceback says what happened.
            trace = self.formatException(record.exc_info)
            line["trace"] = _hidden(trace[-_LONGEST_TRACE * 4 :])[-_LONGEST_TRACE:]
        return json.dumps(line, ensure_ascii=True)


def begin(level: str) -> None:
    """From now on everything is logged so, on standard error; may be asked for again.

    Asked again, it takes in what has made a logger of its own since: Streamlit gives each of its
    modules one that writes by itself.

    Args:
        level: from which on something is logged: debug, info, warning or error. Libraries stay
            at info or above: below, they log what people send and what is asked of the database.
    """
    chosen = logging.getLevelNamesMapping()[level.upper()]
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(chosen, logging.WARNING))
    for name in list(root.manager.loggerDict):
        _hand_over(logging.getLogger(name))
    # It writes whole addresses, with the survey's tokens in them (web/answering.py does not).
    logging.getLogger("uvicorn.access").propagate = False
    logging.getLogger("benchmarking").setLevel(chosen)
    for name in ("streamlit", "uvicorn"):
        logging.getLogger(name).setLevel(max(chosen, logging.INFO))
    logging.captureWarnings(True)
    sys.excepthook = _unforeseen
    threading.excepthook = lambda told: _unforeseen(
        told.exc_type, told.exc_value, told.exc_traceback
    )


def _hand_over(logger: logging.Logger) -> None:
    """Has a logger leave its writing and its level to those above it."""
    logger.handlers.clear()
    logger.propagate = True
    logger.setLevel(logging.NOTSET)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        # A library got its own placeholders wrong.
        return str(record.msg)


def _unforeseen(
    kind: type[BaseException], fault: BaseException | None, trace: TracebackType | None
) -> None:
    if fault is not None and not issubclass(kind, KeyboardInterrupt):
        logging.getLogger("benchmarking").error("unforeseen", exc_info=(kind, fault, trace))

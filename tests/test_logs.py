"""The log: one JSON object on one line, whoever logs, and nothing in it that lets anybody in."""

import json
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import redirect_stderr
from datetime import datetime
from io import StringIO
from typing import Any

import pytest

from benchmarking import events, logs
from benchmarking.logs import JsonLines


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """A process whose log has begun at "info", and what it wrote; all is put back afterwards."""
    stream, root = StringIO(), logging.getLogger()
    handlers, level = list(root.handlers), root.level
    known = {
        name: (logging.getLogger(name), list(logging.getLogger(name).handlers))
        for name in list(root.manager.loggerDict)
    }
    before = {name: (one.level, one.propagate) for name, (one, _) in known.items()}
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    logs.begin("info")
    yield stream
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, (logger, its_handlers) in known.items():
        logger.handlers[:] = its_handlers
        logger.level, logger.propagate = before[name]
    logging.getLogger("benchmarking").setLevel(logging.NOTSET)


def again(written: StringIO, level: str) -> None:
    with redirect_stderr(written):
        logs.begin(level)


def lines(written: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_an_event_is_one_line_with_its_fields(written: StringIO) -> None:
    events.alarm("ledger fault", what="DEMO-07", entries=3)
    (line,) = lines(written)
    at = datetime.fromisoformat(line.pop("time"))
    assert at.utcoffset() is not None and at.tzname() == "UTC"
    assert line == {
        "level": "error",
        "logger": "benchmarking",
        "event": "ledger fault",
        "what": "DEMO-07",
        "entries": 3,
    }


@pytest.mark.parametrize(
    "name", ["uvicorn.error", "streamlit.runtime", "starlette", "sqlalchemy.pool", "anything.else"]
)
def test_what_libraries_say_is_one_line_too(written: StringIO, name: str) -> None:
    logging.getLogger(name).warning("It is %s\nfor %d", "late", 2)
    (line,) = lines(written)
    assert (line["logger"], line["level"]) == (name, "warning")
    assert line["message"] == "It is late\nfor 2"


def test_a_logger_that_wrote_by_itself_no_longer_does(written: StringIO) -> None:
    logger = logging.getLogger("streamlit.made.later")
    logger.addHandler(logging.StreamHandler())
    logger.propagate = False
    logger.setLevel(logging.ERROR)
    again(written, "info")
    logger.warning("once")
    assert [line["message"] for line in lines(written)] == ["once"]


def test_libraries_say_nothing_below_information(written: StringIO) -> None:
    again(written, "debug")
    for name in ("sqlalchemy.engine", "websockets.server", "uvicorn.error", "streamlit.x"):
        logging.getLogger(name).debug("SELECT secrets")
    logging.getLogger("sqlalchemy.engine").info("SELECT answers")
    assert lines(written) == []


def test_the_web_servers_own_lines_of_addresses_are_off(written: StringIO) -> None:
    again(written, "info")
    logger = logging.getLogger("uvicorn.access")
    logger.info('127.0.0.1 - "GET /reply/token" 200')
    assert not logger.hasHandlers()
    assert lines(written) == []


def test_a_forged_line_stays_within_its_value(written: StringIO) -> None:
    events.warn("odd", said='x\n{"event": "forged"}\x1b[31m\u2028')
    text = written.getvalue()
    assert text.count("\n") == 1 and text.isascii() and "\x1b" not in text
    assert lines(written)[0]["event"] == "odd"


def test_values_messages_and_traces_are_cut(written: StringIO) -> None:
    events.warn("long", said="x" * 10_000)
    logging.getLogger("uvicorn").warning("y" * 10_000)
    try:
        raise ValueError("z" * 100_000)
    except ValueError:
        logging.getLogger("uvicorn").exception("failed")
    long, message, trace = lines(written)
    assert len(long["said"]) == 300
    assert len(message["message"]) == 2_000
    assert len(trace["trace"]) == 12_000


@pytest.mark.parametrize(
    "said, kept",
    [
        ("GET /reply/AbC-123_x/question/3", "GET /reply/[hidden]/question/3"),
        ("/reply/preview/RJ1/2026-27", "/reply/preview/RJ1/2026-27"),
        ("/oauth2callback?code=abc&state=def", "/oauth2callback?[hidden]"),
        ("postgresql://app:s3cret@db/live", "postgresql://app:[hidden]@db/live"),
        ("Cookie: _streamlit_user=abc; x=y", "Cookie: [hidden]"),
        ("'authorization': 'Bearer abc'", "'authorization': [hidden]"),
        ("token eyJhbGciOiJIUzI1.eyJzdWIiOiIx.c2ln ended", "token [hidden] ended"),
        ("Why? Because.", "Why? Because."),
    ],
)
def test_nothing_that_lets_anybody_in_is_logged(said: str, kept: str) -> None:
    assert logs.safe(said) == kept


def test_a_secret_does_not_show_at_the_cut() -> None:
    said = "x" * 290 + " postgresql://app:s3cret@db/live"
    assert "s3c" not in logs.safe(said)


def test_a_fault_is_logged_with_its_trace_under_the_number_that_is_shown(
    written: StringIO,
) -> None:
    try:
        raise ZeroDivisionError("by the page\nof figures")
    except ZeroDivisionError as raised:
        reference = events.fault(raised, "page")
        logging.getLogger("uvicorn.error").error("Exception in ASGI application", exc_info=raised)
    ours, theirs = lines(written)
    assert (ours["event"], ours["reference"], ours["where"]) == ("fault", reference, "page")
    assert "ZeroDivisionError: by the page\nof figures" in ours["trace"]
    assert f"Reference {reference}" in theirs["trace"]
    assert len(reference) == 8 and reference == reference.upper()


def test_every_fault_has_a_number_of_its_own(written: StringIO) -> None:
    assert len({events.fault(ValueError(), "page") for _ in range(50)}) == 50
    assert len(lines(written)) == 50


def test_the_number_of_the_request_stands_in_its_lines(written: StringIO) -> None:
    known = logs.request_id.set("abc123")
    events.warn("slow")
    logs.request_id.reset(known)
    events.warn("later")
    assert [line.get("request") for line in lines(written)] == ["abc123", None]


def test_a_thread_that_fails_is_a_line_and_no_traceback_on_the_screen(written: StringIO) -> None:
    thread = threading.Thread(target=lambda: {}["missing"])
    thread.start()
    thread.join()
    (line,) = lines(written)
    assert (line["message"], line["level"]) == ("unforeseen", "error")
    assert "KeyError: 'missing'" in line["trace"]


def test_a_record_that_was_put_together_wrong_is_still_a_line() -> None:
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, "%d people", ("many",), None)
    assert json.loads(JsonLines().format(record))["message"] == "%d people"


def test_a_quieter_log_leaves_out_what_is_as_it_should_be(written: StringIO) -> None:
    again(written, "warning")
    events.note("answered")
    events.warn("slow")
    assert [line["event"] for line in lines(written)] == ["slow"]

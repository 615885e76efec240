"""What is worth a line in the log: one JSON object on one line, whatever the values hold."""

import json
import logging

_LOG = logging.getLogger("benchmarking")
_LONGEST = 300


def warn(event: str, **said: object) -> None:
    """Logs something that an administrator should know."""
    _LOG.warning("%s", line(event, **said))


def alarm(event: str, **said: object) -> None:
    """Logs something that an administrator must act upon."""
    _LOG.error("%s", line(event, **said))


def line(event: str, **said: object) -> str:
    """The event as one line of ASCII: line ends and escapes within a value stay escaped.

    Values are cut after 300 characters, so that nobody fills the log with one click.
    """
    values = {name: str(value)[:_LONGEST] for name, value in said.items()}
    return json.dumps({"event": event, **values}, ensure_ascii=True)

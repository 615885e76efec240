"""What is worth a line in the log, and the numbers by which people and the log name a fault."""

import json
import logging
import secrets
from collections.abc import Mapping

from benchmarking import measures
from benchmarking.logs import safe

_LOG = logging.getLogger("benchmarking")


def note(event: str, **said: object) -> None:
    """Logs something that is as it should be."""
    _log(logging.INFO, event, said)


def warn(event: str, **said: object) -> None:
    """Logs something that an administrator should know."""
    _log(logging.WARNING, event, said)


def alarm(event: str, **said: object) -> None:
    """Logs something that an administrator must act upon."""
    _log(logging.ERROR, event, said)


def fault(raised: BaseException, where: str) -> str:
    """Logs a fault of ours with its traceback; the reference number that people are shown."""
    reference = secrets.token_hex(4).upper()
    measures.FAULTS.inc()
    # Whoever logs the same exception again names the same number.
    raised.add_note(f"Reference {reference}")
    _log(logging.ERROR, "fault", {"reference": reference, "where": where}, raised)
    return reference


def line(event: str, **said: object) -> str:
    """The event as one line of ASCII: line ends and escapes within a value stay escaped.

    Values are cut after 300 characters, so that nobody fills the log with one click.
    """
    return json.dumps(values(event, said), ensure_ascii=True)


def values(event: str, said: Mapping[str, object]) -> dict[str, str | int | float]:
    """The event as a line's fields. Numbers stay numbers; other values become text, cut."""
    texts = {
        name: value if isinstance(value, int | float) else safe(value)
        for name, value in said.items()
    }
    return {"event": event, **texts}


def _log(
    level: int, event: str, said: Mapping[str, object], raised: BaseException | None = None
) -> None:
    # Some who listen have no formatter of ours, so the message is the whole line already.
    if _LOG.isEnabledFor(level):
        _LOG.log(
            level,
            "%s",
            line(event, **said),
            exc_info=raised,
            extra={"said": values(event, said)},
        )

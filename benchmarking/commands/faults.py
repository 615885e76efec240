"""What the command line says of a fault that nobody foresaw."""

import sys
from types import TracebackType

import click

from benchmarking import events, logs


def explain(
    _kind: type[BaseException], fault: BaseException | None, _trace: TracebackType | None
) -> None:
    """Shows a reference number in place of a traceback, which goes to the log, on standard error.

    Made for ``sys.excepthook``: Python ends with 1 afterwards.
    """
    if fault is None:
        return
    logs.begin("warning")
    reference = events.fault(fault, f"command line: {' '.join(sys.argv[1:2])}")
    click.echo(
        f"Something went wrong on our side, and nothing that was saved before is lost. If it "
        f"happens again, report the number {reference} with the line of the log that has it.",
        err=True,
    )

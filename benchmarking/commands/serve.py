"""Starting the dashboard."""

import os
import subprocess
import sys
from collections.abc import Mapping

import click

from benchmarking import server, starting
from benchmarking.people import ways_in
from benchmarking.settings import ROOT, Settings, SettingsError, reached_at

_COMMAND = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]


@click.command()
def serve() -> None:
    """Prepare the database and serve the dashboard.

    Ends with 2 where settings must not be served: every problem is listed. See "Who may come in"
    in the README.
    """
    try:
        chosen = starting.settings_to_serve()
        click.echo("Preparing the database ...")
        _prepare(chosen)
    except (SettingsError, ways_in.ServingRefused) as refused:
        click.echo(str(refused), err=True)
        sys.exit(ways_in.EXIT_CODE)
    shown = "localhost" if chosen.is_loopback else reached_at(chosen.address)
    click.echo(f"Serving on http://{shown}:{chosen.port} (stop with Ctrl+C)")
    _become_server({**os.environ, **_told(chosen)})


def _told(chosen: Settings) -> dict[str, str]:
    """What Streamlit and its web server are told of the settings."""
    return {
        "STREAMLIT_SERVER_ADDRESS": chosen.address,
        "STREAMLIT_SERVER_PORT": str(chosen.port),
        # The same on every replica, so that who began to sign in on one can end it on another.
        "STREAMLIT_SERVER_COOKIE_SECRET": chosen.secret_for("cookies of Streamlit"),
        "FORWARDED_ALLOW_IPS": ",".join(chosen.forwarded_from),
    }


def _become_server(environment: Mapping[str, str]) -> None:
    """Turns this process into the server, so that whoever ends it ends the server, in order.

    A parent that waits would take the signal and leave the server alone, or be killed with it.
    Windows has no such turning: there a parent waits.
    """
    # What was said so far would be lost with the process.
    sys.stdout.flush()
    os.chdir(ROOT)
    if os.name != "nt":
        os.execve(sys.executable, _COMMAND, dict(environment))
    try:
        finished = subprocess.run(_COMMAND, env=dict(environment), check=False)
    except KeyboardInterrupt:
        return
    sys.exit(finished.returncode)


def _prepare(chosen: Settings) -> None:
    running = server.start(chosen)
    try:
        ways_in.check(running)
    finally:
        running.database.close()

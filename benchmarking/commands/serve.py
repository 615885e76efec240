"""Starting the dashboard."""

import os
import subprocess
import sys

import click

from benchmarking import server, settings
from benchmarking.people import ways_in
from benchmarking.settings import ROOT, Settings


@click.command()
def serve() -> None:
    """Prepare the database and serve the dashboard.

    Ends with 2 where nobody could be told apart: see "Who may come in" in the README.
    """
    chosen = settings.read()
    click.echo("Preparing the database ...")
    _prepare(chosen)
    shown = "localhost" if chosen.is_loopback else chosen.address
    click.echo(f"Serving on http://{shown}:{chosen.port} (stop with Ctrl+C)")
    told = {
        "STREAMLIT_SERVER_ADDRESS": chosen.address,
        "STREAMLIT_SERVER_PORT": str(chosen.port),
        # The same on every replica, so that who began to sign in on one can end it on another.
        "STREAMLIT_SERVER_COOKIE_SECRET": chosen.secret_for("cookies of Streamlit"),
    }
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
    try:
        finished = subprocess.run(command, cwd=ROOT, env={**os.environ, **told}, check=False)
    except KeyboardInterrupt:
        return
    sys.exit(finished.returncode)


def _prepare(chosen: Settings) -> None:
    running = server.start(chosen)
    try:
        ways_in.check(running)
    except ways_in.ServingRefused as refused:
        click.echo(str(refused), err=True)
        sys.exit(ways_in.EXIT_CODE)
    finally:
        running.database.close()

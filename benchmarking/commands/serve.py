"""Starting the dashboard."""

import os
import subprocess
import sys

import click

from benchmarking import server, settings
from benchmarking.settings import ROOT


@click.command()
def serve() -> None:
    """Prepare the database and serve the dashboard."""
    chosen = settings.read()
    click.echo("Preparing the database ...")
    server.start(chosen).database.close()
    shown = "localhost" if chosen.is_loopback else chosen.address
    click.echo(f"Serving on http://{shown}:{chosen.port} (stop with Ctrl+C)")
    told = {
        "STREAMLIT_SERVER_ADDRESS": chosen.address,
        "STREAMLIT_SERVER_PORT": str(chosen.port),
    }
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
    try:
        finished = subprocess.run(command, cwd=ROOT, env={**os.environ, **told}, check=False)
    except KeyboardInterrupt:
        return
    sys.exit(finished.returncode)

"""The demonstration as tests open it: filled once, then copied for every test that writes."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from benchmarking import server, settings
from benchmarking.server import Server

SECRET = "a secret of the tests and of nobody else"


@cache
def filled() -> Path:
    """A filled demonstration database; closed, never opened again, only copied."""
    place = Path(os.environ["BENCHMARK_DATABASE"]).with_name("filled.duckdb")
    server.start(of(place)).database.close()
    return place


def of(database: Path, **told: str) -> settings.Settings:
    """The settings of a demonstration on a database; ``told`` adds to the environment."""
    return settings.read({"BENCHMARK_DATABASE": str(database), "BENCHMARK_SECRET": SECRET, **told})


@contextmanager
def opened(folder: Path, **told: str) -> Iterator[Server]:
    """A server of this process on a copy of its own in a folder; ``told`` as for ``of``."""
    copy = folder / "copy.duckdb"
    shutil.copyfile(filled(), copy)
    # The evidence files of a demonstration lie beside its database.
    shutil.copytree(of(filled()).evidence, of(copy).evidence, dirs_exist_ok=True)
    running = server.start(of(copy, **told))
    try:
        with server.using(running):
            yield running
    finally:
        running.database.close()

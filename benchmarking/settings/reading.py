"""All settings of this copy, read from the environment in one go."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from benchmarking import mail_server, provider
from benchmarking.settings import model, secret
from benchmarking.settings.fields import Reader
from benchmarking.settings.model import ROOT, Mode, Settings, SettingsError


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this copy; see ``gather``.

    Raises:
        SettingsError: with every problem, one a line.
    """
    found, problems = gather(environment)
    if problems:
        raise SettingsError(problems)
    return found


def gather(environment: Mapping[str, str] = os.environ) -> tuple[Settings, list[str]]:
    """The settings of this copy, and every problem with them. Where there is one, they are void.

    Reads BENCHMARK_MODE (demonstration or production), BENCHMARK_DATABASE (a DuckDB file or
    postgresql://...), BENCHMARK_ADDRESS, BENCHMARK_PORT, BENCHMARK_SECRET, BENCHMARK_PUBLIC_URL,
    BENCHMARK_IDLE_MINUTES, BENCHMARK_SESSION_HOURS, BENCHMARK_LAPTOP_PERSON,
    BENCHMARK_EVIDENCE, BENCHMARK_EVIDENCE_MEGABYTES, BENCHMARK_BACKUPS (a folder),
    BENCHMARK_BACKUP_HOURS (0 for none), BENCHMARK_LOG_LEVEL, BENCHMARK_METRICS_PORT,
    BENCHMARK_FORWARDED_FROM, and what ``benchmarking.provider`` and ``benchmarking.mail_server``
    read.
    """
    problems: list[str] = []
    reader = Reader(environment, problems)
    mode = reader.mode()
    said = reader.text("BENCHMARK_SECRET")
    database = reader.text("BENCHMARK_DATABASE", str(model.LOCAL / f"{mode.value}.duckdb"))
    found = Settings(
        mode=mode,
        database=database,
        address=reader.text("BENCHMARK_ADDRESS", "127.0.0.1"),
        port=reader.number("BENCHMARK_PORT", 8501, 65535, "a port"),
        standards=ROOT / "standards",
        reference=ROOT / "data",
        secret=said,
        idle_minutes=reader.number("BENCHMARK_IDLE_MINUTES", 30, 1440, "a time in minutes"),
        session_hours=reader.number("BENCHMARK_SESSION_HOURS", 12, 72, "a time in hours"),
        laptop_person=reader.text("BENCHMARK_LAPTOP_PERSON"),
        evidence=reader.text("BENCHMARK_EVIDENCE", _evidence_beside(database, mode)),
        evidence_megabytes=reader.number(
            "BENCHMARK_EVIDENCE_MEGABYTES", 5, 100, "a size in megabytes"
        ),
        provider=provider.read(environment, problems),
        public_url=provider.public_url(environment, problems),
        mail_server=mail_server.read(environment, problems),
        backups=_whole(reader.text("BENCHMARK_BACKUPS", str(_home(database) / "backups"))),
        backup_hours=reader.number("BENCHMARK_BACKUP_HOURS", 24, 720, "a time in hours", least=0),
        log_level=reader.log_level(mode),
        metrics_port=reader.number("BENCHMARK_METRICS_PORT", 0, 65535, "a port", least=0),
        forwarded_from=reader.proxies(),
    )
    if mode is Mode.PRODUCTION and len(said) < secret.SHORTEST:
        problems.append(
            f"BENCHMARK_SECRET: production needs a secret of at least {secret.SHORTEST} "
            f"characters. {secret.MAKE_ONE}"
        )
    if not said and not problems:
        found = replace(found, secret=secret.own())
    return found, problems


def _evidence_beside(database: str, mode: Mode) -> str:
    """A folder for evidence files beside the database, and of that database alone."""
    stem = mode.value if "://" in database else Path(database).stem
    return str(_home(database) / f"{stem}-evidence")


def _whole(folder: str) -> str:
    """A folder under one name, wherever a command or a server was started."""
    return os.path.abspath(os.path.expanduser(folder))


def _home(database: str) -> Path:
    """The folder of a DuckDB file; what belongs to a PostgreSQL database lies in ours."""
    return model.LOCAL if "://" in database else Path(database).expanduser().parent

"""Settings from the environment, read in this one place."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path

from benchmarking import mail_server, provider
from benchmarking.mail_server import MailServer
from benchmarking.provider import Provider

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / "data" / "local"


class Mode(StrEnum):
    """A demonstration shows fictional trusts; production is for real ones and refuses them."""

    DEMONSTRATION = "demonstration"
    PRODUCTION = "production"


class WayIn(StrEnum):
    """How people come to be somebody here. The rules stand in ``benchmarking.people.ways_in``."""

    PROVIDER = "sign-in service"
    CHOICE = "choice of a role"
    LAPTOP = "laptop copy"
    NONE = "no way in"


class SettingsError(Exception):
    """The environment cannot be used. Lists every problem at once."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))


@dataclass(frozen=True)
class Settings:
    """How this copy runs. ``secret`` signs cookies and is never shown or logged.

    Whoever signed in is signed out after ``idle_minutes`` without a click, and after
    ``session_hours`` in any case. ``evidence`` is where evidence files lie: a folder, or a URL.
    """

    mode: Mode
    database: str
    address: str
    port: int
    standards: Path
    reference: Path
    secret: str
    provider: Provider | None
    public_url: str
    idle_minutes: int
    session_hours: int
    laptop_person: str
    evidence: str
    evidence_megabytes: int
    mail_server: MailServer | None

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return provider.is_this_machine(self.address)

    @property
    def way_in(self) -> WayIn:
        """How people come to be somebody here."""
        if self.provider is not None:
            return WayIn.PROVIDER
        if not self.is_loopback:
            return WayIn.NONE
        return WayIn.CHOICE if self.mode is Mode.DEMONSTRATION else WayIn.LAPTOP

    def secret_for(self, purpose: str) -> str:
        """A secret of its own for one purpose; from it the others cannot be worked out."""
        return blake2b(purpose.encode(), key=self.secret.encode()[:64]).hexdigest()

    def __repr__(self) -> str:
        return f"Settings(mode={self.mode.value}, address={self.address}, port={self.port})"


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this copy.

    Reads BENCHMARK_MODE (demonstration or production), BENCHMARK_DATABASE (a DuckDB file or
    postgresql://...), BENCHMARK_ADDRESS, BENCHMARK_PORT, BENCHMARK_SECRET, BENCHMARK_PUBLIC_URL,
    BENCHMARK_IDLE_MINUTES, BENCHMARK_SESSION_HOURS, BENCHMARK_LAPTOP_PERSON,
    BENCHMARK_EVIDENCE, BENCHMARK_EVIDENCE_MEGABYTES, and what ``benchmarking.provider``
    and ``benchmarking.mail_server`` read.

    Raises:
        SettingsError: with every problem, one a line.
    """
    problems: list[str] = []
    mode = _mode(environment, problems)
    port = _number(environment, problems, "BENCHMARK_PORT", 8501, 65535, "a port")
    idle = _number(environment, problems, "BENCHMARK_IDLE_MINUTES", 30, 1440, "a time in minutes")
    hours = _number(environment, problems, "BENCHMARK_SESSION_HOURS", 12, 72, "a time in hours")
    largest = _number(
        environment, problems, "BENCHMARK_EVIDENCE_MEGABYTES", 5, 100, "a size in megabytes"
    )
    vouching = provider.read(environment, problems)
    public = provider.public_url(environment, problems)
    mail = mail_server.read(environment, problems)
    secret = environment.get("BENCHMARK_SECRET", "")
    if mode is Mode.PRODUCTION and len(secret) < 32:
        problems.append(
            "BENCHMARK_SECRET: production needs a secret of at least 32 characters. "
            'Make one with: python -c "import secrets; print(secrets.token_hex(32))"'
        )
    if problems:
        raise SettingsError(problems)
    database = environment.get("BENCHMARK_DATABASE", "") or str(LOCAL / f"{mode.value}.duckdb")
    return Settings(
        mode=mode,
        database=database,
        address=environment.get("BENCHMARK_ADDRESS", "") or "127.0.0.1",
        port=port,
        standards=ROOT / "standards",
        reference=ROOT / "data",
        secret=secret or _own_secret(),
        provider=vouching,
        public_url=public,
        idle_minutes=idle,
        session_hours=hours,
        laptop_person=environment.get("BENCHMARK_LAPTOP_PERSON", ""),
        evidence=environment.get("BENCHMARK_EVIDENCE", "") or _beside(database, mode),
        evidence_megabytes=largest,
        mail_server=mail,
    )


def _beside(database: str, mode: Mode) -> str:
    """A folder for evidence files beside the database, and of that database alone."""
    if "://" in database:
        return str(LOCAL / f"{mode.value}-evidence")
    file = Path(database).expanduser()
    return str(file.with_name(f"{file.stem}-evidence"))


def _mode(environment: Mapping[str, str], problems: list[str]) -> Mode:
    said = environment.get("BENCHMARK_MODE", "") or Mode.DEMONSTRATION.value
    if said in [mode.value for mode in Mode]:
        return Mode(said)
    problems.append(
        f"BENCHMARK_MODE: {said[:40]!r} is not a mode. Use demonstration or production."
    )
    return Mode.PRODUCTION


def _number(
    environment: Mapping[str, str], problems: list[str], name: str, usual: int, most: int, what: str
) -> int:
    said = environment.get(name, "") or str(usual)
    if said.isascii() and said.isdecimal() and len(said) < 9 and 0 < int(said) <= most:
        return int(said)
    problems.append(f"{name}: {said[:40]!r} is not {what}. Use a number from 1 to {most}.")
    return usual


def _own_secret() -> str:
    """A secret of this copy's own, made at first use and kept out of git."""
    LOCAL.mkdir(parents=True, exist_ok=True)
    kept = LOCAL / "secret"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_hex(32), encoding="ascii")
    return kept.read_text(encoding="ascii")

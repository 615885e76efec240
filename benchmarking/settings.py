"""Settings from the environment, read in this one place."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / "data" / "local"


class Mode(StrEnum):
    """A demonstration shows fictional trusts; production is for real ones and refuses them."""

    DEMONSTRATION = "demonstration"
    PRODUCTION = "production"


class SettingsError(Exception):
    """The environment cannot be used. Lists every problem at once."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))


@dataclass(frozen=True)
class Settings:
    """How this copy runs. ``secret`` signs cookies and is never shown or logged."""

    mode: Mode
    database: str
    address: str
    port: int
    standards: Path
    reference: Path
    secret: str

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        if self.address == "localhost":
            return True
        try:
            return ip_address(self.address).is_loopback
        except ValueError:
            return False

    def __repr__(self) -> str:
        return f"Settings(mode={self.mode.value}, address={self.address}, port={self.port})"


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this copy.

    Reads BENCHMARK_MODE (demonstration or production), BENCHMARK_DATABASE (a DuckDB file or
    postgresql://...), BENCHMARK_ADDRESS, BENCHMARK_PORT and BENCHMARK_SECRET.

    Raises:
        SettingsError: with every problem, one a line.
    """
    problems: list[str] = []
    mode = _mode(environment, problems)
    port = _port(environment, problems)
    secret = environment.get("BENCHMARK_SECRET", "")
    if mode is Mode.PRODUCTION and len(secret) < 32:
        problems.append(
            "BENCHMARK_SECRET: production needs a secret of at least 32 characters. "
            'Make one with: python -c "import secrets; print(secrets.token_hex(32))"'
        )
    if problems:
        raise SettingsError(problems)
    return Settings(
        mode=mode,
        database=environment.get("BENCHMARK_DATABASE", "") or str(LOCAL / f"{mode.value}.duckdb"),
        address=environment.get("BENCHMARK_ADDRESS", "") or "127.0.0.1",
        port=port,
        standards=ROOT / "standards",
        reference=ROOT / "data",
        secret=secret or _own_secret(),
    )


def _mode(environment: Mapping[str, str], problems: list[str]) -> Mode:
    said = environment.get("BENCHMARK_MODE", "") or Mode.DEMONSTRATION.value
    if said in [mode.value for mode in Mode]:
        return Mode(said)
    problems.append(
        f"BENCHMARK_MODE: {said[:40]!r} is not a mode. Use demonstration or production."
    )
    return Mode.PRODUCTION


def _port(environment: Mapping[str, str], problems: list[str]) -> int:
    said = environment.get("BENCHMARK_PORT", "") or "8501"
    if said.isdecimal() and 0 < int(said) < 65536:
        return int(said)
    problems.append(f"BENCHMARK_PORT: {said[:40]!r} is not a port. Use a number from 1 to 65535.")
    return 8501


def _own_secret() -> str:
    """A secret of this copy's own, made at first use and kept out of git."""
    LOCAL.mkdir(parents=True, exist_ok=True)
    kept = LOCAL / "secret"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_hex(32), encoding="ascii")
    return kept.read_text(encoding="ascii")

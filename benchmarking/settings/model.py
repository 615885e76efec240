"""What a copy is told about itself, once it has been read and checked."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path

from benchmarking import provider
from benchmarking.mail_server import MailServer
from benchmarking.provider import Provider

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / "data" / "local"


# Where a server that listens on every address of its machine is reached from that machine.
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "[::1]"}


def reached_at(address: str) -> str:
    """How this machine reaches its own server that listens on an address, as a URL names it."""
    bare = address.strip("[]")
    return _EVERYWHERE.get(bare) or (f"[{bare}]" if ":" in bare else bare)


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
    Backups go to the folder ``backups``, one every ``backup_hours``; 0 is never. ``metrics_port``
    is 0 where nobody measures. ``forwarded_from`` are the addresses of the proxies that are
    believed when they say for whom they ask.
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
    backups: str
    backup_hours: int
    log_level: str
    metrics_port: int
    forwarded_from: tuple[str, ...]

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

"""The mail server that notifications go through, as settings name it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from benchmarking import provider


class Security(StrEnum):
    """How what is sent is kept from being read on its way."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


_PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}
_HOST = "BENCHMARK_SMTP_HOST"
_OTHERS = (
    "BENCHMARK_SMTP_PORT",
    "BENCHMARK_SMTP_SECURITY",
    "BENCHMARK_SMTP_USER",
    "BENCHMARK_SMTP_PASSWORD",
    "BENCHMARK_SMTP_SENDER",
)
# What a mail can be sent to and from. Stricter than the standard: no quotes, no comments, nothing
# that could end a line of a header.
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&*+/=?^_`{|}~-]+)*"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
)
_LONGEST_ADDRESS = 254


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in, and what it carries: its sender, and where its links lead.

    ``public_url`` has no slash at its end. ``user`` is empty where the server asks for none.
    """

    host: str
    port: int
    security: Security
    user: str
    password: str
    sender: str
    public_url: str

    def __repr__(self) -> str:
        return f"MailServer(host={self.host}, port={self.port}, security={self.security.value})"


def is_address(text: str) -> bool:
    """Whether mail can be sent to this address."""
    return len(text) <= _LONGEST_ADDRESS and bool(_ADDRESS.fullmatch(text))


def read(environment: Mapping[str, str], problems: list[str]) -> MailServer | None:
    """The mail server, or None where the settings name none. Adds every problem to the list."""
    host = environment.get(_HOST, "").strip()
    if not host:
        given = [name for name in _OTHERS if environment.get(name)]
        if given:
            problems.append(
                f"{', '.join(given)}: no mail is sent without {_HOST}. Set it, or leave all out."
            )
        return None
    security = _security(environment, host, problems)
    user, password = (environment.get(name, "") for name in _OTHERS[2:4])
    if bool(user) != bool(password):
        problems.append(
            "BENCHMARK_SMTP_USER, BENCHMARK_SMTP_PASSWORD: each needs the other. Set both, or "
            "leave both out where the mail server asks for neither."
        )
    sender, public = environment.get(_OTHERS[4], ""), environment.get("BENCHMARK_PUBLIC_URL", "")
    if not is_address(sender):
        problems.append(
            f"BENCHMARK_SMTP_SENDER: {sender[:80]!r} is not an e-mail address. Use the one that "
            f"notifications come from, such as no-reply@trust.example."
        )
    if not public:
        problems.append(
            "BENCHMARK_PUBLIC_URL: notifications lead there. Set the address under which people "
            "reach this copy."
        )
    port = _port(environment, security, problems)
    return MailServer(host, port, security, user, password, sender, public.rstrip("/"))


def _security(environment: Mapping[str, str], host: str, problems: list[str]) -> Security:
    said = environment.get("BENCHMARK_SMTP_SECURITY", "") or Security.STARTTLS.value
    if said not in [one.value for one in Security]:
        problems.append(
            f"BENCHMARK_SMTP_SECURITY: {said[:40]!r} is not known. Use starttls or tls (none is "
            f"for a mail server on this machine alone)."
        )
        return Security.STARTTLS
    if said == Security.NONE and not provider.is_this_machine(host):
        problems.append(
            "BENCHMARK_SMTP_SECURITY: none is for a mail server on this machine alone. Use "
            "starttls or tls."
        )
    return Security(said)


def _port(environment: Mapping[str, str], security: Security, problems: list[str]) -> int:
    said = environment.get("BENCHMARK_SMTP_PORT", "") or str(_PORTS[security])
    if said.isascii() and said.isdecimal() and len(said) < 6 and 0 < int(said) <= 65535:
        return int(said)
    problems.append(
        f"BENCHMARK_SMTP_PORT: {said[:40]!r} is not a port. Use a number from 1 to 65535."
    )
    return _PORTS[security]

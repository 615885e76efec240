"""A real mail server on this machine, which keeps what is handed in."""

import datetime
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from socket import socket
from typing import Any

import pytest

from benchmarking.mail_server import MailServer, Security

pytest.importorskip("aiosmtpd")
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

HOST = "127.0.0.1"
USER, PASSWORD = "benchmark", "a password of the tests"
SENDER, PUBLIC_URL = "no-reply@trust.example", "https://benchmark.trust.example"


@dataclass
class PostOffice:
    """What was handed in, in order. While ``refuses`` says something, nothing is taken."""

    port: int = 0
    received: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    refuses: str = ""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Takes a mail, as aiosmtpd asks."""
        if self.refuses:
            return self.refuses
        self.raw.append(envelope.content)
        found = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.received.append(found)
        return "250 Kept"

    def server(self, **told: Any) -> MailServer:
        """How settings name this post office."""
        said = {"user": "", "password": "", "security": Security.NONE} | told
        return MailServer(HOST, self.port, sender=SENDER, public_url=PUBLIC_URL, **said)

    @property
    def texts(self) -> list[str]:
        return [message.get_content().replace("\r\n", "\n") for message in self.received]


@contextmanager
def opened(**how: Any) -> Iterator[PostOffice]:
    """A post office that is open; ``how`` as aiosmtpd's server takes it."""
    with socket() as found:
        found.bind((HOST, 0))
        port = found.getsockname()[1]
    office = PostOffice(port)
    controller = Controller(office, hostname=HOST, port=port, ready_timeout=20, **how)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def lets_in(_server: Any, _session: Any, _envelope: Any, _way: str, said: Any) -> AuthResult:
    """Whether somebody may hand mail in."""
    known = LoginPassword(USER.encode(), PASSWORD.encode())
    # The server says no by itself where the answer is left to it.
    return AuthResult(success=said == known, handled=False)


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """What the office proves itself with, and the file by which others know it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    known, secret = folder / "certificate.pem", folder / "key.pem"
    known.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(known, secret)
    return context, known

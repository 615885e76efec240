"""Handing a mail to the mail server. Plain text, to one person, marked as sent by a machine."""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from benchmarking.mail_server import MailServer, Security, is_address
from benchmarking.texts import visible

SECONDS = 15


@dataclass(frozen=True)
class Mail:
    """What one person is told. ``lines`` become paragraphs of plain text."""

    to: str
    subject: str
    lines: tuple[str, ...]


class NotSent(Exception):
    """A mail could not be handed in. Says why, without any address."""


# Hands in one mail, or raises NotSent.
Post = Callable[[Mail], None]


def post_to(server: MailServer) -> Post:
    """What hands mail to this server."""
    return lambda mail: _hand_in(server, mail)


def written(server: MailServer, mail: Mail, now: datetime) -> EmailMessage:
    """The mail as it is sent. Nothing in it can begin a line of its own in the head.

    Raises:
        NotSent: there is no such address.
    """
    if not is_address(mail.to):
        raise NotSent("What was entered as an address is none.")
    choose = f"{server.public_url}/notifications"
    said = EmailMessage()
    said["From"] = server.sender
    said["To"] = mail.to
    said["Subject"] = visible(mail.subject)
    said["Date"] = format_datetime(now.replace(tzinfo=UTC))
    said["Message-ID"] = make_msgid(domain=server.sender.rpartition("@")[2])
    # So that no absence notice answers it (RFC 3834), and a mail reader can offer to leave.
    said["Auto-Submitted"] = "auto-generated"
    said["List-Unsubscribe"] = f"<{choose}>"
    lines = [visible(line) for line in mail.lines]
    leave = f"Choose how often you are told, or stop it: {choose}"
    said.set_content("\n\n".join([*lines, leave]) + "\n", charset="utf-8", cte="quoted-printable")
    return said


def _hand_in(server: MailServer, mail: Mail) -> None:
    message = written(server, mail, datetime.now(UTC).replace(tzinfo=None))
    try:
        with _connected(server) as session:
            if server.user:
                session.login(server.user, server.password)
            session.send_message(message)
    except smtplib.SMTPNotSupportedError:
        raise NotSent(
            "The mail server does not offer what BENCHMARK_SMTP_SECURITY or BENCHMARK_SMTP_USER "
            "asks for. Nothing was sent; correct the settings."
        ) from None
    except smtplib.SMTPResponseException as refused:
        raise NotSent(f"The mail server refused with code {refused.smtp_code}.") from None
    except smtplib.SMTPRecipientsRefused:
        raise NotSent("The mail server knows no such address.") from None
    except (smtplib.SMTPException, ssl.SSLError, OSError) as fault:
        # What they say may hold an address; their kind does not.
        raise NotSent(f"The mail server cannot be used ({type(fault).__name__}).") from None


def _connected(server: MailServer) -> smtplib.SMTP:
    """A session in which nothing is said before it is as safe as the settings ask."""
    trusted = ssl.create_default_context()
    if server.security is Security.TLS:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=trusted)
    session = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    if server.security is Security.STARTTLS:
        try:
            session.starttls(context=trusted)
        except (smtplib.SMTPException, OSError):
            session.close()
            raise
    return session

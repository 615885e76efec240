"""Who is asking: from a signed token to a person with the roles that hold at this moment."""

from datetime import datetime

from itsdangerous import BadSignature, URLSafeTimedSerializer

from benchmarking.access import STRANGER, Person
from benchmarking.moments import utc_now
from benchmarking.server import Server
from benchmarking.store import people
from benchmarking.visit import Visit

COOKIE = "benchmark_person"
DEMONSTRATION_ISSUER = "demonstration"
LONGEST_HOURS = 12
_PURPOSE = "signed in as"


class UnknownPerson(Exception):
    """Nobody is known here under this name."""


def sign_in_as(server: Server, subject: str) -> str:
    """A token for a demonstration role, to be kept in a cookie that scripts cannot read.

    Raises:
        UnknownPerson: no such role, or this server does not offer this way to sign in.
    """
    if not server.offers_demonstration_sign_in:
        raise UnknownPerson("This server does not let people sign in by choosing a role.")
    with server.database.reading() as reading:
        # The store refuses to be asked for a text with characters that nobody types.
        sane = subject.isprintable()
        known = people.find(reading, DEMONSTRATION_ISSUER, subject, utc_now()) if sane else None
    if known is None:
        raise UnknownPerson("This role does not exist here. Choose one from the list.")
    return _serializer(server).dumps([DEMONSTRATION_ISSUER, subject])


def visit_by(server: Server, token: str | None, now: datetime | None = None) -> Visit:
    """What a use case needs to know about a request; a stranger where the token says nothing.

    Roles are read from the database each time, so that a change holds on the next click.
    """
    moment = now or utc_now()
    return Visit(_person(server, token, moment), server.database, server.library, moment)


def _person(server: Server, token: str | None, now: datetime) -> Person:
    if not token or not server.offers_demonstration_sign_in:
        return STRANGER
    try:
        issuer, subject = _serializer(server).loads(token, max_age=LONGEST_HOURS * 3600)
    except (BadSignature, ValueError, TypeError):
        return STRANGER
    with server.database.reading() as reading:
        return people.find(reading, issuer, subject, now) or STRANGER


def _serializer(server: Server) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(server.settings.secret, salt=_PURPOSE)

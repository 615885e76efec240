"""Who is asking: from a signed token to a person with the roles that hold at this moment."""

from datetime import datetime
from functools import partial

from itsdangerous import BadSignature, URLSafeTimedSerializer

from benchmarking.access import STRANGER
from benchmarking.keeping import Keep, afresh
from benchmarking.moments import utc_now
from benchmarking.server import Server
from benchmarking.store import people
from benchmarking.store.people import Known
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


def visit_by(
    server: Server, token: str | None, now: datetime | None = None, *, keep: Keep = afresh
) -> Visit:
    """What a use case needs to know about a request; a stranger where the token says nothing.

    What is known of people is kept under the number of the last change of anything, which is
    read each time, so that a change of roles holds on the next click.
    """
    moment = now or utc_now()
    asking = Visit(STRANGER, server.database, server.library, moment)
    named = _named(server, token)
    if named is None:
        return asking
    known = keep(("person", asking.stand.change, *named), partial(_known, server, *named))
    return asking.by(known.at(moment)) if known else asking


def _named(server: Server, token: str | None) -> tuple[str, str] | None:
    """Issuer and subject that a token vouches for."""
    if not token or not server.offers_demonstration_sign_in:
        return None
    try:
        issuer, subject = _serializer(server).loads(token, max_age=LONGEST_HOURS * 3600)
    except (BadSignature, ValueError, TypeError):
        return None
    return issuer, subject


def _known(server: Server, issuer: str, subject: str) -> Known | None:
    with server.database.reading() as reading:
        return people.known(reading, issuer, subject)


def _serializer(server: Server) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(server.settings.secret, salt=_PURPOSE)

"""Who is asking: from what vouches for them to a person with the roles that hold at this moment."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from benchmarking.access import STRANGER
from benchmarking.keeping import Keep, afresh
from benchmarking.moments import utc_now
from benchmarking.people import enrolment, sessions, ways_in
from benchmarking.people.vouching import (
    DEMONSTRATION_ISSUER,
    Credential,
    NotAccepted,
    Vouched,
    token_for,
    vouched,
)
from benchmarking.server import Server
from benchmarking.settings import WayIn
from benchmarking.store import people
from benchmarking.store.database import Database
from benchmarking.store.people import Known
from benchmarking.visit import Visit

COOKIE = "benchmark_person"
NO_ROLE = "You are signed in, but have no role here yet. Give your administrator this code:"


class UnknownPerson(Exception):
    """Nobody is known here under this name."""


@dataclass(frozen=True)
class Arrival:
    """Somebody's request, once it is known whose it is.

    ``why_not`` says in a sentence why somebody who brought something is a stranger all the same.
    ``newcomer`` is whoever the sign-in service vouches for and who has no role here.
    """

    visit: Visit
    why_not: str = ""
    newcomer: Vouched | None = None

    @property
    def can_sign_out(self) -> bool:
        return self.newcomer is not None or not self.visit.person.is_stranger


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
    return token_for(server.settings, subject)


def sign_out(server: Server, credential: Credential, now: datetime | None = None) -> None:
    """Ends what a credential began; brought again, it is a stranger's."""
    moment = now or utc_now()
    try:
        said = vouched(server.settings, credential, moment)
    except NotAccepted:
        return
    known = _known(server.database, said) if said else None
    if said and known:
        sessions.end(server.database, said, known.person_id, moment)


def visit_by(
    server: Server, credential: Credential, now: datetime | None = None, *, keep: Keep = afresh
) -> Visit:
    """What a use case needs to know about a request; a stranger's where nothing vouches for it."""
    return arrive(server, credential, now, keep=keep).visit


def arrive(
    server: Server, credential: Credential, now: datetime | None = None, *, keep: Keep = afresh
) -> Arrival:
    """Whose request this is, and what keeps them out.

    What is known of people is kept under the number of the last change that may concern
    everybody, which is read each time, so that a change of roles holds on the next click.
    """
    moment = now or utc_now()
    asking = Visit(STRANGER, server.database, server.library, moment, server.files)
    if server.settings.way_in is WayIn.LAPTOP:
        return _on_laptop(asking)
    try:
        said = vouched(server.settings, credential, moment)
    except NotAccepted as refused:
        return Arrival(asking, str(refused))
    return Arrival(asking) if said is None else _vouched_for(server, asking, said, keep)


def _on_laptop(asking: Visit) -> Arrival:
    known = ways_in.person_of_laptop(asking.database, asking.now)
    return Arrival(asking.by(known.at(asking.now)) if known else asking)


def _vouched_for(server: Server, asking: Visit, said: Vouched, keep: Keep) -> Arrival:
    key = ("person", asking.stand.of_all, said.issuer, said.subject)
    known = keep(key, partial(_known, server.database, said))
    provider = server.settings.provider
    if known is None and provider is not None:
        known = enrolment.by_claim(server.database, provider, said, asking.now)
    if known is None:
        return Arrival(asking, NO_ROLE, said) if provider is not None else Arrival(asking)
    over = sessions.why_over(asking, server.settings, said, known.person_id, keep)
    if over:
        return Arrival(asking, over)
    person = known.at(asking.now)
    if provider is not None and not person.grants:
        return Arrival(asking.by(person), NO_ROLE, said)
    return Arrival(asking.by(person))


def _known(database: Database, said: Vouched) -> Known | None:
    """Who this is. An issuer is known with or without the slash that some put at its end."""
    with database.reading() as reading:
        return people.known(reading, said.issuer, said.subject) or people.known(
            reading, f"{said.issuer}/", said.subject
        )

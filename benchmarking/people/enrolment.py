"""Putting people on the list of those who are known here, with the roles they hold.

From the command line, for the first administrator; from a claim, for whoever signs in for the
first time; and for the one person of a laptop copy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarking.access import Grant, Role, is_of_a_trust
from benchmarking.answers import Organisation
from benchmarking.organisations import load, shown_code
from benchmarking.people.vouching import Vouched
from benchmarking.provider import Provider
from benchmarking.store import organisations, people
from benchmarking.store.database import AuditEntry, Database, Reading, Writing
from benchmarking.store.people import Known, Listed

LAPTOP_ISSUER = "laptop"
_HOST = 0  # whoever runs the command on the server's machine, or set its settings
_LONGEST = 100


class CannotEnrol(Exception):
    """Somebody cannot be put on the list. Says why, and what to do."""


@dataclass(frozen=True)
class Newcomer:
    """Somebody to be known here: who vouches for them under which name, and what they are."""

    issuer: str
    subject: str
    title: str
    grant: Grant


def enrol(database: Database, reference: Path, newcomer: Newcomer, now: datetime) -> int:
    """Gives somebody a role, and puts them on the list where they are not there; their number.

    A trust that nobody here belongs to yet is taken from the published list of trusts.

    Raises:
        CannotEnrol: something about them cannot be; nothing was stored then.
    """
    _check(newcomer)
    who = f"{newcomer.issuer} {newcomer.subject}"
    entry = AuditEntry(_HOST, "give role", who, now, _in_words(newcomer.grant))
    with database.writing(entry) as writing:
        _add_trust(writing, reference, newcomer.grant.organisation)
        known = people.known(writing, newcomer.issuer, newcomer.subject)
        if known is not None and newcomer.grant in known.at(now).grants:
            raise CannotEnrol(
                f"{known.title} is {_in_words(newcomer.grant)} already. Nothing was changed."
            )
        number = known.person_id if known else _add(writing, newcomer)
        people.grant(writing, number, newcomer.grant.role, newcomer.grant.organisation, now)
    return number


def by_claim(
    database: Database, provider: Provider, vouched: Vouched, now: datetime
) -> Known | None:
    """Enrols somebody with the roles that a claim gives at the first sign-in; often nobody."""
    values = vouched.claims.get(provider.role_claim) if provider.role_claim else None
    said = [values] if isinstance(values, str) else values if isinstance(values, list) else []
    grants = [grant for value, grant in provider.first_roles.items() if value in said]
    with database.reading() as reading:
        grants = [grant for grant in grants if _is_here(reading, grant)]
    if not grants:
        return None
    who = f"{vouched.issuer} {vouched.subject}"
    entry = AuditEntry(_HOST, "give role by claim", who, now, _all_in_words(grants))
    with database.writing(entry) as writing:
        if people.known(writing, vouched.issuer, vouched.subject) is not None:
            writing.give_up()
        else:
            title = _all_in_words(grants)[:_LONGEST].capitalize()
            number = people.add(writing, vouched.issuer, vouched.subject, title)
            for grant in grants:
                people.grant(writing, number, grant.role, grant.organisation, now)
    with database.reading() as reading:
        return people.known(reading, vouched.issuer, vouched.subject)


def active(reading: Reading, now: datetime) -> tuple[Listed, ...]:
    """Everybody who holds a role now."""
    return tuple(one for one in people.every(reading) if one.known.at(now).grants)


def end_roles(database: Database, issuer: str, subject: str, now: datetime) -> int:
    """Ends every role that somebody holds; how many those were.

    Raises:
        CannotEnrol: nobody is known here by this name.
    """
    entry = AuditEntry(_HOST, "end roles", f"{issuer} {subject}", now)
    with database.writing(entry) as writing:
        known = people.known(writing, issuer, subject)
        if known is None:
            raise CannotEnrol(
                "Nobody is known here by this issuer and subject. "
                "See all with: python -m benchmarking people list"
            )
        held = [role for role in known.roles if role.holds(now)]
        for role in held:
            people.end_role(writing, role.grant_id, now)
        if not held:
            writing.give_up()
    return len(held)


def newcomer_on_laptop(said: str) -> Newcomer:
    """The person that BENCHMARK_LAPTOP_PERSON means, such as "Complaints manager@RJ1".

    Raises:
        CannotEnrol: it does not have this form.
    """
    title, at, trust = said.rpartition("@")
    if not (title.strip() and at and trust.strip()):
        raise CannotEnrol(
            f"BENCHMARK_LAPTOP_PERSON: {said[:60]!r} is not a title and a trust. "
            f"Write them as in: Complaints manager@RJ1"
        )
    grant = Grant(Role.TRUST_LEAD, trust.strip().upper())
    return Newcomer(LAPTOP_ISSUER, "the person of this copy", title.strip(), grant)


def _check(newcomer: Newcomer) -> None:
    for what, said in (
        ("issuer", newcomer.issuer),
        ("subject", newcomer.subject),
        ("title", newcomer.title),
    ):
        if not (0 < len(said) <= 255 and said.isprintable() and said == said.strip()):
            raise CannotEnrol(
                f"The {what} is empty, longer than 255 characters, or holds a space at an end or a "
                f"character that is not printed. Give it as the sign-in service shows it."
            )
    grant = newcomer.grant
    if is_of_a_trust(grant.role) != (grant.organisation is not None):
        raise CannotEnrol(
            f"A {grant.role.value} belongs to one trust. Add --trust and its code."
            if grant.organisation is None
            else f"The role {grant.role.value} holds everywhere. Leave --trust out."
        )


def _add(writing: Writing, newcomer: Newcomer) -> int:
    return people.add(writing, newcomer.issuer, newcomer.subject, newcomer.title)


def _add_trust(writing: Writing, reference: Path, code: str | None) -> None:
    if code is None or organisations.find(writing, code) is not None:
        return
    found = load(reference).by_code.get(code)
    if found is None:
        raise CannotEnrol(
            f"No NHS trust has the code {shown_code(code)}. Codes are in capital letters, such as "
            f"RJ1; Published complaints shows the code of each trust."
        )
    number = max((one.organisation_id for one in organisations.every(writing)), default=0) + 1
    kind = found.eric_type or found.ko41a_type or ""
    organisations.add(writing, [Organisation(number, code, found.name, kind, found.region_name)])


def _is_here(reading: Reading, grant: Grant) -> bool:
    return grant.organisation is None or organisations.find(reading, grant.organisation) is not None


def _in_words(grant: Grant) -> str:
    return grant.role.value + (f" of {grant.organisation}" if grant.organisation else "")


def _all_in_words(grants: Sequence[Grant]) -> str:
    return ", ".join(map(_in_words, grants))

"""Who may sign in and what they may do: people added, roles given and ended by administrators."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from benchmarking.access import ROLES, Action, Grant, Role, check_can, is_of_a_trust
from benchmarking.answers import Organisation
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.sheets import NotThere
from benchmarking.entry_faults import refuse, text_or_fault
from benchmarking.keeping import Keep, afresh
from benchmarking.moments import from_clocks, in_words
from benchmarking.store import organisations, people
from benchmarking.store.database import Reading
from benchmarking.store.people import HeldRole, Listed
from benchmarking.visit import Visit

LONGEST_TITLE = 100
# OpenID Connect allows a subject no more.
LONGEST_SUBJECT = LONGEST_ISSUER = 255


@dataclass(frozen=True)
class Register:
    """Everybody who is known here, by title, and the trusts that roles are given in, by code."""

    people: tuple[Listed, ...]
    trusts: tuple[Organisation, ...]

    def person(self, person_id: int) -> Listed | None:
        """The person with this number, or None."""
        return next((one for one in self.people if one.known.person_id == person_id), None)

    def administrators(self, now: datetime) -> int:
        """How many people may manage people at a moment."""
        return sum(bool(_manages(one, now)) for one in self.people)


def register(visit: Visit, keep: Keep = afresh) -> Register:
    """Everybody who is known here with every role they ever held.

    Raises:
        Refused: the person may not manage people.
    """
    check_can(visit.person, Action.MANAGE_PEOPLE)
    return keep(("register of people", visit.stand.change), partial(_read, visit))


def add_person(visit: Visit, *, issuer: str, subject: str, title: str) -> int:
    """Adds somebody who may then be given roles; their number.

    Args:
        visit: who adds, and when.
        issuer: who vouches for them when they sign in: the address of the identity provider.
        subject: that provider's name for them, which never changes. Not an e-mail address.
        title: what they do, as others will see it.

    Raises:
        Refused: the person may not manage people.
        EntryFaults: something is missing or too long, or this person is known already.
    """
    check_can(visit.person, Action.MANAGE_PEOPLE)
    kept = _checked(issuer, subject, title)
    entry = visit.audit("add person", f"{kept[0]} {kept[1]}")
    with visit.database.writing(entry) as writing:
        known = people.known(writing, kept[0], kept[1])
        if known is not None:
            refuse({"subject": f"This person is here already, as “{known.title}”."})
        return people.add(writing, *kept)


def give_role(
    visit: Visit,
    person_id: int,
    role: Role,
    trust_code: str | None,
    *,
    first_day: date | None = None,
    last_day: date | None = None,
) -> None:
    """Gives somebody a role.

    Args:
        visit: who gives it, and when.
        person_id: to whom. Nobody gives a role to themselves.
        role: which.
        trust_code: where; None for a role that is held everywhere.
        first_day: in London; from now on where it is today or left out.
        last_day: the last day on which it holds; without end where it is left out.

    Raises:
        Refused: the person may not manage people.
        NotThere: there is no such person.
        EntryFaults: the trust or a day cannot be, or the role is held already.
    """
    check_can(visit.person, Action.MANAGE_PEOPLE)
    if person_id == visit.person.person_id:
        raise CannotSave("You cannot give yourself a role. Ask another administrator.")
    _check_days(visit.today, first_day, last_day)
    since = visit.now if first_day in (None, visit.today) else _begin_of(first_day)
    until = None if last_day is None else _begin_of(last_day + timedelta(days=1))
    given = Grant(role, trust_code)
    entry = visit.audit("give role", f"person {person_id}", _in_audit(given, since, until))
    with visit.database.writing(entry) as writing:
        found = _found(writing, person_id)
        refuse(
            {
                "trust": _fault_of_place(writing, given),
                "role": _fault_of_twice(found.known.roles, given, since, until),
            }
        )
        people.grant(writing, person_id, role, trust_code, since, until)


def end_role(visit: Visit, person_id: int, grant_id: int) -> None:
    """Ends a role of somebody at once: it opens nothing from their next click on.

    Raises:
        Refused: the person may not manage people.
        NotThere: there is no such person.
        CannotSave: the role has ended before, or nobody could manage people without it.
    """
    check_can(visit.person, Action.MANAGE_PEOPLE)
    entry = visit.audit("end role", f"person {person_id}", f"grant {grant_id}")
    with visit.database.writing(entry) as writing:
        held = {role.grant_id: role for role in _found(writing, person_id).known.roles}
        _check_somebody_manages(writing, held.get(grant_id), visit.now)
        if grant_id not in held or not people.end_role(writing, grant_id, visit.now):
            raise CannotSave("This role has ended already. Nothing was changed.")


def _read(visit: Visit) -> Register:
    with visit.database.reading() as reading:
        return Register(people.every(reading), organisations.every(reading))


def _found(reading: Reading, person_id: int) -> Listed:
    for one in people.every(reading):
        if one.known.person_id == person_id:
            return one
    raise NotThere("There is no such person here. Choose one from the list.")


def _checked(issuer: str, subject: str, title: str) -> tuple[str, str, str]:
    """Issuer, subject and title as they are kept."""
    whose, no_issuer = text_or_fault(
        issuer.strip().rstrip("/"), LONGEST_ISSUER, "The issuer", "Say who vouches for this person."
    )
    named, no_subject = text_or_fault(
        subject, LONGEST_SUBJECT, "The subject", "Enter the name that the issuer knows them by."
    )
    called, no_title = text_or_fault(
        " ".join(title.split()), LONGEST_TITLE, "The title", "Say what this person does."
    )
    spaced = "An issuer has no spaces in it. Copy it from your identity provider."
    refuse(
        {
            "title": no_title,
            "issuer": no_issuer or (spaced if whose.split() != [whose] else ""),
            "subject": no_subject,
        }
    )
    return whose, named, called


def _check_days(today: date, first: date | None, last: date | None) -> None:
    begins = first or today
    refuse(
        {
            "first_day": "A role cannot begin in the past. Choose today or a later day."
            if begins < today
            else "",
            "last_day": f"The last day lies before {in_words(begins)}, on which the role begins."
            if last is not None and last < begins
            else "",
        }
    )


def _begin_of(day: date) -> datetime:
    # Clocks change at one in the morning, so a midnight is never missing.
    moment = from_clocks(datetime.combine(day, time()))
    assert moment is not None
    return moment


def _fault_of_place(reading: Reading, given: Grant) -> str:
    if not is_of_a_trust(given.role):
        return "" if given.organisation is None else "This role is held everywhere, in no trust."
    if given.organisation is None:
        return "Choose the trust in which this role is held."
    known = organisations.find(reading, given.organisation)
    return "" if known else "There is no such trust here. Choose one from the list."


def _fault_of_twice(
    held: Iterable[HeldRole], given: Grant, since: datetime, until: datetime | None
) -> str:
    """A sentence where the same role holds in a part of the same time."""
    for role in held:
        ends_before = role.until is not None and role.until <= max(since, role.since)
        if role.grant == given and not ends_before and (until is None or role.since < until):
            return "This person holds this role in that time already. Choose another role or time."
    return ""


def _manages(one: Listed, now: datetime) -> list[HeldRole]:
    """The roles by which somebody may manage people at a moment."""
    return [
        role
        for role in one.known.roles
        if role.holds(now) and Action.MANAGE_PEOPLE in ROLES[role.grant.role]
    ]


def _check_somebody_manages(reading: Reading, ended: HeldRole | None, now: datetime) -> None:
    """Passes where others may still manage people once a role has ended, and for good."""
    holding = [role for one in people.every(reading) for role in _manages(one, now)]
    if ended not in holding:
        return
    others = [role for role in holding if role != ended]
    if not others:
        raise CannotSave(
            "This is the last administrator. Give somebody else the role first, then end this one."
        )
    if ended is not None and ended.until is None and all(role.until for role in others):
        raise CannotSave(
            "The roles of all other administrators end on a day. Give one of them the role "
            "without a last day first, then end this one."
        )


def _in_audit(given: Grant, since: datetime, until: datetime | None) -> str:
    place = given.organisation or "everywhere"
    ends = "without end" if until is None else f"until {until.isoformat(timespec='seconds')}"
    return f"{given.role.value}, {place}, from {since.isoformat(timespec='seconds')}, {ends}"

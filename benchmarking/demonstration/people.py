"""The people of the demonstration, named by what they do."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from benchmarking.access import Role
from benchmarking.answers import Organisation
from benchmarking.store import people
from benchmarking.store.database import Writing

ISSUER = "demonstration"

IN_EACH_TRUST = {
    Role.TRUST_LEAD: "Complaints manager",
    Role.CONTRIBUTOR: "Patient experience officer",
    Role.APPROVER: "Chief nurse",
    Role.BOARD_MEMBER: "Non-executive director",
}
EVERYWHERE = {Role.INSPECTOR: "Inspector", Role.ADMINISTRATOR: "Administrator"}


def title(role: Role, trust_code: str) -> str:
    """What somebody in a trust is called, such as "Complaints manager, DEMO-07"."""
    return f"{IN_EACH_TRUST[role]}, {trust_code}"


def subject(role: Role, trust_code: str | None = None) -> str:
    """How somebody signs in, such as "trust-lead.DEMO-07" or "inspector"."""
    word = role.value.replace(" ", "-")
    return word if trust_code is None else f"{word}.{trust_code}"


def add(writing: Writing, trusts: Sequence[Organisation], since: datetime) -> Mapping[str, int]:
    """Adds everybody with the role they hold since a moment; their numbers by title."""
    numbers = {}
    for trust in trusts:
        for role in IN_EACH_TRUST:
            called = title(role, trust.code)
            numbers[called] = people.add(writing, ISSUER, subject(role, trust.code), called)
            people.grant(writing, numbers[called], role, trust.code, since)
    for role, called in EVERYWHERE.items():
        numbers[called] = people.add(writing, ISSUER, subject(role), called)
        people.grant(writing, numbers[called], role, None, since)
    return numbers

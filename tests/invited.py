"""People who complained, for tests: terms that are filled in, a list, and links that were made."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from benchmarking.answers import Cycle
from benchmarking.survey import invitation_lists, invitations, term_entries
from benchmarking.survey.invitations import Made, Plan
from benchmarking.survey_terms import LeftOut, Terms
from benchmarking.visit import Visit

TERMS = Terms(
    phone="the Complaints Team, on the number in your letter",
    post="Complaints Team\nDemonstration Hospital",
    complain_text="To complain, speak to the Complaints Team.",
    complain_link="https://trust.example.nhs.uk/complain",
    advocacy_name="Demonstration Advocacy",
    advocacy_contact="through any library",
)


def fill_in(visit: Visit, trust: str = "DEMO-07", **other: object) -> None:
    """Saves terms that are complete over those that hold."""
    seen = term_entries.of_trust(visit, trust).version
    term_entries.save(visit, trust, replace(TERMS, **other), seen)


def listed(number: int, today: date) -> str:
    """A list of so many complaints, closed one a day until yesterday."""
    rows = [
        f"C/{n:04},{today - timedelta(days=number + 1 - n):%d/%m/%Y}" for n in range(1, number + 1)
    ]
    return "\n".join(["Reference,Closed", *rows])


def plan(
    visit: Visit,
    number: int = 3,
    left_out: Mapping[str, LeftOut] | None = None,
    replaces: int | None = None,
) -> Plan:
    """What a trust lead brings: so many complaints, all of them checked."""
    found = invitation_lists.read(listed(number, visit.today), visit.today)
    return Plan(found, left_out or {}, all_checked=True, replaces=replaces)


def invite(visit: Visit, cycle: Cycle, number: int = 3, trust: str = "DEMO-07") -> Made:
    """So many people invited by a trust whose terms are filled in."""
    return invitations.make(visit, trust, cycle, plan(visit, number))

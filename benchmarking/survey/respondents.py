"""Who replied to a survey here: what people said about themselves, once nobody can be told apart.

It is worked out once, from what is final: while replies come in, two tables would give away who
came between them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarking.access import Action, check_can
from benchmarking.answers import Cycle
from benchmarking.assessing.sheets import trust_of
from benchmarking.standard import EqualityQuestion
from benchmarking.statistics.disclosure import ALL, Hiding, linked, publish
from benchmarking.statistics.disclosure.rules import IN_FULL_FROM, SHARE_FROM
from benchmarking.store import invitations, responses, survey_extras
from benchmarking.survey.invitations import replied
from benchmarking.visit import Visit
from benchmarking.voices.instruments import survey_of, surveyed


@dataclass(frozen=True)
class Group:
    """One answer to a question about the person, and how many gave it, in words."""

    question: str
    option: str
    people: str


def of_trust(visit: Visit, trust_code: str, cycle: Cycle) -> tuple[Group, ...] | None:
    """Who replied in a cycle; None while replies can still come, or where they are too few.

    Raises:
        Refused: the person may not invite people for this trust.
        NotThere: there is no such trust.
    """
    check_can(visit.person, Action.INVITE, trust_code)
    standard = surveyed(visit.library, cycle)
    if standard is None or visit.now <= cycle.deadline_at:
        return None
    with visit.database.reading() as reading:
        number = trust_of(reading, trust_code).organisation_id
        period = responses.period_of(reading, cycle.cycle_id)
        last_day = invitations.open_until(reading, number, cycle.cycle_id)
        if last_day is not None and last_day >= visit.today:
            return None
        if period is None or replied(reading, number, period) < IN_FULL_FROM:
            return None
        people = survey_extras.people_of(reading, number, cycle.cycle_id)
    questions = survey_of(standard).equality
    return tuple(group for one in questions for group in _groups(one, people.get(one.id, {})))


def _groups(question: EqualityQuestion, people: Mapping[str, int]) -> tuple[Group, ...]:
    """Each option with its count, small ones hidden with as many others as it takes."""
    counts = {option.id: people.get(option.id, 0) for option in question.options}
    if sum(counts.values()) < IN_FULL_FROM:
        return ()
    shown = publish(linked({question.id: counts}), Hiding(SHARE_FROM))
    total = Group(question.prompt, "Everybody who answered this", shown[(ALL, ALL)].in_words())
    return (
        *(
            Group(question.prompt, option.label, shown[(question.id, option.id)].in_words())
            for option in question.options
        ),
        total,
    )

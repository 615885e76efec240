"""How many people were asked to answer the survey, and over which time their complaints closed."""

from collections.abc import Sequence
from dataclasses import replace

from benchmarking.replies import Sending, Way
from benchmarking.store.database import Reading, Writing


def add_sending(writing: Writing, organisation_id: int, cycle_id: str, sending: Sending) -> None:
    """Adds how many were asked at one time, in the name of the person in the audit entry."""
    writing.run(
        """
        INSERT INTO survey_sending (
            sending_id, organisation_id, cycle_id, way, closed_from, closed_to, invited,
            author_id, sent_at
        )
        VALUES (
            nextval('survey_sending_number'), :organisation_id, :cycle_id, :way, :closed_from,
            :closed_to, :invited, :person_id, :now
        )
        """,
        organisation_id=organisation_id,
        cycle_id=cycle_id,
        way=sending.way.value,
        closed_from=sending.closed_from,
        closed_to=sending.closed_to,
        invited=sending.invited,
        person_id=writing.audit.person_id,
        now=writing.audit.at,
    )


def sendings_of(reading: Reading, organisation_id: int, cycle_id: str) -> tuple[Sending, ...]:
    """Every sending of one trust in one cycle that was not taken back, the oldest first."""
    rows = reading.rows(
        """
        SELECT s.way, s.closed_from, s.closed_to, s.invited, s.sent_at,
            coalesce(p.title, '') AS author
        FROM survey_sending s
        LEFT JOIN person p ON p.person_id = s.author_id
        WHERE s.organisation_id = :organisation_id AND s.cycle_id = :cycle_id
        ORDER BY s.sending_id
        """,
        organisation_id=organisation_id,
        cycle_id=cycle_id,
    )
    every = [Sending(**{**row, "way": Way(row["way"])}) for row in rows]
    return tuple(_without_taken_back(every))


def _without_taken_back(every: Sequence[Sending]) -> list[Sending]:
    """Each row that takes some away goes, together with the newest one that it takes back."""
    left: list[Sending] = []
    for sending in every:
        undoes = replace(sending, invited=-sending.invited, author="", sent_at=None)
        places = [
            place
            for place, one in enumerate(left)
            if sending.invited < 0 and replace(one, author="", sent_at=None) == undoes
        ]
        if places:
            del left[places[-1]]
        else:
            left.append(sending)
    return left

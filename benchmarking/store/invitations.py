"""Invitations to answer the survey here: found by the digest of their link, and by nothing else.

Nothing here links an invitation to a reply. Who runs the database could still see which rows one
transaction wrote; ``docs/survey.md`` says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarking.store.database import Reading, Row, Writing
from benchmarking.survey_terms import Invitation, Invited, LeftOut, Stands

_COLUMNS = (
    "token_sha256",
    "organisation_id",
    "cycle_id",
    "sending_id",
    "place",
    "expires_on",
    "state",
    "draft",
)


@dataclass(frozen=True)
class SendingKey:
    """The sending that invitations belong to."""

    organisation_id: int
    cycle_id: str
    sending_id: int


def find(reading: Reading, token_sha256: str) -> Invitation | None:
    """The invitation whose link has this digest, or None."""
    row = reading.row(
        """
        SELECT organisation_id, cycle_id, sending_id, expires_on, state, draft
        FROM survey_invitation
        WHERE token_sha256 = :token_sha256
        """,
        token_sha256=token_sha256,
    )
    return None if row is None else _invitation(row)


def newest_sending(reading: Reading, organisation_id: int, cycle_id: str) -> int:
    """The number of a trust's last sending in a cycle: within one transaction, the one just added.

    Raises:
        ValueError: there is none.
    """
    found = reading.value(
        """
        SELECT max(sending_id)
        FROM survey_sending
        WHERE organisation_id = :organisation_id AND cycle_id = :cycle_id
        """,
        organisation_id=organisation_id,
        cycle_id=cycle_id,
    )
    if found is None:
        raise ValueError("Nobody was asked in this cycle. Add the sending first.")
    return int(found)


def add(
    writing: Writing,
    key: SendingKey,
    digests: Sequence[str],
    expires_on: date,
    left_out: Mapping[LeftOut, int],
) -> None:
    """Adds the invitations of a new sending, in the order of the list, and who was left out."""
    rows = [(digest, place, Stands.OPEN.value, "") for place, digest in enumerate(digests)]
    _insert(writing, key, rows, expires_on)
    of = (key.sending_id, key.organisation_id)
    counted = [(*of, why.value, n) for why, n in left_out.items() if n]
    columns = ("sending_id", "organisation_id", "reason", "complaints")
    writing.bulk("survey_left_out", columns, counted)


def replace(
    writing: Writing, key: SendingKey, digests: Sequence[str], expires_on: date, today: date
) -> bool:
    """Gives every invitation of a sending another link; the old ones lead nowhere from now on.

    Who has answered or declined has done so under the new link, too, so that a new list of links
    tells nobody who it was. Drafts go on under the new link.

    Returns:
        Whether there were as many links as invitations. Else the transaction is given up.
    """
    before = _in_order(writing, key)
    if len(before) != len(digests):
        writing.give_up()
        return False
    rows = [
        (digest, place, row["state"], row["draft"] if row["expires_on"] >= today else "")
        for place, (digest, row) in enumerate(zip(digests, before, strict=True))
    ]
    writing.run(
        f"UPDATE survey_invitation SET state = :replaced, draft = '' WHERE {_OF_SENDING}",
        replaced=Stands.REPLACED.value,
        **vars(key),
    )
    _insert(writing, key, rows, expires_on)
    return True


def save_draft(writing: Writing, token_sha256: str, draft: str) -> bool:
    """Keeps what was answered so far under an open invitation; else gives the transaction up."""
    return writing.change_one(
        """
        UPDATE survey_invitation SET draft = :draft
        WHERE token_sha256 = :token_sha256 AND state = 'open'
        """,
        token_sha256=token_sha256,
        draft=draft,
    )


def close(writing: Writing, token_sha256: str, stands: Stands) -> bool:
    """Ends an open invitation and removes its draft; else gives the transaction up."""
    return writing.change_one(
        """
        UPDATE survey_invitation SET state = :state, draft = ''
        WHERE token_sha256 = :token_sha256 AND state = 'open'
        """,
        token_sha256=token_sha256,
        state=stands.value,
    )


def drafts_over(reading: Reading, today: date) -> int:
    """How many drafts there are under links whose last day is over."""
    sql = "SELECT count(*) FROM survey_invitation WHERE expires_on < :today AND draft <> ''"
    return int(reading.value(sql, today=today))


def forget_drafts_over(writing: Writing, today: date) -> int:
    """Removes the drafts under links whose last day is over; how many."""
    return writing.run(
        "UPDATE survey_invitation SET draft = '' WHERE expires_on < :today AND draft <> ''",
        today=today,
    )


def open_until(reading: Reading, organisation_id: int, cycle_id: str) -> date | None:
    """The last day on which a link of a trust's cycle works; None where no link is open."""
    return reading.value(
        """
        SELECT max(expires_on)
        FROM survey_invitation
        WHERE organisation_id = :organisation_id AND cycle_id = :cycle_id AND state = 'open'
        """,
        organisation_id=organisation_id,
        cycle_id=cycle_id,
    )


def sent(reading: Reading, organisation_id: int, cycle_id: str) -> tuple[Invited, ...]:
    """The sendings of a trust's cycle that were made here, the oldest first."""
    rows = reading.rows(
        """
        SELECT s.sending_id, s.closed_from, s.closed_to, s.invited, s.sent_at,
            (
                SELECT max(i.expires_on)
                FROM survey_invitation i
                WHERE i.sending_id = s.sending_id AND i.state <> 'replaced'
            ) AS expires_on
        FROM survey_sending s
        WHERE s.organisation_id = :organisation_id AND s.cycle_id = :cycle_id AND s.way = 'here'
        ORDER BY s.sending_id
        """,
        organisation_id=organisation_id,
        cycle_id=cycle_id,
    )
    # Of a sending that was purged, or that a demonstration only counts, there are no links.
    return tuple(
        Invited(**row, left_out=_left_out(reading, row["sending_id"]))
        for row in rows
        if row["expires_on"] is not None
    )


_OF_SENDING = (
    "organisation_id = :organisation_id AND cycle_id = :cycle_id AND sending_id = :sending_id"
)


def _in_order(reading: Reading, key: SendingKey) -> list[Row]:
    return reading.rows(
        f"""
        SELECT state, draft, expires_on
        FROM survey_invitation
        WHERE {_OF_SENDING} AND state <> :replaced
        ORDER BY place
        """,
        replaced=Stands.REPLACED.value,
        **vars(key),
    )


def _insert(
    writing: Writing, key: SendingKey, rows: Sequence[tuple[str, int, str, str]], expires_on: date
) -> None:
    at = (key.organisation_id, key.cycle_id, key.sending_id)
    full = [(digest, *at, place, expires_on, state, text) for digest, place, state, text in rows]
    writing.bulk("survey_invitation", _COLUMNS, full)


def _left_out(reading: Reading, sending_id: int) -> Mapping[LeftOut, int]:
    rows = reading.rows(
        "SELECT reason, complaints FROM survey_left_out WHERE sending_id = :id ORDER BY reason",
        id=sending_id,
    )
    return {LeftOut(row["reason"]): row["complaints"] for row in rows}


def _invitation(row: Row) -> Invitation:
    return Invitation(
        row["organisation_id"],
        row["cycle_id"],
        row["sending_id"],
        row["expires_on"],
        Stands(row["state"]),
        row["draft"],
    )

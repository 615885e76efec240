"""Evidence comes back exactly as it was given: what was not asked is told from no and from 0."""

from dataclasses import replace
from datetime import date

import pytest

from benchmarking.evidence import Evidence
from benchmarking.store import evidence
from benchmarking.store.database import Database
from tests.store.scene import (
    CYCLE,
    ITEM,
    KEY,
    LATER,
    LEAD,
    NOW,
    OTHER_ITEM,
    SOUTH,
    audit,
    contents,
    publish,
)

LEAST = Evidence("least", ITEM, "policy", "Complaints policy")
MOST = Evidence(
    evidence_id="most",
    item=OTHER_ITEM,
    kind="records",
    title="Twenty files, drawn by number",
    note="The list is kept\nby the complaints team – “see there”.",
    link="https://example.org/files?drawn=20&of=412",
    records_available=412,
    records_drawn=20,
    at_random=True,
    replies=31,
    period_from=date(2025, 10, 1),
    period_to=date(2026, 9, 30),
    checked_by="internal_audit",
    checked_on=date(2026, 10, 15),
    complainants_involved=True,
    category="processes",
    dated_on=date(2026, 9, 1),
    reviewed_by="Deputy chief nurse",
    reviewed_on=date(2026, 10, 20),
    may_be_shared=True,
    file_sha256="0" * 64,
    file_name="Twenty files – drawn.csv",
    file_type="csv",
    file_size=1204,
    file_may_identify=True,
)
# Nothing found is not the same as nothing asked.
NONE_AT_ALL = replace(
    MOST,
    evidence_id="none",
    records_available=0,
    records_drawn=0,
    at_random=False,
    replies=0,
    complainants_involved=False,
    may_be_shared=False,
    file_size=0,
    file_may_identify=False,
)


@pytest.mark.parametrize("piece", [LEAST, MOST, NONE_AT_ALL], ids=lambda piece: piece.evidence_id)
def test_every_field_comes_back_as_it_was_given(database: Database, piece: Evidence):
    with database.writing(audit()) as writing:
        evidence.add(writing, KEY, [piece])
    with database.reading() as reading:
        found = evidence.of_assessment(reading, KEY)
    assert found == (replace(piece, author="Complaints manager", saved_at=NOW),)


def test_no_field_comes_back_as_another_type(database: Database):
    """In Python 0 equals False, so equality alone would not tell them apart."""
    with database.writing(audit()) as writing:
        evidence.add(writing, KEY, [LEAST, MOST, NONE_AT_ALL])
    with database.reading() as reading:
        found = {piece.evidence_id: piece for piece in evidence.of_assessment(reading, KEY)}
    for given in (LEAST, MOST, NONE_AT_ALL):
        back = replace(found[given.evidence_id], author="", saved_at=None)
        assert [type(value) for value in vars(back).values()] == [
            type(value) for value in vars(given).values()
        ]


def test_evidence_is_listed_from_the_oldest(database: Database):
    for piece, person_id, at in ((MOST, LEAD, LATER), (LEAST, 1, NOW)):
        with database.writing(audit(person_id=person_id, at=at)) as writing:
            evidence.add(writing, KEY, [piece])
    with database.reading() as reading:
        found = evidence.of_assessment(reading, KEY)
    assert [(piece.evidence_id, piece.author) for piece in found] == [
        ("least", "Complaints manager"),
        ("most", "Executive lead"),
    ]


def test_one_piece_is_taken_away_and_the_others_stay(database: Database):
    with database.writing(audit()) as writing:
        evidence.add(writing, KEY, [LEAST, MOST])
    with database.writing(audit()) as writing:
        assert evidence.remove(writing, KEY, "least")
    with database.reading() as reading:
        assert [p.evidence_id for p in evidence.of_assessment(reading, KEY)] == ["most"]


def test_what_is_gone_already_cannot_be_taken_away_and_leaves_no_entry(database: Database):
    before = contents(database)
    with database.writing(audit()) as writing:
        assert not evidence.remove(writing, KEY, "least")
    assert contents(database) == before


def test_another_trusts_evidence_cannot_be_taken_away(database: Database):
    with database.writing(audit()) as writing:
        evidence.add(writing, KEY, [LEAST])
    before = contents(database)
    with database.writing(audit()) as writing:
        south = replace(KEY, organisation_id=SOUTH.organisation_id)
        assert not evidence.remove(writing, south, "least")
    assert contents(database) == before


def test_published_evidence_is_that_of_the_newest_published_revision(database: Database):
    keys = [KEY, replace(KEY, revision=2), replace(KEY, revision=3)]
    publish(database, keys[0], "level-1")
    publish(database, keys[1], "level-2")
    with database.writing(audit()) as writing:
        for number, key in enumerate(keys, start=1):
            evidence.add(writing, key, [replace(MOST, evidence_id=f"of revision {number}")])
    with database.reading() as reading:
        found = evidence.of_published(reading, CYCLE.cycle_id, KEY.scope)
    expected = replace(MOST, evidence_id="of revision 2", author="Complaints manager", saved_at=NOW)
    assert found == [(KEY.organisation_id, 2, expected)]


def test_a_draft_has_no_published_evidence(database: Database):
    with database.writing(audit()) as writing:
        evidence.add(writing, KEY, [LEAST])
    with database.reading() as reading:
        assert evidence.of_published(reading, CYCLE.cycle_id, KEY.scope) == []

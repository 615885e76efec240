"""Actions of fictional trusts: across cycles, with notes, and in every state a reader may meet."""

from collections import Counter
from datetime import timedelta

import pytest

from benchmarking.access import Role
from benchmarking.answers import ItemKey
from benchmarking.demonstration import people
from benchmarking.demonstration.actions import draw_actions
from benchmarking.demonstration.newcomer import NEWCOMER, STANDARD
from benchmarking.moments import local
from benchmarking.personal_details import may_identify
from benchmarking.trust_actions import Due, Status


class Numbers(dict):
    """A number for everybody who is asked about."""

    def __missing__(self, title: str) -> int:
        self[title] = len(self) + 1
        return self[title]


@pytest.fixture(scope="module")
def person_ids() -> Numbers:
    return Numbers()


@pytest.fixture(scope="module")
def wholes(drawn, as_of, person_ids):
    return draw_actions(drawn, as_of, person_ids)


def by_code(wholes, drawn, code):
    number = next(one.trust.organisation.organisation_id for one in drawn if one.trust.code == code)
    return [whole for whole in wholes if whole.action.organisation_id == number]


def test_the_same_day_gives_the_same_actions(wholes, drawn, as_of, person_ids):
    assert draw_actions(drawn, as_of, person_ids) == wholes


def test_there_are_some_of_every_kind(wholes, as_of):
    stands = Counter(whole.action.due(as_of) for whole in wholes)
    ends = Counter(whole.action.status for whole in wholes)
    assert min(stands[Due.LATE], stands[Due.SOON], stands[Due.ON_TIME]) > 20
    assert min(ends[Status.DONE], ends[Status.IN_PROGRESS], ends[Status.OPEN]) > 50
    assert ends[Status.DROPPED] > 3
    still_open = sum(not whole.action.status.is_over for whole in wholes)
    assert 0.02 < stands[Due.LATE] / still_open < 0.4
    assert sum(len(whole.action.promised.statements) > 1 for whole in wholes) > 50


def test_several_actions_can_serve_one_statement(wholes):
    served = Counter(
        (whole.action.organisation_id, item)
        for whole in wholes
        for item in whole.action.promised.statements
    )
    assert max(served.values()) > 1


def test_some_days_were_moved_and_each_time_it_is_told_why(wholes):
    moves = [note for whole in wholes for note in whole.notes if note.due_from]
    assert len(moves) > 20
    assert all(note.text and note.due_to != note.due_from for note in moves)
    assert any(n.due_to > n.due_from for n in moves) and any(n.due_to < n.due_from for n in moves)
    for whole in wholes:
        days = [note.due_to for note in whole.notes if note.due_from]
        assert not days or days[-1] == whole.action.promised.due_on


def test_what_is_told_is_told_in_order_before_the_day_and_before_the_end(wholes, as_of):
    for whole in wholes:
        times = [note.written_at for note in whole.notes]
        assert times == sorted(times)
        assert all(local(at).date() < as_of for at in [*times, whole.action.saved_at])
        ends = [n for n in whole.notes if n.to_status in (Status.DONE, Status.DROPPED)]
        assert ends == ([whole.notes[-1]] if whole.action.status.is_over else [])
        changes = [n for n in whole.notes if n.to_status or n.due_from]
        assert whole.action.action_revision == 1 + len(changes)


def test_what_is_done_says_what_came_of_it_and_what_shows_it(wholes, drawn):
    pieces = {piece.evidence_id: piece.item for one in drawn for piece in one.whole.evidence}
    shown: Counter[str] = Counter()
    for whole in wholes:
        assert (whole.closure is not None) == whole.action.status.is_over
        if whole.action.status is not Status.DONE or whole.closure is None:
            continue
        closure = whole.closure
        assert closure.outcome and bool(closure.evidence_id) != bool(closure.shown_by)
        shown["evidence" if closure.evidence_id else "words"] += 1
        if closure.evidence_id:
            assert pieces[closure.evidence_id] in whole.action.promised.statements
    assert min(shown.values()) > 50 and len(shown) == 2


def test_each_aims_higher_than_the_trust_claimed(wholes, library):
    for whole in wholes:
        promised = whole.action.promised
        standard = next(s for s in library.standards if s.id == promised.statements[0].standard_id)
        assert promised.target_level in {c.id for c in library.scale_of(standard).valued[1:]}
        assert promised.target_cycle == f"{int(whole.action.made_in[:4]) + 1}/" + (
            f"{(int(whole.action.made_in[:4]) + 2) % 100:02}"
        )


def test_owners_are_roles_or_the_complaints_manager_who_signs_in(wholes, drawn, person_ids):
    lead = person_ids[people.title(Role.TRUST_LEAD, NEWCOMER)]
    owners = [whole.action.promised.owner for whole in by_code(wholes, drawn, NEWCOMER)]
    assert {owner.person_id for owner in owners} == {None, lead}
    assert all(owner.title and "," not in owner.title for owner in owners if not owner.person_id)


def test_nothing_in_them_looks_like_somebodys_details(wholes):
    said = {whole.action.promised.text for whole in wholes}
    said |= {note.text for whole in wholes for note in whole.notes}
    assert not any(may_identify(text) for text in said)


def test_the_newcomer_has_one_late_one_due_soon_and_one_done(wholes, drawn, as_of):
    mine = [w.action for w in by_code(wholes, drawn, NEWCOMER)]
    late = [action for action in mine if action.is_late(as_of)]
    assert [action.promised.statements for action in late] == [(ItemKey(STANDARD, "sa-3.1"),)]
    assert late[0].promised.due_on == as_of - timedelta(days=12)
    soon = [action for action in mine if action.due(as_of) is Due.SOON]
    assert (ItemKey(STANDARD, "sa-5.4"),) in [action.promised.statements for action in soon]

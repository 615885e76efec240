"""Invitations are found by the digest of their link, and linked to nothing that people answered."""

from datetime import date, timedelta

import pytest

from benchmarking.replies import Sending, Way
from benchmarking.store import invitation_purge, invitations, survey_extras, survey_terms, surveys
from benchmarking.store.database import Database
from benchmarking.store.invitations import SendingKey
from benchmarking.survey_terms import LeftOut, SavedTerms, Stands, Terms
from tests.store.scene import CYCLE, LEAD, MANAGER, NOW, audit, contents

TRUST, OTHER = 1, 2
TODAY = NOW.date()
LAST_DAY = TODAY + timedelta(days=30)
CLOSED = date(2026, 9, 1), date(2026, 9, 30)


def add(database: Database, *digests: str, trust: int = TRUST, **left_out: int) -> SendingKey:
    sending = Sending(Way.HERE, *CLOSED, len(digests))
    with database.writing(audit()) as writing:
        surveys.add_sending(writing, trust, CYCLE.cycle_id, sending)
        number = invitations.newest_sending(writing, trust, CYCLE.cycle_id)
        key = SendingKey(trust, CYCLE.cycle_id, number)
        reasons = {LeftOut(why): n for why, n in left_out.items()}
        invitations.add(writing, key, digests, LAST_DAY, reasons)
    return key


def stands(database: Database, *digests: str) -> list[tuple[Stands, str]]:
    with database.reading() as reading:
        found = [invitations.find(reading, digest) for digest in digests]
    return [(one.stands, one.draft) for one in found if one is not None]


def test_an_invitation_is_found_by_its_digest_alone(database: Database) -> None:
    key = add(database, "a", "b")
    with database.reading() as reading:
        found = invitations.find(reading, "a")
        assert invitations.find(reading, "c") is None
    assert found is not None
    assert (found.organisation_id, found.cycle_id, found.sending_id) == tuple(vars(key).values())
    assert (found.expires_on, found.stands, found.draft) == (LAST_DAY, Stands.OPEN, "")


def test_no_column_says_when_somebody_answered(database: Database) -> None:
    add(database, "a")
    (row,) = contents(database)["survey_invitation"]
    assert set(row) == {
        *("token_sha256", "organisation_id", "cycle_id", "sending_id", "place"),
        *("expires_on", "state", "draft"),
    }


def test_a_draft_is_kept_while_the_invitation_is_open_and_gone_afterwards(
    database: Database,
) -> None:
    add(database, "a")
    with database.writing(audit()) as writing:
        assert invitations.save_draft(writing, "a", "so far")
    assert stands(database, "a") == [(Stands.OPEN, "so far")]
    with database.writing(audit()) as writing:
        assert invitations.close(writing, "a", Stands.ANSWERED)
    assert stands(database, "a") == [(Stands.ANSWERED, "")]


@pytest.mark.parametrize("ended", [Stands.ANSWERED, Stands.DECLINED])
def test_what_has_ended_takes_nothing_more(database: Database, ended: Stands) -> None:
    add(database, "a")
    with database.writing(audit()) as writing:
        invitations.close(writing, "a", ended)
    before = contents(database)
    with database.writing(audit("late")) as writing:
        assert not invitations.save_draft(writing, "a", "late")
    with database.writing(audit("late")) as writing:
        assert not invitations.close(writing, "a", Stands.ANSWERED)
    assert contents(database) == before, "not even an audit entry"


def test_drafts_under_links_that_are_over_are_removed_and_others_stay(database: Database) -> None:
    add(database, "a", "b")
    with database.writing(audit()) as writing:
        invitations.save_draft(writing, "a", "so far")
        assert invitations.drafts_over(writing, LAST_DAY) == 0
        assert invitations.forget_drafts_over(writing, LAST_DAY) == 0
    with database.writing(audit()) as writing:
        over = LAST_DAY + timedelta(days=1)
        assert invitations.drafts_over(writing, over) == 1
        assert invitations.forget_drafts_over(writing, over) == 1
    assert stands(database, "a", "b") == [(Stands.OPEN, ""), (Stands.OPEN, "")]


def test_replaced_links_carry_on_what_was_done_under_the_old_ones(database: Database) -> None:
    key = add(database, "a", "b", "c")
    with database.writing(audit()) as writing:
        invitations.close(writing, "a", Stands.ANSWERED)
        invitations.save_draft(writing, "c", "so far")
    with database.writing(audit()) as writing:
        assert invitations.replace(writing, key, ["x", "y", "z"], LAST_DAY, TODAY)
    assert stands(database, "a", "b", "c") == [(Stands.REPLACED, "")] * 3
    assert stands(database, "x", "y", "z") == [
        (Stands.ANSWERED, ""),
        (Stands.OPEN, ""),
        (Stands.OPEN, "so far"),
    ]
    with database.writing(audit()) as writing:
        assert invitations.replace(writing, key, ["p", "q", "r"], LAST_DAY, TODAY), "twice"
    assert stands(database, "x", "r") == [(Stands.REPLACED, ""), (Stands.OPEN, "so far")]


def test_a_list_of_another_length_replaces_nothing(database: Database) -> None:
    key = add(database, "a", "b")
    before = contents(database)
    with database.writing(audit("replace")) as writing:
        assert not invitations.replace(writing, key, ["x"], LAST_DAY, TODAY)
    assert contents(database) == before


def test_sendings_say_how_many_were_invited_and_left_out(database: Database) -> None:
    add(database, "a", "b", claim=2, reopened=1)
    add(database, "c")
    add(database, "d", trust=OTHER)
    with database.reading() as reading:
        first, second = invitations.sent(reading, TRUST, CYCLE.cycle_id)
    assert (first.invited, first.left_out) == (2, {LeftOut.CLAIM: 2, LeftOut.REOPENED: 1})
    assert (first.closed_from, first.closed_to, first.expires_on) == (*CLOSED, LAST_DAY)
    assert (second.invited, second.left_out) == (1, {})


def test_a_survey_of_the_trusts_own_is_no_sending_of_here(database: Database) -> None:
    with database.writing(audit()) as writing:
        sending = Sending(Way.ELSEWHERE, *CLOSED, 40)
        surveys.add_sending(writing, TRUST, CYCLE.cycle_id, sending)
    with database.reading() as reading:
        assert invitations.sent(reading, TRUST, CYCLE.cycle_id) == ()
        assert invitations.open_until(reading, TRUST, CYCLE.cycle_id) is None


def test_there_is_no_newest_sending_where_nobody_was_asked(database: Database) -> None:
    with (
        database.reading() as reading,
        pytest.raises(ValueError, match="Nobody was asked in this cycle."),
    ):
        invitations.newest_sending(reading, TRUST, CYCLE.cycle_id)


def test_the_last_day_of_open_links_is_known(database: Database) -> None:
    add(database, "a")
    with database.reading() as reading:
        assert invitations.open_until(reading, TRUST, CYCLE.cycle_id) == LAST_DAY


# What a trust fills in.


def test_terms_are_saved_in_versions_and_the_newest_holds(database: Database) -> None:
    terms = Terms(phone="1", with_comments=True, days=30)
    with database.reading() as reading:
        assert survey_terms.of_trust(reading, TRUST) == SavedTerms()
    with database.writing(audit(person_id=LEAD)) as writing:
        assert survey_terms.save(writing, TRUST, terms, 0)
    with database.writing(audit(person_id=MANAGER)) as writing:
        assert survey_terms.save(writing, TRUST, Terms(phone="2"), 1)
    with database.reading() as reading:
        found = survey_terms.of_trust(reading, TRUST)
        assert survey_terms.of_trust(reading, OTHER) == SavedTerms()
    assert found == SavedTerms(Terms(phone="2"), 2, "Complaints manager", NOW)
    assert len(contents(database)["survey_setting"]) == 2


def test_terms_over_a_version_that_is_not_the_newest_change_nothing(database: Database) -> None:
    with database.writing(audit()) as writing:
        survey_terms.save(writing, TRUST, Terms(phone="1"), 0)
    before = contents(database)
    with database.writing(audit("late")) as writing:
        assert not survey_terms.save(writing, TRUST, Terms(phone="2"), 0)
    assert contents(database) == before


# What comes with a reply.


def say(database: Database, *texts: str, trust: int = TRUST) -> None:
    for text in texts:
        with database.writing(audit()) as writing:
            survey_extras.add_comment(writing, trust, CYCLE.cycle_id, text)


def shown(database: Database, trust: int = TRUST) -> list[str]:
    with database.reading() as reading:
        return sorted(survey_extras.comments_of(reading, trust, CYCLE.cycle_id))


def test_a_comment_waits_until_comments_are_shown(database: Database) -> None:
    say(database, "One", "Two")
    say(database, "Elsewhere", trust=OTHER)
    assert shown(database) == []
    with database.writing(audit()) as writing:
        survey_extras.show_comments(writing, TRUST, CYCLE.cycle_id)
    say(database, "Three")
    assert (shown(database), shown(database, OTHER)) == (["One", "Two"], [])


def test_comments_are_written_anew_so_that_their_order_tells_nothing(database: Database) -> None:
    texts = [f"Comment {n:02}" for n in range(20)]
    numbers: list[set[str]] = []
    for text in texts:
        say(database, text)
        numbers.append({row["comment_id"] for row in contents(database)["survey_comment"]})
    assert not numbers[-2] & numbers[-1]
    with database.reading() as reading:
        rows = reading.rows("SELECT text FROM survey_comment")
    found = [row["text"] for row in rows]
    assert sorted(found) == texts
    assert found != texts


def test_people_are_counted_by_question_and_option(database: Database) -> None:
    for said in ({"age": "old", "who": "me"}, {"age": "old"}, {"age": "young"}, {}):
        with database.writing(audit()) as writing:
            survey_extras.count_person(writing, TRUST, CYCLE.cycle_id, said)
    with database.reading() as reading:
        found = survey_extras.people_of(reading, TRUST, CYCLE.cycle_id)
        assert survey_extras.people_of(reading, OTHER, CYCLE.cycle_id) == {}
    assert found == {"age": {"old": 2, "young": 1}, "who": {"me": 1}}


# Once their time is over.


def test_links_and_comments_of_old_cycles_are_purged_trust_by_trust(database: Database) -> None:
    tables = ("survey_invitation", "survey_comment")
    add(database, "a", "b")
    add(database, "c", trust=OTHER)
    say(database, "One")
    with database.reading() as reading:
        assert invitation_purge.trusts_with(reading, tables, CYCLE.release_at) == ()
        over = CYCLE.release_at + timedelta(days=1)
        assert invitation_purge.trusts_with(reading, tables, over) == (
            (TRUST, "DEMO-01", 3),
            (OTHER, "DEMO-02", 1),
        )
    with database.writing(audit()) as writing:
        assert invitation_purge.remove(writing, tables, TRUST, over) == 3
    assert stands(database, "a", "b", "c") == [(Stands.OPEN, "")]
    assert len(contents(database)["survey_sending"]) == 2, "how many were asked stays"

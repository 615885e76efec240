"""The demonstration's good practice stands on its own trusts' published evidence."""

from datetime import datetime, time

import pytest

from benchmarking import personal_details
from benchmarking.demonstration import good_practice
from benchmarking.demonstration.good_practice import LAST, OUTLIVED, Drawn, read_words, told
from benchmarking.demonstration.newcomer import NEWCOMER
from benchmarking.practice_entries import checked
from benchmarking.store.good_practice import Account, Example, Stage, Use


@pytest.fixture(scope="module")
def stands_on(library, rounds, drawn, as_of) -> Drawn:
    return Drawn(library, rounds, drawn, as_of)


@pytest.fixture(scope="module")
def examples(stands_on: Drawn) -> list[tuple[Example, list[Use]]]:
    return [(example, list(uses)) for example, uses in told(stands_on)]


def number_of(stands_on: Drawn, example: Example) -> str:
    item = stands_on.standard.item_by_id[example.item.item_id]
    return stands_on.standard.statement_by_id[item.statement].number


def test_every_account_is_offered_by_somebody(examples):
    accounts = [account for found in read_words().accounts.values() for account in found]
    assert [example.account.title for example, _ in examples] == [a["title"] for a in accounts]


def test_what_fictional_trusts_write_could_have_been_typed(examples):
    for example, uses in examples:
        assert checked(example.account) == example.account
        assert not personal_details.may_identify(*(use.happened for use in uses))


def test_each_stands_on_evidence_that_was_published_in_its_cycle(examples, stands_on, rounds):
    codes = {
        one.trust.organisation.organisation_id: one.trust.code for one in stands_on.assessments
    }
    for example, _ in examples:
        place = [cycle.cycle_id for cycle in rounds].index(example.level.cycle_id)
        item = stands_on.standard.item_by_id[example.item.item_id]
        evidenced = stands_on.evidenced(place, item)
        assert evidenced[codes[example.organisation_id]] == example.level.choice
        assert example.level.choice in stands_on.good
        assert example.offered_at > rounds[place].release_at


def test_one_was_evidenced_a_cycle_ago_and_is_no_longer(examples, stands_on, rounds):
    old = [e for e, _ in examples if e.level.cycle_id != rounds[LAST].cycle_id]
    assert [number_of(stands_on, example) for example in old] == [OUTLIVED]
    item = stands_on.standard.item_by_id[old[0].item.item_id]
    codes = {
        one.trust.organisation.organisation_id: one.trust.code for one in stands_on.assessments
    }
    assert stands_on.evidenced(LAST, item)[codes[old[0].organisation_id]] not in stands_on.good


def test_the_newcomer_offers_its_strength_and_tries_what_it_is_weak_in(examples, stands_on):
    newcomer = next(one for one in stands_on.assessments if one.trust.code == NEWCOMER)
    own = newcomer.trust.organisation.organisation_id
    offered = [number_of(stands_on, e) for e, _ in examples if e.organisation_id == own]
    assert offered == [good_practice.OFFERED_BY_NEWCOMER]
    tried = [
        (number_of(stands_on, e), use.stage)
        for e, uses in examples
        for use in uses
        if use.organisation_id == own
    ]
    assert tried == [(good_practice.TRIED_BY_NEWCOMER, Stage.TRYING)]


def test_others_use_them_after_they_were_offered_and_before_the_day(examples, as_of):
    day = datetime.combine(as_of, time(12))
    for example, uses in examples:
        users = [use.organisation_id for use in uses]
        assert example.organisation_id not in users and len(users) == len(set(users)) >= 1
        for use in uses:
            assert example.offered_at < use.began_at <= use.saved_at < day
            assert bool(use.happened) == (use.helpful is not None)


def test_every_kind_of_use_can_be_seen(examples):
    seen = {(use.stage, use.helpful) for _, uses in examples for use in uses}
    assert seen >= {(Stage.TRYING, None), (Stage.USING, True)}


def test_it_is_the_same_each_time(stands_on, examples):
    assert [(example, list(uses)) for example, uses in told(stands_on)] == examples


def test_accounts_have_every_part(examples):
    for example, _ in examples:
        parts = [getattr(example.account, name) for name in Account.__dataclass_fields__]
        assert all(parts[:-1]) and parts[-1] == "", "no link leads out of a demonstration"

"""Results in words: the same everywhere, with no number left bare and no gap left blank."""

from datetime import date

import pytest

from benchmarking.action_plan import action_words
from benchmarking.answers import ItemKey
from benchmarking.evidence import Evidence
from benchmarking.evidence_in_words import evidence_line
from benchmarking.peers import Basis
from benchmarking.results import result_words
from benchmarking.results.positions import Promise, group_of, promise_of
from benchmarking.standard import Library
from benchmarking.statistics.ordinal import Change
from benchmarking.trust_actions import Due, Owner, Promised, Status, TrustAction
from tests.results.drawing import stage_of
from tests.results.scene import LAST, ME, NOW, cycle, trust

DUE = date(2026, 11, 9)
KEY = ItemKey(ME, "sa-3.1")


@pytest.mark.parametrize(
    "change, since, said, sign",
    [
        (Change(2, 1, 1), "2025/26", "2 higher and 1 lower of 4, compared with 2025/26", "↗"),
        (Change(1, 2, 1), "2025/26", "1 higher and 2 lower of 4, compared with 2025/26", "↘"),
        (Change(1, 1, 2), "2025/26", "1 higher and 1 lower of 4, compared with 2025/26", "→"),
        (Change(0, 3, 1), "2025/26", "3 lower of 4, compared with 2025/26", "↘"),
        (Change(0, 0, 4), "2025/26", "No change since 2025/26", "→"),
        (Change(0, 0, 0), "2025/26", "Nothing to compare with 2025/26 yet", ""),
        (None, None, "No earlier cycle to compare with", ""),
    ],
)
def test_a_change_has_words_and_a_sign(
    change: Change | None, since: str | None, said: str, sign: str
):
    assert result_words.changed(change, since) == said
    assert result_words.sign(change) == sign


@pytest.mark.parametrize(
    "shown, said",
    [
        (
            "3323",
            "Weakest: 1.3 “I understood that I could be supported to make a complaint”, "
            "2 Some shortfalls",
        ),
        ("3333", "All that have a level are at 3 Good"),
        ("3.?-", "All that have a level are at 3 Good"),
        ("..??", ""),
    ],
)
def test_the_weakest_statement_is_named_where_there_is_one(library: Library, shown: str, said: str):
    assert result_words.weakest(stage_of(library, shown)) == said


@pytest.mark.parametrize(
    "shown, said",
    [
        ("3333", ""),
        ("33.?", "1 don't know, 1 not answered"),
        ("3-??", "2 don't know, 1 not applicable"),
        ("....", "4 not answered"),
    ],
)
def test_what_is_missing_is_told_apart(library: Library, shown: str, said: str):
    stage = stage_of(library, shown)
    assert result_words.without_level(stage) == said
    assert result_words.spread(stage).endswith(said)


def test_a_spread_is_told_level_by_level(library: Library):
    assert result_words.spread(stage_of(library, "233.")) == (
        "Evidenced levels: 0 at 1 Significant shortfalls, 1 at 2 Some shortfalls, 2 at 3 Good, "
        "0 at 4 Exceptional, 1 not answered"
    )


@pytest.mark.parametrize(
    "promise, who",
    [
        (
            Promise("Ring", "Matron", DUE, Status.OPEN, Due.LATE, "2025/26"),
            "Matron, due 9 November 2026 (promised in 2025/26)",
        ),
        (
            Promise("Ring", "", None, Status.OPEN, Due.NO_DAY, "2025/26"),
            "No owner named, no date set (promised in 2025/26)",
        ),
    ],
)
def test_a_promise_says_who_by_when_and_where_it_was_made(promise: Promise, who: str):
    assert action_words.promised(promise) == who


def test_an_action_is_a_promise_as_results_show_it():
    said = Promised("Ring", Owner("Matron"), DUE, (KEY,))
    action = TrustAction(1, 1, "trust", said, Status.OPEN, "2025-26", 1, "A", NOW)
    promise = promise_of(action, date(2026, 11, 10), "2025/26")
    assert promise == Promise("Ring", "Matron", DUE, Status.OPEN, Due.LATE, "2025/26")


@pytest.mark.parametrize(
    "parts, said",
    [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"), ([], "")],
)
def test_things_are_listed_with_and(parts: list[str], said: str):
    assert result_words.listed(parts) == said


@pytest.mark.parametrize("count, said", [(0, "no"), (1, "one"), (9, "nine"), (10, "10")])
def test_small_numbers_are_words(count: int, said: str):
    assert result_words.number(count) == said


# Peer groups of the trusts that assess themselves here.


@pytest.mark.parametrize(
    "basis, codes, why",
    [
        (
            Basis.ERIC_TYPE,
            ["DEMO-02", "DEMO-07"],
            "2 other acute trusts that published in 2025/26, because they are of the same type.",
        ),
        (
            Basis.REGION,
            ["DEMO-02"],
            "1 other trust in Demonstration North that published in 2025/26, because they are in "
            "the same region.",
        ),
        (
            Basis.EVERYONE,
            ["DEMO-02", "DEMO-07", "DEMO-08"],
            "3 other trusts that published in 2025/26, of every type and region.",
        ),
    ],
)
def test_a_peer_group_names_its_reason(library: Library, basis: Basis, codes: list[str], why: str):
    group = group_of(trust(1), map(trust, (1, 2, 7, 8)), basis, cycle(library, LAST))
    assert list(group.codes) == codes
    assert group.why == why


# Evidence.


@pytest.mark.parametrize(
    "told, said",
    [
        ({"kind": "policy"}, "Policy, procedure or plan · Stated"),
        (
            {"kind": "policy", "dated_on": DUE, "category": "processes"},
            "Policy, procedure or plan · Stated · 9 November 2026 · Processes",
        ),
        ({"kind": "policy", "category": "of an older file"}, "Policy, procedure or plan · Stated"),
        (
            {"kind": "records", "records_drawn": 1200, "at_random": False},
            "Sample of records · Seen in records: 1,200, not drawn at random",
        ),
        (
            {
                "kind": "survey",
                "replies": 34,
                "period_from": date(2026, 4, 1),
                "period_to": date(2026, 9, 30),
            },
            "Survey of people who complained · Heard from people: 34 replies · 1 April 2026 to "
            "30 September 2026",
        ),
        (
            {"kind": "independent-check", "checked_by": "peer-trust", "checked_on": DUE},
            "Check by somebody outside the complaints team · Checked from outside: Another "
            "trust · 9 November 2026",
        ),
        (
            {"kind": "independent-check", "checked_by": "complaints-team"},
            "Check by somebody outside the complaints team · Checked from inside: The "
            "complaints or PALS team",
        ),
        ({"kind": "a kind of an older edition"}, "Something else"),
    ],
)
def test_evidence_is_told_without_what_anybody_typed(
    library: Library, told: dict[str, object], said: str
):
    policy = library.standard(ME, "2014.1").evidence
    piece = Evidence("e", KEY, title="T", note="N", link="https://l", author="A", **told)  # type: ignore[arg-type]
    assert str(evidence_line(policy, piece)) == said

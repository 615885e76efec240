"""The fictional trusts: nobody could take one for real, and peer groups have all sizes."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from benchmarking.answers import State
from benchmarking.demonstration.trusts import Habit, demonstration_trusts

TRUSTS = [trust.organisation for trust in demonstration_trusts()]
REAL = Path(__file__).resolve().parents[2] / "data" / "organisations"

# An ODS code is three to six letters and digits, without any sign between them.
ODS_CODE = re.compile(r"[A-Z0-9]{3,6}", re.I)


def test_there_are_sixty_with_codes_from_demo_01_to_demo_60():
    assert [trust.code for trust in TRUSTS] == [f"DEMO-{n:02}" for n in range(1, 61)]
    assert [trust.organisation_id for trust in TRUSTS] == list(range(1, 61))


def test_no_code_could_be_an_ods_code():
    assert ODS_CODE.fullmatch("RJ7"), "the pattern knows a real code"
    assert [trust.code for trust in TRUSTS if ODS_CODE.fullmatch(trust.code)] == []


def test_every_name_says_demonstration_and_every_region_is_our_own():
    for trust in TRUSTS:
        assert re.fullmatch(r"[A-Z][a-z]+ Demonstration Trust", trust.name), trust.name
        assert re.fullmatch(r"Demonstration (North|Midlands|East|South)", trust.region), trust.code


def test_no_two_trusts_share_a_name():
    assert len({trust.name for trust in TRUSTS}) == 60


def test_no_invented_place_stands_in_the_name_of_a_real_trust():
    with (REAL / "trust_reference_2024-25.csv").open(encoding="utf-8-sig", newline="") as lines:
        real = " ".join(" ".join(row.values()) for row in csv.DictReader(lines)).lower()
    assert "trust" in real
    assert [t.name for t in TRUSTS if t.name.split()[0].lower() in real] == []


def test_types_come_in_realistic_proportion():
    assert Counter(trust.trust_type for trust in TRUSTS) == {
        "Acute": 30,
        "Mental health": 15,
        "Community": 10,
        "Ambulance": 5,
    }


def test_peer_groups_by_type_and_region_are_of_all_sizes():
    sizes = Counter((trust.trust_type, trust.region) for trust in TRUSTS).values()
    assert min(sizes) < 5, "one group is too small for a peer summary"
    assert any(5 < size < 9 for size in sizes), "one has enough peers, but none for quartiles"
    assert max(sizes) > 9, "one has enough for both"


@pytest.mark.parametrize(
    "cycle, expected",
    [
        (0, {State.PUBLISHED: 56, None: 4}),
        (1, {State.PUBLISHED: 54, State.SUBMITTED: 2, State.IN_PROGRESS: 1, None: 3}),
        (
            2,
            {
                None: 20,
                State.IN_PROGRESS: 19,
                State.SENT_BACK: 2,
                State.SUBMITTED: 9,
                State.APPROVED: 3,
                State.SIGNED_OFF: 2,
                State.PUBLISHED: 5,
            },
        ),
    ],
    ids=["oldest", "last", "current"],
)
def test_trusts_are_in_all_states_in_each_cycle(cycle, expected):
    assert Counter(trust.states[cycle] for trust in demonstration_trusts()) == expected


def test_a_few_trusts_claim_too_much_and_a_few_too_little():
    habits = Counter(trust.habit for trust in demonstration_trusts())
    assert habits[Habit.PLAIN] > habits[Habit.OVER] > 5
    assert habits[Habit.MODEST] > 5

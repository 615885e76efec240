"""People of the demonstration are known by what they do."""

import pytest

from benchmarking.access import Role
from benchmarking.demonstration.people import EVERYWHERE, IN_EACH_TRUST, subject, title


@pytest.mark.parametrize(
    "role, trust, expected",
    [
        (Role.TRUST_LEAD, "DEMO-07", "trust-lead.DEMO-07"),
        (Role.BOARD_MEMBER, "DEMO-07", "board-member.DEMO-07"),
        (Role.CONTRIBUTOR, "DEMO-60", "contributor.DEMO-60"),
        (Role.INSPECTOR, None, "inspector"),
        (Role.ADMINISTRATOR, None, "administrator"),
    ],
)
def test_people_sign_in_by_their_role_and_trust(role, trust, expected):
    assert subject(role, trust) == expected


def test_a_title_names_the_post_and_the_trust():
    assert title(Role.TRUST_LEAD, "DEMO-07") == "Complaints manager, DEMO-07"


def test_every_role_of_a_trust_is_held_and_nobody_holds_two():
    assert set(IN_EACH_TRUST) == {
        Role.TRUST_LEAD,
        Role.CONTRIBUTOR,
        Role.APPROVER,
        Role.BOARD_MEMBER,
    }
    titles = [*IN_EACH_TRUST.values(), *EVERYWHERE.values()]
    assert len(set(titles)) == len(titles)

"""Who replied is shown once, when it is final, and small groups stay hidden."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarking.access import Refused
from benchmarking.answers import Cycle
from benchmarking.assessing.sheets import current_cycle
from benchmarking.store import survey_extras
from benchmarking.survey import comments, respondents
from benchmarking.survey.hosted_survey import Asked, answer, open_link, say_more, send
from benchmarking.survey.respondents import Group
from benchmarking.visit import Visit
from tests.invited import fill_in, invite
from tests.use_cases.conftest import World

TRUST, NUMBER = "DEMO-07", 7


def cycle_of(world: World) -> Cycle:
    return current_cycle(world.visit("lead-07"))


def replied(world: World, number: int, comment: str = "") -> None:
    """So many people answered one question, each saying so about their age."""
    visit = world.visit("lead-07")
    fill_in(visit, with_equality=True, with_comments=True)
    asked = Asked(world.database, world.library, world.now)
    for link in invite(visit, cycle_of(world), number).links:
        answer(asked, link.token, {open_link(asked, link.token).items[0].id: "agree"})
        say_more(asked, link.token, {"eq-who": "own-care"}, comment)
        send(asked, link.token)


def counted(world: World, said: Mapping[str, int]) -> None:
    """So many more who said how old they are."""
    with world.database.writing(world.visit("lead-07").audit("tests", "count")) as writing:
        for option, people in said.items():
            for _ in range(people):
                survey_extras.count_person(
                    writing, NUMBER, cycle_of(world).cycle_id, {"eq-age": option}
                )


def over(world: World) -> Visit:
    """The trust lead, the day after the cycle's deadline."""
    visit = world.visit("lead-07")
    return replace(visit, now=cycle_of(world).deadline_at + timedelta(days=1))


def test_nothing_is_shown_while_replies_can_come_or_where_they_are_few(world: World) -> None:
    replied(world, 29)
    visit, cycle = world.visit("lead-07"), cycle_of(world)
    assert respondents.of_trust(visit, TRUST, cycle) is None, "not final"
    assert respondents.of_trust(over(world), TRUST, cycle) is None, "29 replies"


def test_small_groups_are_hidden_with_another_so_that_none_can_be_worked_out(
    world: World,
) -> None:
    replied(world, 30)
    counted(world, {"under-18": 3, "35-to-49": 14, "50-to-64": 20, "65-to-79": 25})
    groups = respondents.of_trust(over(world), TRUST, cycle_of(world))
    assert groups is not None
    by_age = {one.option: one.people for one in groups if one.question == "How old are you?"}
    assert by_age["Everybody who answered this"] == "62"
    hidden = {name for name, people in by_age.items() if people.startswith("suppressed")}
    assert {"Under 18", "18 to 34", "80 or over"} < hidden, "0 is hidden, too"
    assert "35 to 49" in hidden, "or the small ones together would be known to be 3"
    assert by_age["65 to 79"] == "25"


def test_a_question_that_few_answered_is_left_out(world: World) -> None:
    replied(world, 30)
    counted(world, {"65-to-79": 29})
    groups = respondents.of_trust(over(world), TRUST, cycle_of(world))
    assert groups is not None
    assert {one.question for one in groups} == {"Was the complaint about your own care?"}
    assert groups[-1] == Group(
        "Was the complaint about your own care?", "Everybody who answered this", "30"
    )


@pytest.mark.parametrize("subject", ["colleague-07", "approver-07", "board-07", "lead-08"])
def test_only_the_trust_lead_sees_who_replied_and_reads_comments(
    world: World, subject: str
) -> None:
    with pytest.raises(Refused):
        respondents.of_trust(world.visit(subject), TRUST, cycle_of(world))
    with pytest.raises(Refused):
        comments.of_trust(world.visit(subject), TRUST, cycle_of(world))


def test_comments_come_with_full_waves_and_are_marked(world: World) -> None:
    visit, cycle = world.visit("lead-07"), cycle_of(world)
    assert comments.of_trust(visit, TRUST, cycle) is None
    replied(world, 9, "Ring 020 7946 0018")
    assert comments.of_trust(visit, TRUST, cycle) is None
    replied(world, 6, "It took long")
    found = comments.of_trust(visit, TRUST, cycle)
    assert found is not None
    assert sorted((one.text, one.may_identify) for one in found) == [
        ("It took long", False),
        *[("Ring 020 7946 0018", True)] * 9,
    ]

"""Good practice stands on published evidence; others find it, mark it and say what happened."""

from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarking import good_practice, practice_entries
from benchmarking.access import Refused
from benchmarking.answers import ItemKey, State
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.sheets import NotThere
from benchmarking.entry_faults import EntryFaults
from benchmarking.practice_entries import ChangedMeanwhile
from benchmarking.store.audit import Wanted, entries
from benchmarking.store.good_practice import Account, Said, Stage
from tests.results.scene import CURRENT, LAST, OLDEST, Row, Scene

FIRST, SECOND = ItemKey("my-expectations", "sa-1.1"), ItemKey("my-expectations", "sa-1.2")
MIDDLE = "3333 33333 3333 3333 3333"
LOW = "2222 22222 2222 2222 2222"
ACCOUNT = Account("A day agreed", "We agree a day.", "A list.", "Fewer ask.", "Complaints manager")


@pytest.fixture
def told(scene: Scene) -> Scene:
    """DEMO-01 published 3 throughout but 2 in the second; DEMO-08 published 4 in the first."""
    scene.tell(Row(1, LAST, "32" + MIDDLE[2:]), Row(8, LAST, "4" + MIDDLE[1:]))
    return scene


def offer(scene: Scene, trust: int = 1, item: ItemKey = FIRST, account: Account = ACCOUNT) -> int:
    return practice_entries.offer(scene.visit(f"lead-{trust:02}"), code(trust), item, account)


def code(trust: int) -> str:
    return f"DEMO-{trust:02}"


def shown(
    scene: Scene, subject: str = "lead-08", trust: int | None = 8
) -> tuple[good_practice.Shown, ...]:
    found = good_practice.shelf(scene.visit(subject), code(trust) if trust else None)
    return found.examples


def standing(scene: Scene) -> tuple[str, str, bool]:
    (one,) = shown(scene)
    return one.evidenced.choice.id, one.evidenced.cycle.title, one.still


def noted(scene: Scene) -> list[tuple[str, str, str]]:
    with scene.database.reading() as reading:
        found = entries(reading, Wanted(), 100)
    return [(e.action, e.subject, e.detail) for e in found if "good practice" in e.action]


# Offering


def test_a_trust_offers_what_its_published_evidence_carries(told: Scene):
    can = good_practice.offerable(told.visit("lead-01"), "DEMO-01")
    assert len(can) == 20 and SECOND not in can
    assert (can[FIRST].choice.id, can[FIRST].cycle.title) == ("good", "2025/26")
    offer(told)
    assert standing(told) == ("good", "2025/26", True)
    assert noted(told) == [("offer good practice", "DEMO-01 my-expectations sa-1.1", "")]


def test_a_claim_that_evidence_does_not_carry_is_no_good_practice(scene: Scene):
    scene.tell(Row(1, LAST, "4" + MIDDLE[1:], "2" + MIDDLE[1:]))
    assert FIRST not in good_practice.offerable(scene.visit("lead-01"), "DEMO-01")
    with pytest.raises(CannotSave, match="Offer an example for another statement"):
        offer(scene)
    assert shown(scene) == () and noted(scene) == []


@pytest.mark.parametrize("state", [state for state in State if state is not State.PUBLISHED])
def test_what_is_not_published_carries_nothing(scene: Scene, state: State):
    scene.tell(Row(1, LAST, MIDDLE, state=state))
    assert good_practice.offerable(scene.visit("lead-01"), "DEMO-01") == {}
    with pytest.raises(CannotSave):
        offer(scene)


def test_what_is_published_but_not_released_carries_nothing_and_shows_nothing(told: Scene):
    told.tell(Row(1, CURRENT, "24" + MIDDLE[2:]))
    can = good_practice.offerable(told.visit("lead-01"), "DEMO-01")
    assert can[FIRST].cycle.title == "2025/26" and SECOND not in can
    offer(told)
    assert standing(told) == ("good", "2025/26", True)


def test_a_reopened_draft_does_not_show_through(told: Scene):
    offer(told)
    told.tell(Row(1, LAST, LOW, state=State.IN_PROGRESS, revision=2))
    assert standing(told) == ("good", "2025/26", True)


def test_a_question_of_the_law_is_not_rated_and_so_no_good_practice(told: Scene):
    with pytest.raises(CannotSave):
        offer(told, item=ItemKey("complaints-law-england", "sa-1"))


@pytest.mark.parametrize(
    "field, text, said",
    [
        ("title", "  ", "Say in a few words what others can copy."),
        ("what_we_do", "", "Say what you do, so that others can copy it."),
        ("what_it_took", "", "Say what it took: time, people, money."),
        ("what_changed", "", "Say what changed, and how you know."),
        ("contact_role", "", "Say which role others can ask for."),
        ("title", "x" * 101, "The title is 101 characters long. Shorten it to 100 or fewer."),
        ("link", "trust.example", "The link is not a web address."),
        ("link", "javascript:alert(1)", "The link is not a web address."),
        ("what_we_do", "Ask jo@trust.example", "seems to hold an e-mail address. Every trust"),
        ("contact_role", "Jo, 01632 960001", "The role to ask for seems to hold a phone number"),
        ("what_changed", "NHS number 943 476 5919", "seems to hold an NHS number"),
    ],
)
def test_what_cannot_be_shown_to_others_is_refused_beside_its_field(
    told: Scene, field: str, text: str, said: str
):
    with pytest.raises(EntryFaults) as refused:
        offer(told, account=replace(ACCOUNT, **{field: text}))
    assert list(refused.value.by_field) == [field] and said in refused.value.by_field[field]
    assert shown(told) == ()


def test_a_title_stands_on_one_line(told: Scene):
    offer(told, account=replace(ACCOUNT, title="A day\nagreed\t for all"))
    assert shown(told)[0].example.account.title == "A day agreed for all"


# What holds later


def test_a_later_cycle_that_shows_less_is_told_and_not_hidden(told: Scene):
    offer(told)
    told.tell(Row(1, CURRENT, LOW))
    assert standing(told) == ("good", "2025/26", True), "not before the release"
    released = told.at(told.cycles[CURRENT].release_at)
    assert standing(released) == ("good", "2025/26", False)
    assert FIRST not in good_practice.offerable(released.visit("lead-01"), "DEMO-01")


def test_a_later_cycle_that_shows_more_is_shown(told: Scene):
    offer(told)
    told.tell(Row(1, CURRENT, "4" * 21))
    released = told.at(told.cycles[CURRENT].release_at)
    assert standing(released) == ("exceptional", "2026/27", True)


def test_a_cycle_in_which_the_trust_published_nothing_changes_nothing(told: Scene):
    offer(told)
    told.tell(Row(8, CURRENT, MIDDLE))
    assert standing(told.at(told.cycles[CURRENT].release_at)) == ("good", "2025/26", True)


def test_an_example_whose_evidence_went_can_still_be_corrected(told: Scene):
    number = offer(told)
    told.tell(Row(1, CURRENT, LOW))
    released = told.at(told.cycles[CURRENT].release_at)
    better = replace(ACCOUNT, title="A better title")
    practice_entries.correct(released.visit("lead-01"), "DEMO-01", number, better, 1)
    assert standing(released) == ("good", "2025/26", False)
    assert shown(released)[0].example.account.title == "A better title"


# Order, and who sees what


def test_the_highest_level_comes_first_then_the_most_used(told: Scene):
    low = offer(told)
    high = offer(told, trust=8)
    used = offer(told, account=replace(ACCOUNT, title="Used"))
    practice_entries.use(told.visit("lead-08"), "DEMO-08", used, Stage.USING)
    assert [one.example.example_id for one in shown(told)] == [high, used, low]


@pytest.mark.parametrize(
    "subject, trust", [("lead-08", 8), ("lead-01", 1), ("board-01", 1), ("inspector", None)]
)
def test_everybody_of_a_trust_and_inspectors_find_examples(
    told: Scene, subject: str, trust: int | None
):
    offer(told)
    (one,) = shown(told, subject, trust)
    assert (one.trust.code, one.statement.number) == ("DEMO-01", "1.1")


def test_nobody_asks_in_the_name_of_another_trust(told: Scene):
    with pytest.raises(NotThere, match="You have no role in this trust."):
        shown(told, "lead-08", 1)


def test_only_the_trust_lead_offers_corrects_and_withdraws(told: Scene):
    number = offer(told)
    for subject in ("board-01", "lead-08", "inspector"):
        visit = told.visit(subject)
        for ask in (
            lambda v=visit: good_practice.offerable(v, "DEMO-01"),
            lambda v=visit: practice_entries.offer(v, "DEMO-01", FIRST, ACCOUNT),
            lambda v=visit: practice_entries.correct(v, "DEMO-01", number, ACCOUNT, 1),
            lambda v=visit: practice_entries.withdraw(v, "DEMO-01", number),
        ):
            with pytest.raises(Refused):
                ask()
    for subject in ("board-01", "inspector"):
        with pytest.raises(Refused):
            practice_entries.use(told.visit(subject), "DEMO-01", number, Stage.USING)


def test_another_trusts_example_cannot_be_corrected_or_withdrawn(told: Scene):
    number = offer(told)
    lead = told.visit("lead-08")
    for ask in (
        lambda: practice_entries.correct(lead, "DEMO-08", number, ACCOUNT, 1),
        lambda: practice_entries.withdraw(lead, "DEMO-08", number),
        lambda: practice_entries.withdraw(lead, "DEMO-08", 99),
    ):
        with pytest.raises(CannotSave, match="This example is not offered any more."):
            ask()
    assert len(shown(told)) == 1


# Using


def test_a_trust_marks_an_example_and_says_what_happened(told: Scene):
    number = offer(told)
    lead = told.visit("lead-08")
    practice_entries.use(lead, "DEMO-08", number, Stage.TRYING)
    said = Said(Stage.USING, " It held.\n", helpful=True)
    practice_entries.tell(lead, "DEMO-08", number, said, 1)
    (one,) = shown(told, "inspector", None)
    (use,) = one.uses
    assert (use.trust.code, use.use.stage, use.use.happened) == ("DEMO-08", Stage.USING, "It held.")
    assert use.use.helpful is True and one.at(Stage.USING) == 1 and one.at(Stage.TRYING) == 0
    assert noted(told)[:2] == [
        ("tell about good practice", "DEMO-08 example 1", "using"),
        ("use good practice", "DEMO-08 example 1", "trying"),
    ]


def test_a_second_click_marks_nothing_twice(told: Scene):
    number = offer(told)
    for _ in range(2):
        practice_entries.use(told.visit("lead-08"), "DEMO-08", number, Stage.TRYING)
    assert len(shown(told)[0].uses) == 1 and len(noted(told)) == 2
    with pytest.raises(CannotSave, match="A colleague has marked this already."):
        practice_entries.use(told.visit("lead-08"), "DEMO-08", number, Stage.USING)


def test_a_trust_does_not_mark_its_own_example(told: Scene):
    number = offer(told)
    with pytest.raises(CannotSave, match="This is your own trust’s example."):
        practice_entries.use(told.visit("lead-01"), "DEMO-01", number, Stage.USING)


def test_what_happened_never_holds_personal_details(told: Scene):
    number = offer(told)
    lead = told.visit("lead-08")
    practice_entries.use(lead, "DEMO-08", number, Stage.TRYING)
    said = Said(Stage.USING, "The patient at LS1 4AP was glad.")
    with pytest.raises(EntryFaults, match="“What happened” seems to hold a postcode"):
        practice_entries.tell(lead, "DEMO-08", number, said, 1)
    assert shown(told)[0].uses[0].use.happened == ""


@pytest.mark.parametrize("again", [False, True])
def test_what_a_colleague_saved_is_overwritten_only_knowingly(told: Scene, again: bool):
    number = offer(told)
    lead = told.visit("lead-08")
    practice_entries.use(lead, "DEMO-08", number, Stage.TRYING)
    practice_entries.tell(lead, "DEMO-08", number, Said(Stage.TRYING, "Theirs."), 1)
    with pytest.raises(ChangedMeanwhile, match="A colleague changed this") as stale:
        practice_entries.tell(lead, "DEMO-08", number, Said(Stage.USING, "Mine."), 1)
    if again:
        mine = Said(Stage.USING, "Mine.")
        practice_entries.tell(lead, "DEMO-08", number, mine, stale.value.revision)
    assert shown(told)[0].uses[0].use.happened == ("Mine." if again else "Theirs.")


def test_a_mark_is_taken_off_and_can_be_set_again(told: Scene):
    number = offer(told)
    lead = told.visit("lead-08")
    with pytest.raises(CannotSave, match="mark was taken off already"):
        practice_entries.stop_using(lead, "DEMO-08", number)
    practice_entries.use(lead, "DEMO-08", number, Stage.TRYING)
    practice_entries.stop_using(lead, "DEMO-08", number)
    assert shown(told)[0].uses == ()
    practice_entries.use(lead, "DEMO-08", number, Stage.USING)
    assert shown(told)[0].use_of("DEMO-08") is not None


# Withdrawing


def test_a_withdrawn_example_is_seen_by_its_trust_and_by_those_who_use_it(told: Scene):
    number = offer(told)
    practice_entries.use(told.visit("lead-08"), "DEMO-08", number, Stage.USING)
    practice_entries.withdraw(told.visit("lead-01"), "DEMO-01", number)
    assert [one.is_withdrawn for one in shown(told)] == [True]
    assert len(shown(told, "lead-01", 1)) == 1
    assert shown(told, "inspector", None) == ()
    practice_entries.tell(told.visit("lead-08"), "DEMO-08", number, Said(Stage.USING, "Well."), 1)
    practice_entries.stop_using(told.visit("lead-08"), "DEMO-08", number)
    assert shown(told) == ()


def test_a_withdrawn_example_is_marked_by_nobody_new_and_not_withdrawn_twice(told: Scene):
    number = offer(told)
    practice_entries.withdraw(told.visit("lead-01"), "DEMO-01", number)
    with pytest.raises(CannotSave, match="not offered any more"):
        practice_entries.use(told.visit("lead-08"), "DEMO-08", number, Stage.USING)
    with pytest.raises(CannotSave, match="not offered any more"):
        practice_entries.withdraw(told.visit("lead-01"), "DEMO-01", number)


def test_before_the_first_cycle_there_is_nothing_to_find(scene: Scene):
    early = scene.at(scene.cycles[OLDEST].opens_at - timedelta(days=1))
    with pytest.raises(NotThere, match="No cycle has been opened yet."):
        shown(early)

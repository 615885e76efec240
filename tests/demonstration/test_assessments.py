"""Fictional assessments: complete where they say so, valid, and known by their receipts."""

from collections import Counter
from itertools import pairwise

import pytest

from benchmarking.answers import ItemKey, State
from benchmarking.assessing.receipts import content_hash
from benchmarking.demonstration.assessments import draw_assessments, moves_of
from benchmarking.demonstration.cycles import asked, cycles
from benchmarking.demonstration.people import IN_EACH_TRUST, title
from benchmarking.demonstration.trusts import demonstration_trusts
from benchmarking.evidence import standing
from benchmarking.moments import local
from benchmarking.standard import Missing

PERSON_IDS = {
    title(role, trust.code): n * 10 + place
    for n, trust in enumerate(demonstration_trusts())
    for place, role in enumerate(IN_EACH_TRUST)
}


@pytest.fixture(scope="module")
def questions(library):
    """Every question that is asked, in order, with its item and the choices of its scale."""
    return {
        ItemKey(standard.id, item.id): (item, library.scale_of(standard).by_id)
        for standard in asked(library)
        for item in standard.self_assessment.items
    }


@pytest.fixture(scope="module")
def one_of(drawn, rounds):
    """One trust's assessment in a cycle (0 the oldest), or None."""
    found = {(d.trust.code, d.whole.assessment.key.cycle_id): d for d in drawn}
    return lambda code, cycle: found.get((code, rounds[cycle].cycle_id))


def test_the_same_seed_and_day_give_the_same_assessments(library, rounds, drawn, as_of):
    assert draw_assessments(library, rounds, as_of) == drawn


def test_another_day_moves_the_times_and_keeps_the_answers(library, drawn, as_of):
    later = as_of.replace(year=as_of.year + 1)
    moved = draw_assessments(library, cycles(library, later), later)
    said = [[(a.item, a.choice, a.reason) for a in d.whole.answers] for d in drawn]
    assert [[(a.item, a.choice, a.reason) for a in d.whole.answers] for d in moved] == said
    assert all(
        new.times.opened_at > old.times.opened_at for new, old in zip(moved, drawn, strict=True)
    )


def test_every_state_in_the_list_of_trusts_has_its_assessment(drawn, rounds):
    found = {
        (d.trust.code, d.whole.assessment.key.cycle_id): d.whole.assessment.state for d in drawn
    }
    expected = {
        (trust.code, cycle.cycle_id): state
        for trust in demonstration_trusts()
        for cycle, state in zip(rounds, trust.states, strict=True)
        if state is not None
    }
    assert found == expected


def test_everything_submitted_is_complete_and_in_the_order_asked(drawn, questions):
    for one in drawn:
        if one.whole.assessment.state is not State.IN_PROGRESS:
            assert [a.item for a in one.whole.answers] == list(questions), one.trust.code


def test_every_answer_is_a_choice_of_its_item(drawn, questions):
    for one in drawn:
        for answer in one.whole.answers:
            assert answer.choice in questions[answer.item][1]


def test_not_applicable_comes_with_a_reason_where_it_is_allowed_and_nothing_else_does(
    drawn, questions
):
    excused = 0
    for one in drawn:
        for answer in one.whole.answers:
            item, choices = questions[answer.item]
            is_excused = choices[answer.choice].missing is Missing.NOT_APPLICABLE
            assert bool(answer.reason) == is_excused
            assert not is_excused or item.not_applicable.allowed
            excused += is_excused
    assert excused > 10


def test_every_dont_know_says_why_in_its_comment(drawn, questions):
    for one in drawn:
        commented = {comment.item for comment in one.whole.comments}
        unknown = {
            answer.item
            for answer in one.whole.answers
            if questions[answer.item][1][answer.choice].missing is Missing.DONT_KNOW
        }
        assert unknown <= commented


def test_answers_name_the_words_they_were_given_to(library, drawn):
    words = {s.id: (s.edition, library.content_hash(s)) for s in asked(library)}
    said = {
        (a.item.standard_id, (a.edition, a.content_hash)) for d in drawn for a in d.whole.answers
    }
    assert said == set(words.items())


def test_fifteen_to_twenty_five_in_a_hundred_good_claims_are_not_shown(library, drawn, questions):
    standard = asked(library)[0]
    scale = library.scale_of(standard)
    capped: Counter[bool] = Counter()
    for one in drawn:
        if one.whole.assessment.state is not State.PUBLISHED:
            continue
        for answer in one.whole.answers:
            if answer.choice in ("good", "exceptional"):
                item = questions[answer.item][0]
                pieces = [p for p in one.whole.evidence if p.item == answer.item]
                day = one.times.judged_on
                found = standing(standard, scale, item, answer.choice, pieces, day)
                capped[found.is_capped] += 1
    assert 0.15 < capped[True] / capped.total() < 0.25


def test_answers_are_saved_by_the_trusts_own_people_before_it_is_submitted(drawn):
    authors = Counter()
    for one in drawn:
        submitted = one.times.moves.get(State.SUBMITTED)
        for said in (*one.whole.answers, *one.whole.comments, *one.whole.evidence):
            assert said.author.endswith(one.trust.code)
            assert said.saved_at is not None and said.saved_at >= one.whole.opened_at
            assert submitted is None or said.saved_at < submitted
            authors[said.author.split(",")[0]] += 1
    assert set(authors) == {"Complaints manager", "Patient experience officer"}


def test_nothing_was_saved_on_the_day_itself_or_later(drawn, as_of):
    for one in drawn:
        whole = one.whole
        for said in (*whole.answers, *whole.comments, *whole.evidence):
            assert said.saved_at is not None and local(said.saved_at).date() < as_of
        assert all(local(made.made_at).date() < as_of for made in one.promises)


# What is promised.


def test_only_weak_answers_have_promises_and_most_do(drawn, questions):
    promised: Counter[bool] = Counter()
    for one in drawn:
        about = {made.question.key for made in one.promises}
        for answer in one.whole.answers:
            value = questions[answer.item][1][answer.choice].value
            weak = value is not None and value <= 0.5
            assert weak or answer.item not in about
            promised[answer.item in about] += weak
    assert 0.7 < promised[True] / promised.total() < 0.95


def test_every_promise_is_the_standards_advice_with_an_owner_and_a_day(drawn, questions):
    for one in drawn:
        choices = {answer.item: answer.choice for answer in one.whole.answers}
        for made in one.promises:
            advice = questions[made.question.key][0].improve[choices[made.question.key]]
            assert advice.startswith(made.text.rstrip("."))
            assert made.owner_role and "," not in made.owner_role
            assert made.due_on > made.made_at.date()


# The life of an assessment.


def test_moves_follow_each_other_and_end_in_the_state_it_is_in(drawn):
    for one in drawn:
        moves = list(moves_of(one, PERSON_IDS))
        before = [State.IN_PROGRESS, *(move.to_state for move in moves)]
        assert [move.from_state for move in moves] == before[:-1]
        assert before[-1] is one.whole.assessment.state
        assert all(one.moved_at < two.moved_at for one, two in pairwise(moves))
        if moves:
            assert one.whole.assessment.state_since == moves[-1].moved_at


def test_nobody_approves_what_they_submitted(drawn):
    for one in drawn:
        people = {move.to_state: move.person_id for move in moves_of(one, PERSON_IDS)}
        if State.SIGNED_OFF in people:
            by = (people[State.SUBMITTED], people[State.APPROVED], people[State.SIGNED_OFF])
            assert len(set(by)) == 3


def test_every_move_has_a_receipt_of_its_own_and_the_hash_of_the_answers(drawn):
    moves = [(one, move) for one in drawn for move in moves_of(one, PERSON_IDS)]
    assert len({move.receipt for _, move in moves}) == len(moves) > 400
    for one, move in moves:
        assert move.receipt.startswith(f"{one.trust.code}/{move.key.cycle_id}/1-")
        assert move.content_hash == content_hash(one.whole.answers)


# The trusts that somebody who tries the program is sent to.


def answered(one, questions, standard="my-expectations") -> list[str]:
    return [
        questions[answer.item][0].statement.removeprefix("me-")
        for answer in one.whole.answers
        if answer.item.standard_id == standard
    ]


def test_demo_07_has_two_thirds_done_and_the_law_in_full(one_of, questions):
    one = one_of("DEMO-07", 2)
    assert one.whole.assessment.state is State.IN_PROGRESS
    said = answered(one, questions)
    by_stage = Counter(number[0] for number in said)
    assert [by_stage[stage] for stage in "12345"] == [4, 5, 3, 2, 0]
    assert len(said) == 14
    law = answered(one, questions, "complaints-law-england")
    assert len(law) == sum(key.standard_id == "complaints-law-england" for key in questions)


def test_demo_07_goes_on_with_the_last_statement_of_stage_3(one_of, questions):
    done = answered(one_of("DEMO-07", 2), questions)
    statements = [i.statement.removeprefix("me-") for i, _ in questions.values()]
    assert next(number for number in statements if number not in done) == "3.4"


def test_demo_07_answered_every_question_it_answered_with_a_value(one_of, questions):
    for cycle in (1, 2):
        for answer in one_of("DEMO-07", cycle).whole.answers:
            assert questions[answer.item][1][answer.choice].missing is None


def standings_of(one, library, questions) -> dict[str, tuple[int, int]]:
    """Claimed and evidenced level of each statement."""
    standard = asked(library)[0]
    scale = library.scale_of(standard)
    order = [choice.id for choice in scale.valued]
    found = {}
    for answer in one.whole.answers:
        if answer.item.standard_id == standard.id:
            item = questions[answer.item][0]
            pieces = [p for p in one.whole.evidence if p.item == answer.item]
            s = standing(standard, scale, item, answer.choice, pieces, one.times.judged_on)
            levels = (order.index(s.claimed) + 1, order.index(s.evidenced) + 1)
            found[item.statement.removeprefix("me-")] = levels
    return found


def test_demo_07_had_one_strength_three_weak_statements_and_three_claims_not_shown(
    one_of, library, questions
):
    found = standings_of(one_of("DEMO-07", 1), library, questions)
    assert {n for n, (_, shown) in found.items() if shown == 4} == {"2.2"}
    assert {n for n, (claimed, _) in found.items() if claimed < 3} == {"1.4", "3.1", "5.4"}
    assert {n: pair for n, pair in found.items() if pair[0] != pair[1]} == {
        "1.2": (3, 2),
        "4.3": (4, 3),
        "4.4": (3, 2),
    }


def test_demo_07_promised_something_about_each_weak_statement(one_of, as_of):
    made = {
        promise.question.number: promise
        for promise in one_of("DEMO-07", 1).promises
        if promise.question.key.standard_id == "my-expectations"
    }
    assert {number: promise.done for number, promise in made.items()} == {
        "1.4": True,
        "3.1": False,
        "5.4": False,
    }
    assert made["3.1"].due_on < as_of < made["5.4"].due_on


@pytest.mark.parametrize(
    "code, state, share",
    [
        ("DEMO-12", State.IN_PROGRESS, 0),
        ("DEMO-23", State.SUBMITTED, 1),
        ("DEMO-31", State.IN_PROGRESS, 1),
    ],
    ids=["nothing answered", "submitted", "complete but not submitted"],
)
def test_other_trusts_stand_where_they_are_expected(one_of, questions, code, state, share):
    one = one_of(code, 2)
    assert one.whole.assessment.state is state
    assert len(one.whole.answers) == share * len(questions)
    assert one_of(code, 1).whole.assessment.state is State.PUBLISHED

"""Inviting people: who may, what must be checked first, and what is kept of whom."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from benchmarking.access import Refused
from benchmarking.answers import Cycle
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.sheets import NotThere, current_cycle
from benchmarking.entry_faults import EntryFaults
from benchmarking.free_text import NeedsConfirmation
from benchmarking.survey import invitation_letters, invitations, term_entries
from benchmarking.survey.hosted_survey import (
    Asked,
    Closed,
    LinkClosed,
    answer,
    decline,
    open_link,
    send,
)
from benchmarking.survey.invitations import Made, standing
from benchmarking.survey_terms import LeftOut, Terms
from tests.invited import TERMS, fill_in, invite, plan
from tests.store.scene import contents
from tests.use_cases.conftest import World

TRUST = "DEMO-07"


def cycle_of(world: World) -> Cycle:
    return current_cycle(world.visit("lead-07"))


def invited(world: World, number: int = 3) -> Made:
    visit = world.visit("lead-07")
    if not term_entries.of_trust(visit, TRUST).version:
        fill_in(visit)
    return invite(visit, cycle_of(world), number)


def asked(world: World) -> Asked:
    return Asked(world.database, world.library, world.now)


def why_closed(world: World, token: str) -> Closed:
    with pytest.raises(LinkClosed) as closed:
        open_link(asked(world), token)
    return closed.value.why


# Contacts come first.


def test_nobody_is_invited_before_the_contacts_are_filled_in(world: World) -> None:
    visit = world.visit("lead-07")
    assert "Fill in the contacts first." in standing(visit, TRUST, cycle_of(world)).why_not
    with pytest.raises(CannotSave, match="Fill in the contacts first."):
        invitations.make(visit, TRUST, cycle_of(world), plan(visit))
    assert world.count("SELECT count(*) FROM survey_invitation") == 0


@pytest.mark.parametrize(
    "field, said",
    [
        ("phone", "Enter a phone number on which people can answer the survey."),
        ("post", "Enter the address to which answers on paper are sent."),
        ("complain_text", "Say how people complain, or go on with a complaint."),
        ("advocacy_name", "Enter the name of your local advocacy service."),
        ("advocacy_contact", "Say how people reach the advocacy service."),
    ],
)
def test_everything_that_people_must_be_told_is_asked_for(
    world: World, field: str, said: str
) -> None:
    with pytest.raises(EntryFaults) as faults:
        fill_in(world.visit("lead-07"), **{field: "  "})
    assert faults.value.by_field == {field: said}


def test_a_link_an_address_and_days_that_cannot_be_are_told(world: World) -> None:
    with pytest.raises(EntryFaults) as faults:
        fill_in(world.visit("lead-07"), complain_link="complain here", email="a b@c", days=3)
    assert list(faults.value.by_field) == ["email", "complain_link", "days"]
    assert "A link works for 14 to 120 days." in str(faults.value)


def test_contacts_of_a_person_are_asked_about_before_they_are_kept(world: World) -> None:
    with pytest.raises(NeedsConfirmation, match="This looks like a date of birth"):
        fill_in(world.visit("lead-07"), complain_text="Born 3 May 1961")


def test_contacts_that_a_colleague_saved_are_not_overwritten(world: World) -> None:
    visit = world.visit("lead-07")
    fill_in(visit)
    with pytest.raises(CannotSave, match="A colleague saved other contacts"):
        term_entries.save(visit, TRUST, replace(TERMS, phone="another"), seen=0)
    kept = term_entries.of_trust(visit, TRUST)
    assert (kept.terms, kept.version) == (TERMS, 1)
    fill_in(visit, phone="another")
    assert term_entries.of_trust(visit, TRUST).terms.phone == "another"


def test_comments_and_questions_about_the_person_are_off_at_first() -> None:
    assert (Terms().with_comments, Terms().with_equality) == (False, False)


# Who may.


@pytest.mark.parametrize(
    "subject", ["colleague-07", "approver-07", "board-07", "lead-08", "inspector", "administrator"]
)
def test_only_the_trust_lead_invites(world: World, subject: str) -> None:
    visit, cycle = world.visit(subject), cycle_of(world)
    for refused in (
        lambda: invitations.make(visit, TRUST, cycle, plan(visit)),
        lambda: standing(visit, TRUST, cycle),
        lambda: term_entries.of_trust(visit, TRUST),
        lambda: term_entries.save(visit, TRUST, TERMS, 0),
    ):
        with pytest.raises(Refused):
            refused()


# What is made.


def test_everybody_who_is_not_left_out_gets_a_link_of_their_own(world: World) -> None:
    visit = world.visit("lead-07")
    fill_in(visit)
    left_out = {"C/0002": LeftOut.CLAIM, "C/0004": LeftOut.CLAIM, "no such": LeftOut.OTHER}
    made = invitations.make(visit, TRUST, cycle_of(world), plan(visit, 5, left_out))
    assert [link.reference for link in made.links] == ["C/0001", "C/0003", "C/0005"]
    assert len({link.token for link in made.links}) == 3
    (sent,) = standing(visit, TRUST, cycle_of(world)).sent
    assert (sent.invited, sent.left_out) == (3, {LeftOut.CLAIM: 2})
    assert (sent.closed_from, sent.closed_to) == (date(2026, 11, 16), date(2026, 11, 20))


def test_neither_a_token_nor_a_reference_is_stored_or_in_the_audit(world: World) -> None:
    made = invited(world)
    everything = repr(contents(world.database))
    for link in made.links:
        assert invitations.digest(link.token) in everything
        assert link.token not in everything
        assert link.reference not in everything


def test_the_audit_says_how_many_were_invited_and_not_who(world: World) -> None:
    invited(world)
    with world.database.reading() as reading:
        rows = reading.rows(
            "SELECT subject, detail FROM audit WHERE action = 'make survey invitations'"
        )
    assert [(row["subject"], row["detail"]) for row in rows] == [("DEMO-07 2026-27", "3")]


def test_a_link_works_for_the_days_of_the_terms_but_not_beyond_the_cycle(world: World) -> None:
    visit = world.visit("lead-07")
    fill_in(visit, days=14)
    assert invite(visit, cycle_of(world)).expires_on == date(2026, 12, 5)
    fill_in(visit, days=120)
    assert invite(visit, cycle_of(world)).expires_on == date(2026, 12, 24), "its deadline"


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"all_checked": False}, "Check every reference for the five reasons"),
        (
            {"left_out": {f"C/000{n}": LeftOut.REOPENED for n in (1, 2, 3)}},
            "Everybody on the list is left out, so nobody was invited.",
        ),
    ],
)
def test_nobody_is_invited_unchecked_and_a_list_must_leave_somebody(
    world: World, changed: dict[str, object], said: str
) -> None:
    visit = world.visit("lead-07")
    fill_in(visit)
    with pytest.raises(CannotSave, match=said):
        invitations.make(visit, TRUST, cycle_of(world), replace(plan(visit), **changed))
    assert world.count("SELECT count(*) FROM survey_sending") == 0


def test_nobody_is_invited_to_a_cycle_that_is_over(world: World) -> None:
    visit = world.visit("lead-07")
    fill_in(visit)
    later = replace(visit, now=cycle_of(world).deadline_at.replace(year=2027))
    with pytest.raises(CannotSave, match="2026/27 is over"):
        invitations.make(later, TRUST, cycle_of(world), plan(visit))


# Links that were lost.


def test_lost_links_are_replaced_and_the_old_ones_lead_nowhere(world: World) -> None:
    lost, visit = invited(world), world.visit("lead-07")
    (sent,) = standing(visit, TRUST, cycle_of(world)).sent
    made = invitations.make(visit, TRUST, cycle_of(world), plan(visit, 3, None, sent.sending_id))
    assert {why_closed(world, link.token) for link in lost.links} == {Closed.REPLACED}
    assert [open_link(asked(world), link.token).answered for link in made.links] == [0, 0, 0]
    assert world.count("SELECT sum(invited) FROM survey_sending") == 3, "nobody twice"


def test_who_answered_or_declined_or_began_has_done_so_under_the_new_link_too(
    world: World,
) -> None:
    lost, visit = invited(world), world.visit("lead-07")
    first, second, third = (link.token for link in lost.links)
    item = open_link(asked(world), first).items[0].id
    for token in (first, third):
        answer(asked(world), token, {item: "agree"})
    send(asked(world), first)
    decline(asked(world), second)
    (sent,) = standing(visit, TRUST, cycle_of(world)).sent
    made = invitations.make(visit, TRUST, cycle_of(world), plan(visit, 3, None, sent.sending_id))
    assert len(made.links) == 3, "the list does not tell who has answered"
    assert why_closed(world, made.links[0].token) is Closed.ANSWERED
    assert why_closed(world, made.links[1].token) is Closed.DECLINED
    assert open_link(asked(world), made.links[2].token).draft.answers == {item: "agree"}


def test_links_are_replaced_by_the_same_list_alone(world: World) -> None:
    lost, visit = invited(world), world.visit("lead-07")
    (sent,) = standing(visit, TRUST, cycle_of(world)).sent
    for number in (2, 4):
        again = plan(visit, number, None, sent.sending_id)
        with pytest.raises(CannotSave, match="This is not the list of that sending. It had 3"):
            invitations.make(visit, TRUST, cycle_of(world), again)
    assert open_link(asked(world), lost.links[0].token).answered == 0


def test_another_trusts_sending_is_not_there(world: World) -> None:
    invited(world)
    (sent,) = standing(world.visit("lead-07"), TRUST, cycle_of(world)).sent
    other = world.visit("lead-08")
    fill_in(other, "DEMO-08")
    again = plan(other, 3, None, sent.sending_id)
    with pytest.raises(NotThere, match="There is no such sending."):
        invitations.make(other, "DEMO-08", cycle_of(world), again)


# How many replied.


@pytest.mark.parametrize(
    "replies, said",
    [(9, "not enough replies"), (19, "10 to 29 replies"), (31, "30 replies")],
)
def test_how_many_replied_is_said_of_full_waves_and_in_words_while_few(
    world: World, replies: int, said: str
) -> None:
    made = invited(world, 40)
    item = open_link(asked(world), made.links[0].token).items[0].id
    for link in made.links[:replies]:
        answer(asked(world), link.token, {item: "agree"})
        send(asked(world), link.token)
    assert standing(world.visit("lead-07"), TRUST, cycle_of(world)).replied == said


def test_a_reply_moves_no_number_that_stands_under_figures(world: World) -> None:
    made = invited(world)
    before = world.visit("lead-08").stand.data_revision
    first = made.links[0].token
    answer(asked(world), first, {open_link(asked(world), first).items[0].id: "agree"})
    send(asked(world), first)
    assert world.visit("lead-08").stand.data_revision == before


def test_the_audit_tells_neither_who_answered_nor_whose_survey_nor_how_many(world: World) -> None:
    made = invited(world)
    first, second, third = (link.token for link in made.links)
    before = world.count("SELECT max(audit_id) FROM audit")
    item = open_link(asked(world), first).items[0].id
    answer(asked(world), first, {item: "agree"})
    send(asked(world), first)
    decline(asked(world), second)
    answer(asked(world), third, {item: "agree"})
    with world.database.reading() as reading:
        rows = reading.rows(
            "SELECT action, subject, detail FROM audit WHERE audit_id > :before", before=before
        )
    said = {tuple(row.values()) for row in rows}
    assert said == {("use survey link", cycle_of(world).cycle_id, "")}
    assert len(rows) == 4


# What is taken away.


def unpacked(made: Made) -> dict[str, bytes]:
    with zipfile.ZipFile(
        io.BytesIO(invitation_letters.zipped(made, "https://b.example"))
    ) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_the_file_has_a_row_and_a_picture_for_each_link(world: World) -> None:
    made = invited(world)
    files = unpacked(made)
    table = pd.read_csv(io.BytesIO(files["invitations.csv"]), encoding="utf-8-sig")
    assert list(table.columns) == ["Reference", "Link", "Works until", "QR code"]
    assert list(table["Link"]) == [f"https://b.example/reply/{one.token}" for one in made.links]
    assert list(table["Works until"]) == ["24 December 2026"] * 3
    for name in table["QR code"]:
        assert files[name].startswith(b"\x89PNG")


def test_a_reference_that_a_spreadsheet_would_run_is_made_harmless(world: World) -> None:
    made = invited(world)
    first, *others = made.links
    hostile = replace(made, links=(replace(first, reference="-1+cmd"), *others))
    assert b"'-1+cmd" in unpacked(hostile)["invitations.csv"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Demonstration Trust 7 would like to know how it was for you to make a complaint.",
        "The link works until 24 December 2026.",
        "Your care, and the care of those close to you, stays the same whatever you do.",
        "Your answers are confidential.",
        "Whoever opens it sees what you have answered so far",
        "Whoever takes down your answers then sees them, and enters them here for you.",
        "Results are shown only once 10 people have answered",
        "call the Complaints Team, on the number in your letter",
        "post your answers to: Complaints Team, Demonstration Hospital",
        "This survey is not a way to complain.",
        "To complain, speak to the Complaints Team. https://trust.example.nhs.uk/complain",
        "Free and independent help with complaints: Demonstration Advocacy, through any library.",
        "https://www.ombudsman.org.uk",
        "If you do not want to answer, you need do nothing.",
    ],
)
def test_the_letter_says_all_that_people_must_be_told(world: World, sentence: str) -> None:
    said = unpacked(invited(world))["letter.txt"].decode("utf-8-sig")
    assert sentence in said
    assert "anonym" not in said.lower()

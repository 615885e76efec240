"""Evidence as it is entered: what can be right is kept, what cannot is refused in a sentence."""

from datetime import date

import pytest

from benchmarking import assessments, evidence_entries
from benchmarking.access import Refused
from benchmarking.drafts import CannotSave
from benchmarking.evidence import Evidence
from tests.use_cases.conftest import ME_1_4, World

SAMPLE = Evidence(
    evidence_id="",
    item=ME_1_4,
    kind="records",
    title="Sample of files",
    records_available=80,
    records_drawn=22,
    at_random=True,
    period_from=date(2026, 4, 1),
    period_to=date(2026, 9, 30),
    checked_by="complaints-team",
    checked_on=date(2026, 10, 5),
)


def add(world: World, piece: Evidence, subject: str = "lead-07") -> None:
    sheet = assessments.open_sheet(world.visit("lead-07"), "DEMO-07")
    evidence_entries.add(world.visit(subject), sheet, ME_1_4, piece)


def evidenced(world: World) -> str | None:
    return assessments.open_sheet(world.visit("lead-07"), "DEMO-07").line(ME_1_4).evidenced


def test_a_random_sample_lets_level_3_count(world: World) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    assessments.save_answer(visit, sheet, ME_1_4, "good", "", 0)
    assert evidenced(world) == "some-shortfalls"
    add(world, SAMPLE)
    assert evidenced(world) == "good"


def test_taking_the_sample_away_takes_the_level_away(world: World) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    assessments.save_answer(visit, sheet, ME_1_4, "good", "", 0)
    add(world, SAMPLE)
    piece = assessments.open_sheet(visit, "DEMO-07").line(ME_1_4).evidence[0]
    evidence_entries.remove(visit, sheet, ME_1_4, piece.evidence_id)
    evidence_entries.remove(visit, sheet, ME_1_4, piece.evidence_id)
    assert evidenced(world) == "some-shortfalls"


def changed(**values: object) -> Evidence:
    from dataclasses import replace

    return replace(SAMPLE, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "piece, told",
    [
        (changed(title="  "), "Give the evidence a title"),
        (changed(kind="rumour"), "This kind of evidence is not offered"),
        (changed(records_drawn=90), "90 records drawn of 80 available cannot be right"),
        (changed(records_drawn=-1), "must lie between 0 and 1,000,000"),
        (changed(checked_on=date(2026, 12, 1)), "1 December 2026 is in the future"),
        (changed(period_from=date(2026, 10, 1)), "The period ends before it begins"),
        (changed(checked_by="my-cousin"), "This checker is not offered"),
        (changed(link="javascript:alert(1)"), "The link is not a web address"),
        (changed(link="www.example.org"), "with https:// in front"),
        (changed(note="x" * 2001), "The note is 2,001 characters long"),
    ],
)
def test_what_cannot_be_right_is_refused(world: World, piece: Evidence, told: str) -> None:
    with pytest.raises(CannotSave, match=told):
        add(world, piece)
    assert world.count("SELECT count(*) FROM evidence") == 0


def test_only_people_on_the_assessment_add_evidence(world: World) -> None:
    with pytest.raises(Refused):
        add(world, SAMPLE, subject="lead-08")
    assert world.count("SELECT count(*) FROM evidence") == 0

"""What the three voices say in words: every sentence that a page, a tile or a file shows."""

from datetime import date

import pytest

from benchmarking.replies import Asked, Sending, Way, asked
from benchmarking.standard import Closeness, Library, Stage, Voice
from benchmarking.statistics.disclosure import Counts, base_in_words
from benchmarking.statistics.quantiles import Spread
from benchmarking.statistics.supported import Cuts
from benchmarking.voices import voice_words
from benchmarking.voices.heard import Heard, Told, cuts_of, heard
from benchmarking.voices.side_by_side import AllVoices, FilesRead, StageVoices, Voices
from tests.results.scene import EDITION, ME

PEOPLE, FILES = Cuts(0.4, 0.7), Cuts(0.6, 0.9)
DIRECT, CANNOT = Closeness.DIRECT, Closeness.NOT_MEASURABLE
SPRING = Asked(240, date(2026, 4, 1), date(2026, 9, 30))


def people(counts: tuple[int, int] | None, claim: int | None = 4) -> Heard:
    told = Told(DIRECT, Counts(*counts) if counts else None)
    return heard(Voice.COMPLAINANTS, [told], [claim], PEOPLE)[0]


def files(
    counts: tuple[int, int] | None,
    claim: int | None = 4,
    closeness: Closeness = DIRECT,
    *,
    is_settled: bool = True,
) -> Heard:
    told = Told(closeness, Counts(*counts) if counts else None, is_settled=is_settled)
    return heard(Voice.FILES, [told], [claim], FILES)[0]


def said(
    by_people: tuple[int, int] | None = None,
    by_files: tuple[int, int] | None = None,
    claim: int | None = 4,
    shown: int | None = 2,
) -> AllVoices:
    return AllVoices("me-1.4", claim, shown, people(by_people, claim), files(by_files, claim), None)


def test_a_statement_is_told_in_one_paragraph():
    assert voice_words.statement(said((38, 96), (10, 20)), SPRING) == (
        "You claim 4, evidenced 2. Complainants' answers support 1–2 (38 of 96 agree, 30–50%; 240 "
        "invited). Files: about 50% show it, too few for a range."
    )


@pytest.mark.parametrize(
    "claim, shown, who, told",
    [
        (4, 2, "You", "You claim 4, evidenced 2."),
        (3, 3, "We", "We claim 3, and the evidence carries it."),
        (4, 2, "DEMO-07", "DEMO-07 claims 4, evidenced 2."),
        (None, None, "You", "You claim no level."),
    ],
)
def test_the_trusts_own_voice(claim: int | None, shown: int | None, who: str, told: str):
    assert voice_words.claim(said(claim=claim, shown=shown), who) == told


@pytest.mark.parametrize(
    "heard, told",
    [
        (people(None), "Complainants' answers: no survey yet."),
        (people((3, 6)), "Complainants' answers: not enough responses; 240 invited."),
        (
            people((1, 20)),
            "Complainants' answers: under 10% agree, too few for a range; 240 invited.",
        ),
        (
            people((30, 30)),
            "Complainants' answers support 3 or above (30 of 30 agree, 89–100%; 240 invited).",
        ),
        (files(None), "Files: no file review yet."),
        (files(None, closeness=CANNOT), "Files: not measurable from files."),
        (files((3, 9)), "Files: not enough responses."),
        (files((36, 40)), "Files support 2–3 or above (36 of 40 show it, 77–96%)."),
        (
            files((5, 40), is_settled=False),
            "Files support 1 (5 of 40 show it, 5–26%). The two readers disagreed too often for it "
            "to be compared.",
        ),
    ],
)
def test_one_voice_in_each_of_its_states(heard: Heard, told: str):
    assert voice_words.voice(heard, SPRING) == told


def test_where_nobody_recorded_how_many_were_invited_no_number_is_made_up():
    assert voice_words.voice(people((38, 96)), Asked()) == (
        "Complainants' answers support 1–2 (38 of 96 agree, 30–50%)."
    )


@pytest.mark.parametrize(
    "heard, told",
    [
        (people((27, 60)), "claimed higher than supported, by 2 levels (robust)"),
        (people((95, 100), 1), "claimed lower than supported, by 2 levels (robust)"),
        (people((27, 60), 2), "claimed as supported"),
        (people((27, 60), None), "no level claimed"),
        (people((5, 20)), "too few to say"),
        (files((5, 40), is_settled=False), "readers disagree"),
        (files(None, closeness=CANNOT), "not measured by this voice"),
    ],
)
def test_a_gap_in_words(heard: Heard, told: str):
    assert voice_words.gap(heard) == told


def test_a_gap_that_hangs_on_the_cut_points_says_so():
    # 47 of 80: 48 to 69%, just short of 70%, so a claim of 3 is out by a hair.
    assert voice_words.gap(people((47, 80), 3)) == (
        "claimed higher than supported, by 1 level (not robust: it hangs on where the cut points "
        "lie)"
    )


def test_robust_gaps_name_each_voice_that_lies_apart():
    assert voice_words.robust_gap(said((38, 96), (5, 40))) == (
        "you claim 4; complainants support 1–2 (38 of 96), files support 1 (5 of 40)"
    )
    assert voice_words.robust_gap(said((90, 96), (5, 20))) == ""


@pytest.mark.parametrize(
    "spread, told",
    [
        (None, "too few to say"),
        (Spread(5, 0.5, None), "middle of 5 trusts 50%"),
        (Spread(12, 0.55, (0.48, 0.61)), "middle of 12 trusts 55%, middle half 48–61%"),
    ],
)
def test_peers_in_words(spread: Spread | None, told: str):
    assert voice_words.peers(spread) == told


# Everything of one trust.


def all_of(library: Library, *statements: AllVoices, replied: str = "96 replies") -> Voices:
    stage: Stage = library.standard(ME, EDITION).stages[0]
    read = FilesRead("20 files", 180, date(2025, 12, 1), date(2026, 3, 31))
    return Voices(SPRING, replied, read, (StageVoices(stage, None, statements),))


@pytest.mark.parametrize(
    "asked, replied, told",
    [
        (
            SPRING,
            "96 replies",
            "96 replies of 240 invited, complaints closed April to September 2026",
        ),
        (Asked(), "10 to 29 replies", "10 to 29 replies (nobody recorded how many were invited)"),
        (
            Asked(40, date(2026, 4, 1), date(2026, 4, 30)),
            "30 replies",
            "30 replies of 40 invited, complaints closed in April 2026",
        ),
        (Asked(), "", ""),
    ],
)
def test_who_was_asked_stands_beside_every_figure(asked: Asked, replied: str, told: str):
    assert voice_words.asked_in_words(Voices(asked, replied, None, ())) == told


def test_a_period_across_two_years_names_both(library: Library):
    read = all_of(library).files
    assert read is not None
    assert voice_words.files_in_words(read) == (
        "20 files drawn at random of 180 complaints closed December 2025 to March 2026"
    )


def test_the_lines_say_who_is_not_heard(library: Library):
    found = all_of(library, said((38, 96)))
    assert "who did not reply" in voice_words.people_line(found)
    assert "people who did not complain are not heard" in voice_words.people_line(found)
    nobody = Voices(Asked(), "", None, ())
    assert voice_words.people_line(nobody) == (
        "Complainants: nobody has answered in this cycle yet. Results appear from 10 replies, in "
        "full from 30."
    )
    assert voice_words.files_line(nobody) == (
        "Complaint files: no file review of this cycle is closed yet."
    )


def test_six_who_replied_are_told_as_not_enough_and_not_counted():
    found = Voices(SPRING, base_in_words(6), None, ())
    assert voice_words.people_line(found) == (
        "Complainants: not enough responses (240 were invited, complaints closed April to "
        "September 2026). Results appear from 10 replies, in full from 30."
    )
    unknown = Voices(Asked(), base_in_words(6), None, ())
    assert "not enough responses (nobody recorded how many were invited)." in (
        voice_words.people_line(unknown)
    )


def test_claims_are_counted_by_whether_complainants_support_them():
    held, apart, few, low = said((90, 96)), said((27, 60)), said((3, 6)), said((5, 60), claim=2)
    speaks = voice_words.support_for_claims
    assert speaks([held, apart]) == "Complainants' answers support that for 1 of the 2"
    assert speaks([apart]) == "Complainants' answers support that for none of the 1"
    assert speaks([held, apart, few, low]) == (
        "Complainants' answers support that for 1 of the 2 that they speak to"
    )
    assert speaks([few, low]) == ""


@pytest.mark.parametrize(
    "by_files, told",
    [
        ([(58, 60)], "Files support the one claim that they can speak to"),
        ([(20, 60)], "Files do not support the one claim that they can speak to"),
        ([(58, 60)] * 2, "Files support all of the 2 claims that they can speak to"),
        ([(58, 60), (20, 60)], "Files support 1 of the 2 claims that they can speak to"),
        ([(20, 60)] * 2, "Files support none of the 2 claims that they can speak to"),
        ([(10, 20)], "Files: too few for ranges, see the statements"),
    ],
)
def test_of_a_stage_it_is_told_how_many_claims_files_support(
    library: Library, by_files: list[tuple[int, int]], told: str
):
    stage = library.standard(ME, EDITION).stages[0]
    found = StageVoices(stage, None, tuple(said(None, one) for one in by_files))
    assert voice_words.files_of_stage(found) == told


def test_the_method_names_the_cut_points_and_that_they_are_proposed(library: Library):
    told = " ".join(voice_words.method(library.standard(ME, EDITION)))
    assert "complainants agreeing 40% and 70% (proposed)" in told
    assert "files that show it in full 60% and 90% (proposed)" in told
    assert "Under 10 replies nothing is shown" in told
    assert voice_words.method(library.standard(ME, "2014.1")) == ()


def test_the_cut_points_are_those_of_the_standard(library: Library):
    standard = library.standard(ME, EDITION)
    assert standard.complainant_survey is not None
    assert standard.file_review is not None
    assert cuts_of(standard.complainant_survey.cuts) == PEOPLE
    assert cuts_of(standard.file_review.cuts) == FILES


def test_sendings_of_a_cycle_are_added_up():
    first = Sending(Way.ELSEWHERE, date(2026, 4, 1), date(2026, 6, 30), 100)
    second = Sending(Way.HERE, date(2026, 7, 1), date(2026, 9, 30), 140)
    assert asked([first, second]) == SPRING
    assert asked([]) == Asked(None, None, None)

"""Each rule of the survey and the file review, broken once in the smallest example."""

from pathlib import Path

import pytest

from benchmarking.standard import StandardsError, load_library
from tests.standards.minimal import EDITION, INSTRUMENTS, SCALES, line_of, write_folder

WHOLE = EDITION + INSTRUMENTS


def faults_of(tmp_path: Path, edition: str, scales: str = SCALES) -> list[str]:
    with pytest.raises(StandardsError) as raised:
        load_library(write_folder(tmp_path, edition=edition, scales=scales))
    return [str(fault) for fault in raised.value.faults]


def test_an_edition_with_both_instruments_has_no_fault(tmp_path: Path) -> None:
    (standard,) = load_library(write_folder(tmp_path, edition=WHOLE)).standards
    assert standard.complainant_survey is not None
    assert standard.file_review is not None
    assert [item.id for item in standard.file_review.items] == ["fr-1.1", "fc-1", "fa-regret"]


def test_either_instrument_may_be_missing(tmp_path: Path) -> None:
    survey, review = INSTRUMENTS.split("file_review:", 1)
    (one,) = load_library(write_folder(tmp_path / "a", edition=EDITION + survey)).standards
    assert (one.complainant_survey is None, one.file_review is None) == (False, True)
    (one,) = load_library(
        write_folder(tmp_path / "b", edition=f"{EDITION}file_review:{review}")
    ).standards
    assert (one.complainant_survey is None, one.file_review is None) == (True, False)


@pytest.mark.parametrize(
    "taken, changed, at",
    [
        ("cs-1.1", "cs-1.0", "prompt: It worked for me."),
        ("cs-1.1", "eq-age", "id: eq-age"),
        ("under-50", "50-or-over", "label: 50 or over"),
        ("fr-1.1", "fc-1", "title: Complete"),
        ("fc-1", "fa-regret", "title: Regret"),
    ],
)
def test_an_id_given_twice_is_told(tmp_path: Path, taken: str, changed: str, at: str) -> None:
    (told,) = faults_of(tmp_path, WHOLE.replace(f"id: {changed}", f"id: {taken}"))
    first = line_of(WHOLE, f"id: {taken}")
    assert told == (
        f"standards/demo/1.yaml, line {line_of(WHOLE, at)}: the id {taken} is taken already, "
        f"on line {first}. Give each its own id."
    )


@pytest.mark.parametrize(
    "old, new, at, fault",
    [
        (
            'agrees_from: "yes"',
            "agrees_from: agree",
            "agrees_from",
            "agree is not the id of a choice with a value above the lowest. Use one of: yes.",
        ),
        (
            'agrees_from: "yes"',
            'agrees_from: "no"',
            "agrees_from",
            "no is not the id of a choice with a value above the lowest. Use one of: yes.",
        ),
        (
            'shown_from: "yes"',
            "shown_from: dont-know",
            "shown_from",
            "dont-know is not the id of a choice with a value above the lowest. Use one of: yes.",
        ),
        (
            "third: 0.7",
            "third: 0.4",
            "third: 0.4",
            "the cut points do not rise (0.4 after 0.4). Make third the higher of the two.",
        ),
        (
            "third: 0.9",
            "third: 0.5",
            "third: 0.5",
            "the cut points do not rise (0.5 after 0.6). Make third the higher of the two.",
        ),
        (
            "third: 0.9",
            "third: 1.0",
            "third: 1.0",
            "third must be less than 1, not 1.0. Correct the number.",
        ),
        (
            "share: 0.75",
            "share: 75.0",
            "share: 75.0",
            "share must be at most 1, not 75.0. Correct the number.",
        ),
        (
            "{d-1.0: direct}",
            "{d-1.0: not_measurable}",
            "d-1.0: not_measurable",
            "an item cannot measure d-1.0 and be not_measurable. "
            "Write direct or proxy, or take the item out.",
        ),
        (
            "{d-1.1: direct}",
            "{d-1.1: proxy}",
            "{d-1.1: proxy}",
            "d-1.1 is proxy here, but its voices say complainants: direct. "
            "Make the two say the same.",
        ),
        (
            "{d-1.1: proxy}",
            "{d-1.1: direct}",
            "  measures: {d-1.1: direct}\n",
            "d-1.1 is direct here, but its voices say files: proxy. Make the two say the same.",
        ),
        (
            "Look for gaps.}",
            "Look for gaps., measures: {d-1.1: proxy}}",
            "id: fc-1",
            "an item of criteria measures no statement. "
            "Take measures out, or move the item to statements.",
        ),
    ],
)
def test_a_broken_rule_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, at: str, fault: str
) -> None:
    broken = EDITION + INSTRUMENTS.replace(old, new, 1)
    assert old in INSTRUMENTS
    assert faults_of(tmp_path, broken) == [
        f"standards/demo/1.yaml, line {line_of(broken, at)}: {fault}"
    ]


@pytest.mark.parametrize("part", ["complainant_survey", "file_review"])
def test_a_scale_that_is_not_there_is_told_where_it_is_named(tmp_path: Path, part: str) -> None:
    broken = WHOLE.replace(f"{part}:\n  scale: yes-no", f"{part}:\n  scale: five-points")
    assert faults_of(tmp_path, broken) == [
        f"standards/demo/1.yaml, line {line_of(broken, 'five-points')}: "
        "five-points is not the id of an answer scale. Use one of: yes-no."
    ]


def test_a_survey_item_for_nothing_is_told_and_the_statement_that_it_leaves_out(
    tmp_path: Path,
) -> None:
    told = faults_of(tmp_path, WHOLE.replace("{d-1.1: direct}", "{d-9: direct}"))
    assert [fault.partition(": ")[2] for fault in told] == [
        "complainants can say something about d-1.1, but no survey item measures it. "
        "Add one to complainant_survey, or write complainants: not_measurable.",
        "d-9 is not the id of a statement or a headline. Use one of: d-1.1, d-1.0.",
    ]


def test_a_file_shows_no_headline(tmp_path: Path) -> None:
    told = faults_of(
        tmp_path, WHOLE.replace("      measures: {d-1.1: proxy}", "      measures: {d-1.0: proxy}")
    )
    assert [fault.partition(": ")[2] for fault in told] == [
        "files can say something about d-1.1, but no file-review item measures it. "
        "Add one to file_review, or write files: not_measurable.",
        "d-1.0 is not the id of a statement. Use one of: d-1.1.",
    ]


def test_a_file_review_item_for_what_files_cannot_show_is_told(tmp_path: Path) -> None:
    broken = WHOLE.replace("files: proxy", "files: not_measurable")
    assert faults_of(tmp_path, broken) == [
        f"standards/demo/1.yaml, line {line_of(broken, '  measures: {d-1.1: proxy}')}: d-1.1 is "
        "proxy here, but its voices say files: not_measurable. Make the two say the same."
    ]


def test_an_item_of_a_statement_must_say_which(tmp_path: Path) -> None:
    told = faults_of(tmp_path, WHOLE.replace("      measures: {d-1.1: proxy}\n", ""))
    assert told[1].endswith(
        "the item does not say which statement it measures. "
        "Add measures, or move the item to criteria."
    )
    assert len(told) == 2


def test_all_faults_of_both_instruments_are_told_at_once(tmp_path: Path) -> None:
    broken = (
        WHOLE.replace("third: 0.7", "third: 0.3")
        .replace("id: cs-1.0", "id: cs-1.1")
        .replace('shown_from: "yes"', 'shown_from: "no"')
        .replace("share: 0.75", "share: 0.0")
    )
    places = [fault.partition(": ")[0] for fault in faults_of(tmp_path, broken)]
    wrong = ("third: 0.3", "It worked for me.", "shown_from", "share: 0.0")
    assert places == [f"standards/demo/1.yaml, line {line_of(broken, part)}" for part in wrong]


def test_scales_that_cannot_be_read_are_not_held_against_the_instruments(tmp_path: Path) -> None:
    (only,) = faults_of(tmp_path, WHOLE, scales="")
    assert only.startswith("standards/answer_scales.yaml, line 1: the file is empty.")

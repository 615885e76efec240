"""The categories of evidence: six, and CQC's. A file that is at fault is refused with its line."""

from pathlib import Path

import pytest

from benchmarking import evidence_categories
from benchmarking.demonstration.evidence import CATEGORIES
from benchmarking.indicators import CatalogueError

SHIPPED = Path(__file__).resolve().parent.parent / "data" / evidence_categories.FILE


def test_there_are_the_six_of_the_framework() -> None:
    assert [one.label for one in evidence_categories.shipped().categories] == [
        "People's experience of health and care services",
        "Feedback from staff and leaders",
        "Feedback from partners",
        "Observation",
        "Processes",
        "Outcomes",
    ]


def test_the_file_says_whose_they_are_and_that_nobody_compared_them_yet() -> None:
    found = evidence_categories.shipped()
    assert found.source.publisher == "Care Quality Commission"
    assert found.source.url.startswith("https://www.cqc.org.uk/")
    assert found.wording.status == "unconfirmed"


@pytest.mark.parametrize(
    "category, label", [("outcomes", "Outcomes"), (None, ""), ("", ""), ("of an older file", "")]
)
def test_a_category_is_named_where_there_is_one(category: str | None, label: str) -> None:
    assert evidence_categories.label(category) == label


def test_the_demonstration_uses_no_other() -> None:
    assert set(CATEGORIES.values()) <= evidence_categories.shipped().by_id.keys()


@pytest.mark.parametrize(
    "line, instead, told",
    [
        ("status: unconfirmed", "status: perhaps", "evidence_categories.yaml, line"),
        ("    hint: What somebody saw", "    hints: What somebody saw", "data/README.md"),
        ("id: outcomes", "id: Outcomes!", "evidence_categories.yaml, line"),
    ],
)
def test_a_fault_in_the_file_is_told_with_its_line(
    tmp_path: Path, line: str, instead: str, told: str
) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert text.count(line) == 1
    (tmp_path / evidence_categories.FILE).write_text(text.replace(line, instead), encoding="utf-8")
    with pytest.raises(CatalogueError, match=told):
        evidence_categories.load(tmp_path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="evidence_categories.yaml"):
        evidence_categories.load(tmp_path)

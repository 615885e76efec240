"""Trusts keep the code and name of their period; what happened to them since is told beside."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from benchmarking import organisations
from benchmarking.organisations import OrganisationsError

DATA = Path(__file__).resolve().parents[1] / "data"
HELD = organisations.load(DATA)


def test_there_are_207_trusts_with_a_return_and_one_without():
    assert len(HELD.with_return) == 207
    assert [t.code for t in HELD.trusts if not t.published_return] == ["RJ7"]


def test_codes_are_not_all_r_and_two_characters():
    unusual = [t.code for t in HELD.trusts if not (t.code[0] == "R" and len(t.code) == 3)]
    assert unusual == ["G6V2S", "TAD", "TAH", "TAJ"]


@pytest.mark.parametrize(
    "code, months, part_year",
    [
        ("G6V2S", 5, True),
        ("R1C", 6, True),
        ("RY9", 7, True),
        ("RAP", 8, True),
        ("R0A", 12, False),
        ("RJ7", 12, False),
    ],
)
def test_a_trust_of_part_of_the_year_is_marked(code: str, months: int, part_year: bool):
    trust = HELD.trust(code)
    assert (trust.months_reported, trust.part_year) == (months, part_year)


def test_no_other_trust_is_of_part_of_the_year():
    assert len([trust for trust in HELD.trusts if trust.part_year]) == 4


def test_the_mark_says_what_it_rests_on():
    assert HELD.trust("RAP").part_year_note == (
        "Existed for part of 2024-25: staff numbers were published for 8 of the 12 months."
    )
    assert HELD.trust("R0A").part_year_note is None


def test_only_r1c_has_no_eric_type():
    assert [t.code for t in HELD.trusts if t.eric_type is None] == ["R1C"]
    assert HELD.trust("R1C").ko41a_type == "Community Provider Trust"


def test_the_trust_without_a_return_has_its_groups_all_the_same():
    trust = HELD.trust("RJ7")
    assert trust.name == "St George's University Hospitals NHS Foundation Trust"
    assert (trust.eric_type, trust.ko41a_type) == ("ACUTE - TEACHING", "Acute")
    assert (trust.region_name, trust.ics_code) == ("London", "QWE")


def test_every_trust_has_a_region_and_an_integrated_care_system():
    assert not [t for t in HELD.trusts if not (t.region_code and t.region_name)]
    assert not [t for t in HELD.trusts if not (t.ics_code and t.ics_name)]


@pytest.mark.parametrize(
    "code, opened, closed",
    [
        ("R1C", date(2011, 4, 1), date(2024, 9, 30)),
        ("G6V2S", date(2024, 11, 1), None),
        ("TAD", None, None),
    ],
)
def test_dates_are_those_on_file_and_none_where_there_is_none(
    code: str, opened: date | None, closed: date | None
):
    assert (HELD.trust(code).opened, HELD.trust(code).closed) == (opened, closed)


@pytest.mark.parametrize(
    "code, notes",
    [
        (
            "R1C",
            "Became part of Hampshire and Isle of Wight Healthcare NHS Foundation Trust (RW1) "
            "on 1 October 2024.",
        ),
        ("RW1", "Took over from Solent NHS Trust (R1C) on 1 October 2024."),
        (
            "RAP",
            "Became part of Royal Free London NHS Foundation Trust (RAL) on 1 January 2025. "
            "The official record of this has not been checked.",
        ),
        (
            "RA7",
            "Took over from North Bristol NHS Trust (RVJ) on 1 July 2026. "
            "Listed in July 2026 as BRISTOL NHS FOUNDATION TRUST.",
        ),
        ("RA2", "Listed in July 2026 as ROYAL SURREY NHS FOUNDATION TRUST."),
        ("RBV", ""),
        ("R0A", ""),
    ],
)
def test_what_happened_since_the_period_began_is_told(code: str, notes: str):
    assert " ".join(HELD.trust(code).succession_notes) == notes


def test_a_predecessor_that_is_not_on_file_is_named_by_its_code():
    first = HELD.trust("G6V2S").succession_notes[0]
    assert first.startswith("Took over from the trust with code RRP on 1 November 2024.")


def test_a_new_name_replaces_nothing():
    assert HELD.trust("RA7").name == "University Hospitals Bristol and Weston NHS Foundation Trust"


def test_successions_that_rest_on_no_official_file_are_marked():
    inferred = [(s.old_code, s.new_code) for s in HELD.successions if s.inferred]
    assert inferred == [("RVY", "RBN"), ("RRP", "G6V2S"), ("TAF", "G6V2S"), ("RAP", "RAL")]
    assert len(HELD.successions) == 58


def test_a_trust_that_was_split_has_two_successors():
    assert HELD.followed_by("RW6") == ("RM3", "R0A")
    assert HELD.followed_by("R0A") == ()


@pytest.mark.parametrize(
    "code, said",
    [
        ("XXX", "No NHS trust has the code XXX in 2024-25. Look the trust up by its name."),
        ("<b>\u202eR0A" * 9, "No NHS trust has the code bR0AbR0AbR0A in 2024-25. "),
        ("", "No NHS trust has the code (no code) in 2024-25."),
    ],
)
def test_an_unknown_code_is_told_in_a_sentence(code: str, said: str):
    with pytest.raises(OrganisationsError) as refused:
        HELD.trust(code)
    assert str(refused.value).startswith(said)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for folder in ("organisations", "published"):
        shutil.copytree(DATA / folder, tmp_path / folder)
    return tmp_path


def test_a_missing_file_is_named(data: Path):
    (data / "organisations" / "trust_succession.csv").unlink()
    with pytest.raises(OrganisationsError, match=r"^organisations/trust_succession\.csv: there is"):
        organisations.load(data)


def test_a_period_that_is_not_held_is_told():
    with pytest.raises(OrganisationsError, match=r"complaints_benchmark_2019-20\.csv: there is no"):
        organisations.load(DATA, "2019-20")


def test_all_unusable_rows_are_told_at_once(data: Path):
    path = data / "organisations" / "trusts_without_return_2024-25.csv"
    row = path.read_text("utf-8").splitlines()[1]
    again = row.replace("RJ7", "R0A").replace(",12", ",13")
    path.write_text(path.read_text("utf-8") + again + "\n", encoding="utf-8")
    with pytest.raises(OrganisationsError) as refused:
        organisations.load(data)
    assert str(refused.value).splitlines() == [
        "R0A: this code is listed twice. Keep one row.",
        "R0A: the months reported are '13'. Give a whole number from 1 to 12.",
    ]

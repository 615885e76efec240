"""A year as the store has it: its trusts, its newest files, and what it lacks."""

from pathlib import Path

import pytest

from benchmarking import reference
from benchmarking.assessing.sheets import NotThere
from benchmarking.complaints.years import read_year
from benchmarking.imports import ko41a
from benchmarking.store.database import AuditEntry
from tests.complaints.conftest import NOW, Copy
from tests.imports.ko41a_files import PUBLISHED, TRUSTS, changed, csv_of


def load(copy: Copy, content: bytes, folder: Path) -> None:
    file = folder / "handed-in.csv"
    file.write_bytes(content)
    read = ko41a.read(file, copy.catalogue, TRUSTS)
    with copy.database.writing(AuditEntry(0, "import", "tests", NOW)) as writing:
        assert reference.add_return(writing, read) is not None


def of_next_year(content: bytes) -> bytes:
    return content.replace(b"\n2024-25,", b"\n2025-26,")


def test_it_has_207_trusts_with_figures_and_one_that_published_none(shipped: Copy):
    found = shipped.year()
    assert (found.period, len(found.figures)) == ("2024-25", 207)
    silent = [t.code for t in found.organisations.trusts if not t.published_return]
    assert silent == ["RJ7"]


def test_it_says_its_months_in_words(shipped: Copy):
    assert shipped.year().in_words == "April 2024 to March 2025"


def test_each_measure_knows_its_published_column(shipped: Copy):
    found = shipped.year()
    assert found.column("complaints_total_new") == "Complaints_Total_New"
    assert found.column("mean_fte") == "mean_fte_2024_25"


def test_what_was_not_published_is_no_zero(shipped: Copy):
    found = shipped.year().figures
    assert len(found["hes_fce"].dropna()) == 207 - 40
    assert len(found["complaints_total_new"].dropna()) == 207


def test_organisations_that_are_no_trusts_are_left_out(shipped: Copy):
    assert "NQV" not in shipped.year().figures.index


def test_a_revised_file_is_shown_from_then_on(own: Copy, tmp_path: Path):
    before = own.year()
    moved = changed("R0A", Complaints_Number_Upheld=-3, Complaints_Number_Not_Upheld=3)
    load(own, csv_of(moved), tmp_path)
    after = own.year()
    upheld = [y.figures["complaints_number_upheld"].to_dict()["R0A"] for y in (before, after)]
    assert upheld == [1563, 1560]
    assert after.revision > before.revision
    assert after.releases["ko41a"].file_name == "handed-in.csv"
    assert after.periods == ("2024-25",)


def test_a_new_year_is_shown_with_what_it_lacks(own: Copy, tmp_path: Path):
    load(own, of_next_year(PUBLISHED.read_bytes()), tmp_path)
    found = own.year()
    assert (found.period, found.periods) == ("2025-26", ("2025-26", "2024-25"))
    assert len(found.figures) == 207
    assert found.lacking == (
        "No list of NHS trusts is on file for 2025-26: types are those of an earlier year, and "
        "trusts that existed for part of the year are not marked.",
        "No staff or activity is on file for 2025-26, so there are no rates.",
    )
    assert found.organisations.by_code["R0A"].eric_type == "ACUTE - TEACHING"
    assert found.organisations.by_code["R0A"].region_name == "North West"
    assert found.figures["mean_fte"].dropna().empty


def test_the_year_before_can_still_be_looked_at(own: Copy, tmp_path: Path):
    load(own, of_next_year(PUBLISHED.read_bytes()), tmp_path)
    found = own.year("2024-25")
    assert (found.period, found.lacking) == ("2024-25", ())


def test_a_year_without_a_description_has_the_sources_of_one_that_has(own: Copy, tmp_path: Path):
    indicator = own.catalogue.indicator("outcome-mix")
    described = own.year().sources(indicator)
    load(own, of_next_year(PUBLISHED.read_bytes()), tmp_path)
    assert own.year().sources(indicator) == described != ()


def test_a_year_that_is_not_on_file_is_told_so(shipped: Copy):
    with shipped.database.reading() as reading:
        with pytest.raises(NotThere, match="No complaints of 2019-20 are on file."):
            read_year(reading, shipped.catalogue, "2019-20")

"""KO41a: the real file is read as it stands, however it is written or packed."""

import pytest

from benchmarking import indicators
from tests.imports.ko41a_files import (
    CATALOGUE,
    DATA,
    HEADER,
    PUBLISHED,
    ROWS,
    SITE_HEADER,
    csv_of,
    headed,
    read,
    with_cells,
    zip_of,
)

# The real file.


def test_the_published_file_is_read_as_it_stands():
    found = read(PUBLISHED)
    assert (found.period, found.level, found.warnings, found.set_aside) == (
        "2024-25",
        "organisation",
        (),
        (),
    )
    assert found.summary == (
        "KO41a 2024-25: 113,780 new complaints at 279 organisations; "
        "106,703 of them at 207 NHS trusts."
    )


def test_207_trusts_resolved_99942_and_upheld_a_quarter():
    trusts = read(PUBLISHED).trusts
    resolved = trusts["Complaints_Total_Resolved"].sum()
    assert (len(trusts), resolved) == (207, 99_942)
    assert f"{trusts['Complaints_Number_Upheld'].sum() / resolved:.1%}" == "25.0%"


def test_every_cell_is_the_publishers():
    rows = read(PUBLISHED).rows
    assert list(rows.columns) == HEADER
    assert [list(map(str, row)) for row in rows.itertuples(index=False)] == ROWS[1:]


def test_organisations_that_are_no_trusts_keep_their_type():
    found = read(PUBLISHED)
    kinds: dict[str, int] = {}
    for _, _, attributes in found.organisations():
        if not attributes["nhs_trust"]:
            kind = str(attributes["organisation_type"])
            kinds[kind] = kinds.get(kind, 0) + 1
    assert kinds == {"Integrated Care Board": 41, "Community Provider Trust": 27, "Others": 4}


def test_an_organisation_comes_with_its_name_and_place():
    assert read(PUBLISHED).organisations()[0] == (
        "NQV",
        "Bromley Healthcare",
        {
            "organisation_type": "Community Provider Trust",
            "nhs_england_region_code": "Y56",
            "nhs_england_region_name": "London",
            "ics_code": "QKK",
            "ics_name": "South East London",
            "nhs_trust": False,
        },
    )


def test_its_figures_are_those_the_data_folder_holds():
    dataset = CATALOGUE.dataset("ko41a", "2024-25")
    assert dataset is not None
    found = read(PUBLISHED).figures()
    assert len(found) == 279 * 78
    assert sorted(found) == sorted(indicators.figures(CATALOGUE, dataset, DATA))


def test_a_zip_gives_the_same_as_the_csv_in_it_and_the_other_files_are_passed_over():
    packed = zip_of(
        Site__Level=csv_of([SITE_HEADER, ["2024-25"]]),
        Org__Level=PUBLISHED.read_bytes(),
        KO41b=b"Year,Return,1.3 Total Brought Forward,1.4 Total New\r\n2024-25,GP,0,1\r\n",
        __MACOSX__Org=b"",
    )
    found, alone = read(packed), read(PUBLISHED)
    assert found.csv_name == "Org Level.csv"
    assert found.rows.equals(alone.rows)
    assert found.sha256 == alone.sha256
    assert found.file_sha256 != alone.file_sha256 == alone.sha256


# Ways to write the same thing.


@pytest.mark.parametrize(
    "content, why",
    [
        (csv_of([row[::-1] for row in ROWS]), "columns are found by name, not by position"),
        (csv_of([[c.upper() for c in HEADER], *ROWS[1:]]), "capitals in the header"),
        (csv_of(headed("_", " ")), "spaces in the header"),
        (csv_of([[f" {c} " for c in HEADER], *ROWS[1:]]), "spaces around names"),
        (b"\xef\xbb\xbf" + PUBLISHED.read_bytes(), "a byte order mark"),
        (PUBLISHED.read_bytes().replace(b"\r\n", b"\n"), "other line ends"),
        (PUBLISHED.read_bytes() + b"," * 85 + b"\r\n\r\n", "empty rows at the end"),
        (csv_of([*ROWS[:5], [], *ROWS[5:]]), "an empty row within"),
        (with_cells("R0A", Complaints_Total_New="1,941"), "thousands commas"),
        (with_cells("R0A", Complaints_Total_New=" 1941 "), "spaces around a number"),
        (with_cells("R0A", Complaints_Total_New="01941"), "a leading nought"),
        (with_cells("R0A", Year="2024/25"), "a stroke in the year"),
    ],
)
def test_what_means_the_same_is_read_as_the_same(content: bytes, why: str):
    found, published = read(content), read(PUBLISHED)
    assert found.rows[HEADER[1:]].equals(published.rows[HEADER[1:]]), why
    assert (found.period, found.warnings) == ("2024-25", ()), why


def test_an_unknown_column_is_set_aside_and_named():
    added = [[*HEADER, "<b>Compensation</b>\u202e"], *([*row, "9"] for row in ROWS[1:])]
    found = read(csv_of(added))
    assert found.set_aside == ("<b>Compensation</b>",)
    assert found.warnings == (
        "These columns are not known and were set aside: <b>Compensation</b>.",
    )
    assert list(found.rows.columns) == HEADER


def test_windows_letters_are_read_and_told():
    content = with_cells("R0A", Organisation_Name="Hôpital").decode().encode("cp1252")
    found = read(content)
    assert "Hôpital" in set(found.rows["Organisation_Name"])
    assert found.warnings == (
        "The file is not in UTF-8. It was read as Windows-1252, so check accents in names.",
    )


def test_a_file_that_does_not_say_where_is_read_and_told():
    found = read(csv_of([row[:1] + row[5:] for row in ROWS]))
    assert found.warnings[0] == (
        "The file does not say where organisations are: it lacks NHS_England_Region_Code, "
        "NHS_England_Region_Name, ICS_Code, ICS_Name."
    )
    assert "ics_code" not in found.organisations()[0][2]


def test_a_year_nothing_is_on_file_for_is_read_and_told():
    found = read(PUBLISHED.read_bytes().replace(b"2024-25", b"2025-26"))
    assert found.period == "2025-26"
    assert found.warnings == (
        "No published national total is on file for 2025-26, so the sum was not checked.",
        "No list of NHS trusts is on file for 2025-26. Trusts were told by the list of 2024-25 "
        "and by later mergers.",
    )


def test_a_trust_that_closed_since_an_earlier_year_is_a_trust_of_that_year():
    content = PUBLISHED.read_bytes().replace(b"2024-25", b"2023-24").replace(b",NQV,", b",RRP,")
    assert "RRP" in read(content).trust_codes
    assert "RRP" not in read(content.replace(b"2023-24", b"2025-26")).trust_codes

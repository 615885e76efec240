"""KO41a: every way to spoil the file is told, with the row, the reason and the way out.

Each case is the published file with the one change that stands in the table.
"""

import pytest

from benchmarking.imports import ko41a_rules
from tests.imports.ko41a_files import (
    CATALOGUE,
    CODE,
    HEADER,
    PUBLISHED,
    ROWS,
    TRUSTS,
    changed,
    csv_of,
    headed,
    position,
    refusal,
    told,
    with_cells,
)

OWN_FILE = "Use the publisher's own file, unchanged."
R0A = "row 205 (R0A Manchester University NHS Foundation Trust)"


@pytest.mark.parametrize(
    "cell, said",
    [
        ("*", "* is suppressed, and suppressed is not zero"),
        ("", "the cell is empty, and empty is not zero"),
        ("   ", "the cell is empty, and empty is not zero"),
        ("-", "- stands for no figure, and that is not zero"),
        ("–", "– stands for no figure, and that is not zero"),
        ("N/A", "N/A stands for no figure, and that is not zero"),
        ("-5", "-5 is negative, and complaints are counted"),
        ("−5", "−5 is negative, and complaints are counted"),
        ("1.5", "1.5 is not a whole number"),
        ("1941.0", "1941.0 is not a whole number"),
        ("1e3", "1e3 is not a whole number"),
        ("1,94", "1,94 is not a whole number"),
        ("1,9411", "1,9411 is not a whole number"),
        ("1 941", "1 941 is not a whole number"),
        ("+5", "+5 is not a whole number"),
        ("١٩", "١٩ is not a whole number"),
        ("=1+1", "=1+1 is not a whole number"),
        ("99999999", "99999999 is too large to be true"),
        ("9" * 500, f"{'9' * 59}… is too large to be true"),
        ("<i>5</i>\u202e\x07", "<i>5</i> is not a whole number"),
        ("x" * 500, f"{'x' * 59}… is not a whole number"),
    ],
)
def test_a_cell_that_is_no_count_is_refused_with_its_row_and_column(cell: str, said: str):
    where = f"{R0A}, column Complaints_Total_New"
    assert told(with_cells("R0A", Complaints_Total_New=cell)) == [f"{where}: {said}. {OWN_FILE}"]


SERVICES = [column for column in HEADER if column.startswith("Service_")]


@pytest.mark.parametrize(
    "cells, said",
    [
        (
            {"Complaints_Number_Upheld": -1},
            "Complaints_Total_Resolved and the sum of its parts differ: 1,993 and 1,992",
        ),
        (
            {"Complaints_Total_Carried_Forward": 1},
            "Complaints_Total_Carried_Forward is 231, but brought forward and new less resolved "
            "is 230",
        ),
        (
            {"Complaints_Total_Resolved": 231, "Complaints_Number_Upheld": 231},
            "2,224 were resolved, but only 2,223 were open in all",
        ),
        ({"Age_0_5": 1}, "Age_Total and the sum of its parts differ: 1,941 and 1,942"),
        (
            {"Age_0_5": 1, "Age_Total": 1},
            "Age_Total and Complaints_Total_New differ: 1,942 and 1,941",
        ),
        ({"Status_Carer": 1}, "Status_Total and the sum of its parts differ: 1,941 and 1,942"),
        (
            {"Status_Carer": 1, "Status_Total": 1},
            "Status_Total and Complaints_Total_New differ: 1,942 and 1,941",
        ),
        ({"Service_Other": 1}, "Service_Total and the sum of its parts differ: 2,788 and 2,789"),
        (
            dict.fromkeys(SERVICES, "0"),
            "Service_Total is 0, less than the 1,941 new complaints",
        ),
        (
            {"Clinical_Treatment_Surgical_Group": 1},
            "Clinical_Treatment_Sub_Total and the sum of its parts differ: 1,787 and 1,788",
        ),
        (
            {"Subject_Area_Restraint": 1},
            "Subject_Area_Sub_Total and the sum of its parts differ: 4,483 and 4,484",
        ),
        (
            {"Subject_Area_Total": 1},
            "Subject_Area_Total and its two subtotals differ: 6,271 and 6,270",
        ),
        (
            {"Profession_Other": 1},
            "Profession_Total and the sum of its parts differ: 2,969 and 2,970",
        ),
    ],
)
def test_a_row_that_does_not_add_up_is_refused_by_name(cells: dict[str, str | int], said: str):
    assert told(with_cells("R0A", **cells)) == [f"{R0A}: {said}. {OWN_FILE}"]


def test_no_figure_can_be_changed_unnoticed():
    collection = CATALOGUE.collection("ko41a")
    row = ROWS[position("R0A")]
    counts = {m.id: int(row[HEADER.index(m.column)]) for m in collection.measures}
    assert list(ko41a_rules.broken(counts, collection)) == []
    for measure, count in counts.items():
        spoiled = {**counts, measure: count + 1}
        assert list(ko41a_rules.broken(spoiled, collection)), measure


ONE_MORE: dict[str, str | int] = dict.fromkeys(
    (
        *("Complaints_Total_New", "Complaints_Total_Carried_Forward", "Age_Unknown", "Age_Total"),
        *("Status_Other", "Status_Total"),
    ),
    1,
)
NATIONAL = "the whole file: new complaints add up to 113,781, but the published national total"
TRUST_SUM = "the whole file: new written complaints of NHS trusts add up to 106,704, but the total"


def test_a_row_that_adds_up_is_still_held_against_the_published_total():
    # R0A names more services, subjects and professions than it has complaints, so one more
    # complaint breaks no rule of its own row.
    faults = told(with_cells("R0A", **ONE_MORE))
    assert len(faults) == 2
    assert faults[0].startswith(NATIONAL)
    assert faults[1].startswith(TRUST_SUM)
    assert faults[0].endswith(
        "is 113,780. Use the publisher's own file, unchanged. If the publisher has revised its "
        "figures, correct the total in data/published."
    )


def test_an_organisation_that_is_no_trust_counts_nationally_only():
    board = next(row[CODE] for row in ROWS if "Integrated Care Board" in row)
    every = dict.fromkeys(("Service_Other", "Service_Total", "Subject_Area_Other"), 1)
    every |= dict.fromkeys(("Subject_Area_Sub_Total", "Subject_Area_Total"), 1)
    every |= dict.fromkeys(("Profession_Other", "Profession_Total"), 1)
    faults = told(with_cells(board, **ONE_MORE, **every))
    assert len(faults) == 1
    assert faults[0].startswith(NATIONAL)


def test_a_trust_whose_row_is_gone_is_missed_by_name():
    faults = told(csv_of([row for row in ROWS if row[CODE] != "RF4"]))
    name = TRUSTS.trust("RF4").name
    assert faults[0] == f"the whole file: there is no row for {name} (RF4). {OWN_FILE}"
    assert [fault.split(" add up")[0] for fault in faults[1:]] == [
        "the whole file: new complaints",
        "the whole file: new written complaints of NHS trusts",
    ]


FIRST = ROWS[1]


@pytest.mark.parametrize(
    "rows, said",
    [
        (
            headed("Organisation_Code", "Code"),
            ["the file: the column Organisation_Code is missing."],
        ),
        (headed("Age_0_5", "Age_0_6"), ["the file: the column Age_0_5 is missing."]),
        (headed("Year", "Jahr"), ["the file: the column Year is missing."]),
        (
            headed("Age_0_5", "age 6-17"),
            [
                "the file: the column Age_0_5 is missing.",
                "the file: the column Age_6_17 stands there twice.",
            ],
        ),
        (
            [*ROWS[:4], ROWS[4][:-1], *ROWS[5:]],
            ["row 5: it has 85 cells, the header has 86."],
        ),
        (
            [*ROWS, FIRST],
            ["row 281 (NQV Bromley Healthcare): NQV is in row 2 already."],
        ),
        (
            [*ROWS, [*FIRST[:CODE], "TOTAL", *FIRST[CODE + 1 :]]],
            ["row 281 (TOTAL Bromley Healthcare): this is a total, not an organisation."],
        ),
        (
            changed("NQV", Organisation_Code="nqv"),
            ["row 2 (nqv Bromley Healthcare), column Organisation_Code: nqv is not an organ"],
        ),
        (
            changed("NQV", Organisation_Code=""),
            ["row 2 (Bromley Healthcare), column Organisation_Code: nothing is not an organ"],
        ),
        (
            changed("NQV", Organisation_Name=""),
            ["row 2 (NQV), column Organisation_Name: the cell is empty."],
        ),
        (
            changed("NQV", Organisation_Name="N" * 201),
            [f"row 2 (NQV {'N' * 55}…), column Organisation_Name: the text is longer than 200"],
        ),
        (
            changed("NQV", Organisation_Name="\u202eBromley\x1b[2J"),
            ["row 2 (NQV Bromley [2J), column Organisation_Name: the text is longer than 200"],
        ),
        (
            changed("NQV", Year="2024"),
            ["column Year: 2024 is not a financial year (in 1 row)."],
        ),
        (
            changed("NQV", Year="2024-26"),
            ["column Year: 2024-26 is not a financial year (in 1 row)."],
        ),
        (
            changed("NQV", Year="2023-24"),
            ["column Year: the rows are of different years: 2023-24, 2024-25."],
        ),
    ],
)
def test_a_table_of_another_shape_is_refused(rows: list[list[str]], said: list[str]):
    found = told(csv_of(rows))
    assert [fault[: len(start)] for fault, start in zip(found, said, strict=True)] == said


def test_every_fault_is_told_not_only_the_first():
    rows = changed("R0A", Age_0_5="*", Age_6_17="")
    rows[1] = changed("NQV", Complaints_Total_Resolved=1)[1]
    found = told(csv_of([*rows, ROWS[2]]))
    again = f"row 281 ({ROWS[2][CODE]} {ROWS[2][CODE + 1]})"
    assert [fault.split(":")[0] for fault in found] == [
        f"{R0A}, column Age_0_5",
        f"{R0A}, column Age_6_17",
        again,
        "row 2 (NQV Bromley Healthcare)",
        "row 2 (NQV Bromley Healthcare)",
    ]


def test_a_message_of_thousands_of_faults_is_cut_and_the_faults_are_not():
    spoiled = [HEADER, *(["*" if cell == "0" else cell for cell in row] for row in ROWS[1:])]
    refused = refusal(csv_of(spoiled))
    assert len(refused.faults) > 5_000
    assert str(refused).count("\n") == 200
    assert str(refused).endswith(f"And {len(refused.faults) - 200:,} more like these.")


def test_a_sum_that_fails_beside_an_unknown_column_says_that_they_may_belong_together():
    rows = [[*row, "1"] for row in changed("R0A", Age_0_5=1)]
    rows[0] = [*HEADER, "Age_Over_100"]
    assert told(csv_of(rows))[0].endswith(
        "If it is unchanged, a column set aside may be part of a sum: Age_Over_100."
    )


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.9999])
def test_a_file_cut_short_is_never_half_read(share: float):
    content = PUBLISHED.read_bytes()
    assert told(content[: int(share * len(content))])


def test_a_file_cut_at_the_end_of_a_row_is_never_half_read():
    assert told(csv_of(ROWS[:200]))[0].startswith("the whole file: there is no row for")

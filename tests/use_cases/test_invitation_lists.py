"""A list of closed complaints: what is read, what is left alone, and what is refused in words."""

from datetime import date

import pytest

from benchmarking.survey import invitation_lists
from benchmarking.survey.invitation_lists import (
    MOST_COMPLAINTS,
    TEMPLATE,
    UnusableList,
    read,
    text_of,
)

TODAY = date(2026, 11, 21)
BOTH = [("C/1", date(2026, 9, 30)), ("C/2", date(2026, 10, 2))]


def found(text: str) -> list[tuple[str, date]]:
    return [(one.reference, one.closed_on) for one in read(text, TODAY).complaints]


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(UnusableList) as refused:
        read(text, TODAY)
    return refused.value.faults


@pytest.mark.parametrize(
    "text, why",
    [
        ("Reference,Closed\nC/2,02/10/2026\nC/1,30/09/2026", "in the order of the references"),
        ("C/1\t30/09/2026\nC/2\t2/10/2026", "pasted from a spreadsheet, without headings"),
        ("closed date;ref\n2026-09-30;C/1\n2026-10-02;C/2", "another order and other dates"),
        ("\nC/1,30 September 2026\r\n\r\nC/2,2 Oct 2026\r\n,\r\n", "empty lines are no complaints"),
        ('"C/1","30.09.2026"\n"C/2","02-10-2026"', "in quotation marks"),
    ],
)
def test_a_list_is_read_in_whatever_usual_form(text: str, why: str) -> None:
    assert found(text) == BOTH, why


def test_other_columns_are_not_read_and_said() -> None:
    listed = read("Name,Reference,Closed,Outcome\nA Person,C/1,30/09/2026,Upheld", TODAY)
    assert listed.unread == ("Name", "Outcome")
    assert "Person" not in repr(listed)


@pytest.mark.parametrize(
    "line, said",
    [
        (",30/09/2026", "the reference is missing."),
        ("C/1,", "the day is missing or not written as 30/09/2026."),
        ("C/1,31/09/2026", "the day is missing or not written as 30/09/2026."),
        ("C/1,22/11/2026", "the day lies in the future."),
        ("Jane Example,30/09/2026", "this is no reference. It has a number in it, and no name."),
        ("=1+1,30/09/2026", "this is no reference."),
        ("<b>1</b>,30/09/2026", "this is no reference."),
        ("943 476 5919,30/09/2026", "this looks like an NHS number."),
        (f"{'1' * 41},30/09/2026", "a reference has at most 40 characters."),
        ("C/9,30/09/2026", "C/9 stands there twice."),
    ],
)
def test_a_line_that_cannot_be_used_is_told_by_its_number(line: str, said: str) -> None:
    (fault,) = faults(f"Reference,Closed\nC/9,01/09/2026\n{line}")
    assert fault.startswith(f"Line 3: {said}")
    assert "Jane" not in fault


def test_all_faults_are_told_at_once_up_to_twenty() -> None:
    told = faults("Reference,Closed\n" + "name,30/09/2026\n" * 25)
    assert len(told) == 21
    assert told[-1] == "And 5 more."


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "The list is empty."),
        (" \n,\n", "The list is empty."),
        ("Reference,Closed", "There is no complaint below the headings."),
        ("C/1,30/09/2026,Jane", "Give two columns"),
        ("C/1", "Give two columns"),
        ("C/1,30/09/2026\n" + "x" * 1_000_000, "The list is too long."),
        ('C/1,30/09/2026\n"' + "x" * 200_000, "Line 2: this is not a line of a table."),
    ],
)
def test_what_is_no_list_is_refused(text: str, said: str) -> None:
    assert faults(text)[0].startswith(said)


def test_more_than_can_be_invited_at_a_time_are_refused() -> None:
    lines = "".join(f"C/{n},30/09/2026\n" for n in range(MOST_COMPLAINTS + 1))
    assert faults(lines) == ("The list has 2,001 complaints. Bring 2,000 or fewer at a time.",)


def test_files_are_read_in_the_encodings_of_spreadsheets() -> None:
    assert text_of("\ufeffŴ".encode()) == "Ŵ"
    assert text_of("é".encode("cp1252")) == "é"
    for content, said in (
        (b"PK\x03\x04\0", "This is not a CSV file."),
        (b"x" * 1_000_001, "The file is larger than 1,000 kB."),
    ):
        with pytest.raises(UnusableList, match=said):
            text_of(content)


def test_the_template_is_a_list() -> None:
    assert len(read(TEMPLATE, TODAY).complaints) == 2
    assert invitation_lists.TEMPLATE.startswith("Reference,Closed")

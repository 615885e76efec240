"""What may tell who somebody is: what is found, what hides nothing, and what is left alone.

No number here is anybody's: NHS numbers begin with 999 (kept for tests) or are the one of the
data dictionary's example, phone numbers are those that Ofcom keeps for drama.
"""

import pytest

from benchmarking.personal_details import (
    WITHHELD,
    Finding,
    Kind,
    find,
    for_others,
    in_words,
    kinds,
    may_identify,
)

NHS, BORN, DATE = Kind.NHS_NUMBER, Kind.DATE_OF_BIRTH, Kind.DATE
POSTCODE, EMAIL, PHONE = Kind.POSTCODE, Kind.EMAIL, Kind.PHONE


@pytest.mark.parametrize(
    "text, kind",
    [
        ("9434765919", NHS),
        ("943 476 5919", NHS),
        ("943-476-5919", NHS),
        ("943.476.5919", NHS),
        ("943  476  5919", NHS),
        ("9 4 3 4 7 6 5 9 1 9", NHS),
        ("NHS number: 999 012 3456? No: 943 476 5919.", NHS),
        ("NHS9434765919", NHS),
        ("9434765919,9434765870", NHS),
        ("(999 000 0018)", NHS),
        ("born 3/5/1961", BORN),
        ("DOB 03.05.61", BORN),
        ("d.o.b. 1961-05-03", BORN),
        ("Date of birth: 3rd of May 1961", BORN),
        ("date of birth of the patient, as told: May 3, 1961", BORN),
        ("03/05/2019 (her birthday)", BORN),
        ("Born on 12 Sept. 2024", BORN),
        ("the patient, 03/05/1961, came in", DATE),
        ("03-05-1961", DATE),
        ("3.5.2014", DATE),
        ("01/01/1905", DATE),
        ("lives at M1 1AE", POSTCODE),
        ("SW1A 2AA", POSTCODE),
        ("sw1a2aa", POSTCODE),
        ("cr2  6xh,", POSTCODE),
        ("DN55 1PT", POSTCODE),
        ("EC1A 1BB", POSTCODE),
        ("write to someone@example.org", EMAIL),
        ("first.o'last+tag@mail.example.nhs.uk", EMAIL),
        ("someone @ example.org", EMAIL),
        ("020 7946 0018", PHONE),
        ("07700 900123", PHONE),
        ("(0113) 496 0018", PHONE),
        ("+44 7700 900 123", PHONE),
        ("0044 20 7946 0018", PHONE),
        ("+44 (0)161 496 0018", PHONE),
        ("01632960123.", PHONE),
        ("01632 96012", PHONE),
    ],
)
def test_it_is_found(text: str, kind: Kind) -> None:
    assert kinds([text]) == (kind,)


@pytest.mark.parametrize(
    "text",
    [
        "".join(chr(0xFF10 + int(digit)) for digit in "9434765919"),
        "943\u00a0476\u00a05919",
        "943\u2009476\u202f5919",
        "943\u3000476\u30005919",
        "943\u2011476\u20115919",
        "943\u2212476\u22125919",
        "943\u00b7476\u00b75919",
        "943\t476\n5919",
        "9\u200b4\u200b3\u200b4\u200b7\u200b6\u200b5\u200b9\u200b1\u200b9",
        "943\u2060476\ufeff5919",
        "9434\u202e765\u202c919",
        "943476\u0332\u03325919",
        "9\ufe0f\u20e34\ufe0f\u20e33\ufe0f\u20e3476\ufe0f\u20e35919",
        "".join(chr(0x2460 + int(digit) - 1) for digit in "9434765919"),
        "".join(chr(0x0660 + int(digit)) for digit in "9434765919"),
        "".join(chr(0x1D7CE + int(digit)) for digit in "9434765919"),
    ],
    ids=ascii,
)
def test_no_way_of_writing_hides_an_nhs_number(text: str) -> None:
    assert kinds([f"It was {text}, she said."]) == (NHS,)


@pytest.mark.parametrize(
    "text, kind",
    [
        ("someone\uff20example\uff0eorg", EMAIL),
        ("\uff33\uff37\uff11\uff21 \uff12\uff21\uff21", POSTCODE),
        ("S\u200bW1A\u00a02A\u200dA", POSTCODE),
        ("born 03\uff0f05\uff0f1961", BORN),
        ("07700\u2003900\u200b123", PHONE),
    ],
    ids=ascii,
)
def test_nor_anything_else(text: str, kind: Kind) -> None:
    assert kinds([text]) == (kind,)


@pytest.mark.parametrize(
    "why, text",
    [
        ("nothing", ""),
        ("words", "Nobody rang back. The letter came after six weeks."),
        ("the last digit is wrong", "943 476 5918"),
        ("no last digit would be right", ", ".join(f"943 476 601{n}" for n in range(10))),
        ("all the same", "0000000000 1111111111"),
        ("nine digits", "943 476 591"),
        ("eleven digits", "94347659190"),
        ("a decimal fraction", "0.9434765919 of 9434765919.5"),
        ("part of a code", "a3f9434765919b1"),
        ("grouped in another way", "94347 65919"),
        ("a receipt", "DEMO-07/2026-27/1-4F7K2Q and DEMO-43/2025-26/2-9434765"),
        ("a count", "3 of 21; 22 of 210 records; 1,204 complaints"),
        ("years", "2024-25, 2014/15, from 1948 to 2026"),
        ("a rate", "12.5 per 1,000 staff, 95% of 1203"),
        ("a day of this decade", "21/11/2026, 01.04.2015 and 3-5-19"),
        ("a paper's day in words", "Policy of 3 May 2009, revised June 2012"),
        ("a paper's day in figures, year first", "2009-05-03"),
        ("older than people get", "01/01/1890"),
        ("a month that is none", "45/13/1961 and 03/25/1961"),
        ("a version", "version 1.2.2003.4"),
        ("born of something else", "A plan born of need. See page 3 of 2009."),
        ("trusts' codes", "RJ1, RX4, G6V2S, RJ122, TAD, DEMO-07"),
        ("statements' numbers", "1.4, ME1.1, sa-3.1, R4.1"),
        ("half a postcode", "people from M1 and SW1A"),
        ("no such area", "ZZ9 9ZZ, QX1 1AA"),
        ("an ordinal", "In ME1 1st and S3 2nd, W1 5th"),
        ("a handle", "@nhsengland and a@b"),
        ("a line of an organisation", "0345 015 4033, 0300 123 4567, 0800 028 4060, 111"),
        ("too short", "01632 960, 0207 946"),
        ("too long", "020 7946 00181234"),
        ("a day and a count", "01-04-2026 30 files"),
        ("two days", "01.04.2026 02.04.2026"),
        ("an hour", "from 09:00 to 17:30"),
        ("a web address", "https://example.org/files?drawn=20&of=412"),
    ],
)
def test_it_is_left_alone(why: str, text: str) -> None:
    assert kinds([text]) == (), why


def test_a_finding_says_where_and_never_what() -> None:
    text = "See \u200b943\u00a0476 5919."
    (found,) = find(text)
    assert found == Finding(NHS, 5, 17)
    assert text[found.start : found.end] == "943\u00a0476 5919"
    assert "943" not in repr(found)


def test_findings_come_in_the_order_of_the_text() -> None:
    found = find("M1 1AE, born 3/5/1961, 943 476 5919, 07700 900123")
    assert [one.kind for one in found] == [POSTCODE, BORN, NHS, PHONE]


def test_kinds_are_named_once_whatever_the_order() -> None:
    assert kinds(["M1 1AE", "M1 1AE and 943 476 5919"]) == (NHS, POSTCODE)


@pytest.mark.parametrize(
    "found, words",
    [
        ((NHS,), "an NHS number"),
        ((NHS, POSTCODE), "an NHS number and a postcode"),
        ((NHS, EMAIL, PHONE), "an NHS number, an e-mail address and a phone number"),
    ],
)
def test_kinds_are_listed_as_a_sentence_lists_them(found: tuple[Kind, ...], words: str) -> None:
    assert in_words(found) == words


def test_others_see_a_text_or_that_it_is_withheld() -> None:
    assert for_others("Update the leaflet.") == "Update the leaflet."
    assert for_others("Ring 07700 900123.") == WITHHELD
    assert may_identify("", "Ring 07700 900123.") and not may_identify("", "Update the leaflet.")


def test_a_long_text_of_digits_is_read_in_no_time() -> None:
    """No way of writing makes the search take longer than in proportion to the text."""
    for long in ("1 " * 200_000, "9" * 400_000, "a." * 200_000, "0 1" * 100_000, "a" * 400_000):
        assert len(find(long)) < 200_000

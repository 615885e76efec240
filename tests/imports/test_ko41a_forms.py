"""KO41: another form, level or year is recognised, and the right file is named."""

import random
import zipfile
from pathlib import Path

import pytest

from benchmarking.imports import ko41a
from benchmarking.imports.ko41a_forms import Form
from tests.imports.ko41a_files import (
    CATALOGUE,
    HEADER,
    PUBLISHED,
    ROWS,
    SITE_HEADER,
    csv_of,
    told,
    zip_of,
)

OLD_ZIP = Path(__file__).resolve().parents[1] / "files" / "ko41_written_complaints_2010-11.zip"
WHICH = (
    'Choose the file "Secondary Care KO41a - Org Level", or the publisher\'s whole ZIP, '
    "of 2022-23 or later."
)


def member(name_starts: str) -> bytes:
    with zipfile.ZipFile(OLD_ZIP) as opened:
        name = next(n for n in opened.namelist() if n.startswith(name_starts))
        return opened.read(name)


@pytest.mark.parametrize(
    "content, form, said",
    [
        (
            OLD_ZIP,
            Form.BEFORE_2015,
            "Written Complaints 2010_11 KO41a_HCHS.csv: this is the KO41a form from before its "
            "redesign in 2015-16 (2010-11). It holds no outcomes and counts services, subjects "
            "and professions in other groups. Only national totals can be compared across the "
            f"redesign, so it is not imported. {WHICH}",
        ),
        (
            member("Written Complaints 2010_11 KO41a"),
            Form.BEFORE_2015,
            "the file: this is the KO41a form from before its redesign in 2015-16 (2010-11).",
        ),
        (
            member("Written Complaints 2010_11 KO41b"),
            Form.KO41B,
            "the file: this is KO41b, which is about general practices and dentists, not about "
            f"trusts. {WHICH}",
        ),
        (
            b"Year,Return,Sub ICB Code,1.3 Total Brought Forward,1.4 Total New\r\n2024-25,GP,a,0,1",
            Form.KO41B,
            "the file: this is KO41b, which is about general practices and dentists",
        ),
        (
            csv_of([SITE_HEADER, ["2024-25", "Y56"]]),
            Form.SITE_LEVEL,
            "the file: this is the site-level file, with a row for each hospital or other site. "
            f"{WHICH}",
        ),
        (
            zip_of(Site=csv_of([SITE_HEADER, ["2024-25", "Y56"]])),
            Form.SITE_LEVEL,
            f"Site.csv: this is the site-level file, with a row for each hospital or other site. "
            f"{WHICH}",
        ),
        (
            b"Code,Name\r\nR0A,Manchester\r\n",
            Form.UNKNOWN,
            f"the file: this is not a KO41a file (its columns start with Code, Name). {WHICH}",
        ),
        (
            ";".join(HEADER).encode() + b"\r\n",
            Form.UNKNOWN,
            "the file: this is not a KO41a file (its columns are not divided by commas).",
        ),
        (
            zip_of(),
            Form.UNKNOWN,
            "the file: this is not a KO41a file (it holds no CSV file with columns).",
        ),
    ],
)
def test_another_file_is_recognised_and_the_right_one_named(
    content: bytes | Path, form: Form, said: str
):
    recognised = ko41a.recognise(content, CATALOGUE)
    assert recognised.form is form
    assert f"{recognised.problem}. {recognised.remedy}." in " ".join(told(content))
    assert told(content)[0].startswith(said)


def test_the_published_file_is_recognised():
    recognised = ko41a.recognise(PUBLISHED, CATALOGUE)
    assert (recognised.form, recognised.period) == (Form.ORG_LEVEL, "2024-25")


def test_the_year_of_an_old_file_is_told():
    assert ko41a.recognise(OLD_ZIP, CATALOGUE).period == "2010-11"


def test_two_organisation_level_files_in_one_zip_are_refused():
    packed = zip_of(One=PUBLISHED.read_bytes(), Two=PUBLISHED.read_bytes())
    assert told(packed) == [
        "the file: it holds more than one organisation-level file: One.csv and Two.csv. "
        "Import them one at a time."
    ]
    assert ko41a.recognise(packed, CATALOGUE).form is Form.UNKNOWN


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_zip_is_refused_with_a_reason_and_never_anything_else(seed: int):
    few = zip_of(Org=csv_of(ROWS[:3]), Site=csv_of([SITE_HEADER]))
    damaged = bytearray(few)
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    assert told(bytes(damaged)[: chance.choice([len(few), chance.randrange(1, len(few))])])

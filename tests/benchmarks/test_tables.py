"""Tables of the document are renewed in their places, and nothing else is touched."""

import pytest

from benchmarks import machine, shown, tables
from benchmarks.tables import NoMarks

BEFORE = """# Performance

Words above.

<!-- measured: pages -->
| old |
<!-- end of pages -->

Words below.
"""


def test_a_table_is_aligned_to_its_columns():
    assert tables.markdown(("Page", "ms"), [("home", 12.5), ("rows", 1000), ("none", None)]) == (
        "| Page | ms |\n| --- | --- |\n| home | 12.5 |\n| rows | 1,000 |\n| none |  |"
    )


def test_a_table_takes_the_place_of_the_one_before():
    found = tables.renewed(BEFORE, "pages", "| new |", "On this machine.")
    assert found == BEFORE.replace("| old |", "| new |\n\nOn this machine.")
    assert tables.renewed(found, "pages", "| new |", "On this machine.") == found


def test_what_a_table_says_is_taken_as_it_is():
    assert r"| \1 \g<0> |" in tables.renewed(BEFORE, "pages", r"| \1 \g<0> |", "")


def test_a_document_without_the_marks_is_told_which():
    with pytest.raises(NoMarks, match="Add <!-- measured: load --> and <!-- end of load -->"):
        tables.renewed(BEFORE, "load", "| new |", "")


def test_every_measurement_has_its_place_in_the_document():
    document = tables.DOCUMENT.read_text("utf-8")
    for name in shown.TABLES:
        assert tables.renewed(document, name, "", "") != document


def test_the_processor_is_named_as_linux_names_it():
    assert (
        machine.processor(["cpu MHz : 2", "model name\t: Swift 9", "model name : B"]) == "Swift 9"
    )
    assert machine.processor([]) == ""


def test_the_machine_stands_in_one_line():
    said = machine.sentence(machine.described())
    assert "cores of" in said and "GB" in said and "streamlit" in said

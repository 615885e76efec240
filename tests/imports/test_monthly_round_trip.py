"""Whatever months a trust has, a file of them is read back as the same months, or not at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarking.imports import monthly
from benchmarking.imports.monthly import COLUMNS, Allowed, MonthlyFile
from benchmarking.imports.refusal import Fault, ImportRefused
from benchmarking.series import shipped
from benchmarking.series.months import EARLIEST, last_ended, month_code, read_month, through

TODAY = date(2026, 11, 21)
ALLOWED = Allowed(("DEMO-07",), shipped(), TODAY, own="DEMO-07")
MONTHS = through(EARLIEST, last_ended(TODAY))
FORMS = ("%Y-%m", "%b-%y", "%B %Y", "%Y-%m-%d", "%d/%m/%Y")

counts = st.integers(0, 9_999_999)
keys = st.tuples(st.sampled_from([series.id for series in shipped()]), st.sampled_from(MONTHS))
told = st.dictionaries(keys, st.tuples(counts, counts), min_size=1, max_size=30)


def csv(rows: list[list[str]]) -> bytes:
    return "\n".join(",".join(cells) for cells in [list(COLUMNS), *rows]).encode()


@given(said=told)
def test_right_figures_are_read_as_they_were_written(
    said: dict[tuple[str, date], tuple[int, int]],
):
    wanted = {key: (min(pair), max(pair)) for key, pair in said.items()}
    rows = [
        ["DEMO-07", series_id, month_code(month), str(in_time), str(due)]
        for (series_id, month), (in_time, due) in wanted.items()
    ]
    found = monthly.read(csv(rows), ALLOWED)
    assert {(row.series_id, row.month): (row.in_time, row.due) for row in found.rows} == wanted


@given(cells=st.lists(st.text(alphabet="aA7-/. 2026;%*\t<&'", max_size=9), min_size=5, max_size=5))
def test_whatever_stands_in_a_row_it_is_read_in_full_or_refused_in_sentences(cells: list[str]):
    good = ["DEMO-07", shipped()[0].id, "2026-10", "1", "2"]
    found, faults = read(csv([good, cells]))
    if found is not None:
        assert len(found.rows) == 1, "such a row can only be one that nobody filled in"
    for fault in faults:
        assert fault.where and fault.problem and fault.remedy
        assert "\n" not in str(fault)


def read(content: bytes) -> tuple[MonthlyFile | None, tuple[Fault, ...]]:
    """What a file says, or everything that is wrong with it."""
    try:
        return monthly.read(content, ALLOWED), ()
    except ImportRefused as refused:
        return None, refused.faults


@pytest.mark.parametrize("form", FORMS)
@given(month=st.sampled_from(MONTHS))
def test_a_month_is_read_back_from_every_form_that_is_offered(form: str, month: date):
    assert read_month(f"{month:{form}}") == month


@given(said=st.text(max_size=14))
def test_reading_a_month_never_fails_and_gives_first_days_only(said: str):
    found = read_month(said)
    assert found is None or found.day == 1

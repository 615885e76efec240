"""Tables that are taken away: whole, readable in a spreadsheet, and harmless there."""

import pandas as pd

from benchmarking.exports import to_csv


def test_a_cell_that_would_run_as_a_formula_is_made_text() -> None:
    table = pd.DataFrame({"=name": ["=1+1", "@x", "plain"], "figure": [-1.5, 2.0, 3.0]})
    text = to_csv(table).decode("utf-8-sig")
    assert text.splitlines() == ["'=name,figure", "'=1+1,-1.5", "'@x,2.0", "plain,3.0"]


def test_source_and_licence_go_with_the_table() -> None:
    text = to_csv(pd.DataFrame({"a": [1]}), ['Source: "KO41a"', "=licence"]).decode("utf-8-sig")
    assert text.splitlines() == ["a", "1", "", '"Source: ""KO41a"""', '"\'=licence"']


def test_a_spreadsheet_sees_that_it_is_utf_8() -> None:
    assert to_csv(pd.DataFrame({"ŵ": ["é"]})).startswith(b"\xef\xbb\xbf")

"""What all charts share."""

import pandas as pd

from benchmarking.charts.chart import Chart, figure, stacked_table


def chart(**columns: list[object]) -> Chart:
    return Chart(figure([], 100), "A sentence.", "A description.", lambda: pd.DataFrame(columns))


def test_tables_are_stacked_in_order_under_the_name_of_their_chart():
    stacked = stacked_table({"1 First": chart(No=["1.1", "1.2"]), "2 Next": chart(No=["2.1"])})
    assert stacked.to_dict("list") == {
        "Part": ["1 First", "1 First", "2 Next"],
        "No": ["1.1", "1.2", "2.1"],
    }


def test_whole_numbers_stay_whole_where_another_table_has_no_such_column():
    stacked = stacked_table({"A": chart(No=["1"], Peers=[7]), "B": chart(No=["2"], Why=["none"])})
    assert stacked.to_dict("list") == {
        "Part": ["A", "B"],
        "No": ["1", "2"],
        "Peers": [7, ""],
        "Why": ["", "none"],
    }

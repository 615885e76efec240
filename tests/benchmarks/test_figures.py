"""Quantiles and sums of what was measured."""

import pytest

from benchmarks import figures


@pytest.mark.parametrize(
    "values, share, quantile, why",
    [
        ([3], 0.5, 3, "one value is every quantile"),
        ([1, 2, 3, 4], 0.5, 2, "two of four do not exceed 2"),
        ([4, 1, 3, 2], 0.5, 2, "in whatever order they come"),
        (list(range(1, 101)), 0.95, 95, "95 of a hundred"),
        (list(range(1, 21)), 0.95, 19, "19 of twenty"),
        ([1, 2], 0.95, 2, "with few values, the largest"),
        ([5, 6], 0.0, 5, "the smallest"),
    ],
)
def test_a_quantile_is_a_value_that_was_measured(
    values: list[float], share: float, quantile: float, why: str
):
    assert figures.quantile(values, share) == quantile, why


def test_of_no_values_there_is_no_quantile():
    with pytest.raises(ValueError, match="Measure something first"):
        figures.quantile([], 0.5)


def test_a_spread_counts_what_it_sums_up():
    assert figures.spread([10.4, 20.6]) == {"n": 2, "p50": 10, "p95": 21, "max": 21}
    assert figures.spread([]) == {"n": 0}, "nothing measured is no zero"


def test_processor_time_is_shared_by_the_runs_between_two_moments():
    since, until = {"cpu": 10.0, "runs": 100}, {"cpu": 12.0, "runs": 200}
    assert figures.cpu_ms_each(since, until) == 20.0
    assert figures.cpu_ms_each(since, since) is None, "where nothing ran, it is not known"

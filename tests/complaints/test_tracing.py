"""What stands under the figures, and below the tables that are taken away."""

import re

import pytest

from benchmarking.complaints import tracing
from benchmarking.peers import Basis
from tests.complaints.conftest import Copy
from tests.complaints.small_year import CATALOGUE


def test_the_small_print_names_peers_rules_period_and_both_files(shipped: Copy):
    said = tracing.under_all(shipped.of("R0A"))
    assert said[0] == (
        "Peers: 48 other acute teaching trusts in 2024-25, by trust type in the estates return "
        "(ERIC). 1 trust published no return and cannot be compared."
    )
    assert "linear interpolation, type 7" in said[1]
    assert said[2].startswith("Period: April 2024 to March 2025 (2024-25)")
    assert re.fullmatch(
        r"File: ko41a_2024-25_org_level\.csv, SHA-256 90b3f62ac4e9…, loaded on "
        r"21 November 2026 \(release \d+\)\.",
        said[3],
    )
    assert said[4].startswith("File: complaints_benchmark_2024-25.csv, SHA-256 6f534af5c31d…")
    assert said[5] == f"Data revision {shipped.year().revision}."


@pytest.mark.parametrize("indicator", CATALOGUE.indicators, ids=lambda indicator: indicator.id)
def test_a_file_says_where_it_comes_from_and_how_far_it_compares(shipped: Copy, indicator):
    said = "\n".join(tracing.file_notes(shipped.year(), indicator, ["A line of its own."]))
    assert "A line of its own." in said
    assert "Contains information from NHS England, licensed under the Open Government" in said
    assert "ko41a_2024-25_org_level.csv" in said
    for caution in CATALOGUE.cautions_of(indicator):
        assert caution.says.strip() in said


@pytest.mark.parametrize(
    "indicator, interval",
    [
        ("new-complaints-per-1000-staff", tracing.RATE_INTERVAL),
        ("caseload-closed", tracing.SHARE_INTERVAL),
        ("outcome-mix", tracing.SHARE_INTERVAL),
        ("subject-mix", tracing.NAMED_INTERVAL),
    ],
)
def test_each_figure_names_its_interval(shipped: Copy, indicator: str, interval: str):
    said = tracing.how_made(shipped.year(), CATALOGUE.indicator(indicator))
    assert interval in said
    assert tracing.QUANTILES in said


def test_peers_without_a_figure_are_named_where_they_are_few(shipped: Copy):
    assert tracing.without(shipped.of("RNK").other_rates[0]) == (
        "No figure for Leicestershire Partnership NHS Trust (RT5) and South London and Maudsley "
        "NHS Foundation Trust (RV5): not published: occupied overnight bed days.",
    )


def test_many_peers_without_a_figure_are_counted(shipped: Copy):
    _, episodes = shipped.of("R0A", Basis.EVERYONE).other_rates
    assert tracing.without(episodes) == (
        "No figure for 73 other trusts: it means nothing for this type of trust.",
    )


def test_where_everybody_has_a_figure_nothing_is_said(shipped: Copy):
    assert tracing.without(shipped.of("R0A").new) == ()


def test_every_source_is_named_once(shipped: Copy):
    named = [source.document for source in tracing.sources(shipped.year())]
    assert "Data on Written Complaints in the NHS, 2024-25" in named
    assert len(named) == len(set(named)) == 5

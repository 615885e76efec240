"""Two trusts side by side, one stage at a time.

Shows for each statement what the evidence of each trust carries: the first trust as a blue disc
on the upper line, the second as a dark square on the lower one, each with its claim where that
is more (hollow, joined), above the grey bars of all trusts that published.
"""

from functools import partial

import pandas as pd

from benchmarking.charts.chart import Chart
from benchmarking.charts.statement_profile import lane_of, strip_of
from benchmarking.charts.strips import Lane, strips_figure
from benchmarking.results.positions import StageResult, StatementResult
from benchmarking.results.result_words import counts_as, level


def draw(first: StageResult, second: StageResult, codes: tuple[str, str]) -> Chart:
    """One stage of two trusts, whose codes are given in the same order."""
    pairs = list(zip(first.statements, second.statements, strict=True))
    words = [choice.label for choice in first.statements[0].scale.valued]
    strips = [strip_of(one, _lane(one), _lane(other), noted=False) for one, other in pairs]
    return Chart(
        figure=strips_figure(strips, words, ["circle", "square"]),
        sentence=_sentence(pairs, codes),
        alt=_alt(first, pairs, codes),
        make_table=partial(_table, pairs, codes),
    )


def _table(
    pairs: list[tuple[StatementResult, StatementResult]], codes: tuple[str, str]
) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "No.": one.statement.number,
                "Statement": one.statement.text,
                f"{codes[0]} claims": level(one.claimed),
                f"{codes[0]}: evidence carries": level(one.evidenced),
                f"{codes[1]} claims": level(other.claimed),
                f"{codes[1]}: evidence carries": level(other.evidenced),
            }
            for one, other in pairs
        ]
    )


def _lane(result: StatementResult) -> Lane:
    found = lane_of(result)
    return Lane(found.evidenced, found.claimed, None, found.said)


def _sentence(pairs: list[tuple[StatementResult, StatementResult]], codes: tuple[str, str]) -> str:
    both = [(a.place, b.place) for a, b in pairs if a.place is not None and b.place is not None]
    if not both:
        return "No statement of this stage has a level in both trusts."
    higher = sum(a > b for a, b in both)
    lower = sum(a < b for a, b in both)
    return (
        f"{codes[0]} shows more in {higher}, the same in {len(both) - higher - lower} and less in "
        f"{lower} of {len(both)} statements than {codes[1]}."
    )


def _alt(
    stage: StageResult,
    pairs: list[tuple[StatementResult, StatementResult]],
    codes: tuple[str, str],
) -> str:
    rows = [
        f"{a.statement.number}: {codes[0]} {counts_as(a)}, {codes[1]} {counts_as(b)}."
        for a, b in pairs
    ]
    return f"{stage.stage.title}: {codes[0]} and {codes[1]}, by statement. {' '.join(rows)}"

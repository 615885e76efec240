"""Three voices over the cycles: one stage, a row for each cycle, the newest first.

Shows on one axis of levels what the trust's evidence carried for the stage as a whole (filled
disc) and what it claimed where that was more (hollow), and in which interval the share of
complainants lies who agree with the stage's headline. Read from the last row up.
"""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from benchmarking.charts import three_voices
from benchmarking.charts.chart import Chart
from benchmarking.charts.three_voices import Row
from benchmarking.replies import Asked
from benchmarking.voices import voice_words
from benchmarking.voices.side_by_side import AllVoices


def draw(
    headline: str, cycles: Sequence[tuple[str, AllVoices, Asked]], levels: Sequence[str]
) -> Chart:
    """One stage's headline over the cycles.

    Args:
        headline: the publisher's sentence for the stage.
        cycles: the title of each cycle, what was said in it and how many were asked.
        levels: the words of the scale, the lowest first.
    """
    rows = [Row(title, "", said, is_stage=True) for title, said, _ in cycles]
    drawn = three_voices.draw(rows, levels, Asked())
    told = " ".join(
        f"{title}: {voice_words.statement(said, asked)}" for title, said, asked in cycles
    )
    return Chart(
        figure=drawn.figure,
        sentence=_sentence(headline, cycles),
        alt=f"“{headline}”. {told}",
        make_table=partial(_table, drawn),
    )


def _table(drawn: Chart) -> pd.DataFrame:
    return drawn.table.rename(columns={"No.": "Cycle"}).drop(columns=["Headline", "Files"])


def _sentence(headline: str, cycles: Sequence[tuple[str, AllVoices, Asked]]) -> str:
    heard = sum(said.complainants.limits is not None for _, said, _ in cycles)
    if heard < 2:
        return f"“{headline}”: fewer than two cycles have enough replies to be compared."
    return (
        f"“{headline}”: {heard} cycles have enough replies. Where two intervals overlap, chance "
        f"may explain the change."
    )

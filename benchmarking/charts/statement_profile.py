"""A trust's levels among its peers', one stage at a time.

Shows for each statement how many peers are at each level (grey bars, the lower median's
underlined), what the trust's evidence carries (filled mark), what it claims where that is more
(hollow mark, joined) and where it was last cycle (tick). Read a row from its text down.
Below stand complainants and complaint files, where there are results of them (``three_voices``).
"""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from benchmarking.charts import three_voices
from benchmarking.charts.chart import Chart
from benchmarking.charts.strips import Lane, Strip, strips_figure
from benchmarking.results.positions import Position, StageResult, StatementResult
from benchmarking.results.result_words import level
from benchmarking.standard import AnswerScale
from benchmarking.statistics.ordinal import AmongPeers
from benchmarking.voices import voice_words
from benchmarking.voices.side_by_side import Voices

YOU = "You"
NOTHING = "–"


def draw(stage: StageResult, who: str = YOU, voices: Voices | None = None) -> Chart:
    """One stage of one trust; ``who`` it is ("You", or a trust's code).

    ``voices`` are the other voices; None where there are none to be shown.
    """
    scale = stage.statements[0].scale
    strips = [strip_of(r, lane_of(r), voices=voices, who=who) for r in stage.statements]
    return Chart(
        figure=strips_figure(strips, [choice.label for choice in scale.valued], ["circle"]),
        sentence=_sentence(stage, who),
        alt=_alt(stage, who, voices),
        make_table=partial(_table, stage.statements, who, voices),
    )


def strip_of(
    result: StatementResult,
    *lanes: Lane,
    noted: bool = True,
    voices: Voices | None = None,
    who: str = YOU,
) -> Strip:
    """A row of the picture: one statement, its peers, and a lane for each trust and voice.

    ``noted`` says in words where the trust stands among its peers.
    """
    peers = result.peers
    shown = peers if isinstance(peers, AmongPeers) else None
    return Strip(
        number=result.statement.number,
        text=result.statement.text,
        note=f"Peers: {peers.briefly()}" if peers and noted else "",
        gap=three_voices.gap_note(voices.by_id[result.statement.id], who) if voices else "",
        counts=shown.counts if shown else (),
        median=shown.median if shown else None,
        lanes=lanes,
        heard=three_voices.lanes_of(voices.by_id[result.statement.id]) if voices else (),
    )


def lane_of(result: StatementResult) -> Lane:
    """The trust's place in one statement, or the word for why it has none."""
    said = level(result.evidenced) if result.place is None else ""
    return Lane(result.place, result.claimed_place, result.last_place, said)


def _sentence(stage: StageResult, who: str) -> str:
    """Where the trust is above, level with and below the middle of its peers."""
    compared = [
        result
        for result in stage.statements
        if isinstance(result.peers, AmongPeers) and result.place is not None
    ]
    if not compared:
        return "Nothing here can be compared with peers."
    above = sum(result.below_median < 0 for result in compared)
    below = sum(result.below_median > 0 for result in compared)
    return (
        f"{'You stand' if who == YOU else f'{who} stands'} above the middle of peers in {above}, "
        f"level with it in {len(compared) - above - below} and below it in {below} of "
        f"{len(compared)} statement{'' if len(compared) == 1 else 's'}."
    )


def _alt(stage: StageResult, who: str, voices: Voices | None) -> str:
    rows = " ".join(_row_in_words(result, voices) for result in stage.statements)
    whose = "your levels" if who == YOU else f"levels of {who}"
    return f"{stage.stage.title}: {whose} among peers, by statement. {rows}"


def _row_in_words(result: StatementResult, voices: Voices | None) -> str:
    said = f"{result.statement.number}: {level(result.evidenced)}"
    if result.is_capped:
        said += f", claimed {level(result.claimed)}"
    if result.last is not None:
        said += f", last cycle {level(result.last)}"
    said = f"{said}; peers: {result.peers.in_words()}." if result.peers else f"{said}."
    if voices is None:
        return said
    others = voices.by_id[result.statement.id].others
    return " ".join([said, *(voice_words.voice(heard, voices.asked) for heard in others)])


def _table(results: Sequence[StatementResult], who: str, voices: Voices | None) -> pd.DataFrame:
    rows = [
        {
            "No.": result.statement.number,
            "Statement": result.statement.text,
            "You claim" if who == YOU else f"{who} claims": level(result.claimed),
            "Evidence carries": level(result.evidenced),
            "Last cycle": NOTHING if result.last is None else level(result.last),
            **_peers(result.scale, result.peers),
            **(three_voices.of_others(voices.by_id[result.statement.id]) if voices else {}),
        }
        for result in results
    ]
    return with_gaps_in_words(pd.DataFrame(rows))


def _peers(scale: AnswerScale, peers: Position | None) -> dict[str, object]:
    if not isinstance(peers, AmongPeers):
        return {"Peers": "No peers to show" if peers is None else peers.in_words()}
    words = [level(choice) for choice in scale.valued]
    middle_half = "Too few to say"
    if peers.quartiles:
        low, high = (words[place] for place in peers.quartiles)
        middle_half = low if low == high else f"{low} to {high}"
    return {
        "Peers": peers.peers,
        "Below": peers.below,
        "The same": peers.same,
        "Above": peers.above,
        "Peers' middle": words[peers.median],
        "Middle half of peers": middle_half,
    }


def with_gaps_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """The table with a dash in each gap; a column that is not all whole numbers becomes text."""
    return pd.DataFrame(
        {
            name: column
            if pd.api.types.is_integer_dtype(column)
            else [
                NOTHING if gap else _in_words(cell)
                for cell, gap in zip(column, column.isna(), strict=True)
            ]
            for name, column in table.items()
        }
    )


def _in_words(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) else str(cell)

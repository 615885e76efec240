"""Three voices on every statement: the trust, the people who complained, and complaint files.

Shows for each statement, on one axis of levels, what the trust's evidence carries (filled disc),
what it claims where that is more (hollow disc), what complainants say (plum square in its 95%
interval) and what files show (slate diamond in its interval). A voice supports every level whose
column its interval touches. Read a row down: marks that stand apart are a gap to look into.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from benchmarking.charts.chart import Chart
from benchmarking.charts.heard_lanes import HeardLane, lane_of
from benchmarking.charts.strips import Lane, Strip, strips_figure
from benchmarking.replies import Asked
from benchmarking.voices import voice_words
from benchmarking.voices.heard import Heard
from benchmarking.voices.side_by_side import AllVoices


@dataclass(frozen=True)
class Row:
    """One row: what is said about one thing, and what that thing is called.

    ``note`` stands below its text. A stage has no lane for files, which show statements.
    """

    number: str
    text: str
    said: AllVoices
    note: str = ""
    is_stage: bool = False


def draw(rows: Sequence[Row], levels: Sequence[str], asked: Asked, who: str = "You") -> Chart:
    """Rows in the order given: statements of a stage, or of all stages by their gaps.

    Args:
        rows: at least one.
        levels: the words of the scale, the lowest first.
        asked: how many people were asked, and when.
        who: whose claims they are ("You", "We", or a trust's code).
    """
    return Chart(
        figure=strips_figure([strip_of(row, who) for row in rows], levels, ["circle"]),
        sentence=_sentence(rows),
        alt=_alt(rows, asked, who),
        make_table=partial(_table, rows, who),
    )


def _table(rows: Sequence[Row], who: str) -> pd.DataFrame:
    return pd.DataFrame([_line(row, who) for row in rows])


def strip_of(row: Row, who: str) -> Strip:
    """A row of the picture."""
    said = row.said
    no_claim = "" if said.claimed else f"{who}: no level"
    lane = Lane(_place(said.evidenced), _place(said.claimed), said=no_claim)
    return Strip(
        number=row.number,
        text=row.text,
        note=row.note,
        gap=gap_note(said, who),
        counts=(),
        median=None,
        lanes=(lane,),
        heard=lanes_of(said)[: 1 if row.is_stage else None],
    )


def lanes_of(said: AllVoices) -> tuple[HeardLane, ...]:
    """The lanes of the two other voices, or the words for why one says nothing."""
    peers = said.peers.median if said.peers else None
    return (
        lane_of(said.complainants, _silence("Complainants", said.complainants), peers),
        lane_of(said.files, _silence("Files", said.files)),
    )


def gap_note(said: AllVoices, who: str) -> str:
    """Where another voice lies clearly apart from the claim; empty where none does."""
    told = voice_words.robust_gap(said, who.lower() if who in ("You", "We") else who)
    return f"Robust gap: {told}." if told else ""


def columns(said: AllVoices, who: str = "You") -> dict[str, object]:
    """What the table says of one row."""
    return {**_of_trust(said, who), **of_others(said)}


def of_others(said: AllVoices) -> dict[str, object]:
    """What a table says of the voices beside the trust's own."""
    files = said.files
    return {
        **_of_people(said),
        **_of_voice("Files show it", "Files support", files),
        "Files show it in part": files.partly.in_words() if files.partly else "",
        "Files against the claim": voice_words.gap(files),
        "How closely files can show it": files.closeness.replace("_", " "),
    }


def _of_trust(said: AllVoices, who: str) -> dict[str, object]:
    return {
        "You claim" if who in ("You", "We") else f"{who} claims": str(said.claimed or "no level"),
        "Evidenced": str(said.evidenced or "no level"),
    }


def _of_people(said: AllVoices) -> dict[str, object]:
    return {
        **_of_voice("Complainants agree", "Complainants support", said.complainants),
        "Complainants against the claim": voice_words.gap(said.complainants),
        "Complainants of peers": voice_words.peers(said.peers),
    }


def _of_voice(share: str, support: str, heard: Heard) -> dict[str, object]:
    return {
        share: voice_words.share(heard),
        f"{share}: 95% interval": voice_words.interval(heard),
        support: voice_words.supports(heard),
    }


def _line(row: Row, who: str) -> dict[str, object]:
    """A row of the table; files speak to the statements of a stage, not to its headline."""
    if row.is_stage:
        said = {**_of_trust(row.said, who), **_of_people(row.said), "Files": row.note}
        return {"No.": row.number, "Headline": row.text, **said}
    return {"No.": row.number, "Statement": row.text, **columns(row.said, who)}


def _place(level: int | None) -> int | None:
    return None if level is None else level - 1


def _silence(whose: str, heard: Heard) -> str:
    return "" if heard.is_said else f"{whose}: {voice_words.share(heard)}"


def _sentence(rows: Sequence[Row]) -> str:
    """How many rows have a robust gap, and in which direction."""
    if not any(row.said.is_said for row in rows):
        if any(row.note for row in rows):
            return "No answers of complainants may be shown yet; files speak to the statements."
        return "Nobody but the trust has said anything here that may be shown yet."
    robust = [v for row in rows for v in row.said.others if v.robust_size]
    if not robust:
        return "No robust gap between what is claimed and what the other voices support."
    apart = sum(any(v.robust_size for v in row.said.others) for row in rows)
    what = "stages" if rows[0].is_stage else "statements"
    return (
        f"In {apart} of {len(rows)} {what}, another voice lies clearly apart from what is claimed."
    )


def _alt(rows: Sequence[Row], asked: Asked, who: str) -> str:
    told = [
        f"{row.number} {row.text}: {voice_words.statement(row.said, asked, who)}" for row in rows
    ]
    return " ".join(["Three voices on one scale of levels.", *told])

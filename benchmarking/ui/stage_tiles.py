"""A stage in a few square centimetres: its word, its spread, its weakest statement, its peers."""

from collections.abc import Sequence

from markupsafe import Markup

from benchmarking.results import result_words
from benchmarking.results.positions import StageResult
from benchmarking.statistics.ordinal import AmongPeers
from benchmarking.ui import html, level_marks
from benchmarking.voices import voice_words
from benchmarking.voices.side_by_side import Voices


def row(stages: Sequence[StageResult], since: str | None, voices: Voices | None = None) -> None:
    """All stages side by side; under one another on a phone.

    ``voices`` say what complainants answer to each stage's headline.
    """
    tiles = [
        Markup('<li class="bm-stage"><h2>{} {}</h2>{}{}</li>').format(
            stage.stage.number,
            stage.stage.title,
            inside(stage, since),
            _line(voice_words.of_stage(voices, stage.stage.id) if voices else ""),
        )
        for stage in stages
    ]
    html.put(Markup('<ul class="bm-stages">{}</ul>').format(html.joined(tiles)))


def inside(
    stage: StageResult, since: str | None, *, whose: str = "Our evidence", label: str = ""
) -> Markup:
    """What a tile says about one stage: rating, spread, peers, change, weakest statement.

    ``label`` says what the rating is not; left out where it stands beside the tiles.
    """
    sign = result_words.sign(stage.change)
    return html.joined(
        [
            rating_and_spread(stage, whose, label),
            _line(f"{sign} {result_words.changed(stage.change, since)}".strip()),
            _line(result_words.weakest(stage)),
        ]
    )


def rating_and_spread(stage: StageResult, whose: str, label: str = "") -> Markup:
    """The word, and the bars behind it: the trust's, then its peers'."""
    scale = stage.statements[0].scale
    counts = [count for _, count in stage.rating.spread.counts]
    return Markup(
        '<p>{}<small>{}</small></p><div class="bm-pair"><p>{}<small>{}</small></p>{}</div>{}'
    ).format(
        level_marks.rating(scale, stage.rating),
        label,
        level_marks.bars(counts, result_words.spread(stage), own=True),
        whose,
        _peers(stage),
        _line(result_words.without_level(stage).capitalize()),
    )


def _peers(stage: StageResult) -> Markup:
    peers = stage.peers
    if not isinstance(peers, AmongPeers):
        return _line(peers.in_words()) if peers else Markup("")
    said = f"Stages of peers by summary level: {peers.in_words()}"
    return Markup("<p>{}<small>{}</small></p>").format(
        level_marks.bars(peers.counts, said, own=False, mark=peers.median),
        f"{peers.peers} peers",
    )


def _line(text: str) -> Markup:
    return Markup('<p class="bm-note">{}</p>').format(text) if text else Markup("")

"""Questions that a self-assessment raises about itself: to be asked, not judgements.

Each is worded as a question to the people who answered. Where the bars lie is our own choice;
nothing is scored by them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarking.results.positions import StatementResult
from benchmarking.results.result_words import listed
from benchmarking.series import MonthlyFigure, Series
from benchmarking.voices.side_by_side import Voices

# So many answers, and so large a share of them at one level, look like a line drawn down the page.
STRAIGHT_LINE_FROM = 12
STRAIGHT_LINE_SHARE = 0.9
JUMP = 2
LATE_BELOW = 0.75
MONTHS_LOOKED_AT = 12
_MOST_NAMED = 6


@dataclass(frozen=True)
class Question:
    """One question, with the numbers of the statements that raise it."""

    text: str
    statements: tuple[str, ...]


@dataclass(frozen=True)
class InTime:
    """How many of a trust's responses were in time in its last months, and what that bears on."""

    series: Series
    in_time: int
    due: int
    months: int

    @property
    def share(self) -> float:
        return self.in_time / self.due


def in_time(series: Series, figures: Sequence[MonthlyFigure]) -> InTime | None:
    """The last recorded year of a series; None where nothing was due in it."""
    last = [one for one in figures if one.series_id == series.id][-MONTHS_LOOKED_AT:]
    due = sum(one.due for one in last)
    return InTime(series, sum(one.in_time for one in last), due, len(last)) if due else None


def questions(
    statements: Sequence[StatementResult],
    voices: Voices | None,
    since: str | None,
    recorded: Sequence[InTime] = (),
) -> tuple[Question, ...]:
    """Every question that one self-assessment raises.

    Args:
        statements: the results of all statements, in their order.
        voices: what others say, where there is anything.
        since: the title of the last cycle, where there is one.
        recorded: the trust's own monthly figures, where it keeps them.
    """
    return (
        *_straight_line(statements),
        *_without_evidence(statements),
        *_against_complainants(statements, voices),
        *_late(statements, recorded),
        *_jumps(statements, since),
    )


def _straight_line(statements: Sequence[StatementResult]) -> Iterator[Question]:
    claimed = [one for one in statements if one.claimed_place is not None]
    counted = Counter(one.claimed for one in claimed)
    if len(claimed) < STRAIGHT_LINE_FROM:
        return
    choice, many = counted.most_common(1)[0]
    if many >= STRAIGHT_LINE_SHARE * len(claimed) and choice is not None:
        yield Question(
            f"{many} of {len(claimed)} answers are “{choice.label}”. Was each statement looked at "
            f"by itself, and would a colleague from the wards give the same answers?",
            (),
        )


def _without_evidence(statements: Sequence[StatementResult]) -> Iterator[Question]:
    bare = [s for s in statements if _is_high(s, s.claimed_place) and not _is_high(s, s.place)]
    if bare:
        levels = f"“{bare[0].scale.valued[_middle(bare[0])].label}” or better"
        yield Question(
            f"{_count(len(bare))} rated {levels} without evidence that carries it: "
            f"{_named(bare)}. What would you show somebody who asks?",
            _numbers(bare),
        )


def _against_complainants(
    statements: Sequence[StatementResult], voices: Voices | None
) -> Iterator[Question]:
    if voices is None:
        return
    said = {one.about: one.complainants for one in voices.statements}
    apart = [s for s in statements if said[s.statement.id].is_over_claimed]
    if apart:
        yield Question(
            f"Fewer complainants agree than the level claimed would need for {_named(apart)}, by "
            f"more than chance explains. What did they meet that you do not see?",
            _numbers(apart),
        )


def _late(statements: Sequence[StatementResult], recorded: Sequence[InTime]) -> Iterator[Question]:
    for figures in recorded:
        bears = [
            s
            for s in statements
            if s.statement.id in figures.series.bears_on and _is_high(s, s.claimed_place)
        ]
        if bears and figures.share < LATE_BELOW:
            yield Question(
                f"{figures.series.short_title}: {figures.in_time:,} of {figures.due:,} in the "
                f"{figures.months} months last recorded, while {_named(bears)} is rated "
                f"“{bears[0].claimed.label if bears[0].claimed else ''}”. How do the two go "
                f"together?",
                _numbers(bears),
            )


def _jumps(statements: Sequence[StatementResult], since: str | None) -> Iterator[Question]:
    jumped = [
        s
        for s in statements
        if s.claimed_place is not None
        and s.last_place is not None
        and s.claimed_place - s.last_place >= JUMP
    ]
    if jumped and since:
        yield Question(
            f"{_named(jumped)}: two levels or more above {since}. What changed in one cycle, and "
            f"what shows it?",
            _numbers(jumped),
        )


def _is_high(result: StatementResult, place: int | None) -> bool:
    return place is not None and place >= _middle(result)


def _middle(result: StatementResult) -> int:
    return len(result.scale.valued) // 2


def _count(many: int) -> str:
    return "1 statement is" if many == 1 else f"{many} statements are"


def _numbers(results: Sequence[StatementResult]) -> tuple[str, ...]:
    return tuple(one.statement.number for one in results)


def _named(results: Sequence[StatementResult]) -> str:
    numbers = list(_numbers(results))
    more = len(numbers) - _MOST_NAMED
    return listed([*numbers[:_MOST_NAMED], f"{more} more"] if more > 0 else numbers)


def bearing(series: Sequence[Series], figures: Sequence[MonthlyFigure]) -> Mapping[str, InTime]:
    """The last recorded year of each series that bears on a statement, by its id."""
    found = {one.id: in_time(one, figures) for one in series if one.bears_on}
    return {name: counted for name, counted in found.items() if counted is not None}

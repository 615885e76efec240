"""Answers to a standard that is counted and not rated, such as the duties of the law."""

from collections import Counter
from dataclasses import dataclass

from benchmarking.answers import ItemKey
from benchmarking.results.levels import Levels
from benchmarking.standard import AnswerScale, Choice, Missing, Standard, Statement

# "Not applicable" leaves nothing to do; every other answer short of the best does.
_SETTLED = Missing.NOT_APPLICABLE


@dataclass(frozen=True)
class UnmetDuty:
    """A duty that is not met in full, with the standard's own words on how to meet it.

    ``improve`` is empty where the answer is "don't know": finding out comes first.
    """

    statement: Statement
    choice: Choice
    improve: str


@dataclass(frozen=True)
class DutyCounts:
    """How the questions of one standard were answered.

    ``counts`` has a number for each answer of the scale, the best first, then those without a
    value; ``unanswered`` is what nobody answered. ``unmet`` is in the standard's order.
    """

    standard: Standard
    counts: tuple[tuple[Choice, int], ...]
    unanswered: int
    unmet: tuple[UnmetDuty, ...]

    @property
    def asked(self) -> int:
        return sum(number for _, number in self.counts) + self.unanswered

    @property
    def sentence(self) -> str:
        """All counts in one sentence; what is missing is told apart from "no"."""
        said = [f"{choice.label.lower()} {number}" for choice, number in self.counts if number]
        said += [f"not answered {self.unanswered}"] if self.unanswered else []
        return f"{self.asked} questions: {', '.join(said)}."


def duty_counts(standard: Standard, scale: AnswerScale, found: Levels) -> DutyCounts:
    """The counts of a standard out of a trust's answers."""
    chosen = {
        item.statement: scale.by_id[found[key].claimed]
        for item in standard.self_assessment.items
        if (key := ItemKey(standard.id, item.id)) in found
    }
    numbers = Counter(choice.id for choice in chosen.values())
    without_value = [choice for choice in scale.choices if choice.missing is not None]
    order = (*reversed(scale.valued), *without_value)
    return DutyCounts(
        standard=standard,
        counts=tuple((choice, numbers[choice.id]) for choice in order),
        unanswered=len(standard.statements) - len(chosen),
        unmet=tuple(
            UnmetDuty(statement, choice, _improve(standard, statement, choice))
            for statement in standard.statements
            if (choice := chosen.get(statement.id)) is not None
            and choice != scale.valued[-1]
            and choice.missing is not _SETTLED
        ),
    )


def _improve(standard: Standard, statement: Statement, choice: Choice) -> str:
    return standard.item_for[statement.id].improve.get(choice.id, "")

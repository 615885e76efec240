"""The rules of an XmR chart: which points stand out, and what its limits are made of."""

from dataclasses import dataclass

# Limits lie this many average moving ranges from the mean: three standard deviations, as
# estimated from ranges of two (3 / 1.128, rounded as the method's authors do).
TO_LIMITS = 2.66
# Points close to a limit lie beyond two thirds of the way.
TO_NEAR_LIMITS = 2 * (TO_LIMITS / 3)
# Moving ranges this many times the average are too large to be ordinary.
SCREENED_FROM = 3.267


@dataclass(frozen=True)
class Rules:
    """One choice of rules. Tools differ in theirs, so its words stand under every chart.

    ``shift`` points in a row on one side of the mean, ``trend`` points in a row that rise or
    fall, and ``two_of_three`` points close to the same limit are signals. ``screening`` leaves
    out moving ranges of 3.267 times their average or more. ``least_points`` make limits and
    icons. ``improvement_first`` shows a signal of improvement where a point has one of concern,
    too; otherwise the first rule that applies decides. ``gaps_break`` ends runs and moving
    ranges at a month without a figure; otherwise its neighbours count as next to each other.

    Raises:
        ValueError: a rule asks for fewer than two points.
    """

    name: str
    shift: int = 7
    trend: int = 7
    two_of_three: bool = True
    screening: bool = True
    least_points: int = 13
    improvement_first: bool = False
    gaps_break: bool = False

    def __post_init__(self) -> None:
        for rule in ("shift", "trend", "least_points"):
            if getattr(self, rule) < 2:
                problem = f"{rule} is {getattr(self, rule)}, and one point alone shows nothing"
                raise ValueError(f"Rules {self.name!r}: {problem}. Ask for two points or more.")

    def in_words(self) -> str:
        """The rules as a reader may check them, to be printed under each chart."""
        return " ".join([f"Rules: {self.name}.", *self._on_limits(), *self._on_signals()])

    def _on_limits(self) -> list[str]:
        said = [
            f"The limits lie {TO_LIMITS} average moving ranges from the mean and need "
            f"{self.least_points} points."
        ]
        if self.screening:
            said.append(f"Moving ranges from {SCREENED_FROM} times the average are left out.")
        if self.gaps_break:
            said.append("A month without a figure ends a run.")
        else:
            said.append("A month without a figure is passed over.")
        return said

    def _on_signals(self) -> list[str]:
        signals = ["outside the limits", f"one of {self.trend} in a row that rise or fall"]
        if self.two_of_three:
            signals.append("one of two in three that are close to the same limit")
        signals.append(f"one of {self.shift} in a row on one side of the mean")
        chosen = "an improvement is shown first" if self.improvement_first else "the first applies"
        listed = f"{', '.join(signals[:-1])}, or {signals[-1]}"
        return [f"A point stands out if it is {listed}; where several hold, {chosen}."]

"""Results in plain words: the same on every page, in every alt text and every file."""

from benchmarking.results.positions import StageResult, StatementResult
from benchmarking.standard import Choice
from benchmarking.statistics.ordinal import Change

NOT_ANSWERED = "Not answered"
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SIGNS = {1: "↗", 0: "→", -1: "↘"}


def level(choice: Choice | None) -> str:
    """An answer with its level, as "3 Good"; or why there is no level."""
    if choice is None:
        return NOT_ANSWERED
    return f"{choice.level} {choice.label}" if choice.level else choice.label


def number(count: int) -> str:
    """A small number as a word, a larger one in figures."""
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def listed(parts: list[str]) -> str:
    """Several things as "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def sign(change: Change | None) -> str:
    """An arrow for the direction; empty where there is nothing to compare."""
    return _SIGNS[change.direction] if change and change.compared else ""


def changed(change: Change | None, since: str | None) -> str:
    """What changed since a cycle, as "2 of 4 higher, 1 lower than in 2025/26"."""
    if change is None or since is None:
        return "No earlier cycle to compare with"
    if not change.compared:
        return f"Nothing to compare with {since} yet"
    if not change.higher and not change.lower:
        return f"No change since {since}"
    parts = [(change.higher, "higher"), (change.lower, "lower")]
    said = [f"{count} {word}" for count, word in parts if count]
    return f"{' and '.join(said)} of {change.compared}, compared with {since}"


def weakest(stage: StageResult) -> str:
    """The stage's weakest statement; or that all are level; empty where nothing has a level."""
    found = stage.weakest
    if found is None:
        return ""
    if stage.is_level:
        return f"All that have a level are at {level(found.evidenced)}"
    return f"Weakest: {found.statement.number} “{found.statement.text}”, {level(found.evidenced)}"


def spread(stage: StageResult) -> str:
    """How a stage's evidenced levels are spread, for a picture's alt text."""
    scale = stage.statements[0].scale
    found = stage.rating.spread.counts
    said = [f"{count} at {level(scale.by_id[choice])}" for choice, count in found]
    return "Evidenced levels: " + ", ".join([*said, *filter(None, [without_level(stage)])])


def without_level(stage: StageResult) -> str:
    """The answers that have no level, told apart; empty where each has one."""
    counts = stage.rating.spread
    unsaid = counts.applicable - counts.answered - counts.dont_know
    missing = [
        (counts.dont_know, "don't know"),
        (counts.not_applicable, "not applicable"),
        (unsaid, "not answered"),
    ]
    return ", ".join(f"{count} {word}" for count, word in missing if count)


def counts_as(result: StatementResult) -> str:
    """What is claimed and what counts, as "claimed 4 Exceptional, evidence carries 2 ..."."""
    if result.is_capped:
        return f"claimed {level(result.claimed)}, evidence carries {level(result.evidenced)}"
    return level(result.evidenced)


def against_peers(result: StatementResult) -> str:
    """How far from the peers' median; empty where that cannot be said."""
    distance = result.below_median
    if not distance:
        return ""
    levels = "one level" if abs(distance) == 1 else f"{number(abs(distance))} levels"
    return f"{levels} {'below' if distance > 0 else 'above'} the middle of peers"

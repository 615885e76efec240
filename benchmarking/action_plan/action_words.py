"""Actions in plain words: the same on every page, in every file and in the calendar."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarking.answers import ItemKey
from benchmarking.moments import in_words
from benchmarking.results.positions import Promise
from benchmarking.results.result_words import level, listed
from benchmarking.standard import Choice, Library, Standard
from benchmarking.trust_actions import SOON, ActionNote, Closure, Due, Status

UNOWNED = "Nobody named yet"
UNDATED = "No day set"
# A shape beside each word, so that nobody needs the colour.
SHAPES: Mapping[Due, str] = {
    Due.LATE: "▲",
    Due.SOON: "◆",
    Due.ON_TIME: "○",
    Due.NO_DAY: "◌",
    Due.OVER: "●",
}
_COUNTED: Mapping[Due, str] = {
    Due.LATE: "late",
    Due.SOON: f"due within {SOON.days} days",
    Due.ON_TIME: "on time",
    Due.NO_DAY: "without a day",
}


@dataclass(frozen=True)
class StatementName:
    """What people call a statement: "statement 3.1" or "duty 2.3", with its own words.

    ``stage`` is the id of the stage in which it is asked about, empty where that is not known.
    """

    key: ItemKey
    name: str
    text: str
    standard: str
    stage: str = ""

    @property
    def in_full(self) -> str:
        return f"{self.name} “{self.text}”"


def statement_names(library: Library) -> Mapping[ItemKey, StatementName]:
    """The name of every statement of every edition here; the newest edition's words win."""
    return {
        name.key: name
        for standard in sorted(library.standards, key=lambda one: one.in_time)
        for name in names_in(standard)
    }


def names_in(standard: Standard) -> Iterable[StatementName]:
    """The names of a standard's statements, in its order."""
    for stage in standard.stages:
        for item in standard.items_of(stage):
            statement = standard.statement_by_id[item.statement]
            name = f"{standard.words.statement} {statement.number}"
            key = ItemKey(standard.id, item.id)
            yield StatementName(key, name, statement.text, standard.short_title, stage.id)


def levels_of(library: Library, standards: Iterable[Standard]) -> Mapping[str, Choice]:
    """The levels that an action for some standards can aim at, the lowest first."""
    scales = [library.scale_of(standard) for standard in standards]
    return {choice.id: choice for scale in scales for choice in scale.valued}


def called(names: Sequence[StatementName]) -> str:
    """Some statements in a few words, as "statements 3.1 and 4.2"; empty for none."""
    by_word: dict[str, list[str]] = {}
    for one in names:
        word, _, number = one.name.rpartition(" ")
        by_word.setdefault(word, []).append(number)
    groups = [
        f"{word if len(n) == 1 else _plural(word)} {listed(n)}" for word, n in by_word.items()
    ]
    return listed(groups) if groups else ""


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def summary(found: Iterable[tuple[Status, Due]]) -> str:
    """How many there are and how they stand, as "7 actions: 2 late, 4 on time, 1 done."."""
    stands = list(found)
    if not stands:
        return "No action has been promised yet."
    by_due = Counter(due for status, due in stands if not status.is_over)
    by_end = Counter(status for status, _ in stands if status.is_over)
    said = [f"{by_due[due]} {word}" for due, word in _COUNTED.items() if by_due[due]]
    said += [f"{number} {status.value}" for status, number in sorted(by_end.items()) if number]
    return f"{many(len(stands))}: {', '.join(said)}."


def many(number: int) -> str:
    """So many actions."""
    return "1 action" if number == 1 else f"{number:,} actions"


def stands(status: Status, due: Due) -> str:
    """How an action stands, in a word or two after a shape: "▲ Late", "○ In progress, on time"."""
    return f"{shape(status, due)} {in_word(status, due)}"


def shape(status: Status, due: Due) -> str:
    """The sign of how an action stands."""
    return "×" if status is Status.DROPPED else SHAPES[due]


def in_word(status: Status, due: Due) -> str:
    """How an action stands, without its sign."""
    if status.is_over:
        return status.label
    said = due.value.capitalize()
    return f"{said}, in progress" if status is Status.IN_PROGRESS else said


def promised(promise: Promise) -> str:
    """Who does it, by when, and where it was promised; not what it is."""
    due_on = f"due {in_words(promise.due_on)}" if promise.due_on else "no date set"
    return f"{promise.owner or 'No owner named'}, {due_on} (promised in {promise.made_in})"


def due_in_words(due_on: date | None) -> str:
    """By when, as a day in words."""
    return in_words(due_on) if due_on else UNDATED


def target(levels: Mapping[str, Choice], choice: str | None, cycle: str) -> str:
    """What is aimed at, as "3 Good in 2027/28"; empty where nothing is."""
    if choice is None or choice not in levels:
        return ""
    said = level(levels[choice])
    return f"{said} in {cycle}" if cycle else said


def told(note: ActionNote) -> tuple[str, str]:
    """What a note changed, in a sentence or nothing; and the words that it was given with."""
    said = []
    if note.to_status is not None:
        said.append(_BROUGHT[note.to_status])
    if note.due_from is not None:
        said.append(_moved(note.due_from, note.due_to))
    return " ".join(said), note.text


_BROUGHT: Mapping[Status, str] = {
    Status.OPEN: "Opened again.",
    Status.IN_PROGRESS: "Work has begun.",
    Status.DONE: "Closed as done.",
    Status.DROPPED: "Dropped.",
}


def _moved(before: date, now: date | None) -> str:
    if now is None:
        return f"No day set any more; it was {in_words(before)}."
    word = "Extended" if now > before else "Brought forward"
    return f"{word} from {in_words(before)} to {in_words(now)}."


def ended(status: Status, closure: Closure | None) -> str:
    """How and when an action ended, in a sentence; empty while it is open."""
    if not status.is_over:
        return ""
    if closure is None:
        return f"{status.label}. Nothing was kept about how."
    return f"{status.label} on {in_words(closure.closed_on)}."


def what_shows_it(closure: Closure | None) -> str:
    """What shows that it was done; empty where nothing was named."""
    if closure is None:
        return ""
    if closure.evidence_id is None:
        return closure.shown_by
    piece = closure.evidence_title or "a piece of evidence that was taken away since"
    return f"{piece}; {closure.shown_by}" if closure.shown_by else piece

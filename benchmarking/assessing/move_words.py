"""The words that moves are made with: what must be given, and how long it may be."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from benchmarking.answers import ItemKey, MoveNote
from benchmarking.assessing.drafts import CannotSave, kept_text
from benchmarking.assessing.lifecycle import RULES, Given, Step
from benchmarking.moments import in_words

LONGEST_REASON = 1000
LONGEST_RESPONSE = 4000
LONGEST_BODY = 100


def checked(step: Step, notes: Sequence[MoveNote], today: date) -> tuple[MoveNote, ...]:
    """The words as they will be kept, if they are what the step has to be given with.

    Raises:
        CannotSave: something is missing or too long.
    """
    match RULES[step].given:
        case Given.REASONS:
            return _reasons(notes)
        case Given.RESPONSE:
            return (_response(_only(notes), today),)
        case Given.REASON:
            said = "Say why it is reopened. Nothing was changed."
            return (MoveNote(_said(_only(notes).text, LONGEST_REASON, "The reason", said)),)
        case Given.NOTHING:
            return ()


def needs_another(step: Step) -> str:
    """Why somebody who submitted an assessment cannot take this step."""
    return (
        f"You submitted this assessment. This cycle takes two people, so it has to be "
        f"{RULES[step].done} by somebody else."
    )


def _reasons(notes: Sequence[MoveNote]) -> tuple[MoveNote, ...]:
    about: dict[ItemKey, MoveNote] = {}
    for note in notes:
        if note.item is not None:
            missing = "Give a reason for each statement that you send back."
            text = _said(note.text, LONGEST_REASON, "The reason", missing)
            about[note.item] = MoveNote(text, note.item)
    if not about:
        raise CannotSave("Choose the statements that you send back, and give a reason for each.")
    return tuple(about.values())


def _response(note: MoveNote, today: date) -> MoveNote:
    missing = "Enter the response of the board or committee in its own words."
    text = _said(note.text, LONGEST_RESPONSE, "The response", missing)
    body = _said(note.body, LONGEST_BODY, "The name of the body", "Say which body signs it off.")
    if note.met_on is None:
        raise CannotSave("Enter the day on which the board or committee met.")
    if note.met_on > today:
        raise CannotSave(f"{in_words(note.met_on)} is in the future. Enter a day up to today.")
    return replace(note, text=text, body=body, item=None)


def _only(notes: Sequence[MoveNote]) -> MoveNote:
    return notes[0] if notes else MoveNote("")


def _said(text: str, longest: int, name: str, missing: str) -> str:
    kept = kept_text(text, longest, name)
    if not kept:
        raise CannotSave(missing)
    return kept

"""What must hold for the survey and the file review of an edition, and between them and it."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from benchmarking.standard import checks
from benchmarking.standard.checks import Faults, Pattern
from benchmarking.standard.reading import EACH, Reading, Where
from benchmarking.standard.scale_checks import Scales
from benchmarking.standard.terms import Closeness, Voice

_STATEMENTS = ("stages", EACH, "statements", EACH)
_HEADLINES = ("stages", EACH, "headline", "id")
_SURVEY = "complainant_survey"
_REVIEW = "file_review"
_QUESTIONS = (_SURVEY, "equality", EACH)
_WITHOUT_STATEMENTS = ((_REVIEW, "criteria", EACH), (_REVIEW, "apology", EACH))
_ABOVE_LOWEST = "a choice with a value above the lowest"


@dataclass(frozen=True)
class _Instrument:
    """Where an instrument asks for what a voice can say of the statements."""

    key: str
    voice: Voice
    items: Pattern
    counts_from: str
    words: str


_INSTRUMENTS = (
    _Instrument(
        _SURVEY, Voice.COMPLAINANTS, (_SURVEY, "items", EACH), "agrees_from", "survey item"
    ),
    _Instrument(
        _REVIEW, Voice.FILES, (_REVIEW, "statements", EACH), "shown_from", "file-review item"
    ),
)


def faults_of_instruments(reading: Reading, scales: Scales | None) -> Faults:
    """What is wrong with the survey and the file review of an edition that has them.

    ``scales`` is None where they could not be read: then nothing is said of them.
    """
    yield from _ids(reading)
    headlines = set(checks.values(reading, *_HEADLINES))
    for instrument in _INSTRUMENTS:
        if not list(reading.each(instrument.key)):
            continue
        beside = headlines if instrument.voice is Voice.COMPLAINANTS else set[str]()
        yield from _scale(reading, instrument, scales)
        yield from _cuts(reading, instrument)
        yield from _known(reading, instrument, beside)
        yield from _as_close(reading, instrument)
        yield from _all_asked(reading, instrument)
    yield from _measure_something(reading)
    yield from _measure_nothing(reading)


def _ids(reading: Reading) -> Faults:
    # A survey item and an equality question stand side by side as columns of one file.
    yield from checks.ids(reading, (_SURVEY, "items", EACH, "id"), (*_QUESTIONS, "id"))
    for where, _ in reading.each(*_QUESTIONS):
        yield from checks.ids(reading, ("options", EACH, "id"), under=where)
    parts = ("statements", "criteria", "apology")
    yield from checks.ids(reading, *((_REVIEW, part, EACH, "id") for part in parts))


def _scale(reading: Reading, instrument: _Instrument, scales: Scales | None) -> Faults:
    if scales is None:
        return
    yield from checks.unknown(reading, (instrument.key, "scale"), scales, "an answer scale")
    for _, scale in reading.texts(instrument.key, "scale"):
        if facts := scales.get(scale):
            pattern = (instrument.key, instrument.counts_from)
            yield from checks.unknown(reading, pattern, facts.valued[1:], _ABOVE_LOWEST)


def _cuts(reading: Reading, instrument: _Instrument) -> Faults:
    for where, cuts in reading.each(instrument.key, "cuts"):
        second, third = (_number(cuts, key) for key in ("second", "third"))
        if second is not None and third is not None and third <= second:
            problem = f"the cut points do not rise ({third} after {second})"
            remedy = "Make third the higher of the two"
            yield reading.fault((*where, "third"), problem, remedy)


def _number(cuts: Any, key: str) -> float | None:
    said = cuts.get(key) if isinstance(cuts, dict) else None
    return said if isinstance(said, float) else None


def _known(reading: Reading, instrument: _Instrument, headlines: Set[str]) -> Faults:
    known = [*checks.values(reading, *_STATEMENTS, "id"), *sorted(headlines)]
    what = "a statement or a headline" if headlines else "a statement"
    for where, said in _measured(reading, instrument.items):
        if said not in known:
            problem = f"{said} is not the id of {what}"
            yield reading.fault(where, problem, f"Use one of: {', '.join(known)}")


def _as_close(reading: Reading, instrument: _Instrument) -> Faults:
    """An item measures a statement as closely as the statement's voices say, a headline at all."""
    said_by_statement = _closeness(reading, instrument.voice)
    for where, statement in _measured(reading, instrument.items):
        said, is_said = reading.written.get(where), said_by_statement.get(statement)
        if said == Closeness.NOT_MEASURABLE:
            problem = f"an item cannot measure {statement} and be {said}"
            yield reading.fault(where, problem, "Write direct or proxy, or take the item out")
        elif is_said is not None and said in set(Closeness) and said != is_said:
            voice = instrument.voice.value
            problem = f"{statement} is {said} here, but its voices say {voice}: {is_said}"
            yield reading.fault(where, problem, "Make the two say the same")


def _all_asked(reading: Reading, instrument: _Instrument) -> Faults:
    asked = {statement for _, statement in _measured(reading, instrument.items)}
    close = _closeness(reading, instrument.voice)
    for where, statement in reading.texts(*_STATEMENTS, "id"):
        if close.get(statement) in (Closeness.DIRECT, Closeness.PROXY) and statement not in asked:
            voice, words = instrument.voice.value, instrument.words
            problem = f"{voice} can say something about {statement}, but no {words} measures it"
            remedy = f"Add one to {instrument.key}, or write {voice}: not_measurable"
            yield reading.fault(where, problem, remedy)


def _measure_something(reading: Reading) -> Faults:
    for where, item in reading.each(_REVIEW, "statements", EACH):
        if isinstance(item, dict) and not item.get("measures"):
            problem = "the item does not say which statement it measures"
            yield reading.fault(where, problem, "Add measures, or move the item to criteria")


def _measure_nothing(reading: Reading) -> Faults:
    for pattern in _WITHOUT_STATEMENTS:
        for where, measures in reading.each(*pattern, "measures"):
            if measures:
                problem = f"an item of {where[1]} measures no statement"
                remedy = "Take measures out, or move the item to statements"
                yield reading.fault(where, problem, remedy)


def _measured(reading: Reading, items: Pattern) -> list[tuple[Where, str]]:
    """Each thing that an item says it measures, and where it says so."""
    return [
        ((*where, statement), statement)
        for where, measures in reading.each(*items, "measures")
        if isinstance(measures, dict)
        for statement in measures
    ]


def _closeness(reading: Reading, voice: Voice) -> Mapping[str, Any]:
    """What the statements say of a voice, by their ids; left out where they do not."""
    return {
        statement: said
        for where, statement in reading.texts(*_STATEMENTS, "id")
        for _, said in reading.texts("voices", voice.value, under=where[:-1])
    }

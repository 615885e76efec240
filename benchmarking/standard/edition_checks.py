"""What must hold between the parts of an edition, and between it and what it refers to."""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarking.standard import checks
from benchmarking.standard.checks import Faults
from benchmarking.standard.instrument_checks import faults_of_instruments
from benchmarking.standard.reading import EACH, Reading, Where
from benchmarking.standard.scale_checks import VALUED, ScaleFacts, Scales
from benchmarking.standard.terms import Voice

_STATEMENTS = ("stages", EACH, "statements", EACH)
_ITEMS = ("self_assessment", "items", EACH)
_CAPS = ("evidence", "caps", EACH)


@dataclass(frozen=True)
class Shelf:
    """What an edition may refer to.

    ``scales`` is None where they could not be read: then nothing is said of them.
    ``schemes`` has the scale that each rating scheme rates, by the scheme's id; None where
    the scheme does not say.
    """

    scales: Scales | None
    schemes: Mapping[str, str | None]


def faults_of_edition(reading: Reading, shelf: Shelf) -> Faults:
    """What is wrong inside an edition, and between it and what it refers to."""
    yield from _ids(reading)
    yield from checks.addresses(reading)
    yield from _voices(reading)
    yield from _one_item_each(reading)
    kinds = checks.values(reading, "evidence", "kinds", EACH, "id")
    yield from checks.unknown(
        reading, (*_CAPS, "any_of", EACH, "kind"), kinds, "a kind of evidence"
    )
    yield from _first_cap(reading)
    yield from _schemes(reading, shelf)
    yield from _scale(reading, shelf.scales)
    yield from faults_of_instruments(reading, shelf.scales)


def _ids(reading: Reading) -> Faults:
    texts = (("stages", EACH, "id"), ("stages", EACH, "headline", "id"), (*_STATEMENTS, "id"))
    yield from checks.ids(reading, *texts)
    for pattern in (
        ("id",),
        ("edition",),
        (*_ITEMS, "id"),
        ("evidence", "kinds", EACH, "id"),
        ("evidence", "checkers", EACH, "id"),
    ):
        yield from checks.ids(reading, pattern)


def _voices(reading: Reading) -> Faults:
    for where, voices in reading.each(*_STATEMENTS, "voices"):
        said = voices if isinstance(voices, dict) else set(Voice)
        if absent := [voice.value for voice in Voice if voice not in said]:
            problem = f"voices says nothing of {', '.join(absent)}"
            yield reading.fault(where, problem, "Say direct, proxy or not_measurable for each")


def _one_item_each(reading: Reading) -> Faults:
    statements = checks.values(reading, *_STATEMENTS, "id")
    asked: dict[str, int | None] = {}
    yield from checks.unknown(reading, (*_ITEMS, "statement"), statements, "a statement")
    for where, said in reading.texts(*_ITEMS, "statement"):
        if said in asked:
            problem = f"the item on line {asked[said]} asks about {said} already"
            yield reading.fault(where, problem, "Keep one item for each statement")
        asked.setdefault(said, reading.lines.get(where))
    for where, said in reading.texts(*_STATEMENTS, "id"):
        if said not in asked:
            remedy = f"Add an item with statement: {said} to self_assessment"
            yield reading.fault(where, f"no item asks about the statement {said}", remedy)


def _first_cap(reading: Reading) -> Faults:
    for where, cap in reading.each(*_CAPS):
        if where[-1] == 0 and isinstance(cap, dict) and cap.get("any_of"):
            problem = "the first cap has routes, so that an answer without evidence has no cap"
            yield reading.fault(where, problem, "Put a cap without any_of before it")


def _schemes(reading: Reading, shelf: Shelf) -> Faults:
    yield from checks.unknown(reading, ("rating_schemes", EACH), shelf.schemes, "a rating scheme")
    for _, scale in reading.texts("self_assessment", "scale"):
        for where, scheme in reading.texts("rating_schemes", EACH):
            rates = shelf.schemes.get(scheme)
            if rates is not None and rates != scale:
                problem = f"the scheme {scheme} rates the scale {rates}, the answers use {scale}"
                yield reading.fault(where, problem, "Name a scheme for this scale, or take it out")


def _scale(reading: Reading, scales: Scales | None) -> Faults:
    if scales is None:
        return
    yield from checks.unknown(reading, ("self_assessment", "scale"), scales, "an answer scale")
    for where, scale in reading.texts("self_assessment", "scale"):
        if facts := scales.get(scale):
            yield from _answers(reading, facts)
            yield from _caps(reading, facts)
            yield from _not_applicable(reading, where, scale, facts)


def _answers(reading: Reading, facts: ScaleFacts) -> Faults:
    """One text for each choice with a value, no more and no fewer."""
    for key in ("descriptions", "improve"):
        for where, texts in reading.each(*_ITEMS, key):
            said = set(texts) if isinstance(texts, dict) else set(facts.valued)
            for choice in facts.valued:
                if choice not in said:
                    problem = f"{key} has no text for {choice}"
                    yield reading.fault(where, problem, f"Add {choice} with its text")
            for choice in sorted(said - set(facts.valued)):
                problem = f"{key} has a text for {choice}, which is not {VALUED}"
                remedy = f"Use exactly: {', '.join(facts.valued)}"
                yield reading.fault((*where, choice), problem, remedy)


def _caps(reading: Reading, facts: ScaleFacts) -> Faults:
    yield from checks.unknown(reading, (*_CAPS, "choice"), facts.valued, VALUED)
    before = ""
    for where, choice in reading.texts(*_CAPS, "choice"):
        if choice not in facts.valued:
            continue
        if before and facts.valued.index(choice) <= facts.valued.index(before):
            problem = f"the caps do not rise ({choice} after {before})"
            yield reading.fault(where, problem, "Put them in order, the lowest first")
        before = choice


def _not_applicable(reading: Reading, where: Where, scale: str, facts: ScaleFacts) -> Faults:
    allowed = [at for at, yes in reading.each(*_ITEMS, "not_applicable", "allowed") if yes is True]
    if facts.has_not_applicable and not allowed:
        problem = f"the scale {scale} offers not applicable, but no item allows it"
        yield reading.fault(where, problem, "Use a scale without it, or allow it where it is right")
    if not facts.has_not_applicable:
        for at in allowed:
            problem = f"the item may be not applicable, but the scale {scale} does not offer it"
            yield reading.fault(at, problem, "Write allowed: false, or use another scale")

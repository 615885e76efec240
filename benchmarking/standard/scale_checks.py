"""What must hold inside the answer scales and the rating schemes, beyond their shape."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from benchmarking.standard import checks
from benchmarking.standard.checks import Faults
from benchmarking.standard.reading import EACH, Reading, Where
from benchmarking.standard.terms import Missing

VALUED = "a choice with a value"
_RULE = re.compile(r"[a-z][a-z0-9-]*@[1-9][0-9]*")


@dataclass(frozen=True)
class ScaleFacts:
    """What other files need to know of a scale: its choices with a value, lowest first."""

    valued: tuple[str, ...]
    has_not_applicable: bool


Scales = Mapping[str, ScaleFacts]


def scale_facts(reading: Reading) -> Scales:
    """What other files may refer to, by the id of the scale."""
    return {
        said: _facts(reading, where[:-1])
        for where, said in reading.texts("answer_scales", EACH, "id")
    }


def _facts(reading: Reading, scale: Where) -> ScaleFacts:
    choices = [c for _, c in reading.each("choices", EACH, under=scale) if isinstance(c, dict)]
    return ScaleFacts(
        tuple(
            str(c.get("id"))
            for c in choices
            if c.get("value") is not None or c.get("missing") is None
        ),
        any(c.get("missing") == Missing.NOT_APPLICABLE for c in choices),
    )


def faults_of_scales(reading: Reading) -> Faults:
    """What is wrong inside ``answer_scales.yaml``."""
    yield from checks.ids(reading, ("answer_scales", EACH, "id"))
    yield from checks.addresses(reading)
    for scale, _ in reading.each("answer_scales", EACH):
        yield from checks.ids(reading, ("choices", EACH, "id"), under=scale)
        yield from checks.rising(reading, ("choices", EACH, "value"), "the values", scale)
        yield from checks.rising(reading, ("choices", EACH, "level"), "the levels", scale)
    for where, choice in reading.each("answer_scales", EACH, "choices", EACH):
        yield from _value_or_reason(reading, where, choice)


def _value_or_reason(reading: Reading, where: Where, choice: Any) -> Faults:
    if not isinstance(choice, dict):
        return
    has_value, has_reason = (choice.get(key) is not None for key in ("value", "missing"))
    if has_value and has_reason:
        problem = f"the choice {choice.get('id')} has a value and a reason for having none"
        yield reading.fault(where, problem, "Keep either value or missing")
    if not has_value and not has_reason:
        problem = f"the choice {choice.get('id')} has no value and no reason for that"
        yield reading.fault(where, problem, "Give it a value, or say why in missing")


def faults_of_scheme(reading: Reading, scales: Scales | None) -> Faults:
    """What is wrong inside a rating scheme, and between it and its scale.

    ``scales`` is None where the scales could not be read: then nothing is said of them.
    """
    yield from checks.ids(reading, ("id",))
    yield from checks.ids(reading, ("bands", EACH, "id"))
    yield from checks.addresses(reading)
    yield from checks.rising(reading, ("bands", EACH, "from_percent"), "the bands")
    yield from _rule(reading)
    yield from _period(reading)
    yield from _limiters(reading)
    if scales is None:
        return
    yield from checks.unknown(reading, ("scale",), scales, "an answer scale")
    for _, scale in reading.texts("scale"):
        if scale in scales:
            at_or_below = ("limiters", EACH, "any_at_or_below")
            yield from checks.unknown(reading, at_or_below, scales[scale].valued, VALUED)


def _rule(reading: Reading) -> Faults:
    for where, rule in reading.texts("rule"):
        if not _RULE.fullmatch(rule):
            remedy = "Write a rule and its version, such as lower-median@1"
            yield reading.fault(where, f"{rule} does not name a rule", remedy)


def _period(reading: Reading) -> Faults:
    begins = [day for _, day in reading.each("effective_from") if isinstance(day, date)]
    for where, ends in reading.each("effective_to"):
        if isinstance(ends, date) and begins and ends < begins[0]:
            problem = f"the scheme ends on {ends}, before it begins on {begins[0]}"
            yield reading.fault(where, problem, "Correct one of the two dates")


def _limiters(reading: Reading) -> Faults:
    bands = checks.values(reading, "bands", EACH, "id")
    for key in ("within", "limits_to"):
        yield from checks.unknown(reading, ("limiters", EACH, key), bands, "a band")
    for where, limiter in reading.each("limiters", EACH):
        if not isinstance(limiter, dict):
            continue
        within, to = limiter.get("within"), limiter.get("limits_to")
        if within in bands and to in bands and bands.index(to) >= bands.index(within):
            problem = f"the limiter leads from {within} to {to}, which is no lower"
            yield reading.fault(where, problem, "Name a lower band in limits_to")

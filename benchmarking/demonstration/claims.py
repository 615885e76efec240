"""What every fictional trust claims, and how much of the claim its evidence shows.

A trust is good or poor as a whole, more or less so in a stage, and a little by chance in each
statement; from cycle to cycle most improve. A claim is that standing seen through the trust's
habit of claiming; evidence then shows all of the claim or less.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarking.demonstration.chance import chance
from benchmarking.demonstration.trusts import DemonstrationTrust, Habit
from benchmarking.demonstration.words import ceases_when
from benchmarking.standard import AnswerScale, Missing, Standard

CYCLES = 3

# All in standard deviations of a trust's standing, roughly one level each.
TYPE_EFFECT = {"Acute": 0.0, "Mental health": 0.1, "Community": 0.25, "Ambulance": -0.15}
HABIT_EFFECT = {Habit.PLAIN: 0.0, Habit.OVER: 0.6, Habit.MODEST: -0.5}
SPREAD_OF_TRUSTS = 0.5
SPREAD_OF_STAGES = 0.35
SPREAD_OF_STATEMENTS = 0.5
SPREAD_OF_MOMENTS = 0.3
CHANGE_A_CYCLE = (0.15, 0.22)
# By the publisher's number; the others are equally hard.
HARDER = {"1.4": 0.5, "3.1": 0.6, "4.1": 0.3, "4.4": 0.3, "5.4": 0.6, "2.3": -0.3, "3.3": -0.2}

# A standing above the first cut is the second choice, and so on, by the number of choices.
CUTS = {4: (-1.2, -0.1, 1.15), 3: (-1.35, -0.5)}

# How often evidence shows what a cap asks for, by habit.
PROVEN = {Habit.PLAIN: 0.89, Habit.OVER: 0.58, Habit.MODEST: 0.97}

DONT_KNOW_RATE = 0.02
# A reason such as "no complaint was closed" is believable for a small trust only.
NOT_APPLICABLE_RATE = {"Acute": 0.0, "Mental health": 0.02, "Community": 0.1, "Ambulance": 0.04}

DONT_KNOW = -1
NOT_APPLICABLE = -2
_MISSING = {DONT_KNOW: Missing.DONT_KNOW, NOT_APPLICABLE: Missing.NOT_APPLICABLE}

Places = NDArray[np.int_]
Standings = NDArray[np.float64]


@dataclass(frozen=True)
class Claims:
    """Answers of all trusts to all items of one standard: cycles by trusts by items.

    Numbers are places among the valued choices of the scale, 0 the lowest, or DONT_KNOW or
    NOT_APPLICABLE. ``shown`` is what the evidence is made to show, never above ``claimed``.
    """

    claimed: Places
    shown: Places


def choice_at(scale: AnswerScale, place: int) -> str:
    """The id of the choice that a number in ``Claims`` stands for."""
    if place >= 0:
        return scale.valued[place].id
    return next(c.id for c in scale.choices if c.missing is _MISSING[place])


def draw_claims(
    standard: Standard, scale: AnswerScale, trusts: Sequence[DemonstrationTrust]
) -> Claims:
    """What all trusts claim about all items of a standard, and how much of it is shown."""
    habit = np.array([HABIT_EFFECT[trust.habit] for trust in trusts])[None, :, None]
    standings = _standings(standard, trusts) + habit
    claimed = np.digitize(standings, CUTS[len(scale.valued)])
    shown = _shown(standard, scale, trusts, claimed)
    missing = _missing(standard, scale, trusts, claimed.shape)
    return Claims(np.where(missing < 0, missing, claimed), np.where(missing < 0, missing, shown))


def _standings(standard: Standard, trusts: Sequence[DemonstrationTrust]) -> Standings:
    """How good each trust really is at each item in each cycle."""
    items = standard.self_assessment.items
    stages = _stage_places(standard)
    drawn = chance(standard.id, "standings")
    of_stages = drawn.normal(0, SPREAD_OF_STAGES, (len(trusts), len(standard.stages)))
    own = drawn.normal(0, SPREAD_OF_STATEMENTS, (len(trusts), len(items)))
    moment = drawn.normal(0, SPREAD_OF_MOMENTS, (CYCLES, len(trusts), len(items)))
    numbers = [standard.statement_by_id[item.statement].number for item in items]
    hard = np.array([HARDER.get(number, 0.0) for number in numbers])
    return _quality(trusts)[:, :, None] + of_stages[:, stages] + own + moment - hard


def _quality(trusts: Sequence[DemonstrationTrust]) -> Standings:
    """How good each trust is as a whole, cycles by trusts; the same for every standard."""
    drawn = chance("quality")
    start = drawn.normal(0, SPREAD_OF_TRUSTS, len(trusts))
    change = drawn.normal(*CHANGE_A_CYCLE, (CYCLES, len(trusts)))
    change[0] = 0
    kind = np.array([TYPE_EFFECT[trust.organisation.trust_type] for trust in trusts])
    return kind + start + change.cumsum(axis=0)


def _stage_places(standard: Standard) -> list[int]:
    """The place of each item's stage."""
    place = {s.id: n for n, stage in enumerate(standard.stages) for s in stage.statements}
    return [place[item.statement] for item in standard.self_assessment.items]


def _shown(
    standard: Standard,
    scale: AnswerScale,
    trusts: Sequence[DemonstrationTrust],
    claimed: Places,
) -> Places:
    """The claim, or the next lower cap wherever the evidence for a cap is wanting."""
    order = [choice.id for choice in scale.valued]
    caps = sorted(order.index(cap.choice) for cap in standard.evidence.caps)
    proven = np.array([PROVEN[trust.habit] for trust in trusts])[None, :, None]
    drawn = chance(standard.id, "proof")
    shown = claimed
    for lower, cap in reversed(list(pairwise(caps))):
        wanting = (claimed >= cap) & (drawn.random(claimed.shape) > proven)
        shown = np.where(wanting, np.minimum(shown, lower), shown)
    return shown


def _missing(
    standard: Standard,
    scale: AnswerScale,
    trusts: Sequence[DemonstrationTrust],
    shape: tuple[int, ...],
) -> Places:
    """DONT_KNOW or NOT_APPLICABLE where an answer has no value, else 0."""
    offered = {choice.missing for choice in scale.choices}
    missing = np.zeros(shape, dtype=int)
    if Missing.DONT_KNOW in offered:
        unknown = chance(standard.id, "don't know").random(shape) < DONT_KNOW_RATE
        missing[unknown] = DONT_KNOW
    if Missing.NOT_APPLICABLE in offered:
        rate = np.array([NOT_APPLICABLE_RATE[t.organisation.trust_type] for t in trusts])
        for reason, items in _excused_together(standard).items():
            excused = chance(standard.id, reason).random(shape[:2]) < rate
            missing[excused[:, :, None] & np.isin(np.arange(shape[2]), items)] = NOT_APPLICABLE
    return missing


def _excused_together(standard: Standard) -> dict[str, list[int]]:
    """Places of the items that cease to apply for the same reason, by that reason."""
    together: dict[str, list[int]] = {}
    for place, item in enumerate(standard.self_assessment.items):
        if item.not_applicable.allowed:
            together.setdefault(ceases_when(item), []).append(place)
    return together

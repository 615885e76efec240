"""How people who complained to a fictional trust answer: as they felt, not as the trust says.

How many agree follows what the trust really does, with feelings of its own about each statement.
About a third of trusts have a few blind spots: statements where people met far less than the
trust believes.
"""

from collections.abc import Mapping, Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from benchmarking.demonstration.chance import chance
from benchmarking.demonstration.claims import CYCLES, Claims
from benchmarking.demonstration.newcomer import NEWCOMER
from benchmarking.demonstration.trusts import DemonstrationTrust, Habit
from benchmarking.replies import SKIPPED, number_of
from benchmarking.standard import AnswerScale, Standard
from benchmarking.voices.instruments import survey_of

# The share that agrees by the level that evidence shows, and how much better or worse people
# feel about a stage.
AT_LEVEL = np.array([0.42, 0.53, 0.67, 0.73])
AT_STAGE: Mapping[str, float] = {"1": 0.03, "2": 0.04, "3": -0.03, "4": -0.05, "5": 0.01}
WHERE_MODEST = 0.05
SPREAD_OF_TRUSTS, SPREAD_OF_STATEMENTS, SPREAD_OF_MOMENTS = 0.04, 0.04, 0.02
WITH_BLIND_SPOTS = 0.3
BLIND_SPOTS, BLIND_BY = (1, 4), (0.24, 0.34)
BOUNDS = (0.08, 0.93)

# Of the newcomer's replies so many agree, by cycle and statement. Elsewhere, where it claims
# much, most do, so that these stand out.
NEWCOMER_SAID: Sequence[Mapping[str, int]] = (
    {"1.4": 24, "2.4": 24, "3.1": 12},
    {"1.2": 36, "3.1": 22, "4.3": 30},
    {"1.4": 38, "3.1": 21, "4.3": 34},
)
NEWCOMER_ELSEWHERE = (0.62, 0.76)
_CLAIMS_MUCH = 2

# An answer is what a person feels: their mood and the matter itself, together of variance 1.
# Above the cut at 0 they agree.
MOOD, MATTER = 0.5, 0.866
CUTS = (-1.05, -0.4, 0.0, 0.85)
DOES_NOT_APPLY, PREFERS_NOT, SKIPS, BREAKS_OFF = 0.035, 0.008, 0.015, 0.04

Shares = NDArray[np.float64]
Answers = NDArray[np.int_]


def draw_shares(standard: Standard, claims: Claims, trusts: Sequence[DemonstrationTrust]) -> Shares:
    """The share of people who would agree: cycles by trusts by the survey's items."""
    numbers = [standard.statement_by_id[i.statement].number for i in standard.self_assessment.items]
    levels = np.where(claims.shown < 0, 1, claims.shown)
    shares = AT_LEVEL[levels] + [AT_STAGE[number[0]] for number in numbers]
    for row, trust in enumerate(trusts):
        shares[:, row] += _own_feelings(trust, len(numbers))
    row = [trust.code for trust in trusts].index(NEWCOMER)
    well = chance("survey", NEWCOMER, "elsewhere").uniform(*NEWCOMER_ELSEWHERE, len(numbers))
    much = claims.claimed[:, row] >= _CLAIMS_MUCH
    shares[:, row] = np.where(much, well, shares[:, row])
    return np.clip(shares, *BOUNDS) @ _measuring(standard)


def said_by_hand(standard: Standard, code: str, cycle_place: int) -> Mapping[int, int]:
    """How many agree with an item, by its place, where that is set for a trust."""
    if code != NEWCOMER:
        return {}
    places = {
        standard.statement_by_id[about].number: place
        for place, item in enumerate(survey_of(standard).items)
        for about in item.measures
        if about in standard.statement_by_id
    }
    return {places[number]: many for number, many in NEWCOMER_SAID[cycle_place].items()}


def draw_answers(
    shares: Shares, many: int, scale: AnswerScale, drawn: np.random.Generator
) -> Answers:
    """What so many people answer to each item, as numbers: replies by items."""
    middle = np.array([NormalDist().inv_cdf(share) for share in shares])
    mood = drawn.normal(0, MOOD, (many, 1))
    felt = middle + mood + drawn.normal(0, MATTER, (many, len(shares)))
    answers = 1 + np.digitize(felt, CUTS)
    without = drawn.random(answers.shape)
    limits = np.cumsum([DOES_NOT_APPLY, PREFERS_NOT, SKIPS])
    kinds = (number_of(scale, "does-not-apply"), number_of(scale, "prefer-not-to-say"), SKIPPED)
    for limit, kind in reversed(list(zip(limits, kinds, strict=True))):
        answers[without < limit] = kind
    last = np.where(
        drawn.random(many) < BREAKS_OFF, drawn.integers(5, len(shares), many), len(shares)
    )
    answers[np.arange(len(shares)) >= last[:, None]] = SKIPPED
    return answers


def with_so_many(
    answers: Answers, set_by_hand: Mapping[int, int], drawn: np.random.Generator
) -> Answers:
    """The answers with everybody answering some items, and exactly so many of them agreeing."""
    replied = len(answers)
    for place, many in set_by_hand.items():
        # Evenly over the replies, so that no wave of them says only one thing and has to wait.
        agrees = np.diff(np.arange(replied + 1) * many // replied) == 1
        yes = drawn.choice([4, 5], replied, p=[0.65, 0.35])
        no = drawn.choice([1, 2, 3], replied, p=[0.3, 0.45, 0.25])
        answers[:, place] = np.where(agrees, yes, no)
    return answers


def _own_feelings(trust: DemonstrationTrust, statements: int) -> Shares:
    """By how much people feel other than a trust's standing says: cycles by statements."""
    drawn = chance("survey", trust.code, "feelings")
    own = drawn.normal(0, SPREAD_OF_TRUSTS) + drawn.normal(0, SPREAD_OF_STATEMENTS, statements)
    if trust.habit is Habit.MODEST:
        own += WHERE_MODEST
    if drawn.random() < WITH_BLIND_SPOTS:
        blind = drawn.permutation(statements)[: drawn.integers(*BLIND_SPOTS, endpoint=True)]
        own[blind] -= drawn.uniform(*BLIND_BY, len(blind))
    return own + drawn.normal(0, SPREAD_OF_MOMENTS, (CYCLES, statements))


def _measuring(standard: Standard) -> Shares:
    """Statements by survey items: what each is about; a headline's item is about its stage."""
    order = {item.statement: n for n, item in enumerate(standard.self_assessment.items)}
    parts = {statement: [order[statement]] for statement in order}
    for stage in standard.stages:
        if stage.headline is not None:
            parts[stage.headline.id] = [order[statement.id] for statement in stage.statements]
    items = survey_of(standard).items
    found = np.zeros((len(order), len(items)))
    for place, item in enumerate(items):
        about = [part for name in item.measures for part in parts[name]]
        found[about, place] = 1 / len(about)
    return found

"""The board's page: how well complaints are handled, and how the trust knows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from benchmarking.access import Action, check_can
from benchmarking.action_plan import actions
from benchmarking.action_plan.actions import ActionList
from benchmarking.answers import WHOLE_TRUST, Assessment
from benchmarking.assessing.sheets import NotThere, Sheet
from benchmarking.keeping import Keep, Key, afresh
from benchmarking.peers import Basis
from benchmarking.results import result_words
from benchmarking.results.history import Cycles, History
from benchmarking.results.positions import BASES, StageResult, StatementResult, weakest_first
from benchmarking.results.results import MOST_FIRST_THINGS, OwnResults, claims_in_words, work_out
from benchmarking.statistics.ordinal import AmongPeers
from benchmarking.visit import Visit
from benchmarking.voices import voice_words


@dataclass(frozen=True)
class Overview:
    """What a board reads about its trust.

    ``note`` says why an older cycle or revision is shown, where it is. ``strength`` and
    ``worry`` are a sentence each, empty where there is nothing to say. ``promised`` are the
    actions of all cycles as they stand today.
    """

    results: OwnResults
    assessment: Assessment
    note: str
    answer: str
    position: str
    direction: str
    weakest: tuple[StatementResult, ...]
    strength: str
    worry: str
    promised: ActionList
    key: Key

    @property
    def stages(self) -> tuple[StageResult, ...]:
        return self.results.stages


def of_trust(
    visit: Visit,
    trust_code: str,
    *,
    basis: Basis = BASES[0],
    scope: str = WHOLE_TRUST,
    keep: Keep = afresh,
) -> Overview:
    """The newest assessment of a trust that its board may see: one that has been submitted.

    A draft is never shown, nor one that was sent back or reopened: what was submitted or
    published before it is.

    Raises:
        Refused: the person may not see this trust's overview.
        NotThere: no such trust, or nothing has been submitted yet.
    """
    check_can(visit.person, Action.SEE_OVERVIEW, trust_code)
    history = History(Cycles(visit, keep), trust_code, scope)
    key = history.key_without_draft("overview", basis.value)
    return keep(key, partial(_overview, history, basis, key))


def _overview(history: History, basis: Basis, key: Key) -> Overview:
    sheet, assessment = _newest_handed_in(history)
    found = work_out(history, sheet, basis, None, key, for_board=True)
    return Overview(
        results=found,
        assessment=assessment,
        note=_note(history, sheet),
        answer=_answer(found),
        position=_position(found),
        direction=_direction(found),
        weakest=weakest_first(found.statements)[:MOST_FIRST_THINGS],
        strength=_strength(found.statements),
        worry=_worry(found.statements),
        promised=_promised(history),
        key=key,
    )


def _promised(history: History) -> ActionList:
    """All that was promised, by whatever cycle, as it stands today."""
    found = actions.as_the_board_reads(history.visit, history.trust_code, history.cycles.keep)
    return found.within(history.scope)


def _newest_handed_in(history: History) -> tuple[Sheet, Assessment]:
    for cycle in history.cycles.opened:
        sheet = history.handed_in(cycle)
        if sheet is not None and sheet.assessment is not None:
            return sheet, sheet.assessment
    raise NotThere(
        "No assessment has been submitted yet. The board sees one once the trust lead submits it."
    )


def _note(history: History, shown: Sheet) -> str:
    newest = history.cycles.opened[0]
    if newest != shown.cycle:
        return (
            f"The {newest.title} assessment is still being prepared. This page shows "
            f"{shown.cycle.title}, the last that was submitted."
        )
    if history.sheet(newest).assessment != shown.assessment:
        return (
            f"The {newest.title} assessment has been reopened. This page shows what was published "
            f"until the new revision is submitted."
        )
    return ""


def _answer(found: OwnResults) -> str:
    """Evidence shows which word in how many stages, and what is claimed beyond it."""
    words = Counter(stage.rating.word for stage in found.stages)
    order = [choice.label for choice in reversed(found.statements[0].scale.valued)]
    said = [
        f"“{word.lower()}” in {result_words.number(words[word])}" for word in order if words[word]
    ]
    names = found.standard.words
    if not said:
        return f"Too little has been answered to sum up any {names.stage}."
    first, *rest = said
    many = names.stage if words[_word_of(found, order)] == 1 else f"{names.stage}s"
    shows = f"Evidence shows {result_words.listed([f'{first} {many}', *rest])}"
    label = found.scheme.label[:1].lower() + found.scheme.label[1:]
    answer = f"{shows} ({label})."
    if words[None]:
        answer += f" In {result_words.number(words[None])}, too little is answered to say."
    return " ".join(
        filter(
            None, [answer, claims_in_words(found.standard, found.statements, "We"), _heard(found)]
        )
    )


def _heard(found: OwnResults) -> str:
    """For how many of the claims complainants speak, and who stands behind that."""
    if found.voices is None:
        return ""
    support = voice_words.support_for_claims(found.voices.statements)
    return f"{support} ({voice_words.asked_in_words(found.voices)})." if support else ""


def _word_of(found: OwnResults, order: Sequence[str]) -> str:
    given = {stage.rating.word for stage in found.stages}
    return next(word for word in order if word in given)


def _position(found: OwnResults) -> str:
    """Where the trust stands among peers, counted over its statements."""
    compared = [
        result
        for result in found.statements
        if isinstance(result.peers, AmongPeers) and result.place is not None
    ]
    if not compared:
        return found.peer_sentence
    above = sum(result.below_median < 0 for result in compared)
    below = sum(result.below_median > 0 for result in compared)
    return (
        f"{found.peer_sentence} We stand above the middle of peers in {above} of "
        f"{len(compared)} {found.standard.words.statement}s, level with it in "
        f"{len(compared) - above - below} and below it in {below}."
    )


def _direction(found: OwnResults) -> str:
    if found.last_cycle is None:
        return "There is no earlier cycle to compare with."
    changes = [stage.change for stage in found.stages if stage.change is not None]
    higher, lower = sum(c.higher for c in changes), sum(c.lower for c in changes)
    many = f"{sum(c.compared for c in changes)} {found.standard.words.statement}s"
    if not higher and not lower:
        return f"Since {found.last_cycle.title}, none of {many} has changed its level."
    return f"Since {found.last_cycle.title}, {higher} of {many} rose and {lower} fell."


def _strength(statements: Sequence[StatementResult]) -> str:
    """The highest evidenced level; of several, the furthest above the peers' median."""
    placed = [s for s in statements if s.place is not None]
    if not placed:
        return ""
    best = max(placed, key=lambda s: (s.place or 0, -s.below_median))
    beyond = result_words.against_peers(best) if best.below_median < 0 else ""
    said = f"{_quoted(best)}: evidence carries {result_words.level(best.evidenced)}"
    return f"{said}, {beyond}." if beyond else f"{said}."


def _worry(statements: Sequence[StatementResult]) -> str:
    """The claim that runs furthest ahead of its evidence; else what is furthest below peers."""
    capped = [s for s in statements if s.is_capped and s.place is not None]
    if capped:
        worst = max(capped, key=lambda s: ((s.claimed_place or 0) - (s.place or 0), s.below_median))
        return (
            f"{_quoted(worst)}: we claim {result_words.level(worst.claimed)}, and our evidence "
            f"carries {result_words.level(worst.evidenced)}."
        )
    below = [s for s in statements if s.below_median > 0]
    if below:
        worst = max(below, key=lambda s: s.below_median)
        said = result_words.level(worst.evidenced)
        return f"{_quoted(worst)}: {said}, {result_words.against_peers(worst)}."
    return ""


def _quoted(result: StatementResult) -> str:
    return f"{result.statement.number} “{result.statement.text}”"

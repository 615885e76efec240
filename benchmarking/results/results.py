"""A trust's own results: what it claims, what its evidence carries, and where that stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from benchmarking import personal_details
from benchmarking.access import Action, check_can
from benchmarking.answers import WHOLE_TRUST, Cycle, ItemKey, Organisation, State
from benchmarking.assessing.duties import DutyCounts, duty_counts
from benchmarking.assessing.sheets import NotThere, Sheet, standards_of, trust_of
from benchmarking.keeping import Keep, Key, afresh
from benchmarking.peers import OTHERS_FOR_SUMMARY, Basis
from benchmarking.results import provenance
from benchmarking.results.history import Cycles, History, levels_of
from benchmarking.results.positions import (
    BASES,
    Peers,
    Promise,
    StageResult,
    StatementResult,
    Told,
    promise_of,
    stage_results,
    weakest_first,
)
from benchmarking.series import shipped
from benchmarking.standard import Library, RatingScheme, Standard
from benchmarking.store import monthly
from benchmarking.trust_actions import Due
from benchmarking.visit import Visit
from benchmarking.voices import hearing, self_checks, voice_words
from benchmarking.voices.self_checks import InTime, Question
from benchmarking.voices.side_by_side import Voices

MOST_FIRST_THINGS = 3


@dataclass(frozen=True)
class OwnResults:
    """A trust's results in one cycle. ``key`` names all that they were worked out from.

    ``not_reconfirmed`` counts answers that were carried forward and not saved since.
    ``whose`` is the trust's name, with the part of it that the results are about. ``peer_cycle``
    is the cycle whose peers are shown, None where there are none to be shown;
    ``peer_sentence`` says which and why in either case. ``last_cycle`` is the one that
    changes are counted from. ``voices`` are those of the whole trust, None for a part of it.
    """

    trust: Organisation
    scope: str
    whose: str
    cycle: Cycle
    state: State
    standard: Standard
    scheme: RatingScheme
    schemes: tuple[RatingScheme, ...]
    answered: int
    not_reconfirmed: int
    sentence: str
    peer_cycle: Cycle | None
    peer_sentence: str
    last_cycle: Cycle | None
    stages: tuple[StageResult, ...]
    first: tuple[StatementResult, ...]
    duties: tuple[DutyCounts, ...]
    voices: Voices | None
    questions: tuple[Question, ...]
    small_print: tuple[str, ...]
    key: Key

    @property
    def is_draft(self) -> bool:
        return self.state.is_open

    @property
    def statements(self) -> tuple[StatementResult, ...]:
        return tuple(result for stage in self.stages for result in stage.statements)


@dataclass(frozen=True)
class Choices:
    """The cycles that results can be shown for, the newest first, and the one to begin with.

    ``so_far`` is what was read for that; with it ``of_trust`` does not read it again.
    """

    cycles: tuple[Cycle, ...]
    first: Cycle
    so_far: Cycles


def choices(
    visit: Visit, trust_code: str, keep: Keep = afresh, scope: str = WHOLE_TRUST
) -> Choices:
    """Which cycles there are, and which to begin with: the newest unless nobody has begun it.

    Raises:
        Refused: the person has no part in this trust's results.
        NotThere: no such trust or part of it, or no cycle yet.
    """
    check_can(visit.person, Action.SEE_OWN_RESULTS, trust_code)
    history = History(Cycles(visit, keep), trust_code, scope)
    opened = history.cycles.opened
    begun = history.sheet(opened[0]).done > 0
    first = opened[0] if begun or len(opened) == 1 else opened[1]
    return Choices(opened, first, history.cycles)


def of_trust(
    visit: Visit,
    trust_code: str,
    cycle: Cycle,
    *,
    basis: Basis = BASES[0],
    scheme_id: str | None = None,
    scope: str = WHOLE_TRUST,
    keep: Keep = afresh,
    so_far: Cycles | None = None,
) -> OwnResults:
    """A trust's results in a cycle, for somebody who works on its assessment.

    Args:
        visit: who asks, and when.
        trust_code: whose results.
        cycle: one of ``choices``.
        basis: what its peers have in common with it.
        scheme_id: the rating scheme; the standard's first by default.
        scope: what of the trust the results are about.
        keep: where results are kept between requests.
        so_far: the cycles as ``choices`` found them in this request.

    Raises:
        Refused: the person has no part in this trust's results.
        NotThere: no such trust, cycle or scheme.
    """
    check_can(visit.person, Action.SEE_OWN_RESULTS, trust_code)
    history = History(so_far or Cycles(visit, keep), trust_code, scope)
    history.cycles.up_to(cycle)
    key = history.key("own results", cycle, basis.value, scheme_id)
    sheet = history.sheet(cycle)
    return keep(key, partial(work_out, history, sheet, basis, scheme_id, key))


def earlier(visit: Visit, found: OwnResults, keep: Keep = afresh) -> tuple[OwnResults, ...]:
    """The results of the same trust in the cycles before, the newest first.

    Raises:
        Refused: the person has no part in this trust's results.
    """
    check_can(visit.person, Action.SEE_OWN_RESULTS, found.trust.code)
    cycles = Cycles(visit, keep)
    before = cycles.up_to(found.cycle)[1:]
    return tuple(
        of_trust(visit, found.trust.code, c, scope=found.scope, keep=keep, so_far=cycles)
        for c in before
    )


def work_out(
    history: History,
    sheet: Sheet,
    basis: Basis,
    scheme_id: str | None,
    key: Key,
    *,
    for_board: bool = False,
) -> OwnResults:
    """The results on a sheet; the caller has checked that the person may see it.

    ``for_board`` withholds texts of actions that may hold personal details.

    Raises:
        NotThere: the cycle asks no standard that is rated, or not under this scheme.
    """
    library = history.visit.library
    standard, schemes = rated(library, sheet.cycle)
    scheme = _chosen(schemes, scheme_id)
    scale = library.scale_of(standard)
    before = history.published_before(sheet.cycle)
    peers = history.peers(sheet.trust, sheet.cycle, basis)
    told = _told(history, sheet, before, for_board)
    stages = stage_results(standard, scale, scheme, told, peers)
    statements = [result for stage in stages for result in stage.statements]
    said = hearing.of_sheet(history, sheet, standard, scheme, told.now, peers)
    return OwnResults(
        trust=sheet.trust,
        scope=sheet.scope,
        whose=sheet.whose,
        cycle=sheet.cycle,
        state=sheet.state,
        standard=standard,
        scheme=scheme,
        schemes=schemes,
        answered=_answered(sheet, standard),
        not_reconfirmed=_not_reconfirmed(sheet, standard),
        sentence=claims_in_words(standard, statements),
        peer_cycle=peers.published.cycle if peers else None,
        peer_sentence=_peer_sentence(sheet, peers),
        last_cycle=before.cycle if before else None,
        stages=stages,
        first=_first_things(statements),
        duties=_duties(library, sheet, told),
        voices=said,
        questions=_questions(history, statements, said, before),
        small_print=_small_print(history, sheet, standard, scheme, peers),
        key=key,
    )


def _small_print(
    history: History, sheet: Sheet, standard: Standard, scheme: RatingScheme, peers: Peers | None
) -> tuple[str, ...]:
    """How all of it was worked out, with the method of the voices where they are heard."""
    about_all = provenance.lines(
        standard,
        scheme,
        sheet.cycle,
        history.visit.stand.data_revision,
        fictional=history.cycles.is_fictional,
        counted=_counted(sheet, standard),
        group=peers.group if peers else None,
    )
    return (*about_all, *(voice_words.method(standard) if sheet.part_of_trust is None else ()))


def _answered(sheet: Sheet, standard: Standard) -> int:
    return sum(part.done for part in sheet.parts_of(standard.id))


def _questions(
    history: History,
    statements: Sequence[StatementResult],
    said: Voices | None,
    before: Sheet | None,
) -> tuple[Question, ...]:
    """What the answers raise about themselves."""
    since = before.cycle.title if before else None
    key = history.key_without_draft("months that bear on answers")
    recorded = history.cycles.keep(key, partial(_recorded, history))
    return self_checks.questions(statements, said, since, recorded)


def _recorded(history: History) -> tuple[InTime, ...]:
    """Monthly figures that bear on statements; they are those of the whole trust."""
    if history.scope != WHOLE_TRUST:
        return ()
    with history.visit.database.reading() as reading:
        trust = trust_of(reading, history.trust_code)
        figures = monthly.record_of(reading, trust.organisation_id).figures
    return tuple(self_checks.bearing(shipped(), figures).values())


def _told(history: History, sheet: Sheet, before: Sheet | None, for_board: bool) -> Told:
    last = levels_of(before) if before else {}
    return Told(levels_of(sheet), last, _promises(history, sheet, for_board))


def _not_reconfirmed(sheet: Sheet, standard: Standard) -> int:
    lines = [line for part in sheet.parts_of(standard.id) for line in part.lines]
    return sum(line.carried is not None for line in lines)


def rated(library: Library, cycle: Cycle) -> tuple[Standard, tuple[RatingScheme, ...]]:
    """The cycle's first standard that is rated, and the schemes that may rate it.

    Raises:
        NotThere: the cycle asks none.
    """
    for standard in standards_of(library, cycle):
        if standard.rating_schemes:
            return standard, tuple(library.schemes[name] for name in standard.rating_schemes)
    raise NotThere("This cycle asks no standard that is rated. Choose another cycle.")


def _chosen(schemes: Sequence[RatingScheme], scheme_id: str | None) -> RatingScheme:
    if scheme_id is None:
        return schemes[0]
    for scheme in schemes:
        if scheme.id == scheme_id:
            return scheme
    raise NotThere("This standard is not rated in that way. Choose another way.")


def _duties(library: Library, sheet: Sheet, told: Told) -> tuple[DutyCounts, ...]:
    return tuple(
        duty_counts(standard, library.scale_of(standard), told.now)
        for standard in standards_of(library, sheet.cycle)
        if not standard.rating_schemes
    )


def _promises(
    history: History, sheet: Sheet, for_board: bool
) -> Mapping[ItemKey, tuple[Promise, ...]]:
    """What was promised up to this cycle: all that is open, and what came of the newest.

    What presses most comes first, what is over last.
    """
    titles = {cycle.cycle_id: cycle.title for cycle in history.cycles.up_to(sheet.cycle)}
    newest = tuple(titles)[:2]
    found = {}
    for line in sheet.lines:
        told = [a for a in line.actions if a.made_in in (newest if a.status.is_over else titles)]
        made = [promise_of(a, history.visit.today, titles[a.made_in]) for a in told]
        made.sort(key=lambda promise: list(Due).index(promise.due))
        found[line.key] = tuple(_open_to_board(p) if for_board else p for p in made)
    return found


def _open_to_board(promise: Promise) -> Promise:
    text, owner = map(personal_details.for_others, (promise.text, promise.owner))
    return replace(promise, text=text, owner=owner)


def claims_in_words(
    standard: Standard, statements: Sequence[StatementResult], who: str = "You"
) -> str:
    """How much is claimed to be in the upper half of the scale, and how much of it is shown."""
    valued = statements[0].scale.valued
    threshold = len(valued) // 2
    word = f"{valued[threshold].label.lower()} or better"
    claimed = sum((s.claimed_place or 0) >= threshold for s in statements)
    shown = sum((s.place or 0) >= threshold for s in statements)
    many = f"{len(statements)} {standard.words.statement}s"
    if not any(s.claimed for s in statements):
        return f"None of the {many} has been answered yet."
    if claimed == 0:
        return f"{who} rate none of the {many} {word}."
    if shown == claimed:
        supported = "it" if claimed == 1 else "every one of them"
        return f"{who} rate {claimed} of {many} {word}; evidence supports {supported}."
    return (
        f"{who} rate {claimed} of {many} {word}; evidence supports that for "
        f"{shown or 'none'} of the {claimed}."
    )


def _peer_sentence(sheet: Sheet, peers: Peers | None) -> str:
    cycle = sheet.cycle
    if sheet.part_of_trust is not None:
        kind = sheet.part_of_trust.kind
        return f"A {kind} is not compared with other trusts. The whole trust is."
    if peers is None:
        return (
            "Peers are shown for released cycles in which this trust published its own results. "
            "There is none yet."
        )
    shown = peers.published.cycle
    if not peers.group.allows_summary:
        return (
            f"{len(peers.group.codes) or 'No'} other {peers.group.name} published in "
            f"{shown.title}, too few to say: a summary needs {OTHERS_FOR_SUMMARY}. Choose other "
            f"peers."
        )
    sentence = f"Compared with {len(peers.group.codes)} other {peers.group.name} in {shown.title}"
    if shown == cycle:
        return f"{sentence}."
    return f"{sentence}, the last cycle that can be compared; {cycle.title} is not released yet."


def _first_things(statements: Sequence[StatementResult]) -> tuple[StatementResult, ...]:
    """The weakest statements, without those at the top of the scale."""
    open_ones = [s for s in weakest_first(statements) if s.place != len(s.scale.valued) - 1]
    return tuple(open_ones[:MOST_FIRST_THINGS])


def _counted(sheet: Sheet, standard: Standard) -> str:
    asked = len(standard.statements)
    whose = sheet.trust.code
    if sheet.part_of_trust is not None:
        whose += f" ({sheet.part_of_trust.name})"
    return (
        f"{_answered(sheet, standard)} of {asked} {standard.words.statement}s answered by "
        f"{whose} for {sheet.cycle.title} ({sheet.state.label.lower()})."
    )

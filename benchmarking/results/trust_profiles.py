"""One trust's published answers, or two trusts' side by side, for somebody outside them.

Differences are questions to ask. No comment, no free text and no person leaves here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from benchmarking.access import Action, check_can
from benchmarking.answers import WHOLE_TRUST, Cycle, ItemKey, Organisation
from benchmarking.assessing.duties import DutyCounts, duty_counts
from benchmarking.assessing.sheets import NotThere, standards_of
from benchmarking.evidence_in_words import EvidenceLine, evidence_line
from benchmarking.keeping import Key
from benchmarking.peers import Basis
from benchmarking.results import provenance, result_words
from benchmarking.results.history import Cycles
from benchmarking.results.levels import Levels
from benchmarking.results.positions import (
    BASES,
    StageResult,
    StatementResult,
    Told,
    peers_of,
    stage_results,
)
from benchmarking.results.results import rated
from benchmarking.standard import RatingScheme, Standard
from benchmarking.store import evidence, organisations
from benchmarking.visit import Visit

MOST_QUESTIONS = 5

EvidenceByTrust = Mapping[tuple[str, ItemKey], tuple[EvidenceLine, ...]]


@dataclass(frozen=True)
class TrustProfile:
    """One trust's published answers in a cycle.

    ``questions`` are what to ask, ``strengths`` where it stands above the middle of its peers
    with evidence, ``evidence`` what it showed, by question.
    """

    trust: Organisation
    cycle: Cycle
    standard: Standard
    scheme: RatingScheme
    changed_after_release: bool
    peer_sentence: str
    last_cycle: Cycle | None
    stages: tuple[StageResult, ...]
    questions: tuple[str, ...]
    strengths: tuple[str, ...]
    evidence: Mapping[ItemKey, tuple[EvidenceLine, ...]]
    duties: tuple[DutyCounts, ...]
    small_print: tuple[str, ...]
    key: Key

    @property
    def statements(self) -> tuple[StatementResult, ...]:
        return tuple(result for stage in self.stages for result in stage.statements)


@dataclass(frozen=True)
class Pair:
    """Two trusts in one cycle, stage by stage: the same stage of each, the first trust first."""

    first: TrustProfile
    second: TrustProfile
    sentence: str
    questions: tuple[str, ...]
    key: Key

    @property
    def stages(self) -> tuple[tuple[StageResult, StageResult], ...]:
        return tuple(zip(self.first.stages, self.second.stages, strict=True))


def profile(
    visit: Visit,
    cycle: Cycle,
    trust_code: str,
    *,
    basis: Basis = BASES[0],
    so_far: Cycles,
) -> TrustProfile:
    """What one trust published in a released cycle, among its peers.

    Raises:
        Refused: the person may not compare trusts.
        NotThere: the cycle has not been released, or the trust did not publish in it.
    """
    check_can(visit.person, Action.COMPARE)
    return _profile(so_far, cycle, trust_code, basis)


def side_by_side(visit: Visit, cycle: Cycle, first: str, second: str, so_far: Cycles) -> Pair:
    """What two trusts published in a released cycle; raises as ``profile``."""
    check_can(visit.person, Action.COMPARE)
    key = so_far.key("pair", cycle.cycle_id, first, second)
    return so_far.keep(key, partial(_pair, so_far, cycle, first, second, key))


def _profile(cycles: Cycles, cycle: Cycle, trust_code: str, basis: Basis) -> TrustProfile:
    key = cycles.key("profile", cycle.cycle_id, trust_code, basis.value)
    return cycles.keep(key, partial(_read, cycles, cycle, trust_code, basis, key))


def _read(cycles: Cycles, cycle: Cycle, trust_code: str, basis: Basis, key: Key) -> TrustProfile:
    published = cycles.published(cycle)
    if trust_code not in published.standings:
        raise NotThere(f"This trust published nothing in {cycle.title}. Choose another one.")
    library = cycles.visit.library
    standard, schemes = rated(library, cycle)
    last_cycle, last = _last(cycles, cycle, trust_code)
    peers = peers_of(published.trusts[trust_code], published, basis)
    told = Told(published.standings[trust_code], last, {})
    stages = stage_results(standard, library.scale_of(standard), schemes[0], told, peers)
    statements = [result for stage in stages for result in stage.statements]
    answered = sum(result.claimed is not None for result in statements)
    return TrustProfile(
        trust=published.trusts[trust_code],
        cycle=cycle,
        standard=standard,
        scheme=schemes[0],
        changed_after_release=trust_code in published.changed_after_release,
        peer_sentence=f"Compared with {peers.group.why}",
        last_cycle=last_cycle,
        stages=stages,
        questions=_questions(statements),
        strengths=_strengths(statements),
        evidence=_evidence_of(cycles, cycle, trust_code),
        duties=_duties(cycles, cycle, told.now),
        small_print=provenance.lines(
            standard,
            schemes[0],
            cycle,
            cycles.visit.stand.data_revision,
            fictional=cycles.is_fictional,
            counted=f"{answered} of {len(statements)} {standard.words.statement}s answered.",
            group=peers.group,
        ),
        key=key,
    )


def _last(cycles: Cycles, cycle: Cycle, trust_code: str) -> tuple[Cycle | None, Levels]:
    """The newest earlier released cycle in which the trust published, and its standings."""
    for earlier in cycles.up_to(cycle)[1:]:
        if earlier in cycles.released:
            standings = cycles.published(earlier).standings
            if trust_code in standings:
                return earlier, standings[trust_code]
    return None, {}


def _duties(cycles: Cycles, cycle: Cycle, found: Levels) -> tuple[DutyCounts, ...]:
    library = cycles.visit.library
    return tuple(
        duty_counts(standard, library.scale_of(standard), found)
        for standard in standards_of(library, cycle)
        if not standard.rating_schemes
    )


def _evidence_of(
    cycles: Cycles, cycle: Cycle, trust_code: str
) -> Mapping[ItemKey, tuple[EvidenceLine, ...]]:
    key = ("published evidence", cycles.visit.stand.data_revision, cycle.cycle_id)
    everything: EvidenceByTrust = cycles.keep(key, partial(_every_evidence, cycles, cycle))
    return {item: lines for (code, item), lines in everything.items() if code == trust_code}


def _every_evidence(cycles: Cycles, cycle: Cycle) -> EvidenceByTrust:
    policies = {s.id: s.evidence for s in standards_of(cycles.visit.library, cycle)}
    with cycles.visit.database.reading() as reading:
        codes = {t.organisation_id: t.code for t in organisations.every(reading)}
        pieces = evidence.of_published(reading, cycle.cycle_id, WHOLE_TRUST)
    found: dict[tuple[str, ItemKey], tuple[EvidenceLine, ...]] = {}
    for organisation_id, _, piece in pieces:
        key = (codes[organisation_id], piece.item)
        line = evidence_line(policies[piece.item.standard_id], piece)
        found[key] = (*found.get(key, ()), line)
    return found


def _questions(statements: Sequence[StatementResult]) -> tuple[str, ...]:
    """What to ask: where it lies furthest below its peers, then where the claim says more."""
    below = sorted((s for s in statements if s.below_median > 0), key=lambda s: -s.below_median)
    differ = [
        f"{_quoted(s)}: evidence carries {result_words.level(s.evidenced)}, "
        f"{result_words.against_peers(s)}. What explains the difference?"
        for s in below
    ]
    capped = [
        f"{_quoted(s)}: the trust claims {result_words.level(s.claimed)}, and evidence carries "
        f"{result_words.level(s.evidenced)}. What does it see that its evidence does not show?"
        for s in statements
        if s.is_capped and s not in below
    ]
    return (*differ[:MOST_QUESTIONS], *capped[:MOST_QUESTIONS])


def _strengths(statements: Sequence[StatementResult]) -> tuple[str, ...]:
    above = sorted((s for s in statements if s.below_median < 0), key=lambda s: s.below_median)
    return tuple(
        f"{_quoted(s)}: evidence carries {result_words.level(s.evidenced)}, "
        f"{result_words.against_peers(s)}."
        for s in above[:MOST_QUESTIONS]
    )


def _quoted(result: StatementResult) -> str:
    return f"{result.statement.number} “{result.statement.text}”"


def _pair(cycles: Cycles, cycle: Cycle, first: str, second: str, key: Key) -> Pair:
    one = _profile(cycles, cycle, first, BASES[-1])
    other = _profile(cycles, cycle, second, BASES[-1])
    both = [
        (a, b)
        for a, b in zip(one.statements, other.statements, strict=True)
        if a.place is not None and b.place is not None
    ]
    differ = [(a, b) for a, b in both if a.place != b.place]
    differ.sort(key=lambda pair: -abs((pair[0].place or 0) - (pair[1].place or 0)))
    sentence = (
        f"{first} and {second} both have a level in {len(both)} statements, and differ in "
        f"{len(differ)} of them."
    )
    questions = tuple(
        f"{_quoted(a)}: {first} shows {result_words.level(a.evidenced)}, {second} "
        f"{result_words.level(b.evidenced)}. What explains the difference?"
        for a, b in differ[:MOST_QUESTIONS]
    )
    return Pair(one, other, sentence, questions, key)

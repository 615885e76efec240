"""A piece of evidence in words: its kind, its strength, its date. Nothing that anybody typed."""

from dataclasses import dataclass

from benchmarking.evidence import Evidence
from benchmarking.moments import in_words
from benchmarking.standard import EvidencePolicy


@dataclass(frozen=True)
class EvidenceLine:
    """One piece of evidence as readers outside the trust may see it."""

    kind: str
    strength: str
    dated: str

    def __str__(self) -> str:
        return " · ".join(part for part in (self.kind, self.strength, self.dated) if part)


def evidence_line(policy: EvidencePolicy, piece: Evidence) -> EvidenceLine:
    """Kind, strength and date; no title, note, link or author."""
    kinds = {kind.id: kind.label for kind in policy.kinds}
    return EvidenceLine(
        kinds.get(piece.kind, "Something else"), _strength(policy, piece), _dated(piece)
    )


def _strength(policy: EvidencePolicy, piece: Evidence) -> str:
    checkers = {checker.id: checker.label for checker in policy.checkers}
    said: list[str] = []
    if piece.records_drawn is not None:
        of = "" if piece.records_available is None else f" of {piece.records_available:,}"
        how = "drawn at random" if piece.at_random else "not drawn at random"
        said.append(f"{piece.records_drawn:,}{of} records, {how}")
    if piece.replies is not None:
        said.append(f"{piece.replies:,} replies")
    if piece.checked_by is not None:
        said.append(f"checked by: {checkers.get(piece.checked_by, 'somebody else').lower()}")
    if piece.complainants_involved:
        said.append("complainants took part")
    return "; ".join(said)


def _dated(piece: Evidence) -> str:
    if piece.checked_on is not None:
        return in_words(piece.checked_on)
    if piece.period_from is not None and piece.period_to is not None:
        return f"{in_words(piece.period_from)} to {in_words(piece.period_to)}"
    return ""

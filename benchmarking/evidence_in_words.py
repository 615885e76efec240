"""A piece of evidence in words: kind, category, strength, date. Nothing that anybody typed."""

from dataclasses import dataclass

from benchmarking import evidence_categories, evidence_files
from benchmarking.evidence import Evidence
from benchmarking.evidence_files import TYPES
from benchmarking.moments import in_words
from benchmarking.standard import EvidenceDetail, EvidencePolicy


@dataclass(frozen=True)
class SharedFile:
    """A file that inspectors may have: which piece of evidence it is of, and what it is."""

    evidence_id: str
    says: str


@dataclass(frozen=True)
class EvidenceLine:
    """One piece of evidence as readers outside the trust may see it."""

    kind: str
    strength: str
    dated: str
    category: str = ""
    shared: SharedFile | None = None

    def __str__(self) -> str:
        said = (self.kind, self.strength, self.dated, self.category)
        return " · ".join(part for part in said if part)


def evidence_line(policy: EvidencePolicy, piece: Evidence) -> EvidenceLine:
    """Kind, strength, date and category; no title, note, link, name of a file, or author."""
    kinds = {kind.id: kind.label for kind in policy.kinds}
    return EvidenceLine(
        kinds.get(piece.kind, "Something else"),
        _strength(policy, piece),
        _dated(piece),
        evidence_categories.label(piece.category),
        _shared(piece),
    )


def file_in_words(piece: Evidence) -> str:
    """What a piece's file is and how large: "PDF, 1.2 MB"; empty where there is none."""
    if not piece.file_sha256:
        return ""
    known = TYPES.get(piece.file_type)
    size = evidence_files.size_in_words(piece.file_size or 0)
    return f"{known.label if known else 'File'}, {size}"


def reviewed(piece: Evidence) -> str:
    """Who looked at it, by role, and when; empty where nobody said so."""
    if not piece.reviewed_by:
        return ""
    on = f" on {in_words(piece.reviewed_on)}" if piece.reviewed_on else ""
    return f"Looked at by {piece.reviewed_by}{on}"


def _shared(piece: Evidence) -> SharedFile | None:
    if not (piece.file_sha256 and piece.may_be_shared):
        return None
    return SharedFile(piece.evidence_id, file_in_words(piece))


def _strength(policy: EvidencePolicy, piece: Evidence) -> str:
    """What it rests on, in a word, with what makes that strong or weak."""
    said = (_rests_on(policy, piece), _details(policy, piece))
    return ": ".join(part for part in said if part)


def _rests_on(policy: EvidencePolicy, piece: Evidence) -> str:
    asks = {kind.id: set(kind.asks) for kind in policy.kinds}.get(piece.kind)
    if asks is None:
        return ""
    if EvidenceDetail.CHECKED_BY in asks:
        outside = {checker.id for checker in policy.checkers if checker.outside}
        return "Checked from outside" if piece.checked_by in outside else "Checked from inside"
    if EvidenceDetail.RECORDS_DRAWN in asks:
        return "Seen in records"
    return "Heard from people" if EvidenceDetail.REPLIES in asks else "Stated"


def _details(policy: EvidencePolicy, piece: Evidence) -> str:
    checkers = {checker.id: checker.label for checker in policy.checkers}
    said: list[str] = []
    if piece.records_drawn is not None:
        of = "" if piece.records_available is None else f" of {piece.records_available:,}"
        how = "drawn at random" if piece.at_random else "not drawn at random"
        said.append(f"{piece.records_drawn:,}{of}, {how}")
    if piece.replies is not None:
        said.append(f"{piece.replies:,} replies")
    if piece.checked_by is not None:
        said.append(checkers.get(piece.checked_by, "Somebody else"))
    if piece.complainants_involved:
        said.append("complainants took part")
    return "; ".join(said)


def _dated(piece: Evidence) -> str:
    if piece.checked_on is not None:
        return in_words(piece.checked_on)
    if piece.period_from is not None and piece.period_to is not None:
        return f"{in_words(piece.period_from)} to {in_words(piece.period_to)}"
    return "" if piece.dated_on is None else in_words(piece.dated_on)

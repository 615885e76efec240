"""Which trusts are compared with which, and why.

A trust is never its own peer. A peer group belongs to one period, and its reason is a
sentence that stands under every figure made with it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from benchmarking.organisations import Trust, shown_code

# With fewer others, a median or a range would say nearly as much about single trusts as the
# figures themselves, and little about what is usual (docs: rules of honesty, 9).
OTHERS_FOR_SUMMARY = 5
# With fewer others, each quarter of the group would hold less than two trusts.
OTHERS_FOR_QUARTILES = 8


class Basis(StrEnum):
    """What the trusts of a peer group have in common."""

    ERIC_TYPE = "eric_type"
    KO41A_TYPE = "ko41a_type"
    SIMILAR = "similar"
    REGION = "region"
    ICS = "ics"
    EVERYONE = "everyone"
    PICKED = "picked"


DEFAULT_BASIS = Basis.ERIC_TYPE
# What a group has in common that the list of trusts alone can tell.
SHARED_BASES = tuple(basis for basis in Basis if basis not in (Basis.SIMILAR, Basis.PICKED))
BASIS_LABELS = {
    Basis.ERIC_TYPE: "Trusts of the same type",
    Basis.KO41A_TYPE: "Trusts of the same broad type",
    Basis.SIMILAR: "The most similar trusts",
    Basis.REGION: "Trusts in the same region",
    Basis.ICS: "Trusts in the same integrated care system",
    Basis.EVERYONE: "All trusts",
    Basis.PICKED: "Trusts picked by hand",
}


class NotAPeer(Exception):
    """Somebody picked codes that cannot be compared with. Says which."""


@dataclass(frozen=True)
class PeerGroup:
    """The trusts that one trust is compared with: codes in order, a name and a reason."""

    basis: Basis
    name: str
    codes: tuple[str, ...]
    why: str

    @property
    def allows_summary(self) -> bool:
        """Whether there are enough others for a median and a range."""
        return allows_summary(len(self.codes))

    @property
    def allows_quartiles(self) -> bool:
        """Whether there are enough others for quartiles."""
        return allows_quartiles(len(self.codes))


def allows_summary(others: int) -> bool:
    """Whether this many other trusts *with a figure* are enough for a median and a range."""
    return others >= OTHERS_FOR_SUMMARY


def allows_quartiles(others: int) -> bool:
    """Whether this many other trusts *with a figure* are enough for quartiles."""
    return others >= OTHERS_FOR_QUARTILES


def too_few(others: int) -> str | None:
    """What to tell the reader where the group is too small, or None where it is not."""
    if allows_quartiles(others):
        return None
    are = "is 1 other trust" if others == 1 else f"are {others or 'no'} other trusts"
    if allows_summary(others):
        return f"There {are} to compare with. Quartiles need {OTHERS_FOR_QUARTILES}."
    return f"There {are} to compare with. A summary needs {OTHERS_FOR_SUMMARY}."


def group_of(
    trust: Trust,
    trusts: Iterable[Trust],
    basis: Basis = DEFAULT_BASIS,
    *,
    published_only: bool = True,
) -> PeerGroup:
    """The other trusts of the same period that share something with this one.

    Args:
        trust: the trust that is compared.
        trusts: every trust that may be compared with; those of other periods are ignored.
        basis: what they must share; one of ``SHARED_BASES``.
        published_only: leaves out trusts that published no return, and says so.

    Returns:
        A group, empty where the trust has no such type or nobody shares it; ``why`` says so.
    """
    if basis not in SHARED_BASES:
        raise ValueError(f"A group of basis {basis} needs its codes. Use picked() or most_like().")
    shared = _shared(trust, basis)
    name = _name(trust, basis)
    if shared is None:
        why = (
            f"No {_published_by(basis)} is published for {trust.name} in {trust.period}, so it has "
            "no such group. Choose another group."
        )
        return PeerGroup(basis, name, (), why)
    alike = [t for t in _others(trust, trusts) if _shared(t, basis) == shared]
    kept = [t for t in alike if t.published_return or not published_only]
    return PeerGroup(basis, name, _codes(kept), _why(trust, name, basis, kept, alike))


def picked(trust: Trust, trusts: Iterable[Trust], codes: Iterable[str]) -> PeerGroup:
    """The trusts somebody picked by hand, without this one and without repeats.

    Raises:
        NotAPeer: codes of no trust of the period, or of one that published no return.
    """
    others = {t.code: t for t in _others(trust, trusts)}
    wanted = [code for code in dict.fromkeys(codes) if code != trust.code]
    unknown = [shown_code(code) for code in wanted if code not in others]
    if unknown:
        listed = ", ".join(unknown)
        raise NotAPeer(f"{listed}: no other trust has this code in {trust.period}. Take it out.")
    silent = [code for code in wanted if not others[code].published_return]
    if silent:
        listed = ", ".join(silent)
        raise NotAPeer(f"{listed}: no return was published for {trust.period}. Take it out.")
    name = "trusts picked by hand"
    why = f"{_count(len(wanted))} picked by hand, so the group may not be typical."
    return PeerGroup(Basis.PICKED, name, tuple(sorted(wanted)), why)


def most_like(codes: Iterable[str], why: str) -> PeerGroup:
    """The trusts proposed as most like one; ``why`` says in what, or why there are none."""
    return PeerGroup(Basis.SIMILAR, "trusts most like it", tuple(sorted(set(codes))), why)


def _others(trust: Trust, trusts: Iterable[Trust]) -> list[Trust]:
    return [t for t in trusts if t.code != trust.code and t.period == trust.period]


def _shared(trust: Trust, basis: Basis) -> str | None:
    shared = {
        Basis.ERIC_TYPE: trust.eric_type,
        Basis.KO41A_TYPE: trust.ko41a_type,
        Basis.REGION: trust.region_code or None,
        Basis.ICS: trust.ics_code or None,
        Basis.EVERYONE: "NHS trust",
    }
    return shared[basis]


def _name(trust: Trust, basis: Basis) -> str:
    """What the group is called in a sentence: "acute teaching trusts", "trusts in London"."""
    names = {
        Basis.ERIC_TYPE: _type_in_words(trust.eric_type),
        Basis.KO41A_TYPE: _type_in_words(trust.ko41a_type),
        Basis.REGION: f"trusts in the {trust.region_name} region",
        Basis.ICS: f"trusts in {trust.ics_name}",
        Basis.EVERYONE: "NHS trusts",
    }
    return names[basis]


def _type_in_words(published: str | None) -> str:
    """A published type as it reads in a sentence: ACUTE - TEACHING as acute teaching trusts."""
    if published is None:
        return "trusts of the same type"
    plain = published.lower().replace(" - ", " ").removesuffix(" trust")
    return f"{plain} trusts"


def _published_by(basis: Basis) -> str:
    return {
        Basis.ERIC_TYPE: "trust type in the estates return (ERIC)",
        Basis.KO41A_TYPE: "organisation type in KO41a",
        Basis.REGION: "NHS England region",
        Basis.ICS: "integrated care system",
    }.get(basis, "list of NHS trusts")


def _why(
    trust: Trust, name: str, basis: Basis, kept: Sequence[Trust], alike: Sequence[Trust]
) -> str:
    by = "" if basis is Basis.EVERYONE else f", by {_published_by(basis)}"
    silent = len(alike) - len(kept)
    left_out = f" {_count(silent)} published no return and cannot be compared." if silent else ""
    others = re.sub(r"\btrusts\b", "trust", name, count=1) if len(kept) == 1 else name
    return f"{len(kept)} other {others} in {trust.period}{by}.{left_out}"


def _count(number: int) -> str:
    return "1 trust" if number == 1 else f"{number} trusts"


def _codes(trusts: Sequence[Trust]) -> tuple[str, ...]:
    return tuple(sorted(trust.code for trust in trusts))

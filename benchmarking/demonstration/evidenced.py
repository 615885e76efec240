"""How good each fictional trust really is at each statement: what the other two voices follow."""

from benchmarking.demonstration import newcomer
from benchmarking.demonstration.claims import Claims, draw_claims
from benchmarking.demonstration.trusts import demonstration_trusts
from benchmarking.standard import Library, Standard


def claims_of(library: Library, standard: Standard) -> Claims:
    """What all trusts claim about a standard, and how much of it is shown, as it is written."""
    trusts = demonstration_trusts()
    drawn = draw_claims(standard, library.scale_of(standard), trusts)
    return newcomer.set_by_hand(drawn, standard, trusts)

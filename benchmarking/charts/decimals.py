"""Figures for tables: as exact decimals, because floats are shown with four places."""

from decimal import Decimal


def two_places(figure: float) -> Decimal:
    """A worked-out figure to two places."""
    return Decimal(f"{figure:.2f}")

"""Published indicators: what they are made of, where they come from, how far they compare."""

from benchmarking.indicators.loader import CatalogueError, figures, load
from benchmarking.indicators.model import (
    Catalogue,
    Caution,
    Collection,
    Coverage,
    Dataset,
    FigureRow,
    Indicator,
    Kind,
    Licence,
    Measure,
    Part,
    Section,
    Source,
)

__all__ = [
    "Catalogue",
    "CatalogueError",
    "Caution",
    "Collection",
    "Coverage",
    "Dataset",
    "FigureRow",
    "Indicator",
    "Kind",
    "Licence",
    "Measure",
    "Part",
    "Section",
    "Source",
    "figures",
    "load",
]

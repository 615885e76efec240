"""What every copy ships with: standards, indicators, series and categories of evidence."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarking import evidence_categories, indicators, series
from benchmarking.indicators import Catalogue
from benchmarking.indicators.likeness import Likeness, load_likeness
from benchmarking.indicators.loader import CatalogueError
from benchmarking.settings import Settings, SettingsError
from benchmarking.standard import Library, StandardsError, load_library


@dataclass(frozen=True)
class Shipped:
    """The files of this copy, read and checked."""

    library: Library
    catalogue: Catalogue
    likeness: Likeness


def load(chosen: Settings) -> Shipped:
    """All of it.

    Raises:
        StandardsError, CatalogueError: one of its folders has faults.
        SettingsError: several have, with all faults.
    """
    try:
        return _loaded(chosen)
    except (StandardsError, CatalogueError):
        found = problems(chosen)
        if len(found) < 2:
            raise
        raise SettingsError(found) from None


def problems(chosen: Settings) -> list[str]:
    """What is wrong with it, folder by folder."""
    looks: list[Callable[[], object]] = [
        lambda: load_library(chosen.standards),
        lambda: load_likeness(chosen.reference, indicators.load(chosen.reference)),
        series.shipped,
        evidence_categories.shipped,
    ]
    return [told for told in map(_told, looks) if told]


def _loaded(chosen: Settings) -> Shipped:
    library = load_library(chosen.standards)
    catalogue = indicators.load(chosen.reference)
    likeness = load_likeness(chosen.reference, catalogue)
    series.shipped()
    evidence_categories.shipped()
    return Shipped(library, catalogue, likeness)


def _told(look: Callable[[], object]) -> str:
    try:
        look()
    except (StandardsError, CatalogueError) as faults:
        return str(faults)
    except OSError as fault:
        return f"{fault.filename}: this cannot be read ({fault.strerror})."
    return ""

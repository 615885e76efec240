"""The categories that a piece of evidence may be put in: ``data/evidence_categories.yaml``."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from benchmarking.frozen import Frozen
from benchmarking.indicators import CatalogueError
from benchmarking.settings import ROOT
from benchmarking.standard.shape import shaped
from benchmarking.standard.strict_yaml import read

FILE = "evidence_categories.yaml"


class Source(Frozen):
    """Whose categories they are."""

    document: str
    publisher: str
    url: str


class Wording(Frozen):
    """Whether somebody compared the names with the publication."""

    status: Literal["verbatim", "unconfirmed"]
    note: str


class Category(Frozen):
    """One category: its name, and in our words what belongs in it."""

    id: str = Field(pattern="^[a-z-]+$")
    label: str
    hint: str


class Categories(Frozen):
    """All of the file."""

    source: Source
    wording: Wording
    categories: tuple[Category, ...] = Field(min_length=1)

    @property
    def by_id(self) -> Mapping[str, Category]:
        return {one.id: one for one in self.categories}


@cache
def shipped() -> Categories:
    """The categories that come with the program, read once.

    Raises:
        CatalogueError: as ``load``.
    """
    return load(ROOT / "data")


def load(data_folder: Path) -> Categories:
    """The categories.

    Raises:
        CatalogueError: with every fault of the file and its line.
    """
    reading = read(data_folder / FILE, f"data/{FILE}")
    found, misshapen = shaped(reading, Categories) if reading.is_complete else (None, ())
    faults = [
        # The reader of YAML is that of the standards; here another README lists the keys.
        replace(fault, remedy=fault.remedy.replace("standards/README.md", "data/README.md"))
        for fault in (*reading.faults, *misshapen)
    ]
    if found is None or faults:
        raise CatalogueError(faults)
    return found


def label(category: str | None) -> str:
    """The name of a category; empty for none, and for one that is no longer among them."""
    found = shipped().by_id.get(category or "")
    return found.label if found else ""

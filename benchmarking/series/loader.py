"""Reads ``data/series/`` and refuses what could mislead, with every fault and its line."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from benchmarking.indicators import CatalogueError
from benchmarking.series.model import Series
from benchmarking.settings import ROOT
from benchmarking.standard import StandardFault as Fault
from benchmarking.standard.reading import Reading
from benchmarking.standard.shape import shaped
from benchmarking.standard.strict_yaml import read

FOLDER = "series"


@cache
def shipped() -> tuple[Series, ...]:
    """The series that come with the program, read once.

    Raises:
        CatalogueError: as ``load``.
    """
    return load(ROOT / "data")


def load(data_folder: Path) -> tuple[Series, ...]:
    """Every series, in the order of their ids.

    Args:
        data_folder: the folder that holds ``series`` with its YAML files.

    Raises:
        CatalogueError: with every fault of every file, each as file, line, problem and remedy.
    """
    found: list[Series] = []
    faults: list[Fault] = []
    for path in sorted((data_folder / FOLDER).glob("*.yaml")):
        reading = read(path, f"data/{FOLDER}/{path.name}")
        series, misshapen = shaped(reading, Series) if reading.is_complete else (None, ())
        faults += [_of_data(fault) for fault in (*reading.faults, *misshapen)]
        if series is not None:
            faults += _misnamed(series, reading, path.stem)
            found.append(series)
    if not found and not faults:
        faults.append(Fault(f"data/{FOLDER}", None, "there is no YAML file", "Restore the folder"))
    if faults:
        raise CatalogueError(faults)
    return tuple(found)


def _misnamed(series: Series, reading: Reading, stem: str) -> Iterator[Fault]:
    if series.id != stem:
        problem = f"the id {series.id} is not the file's name"
        yield reading.fault(("id",), problem, f"Write {stem} or rename the file")


def _of_data(fault: Fault) -> Fault:
    """The reader of YAML is that of the standards; here another README lists the keys."""
    return replace(fault, remedy=fault.remedy.replace("standards/README.md", "data/README.md"))

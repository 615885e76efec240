"""Reads the descriptions in ``data/`` and checks them against each other and their files."""

import csv
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from benchmarking.indicators.model import (
    Catalogue,
    Collection,
    Dataset,
    FigureRow,
    Indicator,
    Licence,
)
from benchmarking.standard import StandardFault as Fault
from benchmarking.standard.reading import Reading, Where
from benchmarking.standard.shape import shaped
from benchmarking.standard.strict_yaml import read

LICENCES, COLLECTIONS, INDICATORS = "licences", "measures", "indicators"
DATASETS = ("organisations", "published")
NATIONAL_TOTALS = "published/ko41_national_totals_published.csv"

Model = TypeVar("Model", bound=BaseModel)
Read = tuple[Model, Reading]
Complaint = Callable[[Where, str, str], None]


class CatalogueError(Exception):
    """The descriptions in ``data/`` cannot be used. ``faults`` holds every reason."""

    def __init__(self, faults: Sequence[Fault]):
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def load(data_folder: Path) -> Catalogue:
    """The catalogue of everything published that this copy holds.

    Args:
        data_folder: the folder that holds ``indicators``, ``measures``, ``published`` and
            ``organisations``, each with YAML files.

    Raises:
        CatalogueError: with every fault of every file, each as file, line, problem and remedy.
    """
    faults: list[Fault] = []
    licences = _read_folder(data_folder, LICENCES, Licence, faults)
    collections = _read_folder(data_folder, COLLECTIONS, Collection, faults)
    indicators = _read_folder(data_folder, INDICATORS, Indicator, faults)
    datasets = [
        found for name in DATASETS for found in _read_folder(data_folder, name, Dataset, faults)
    ]
    if faults:
        raise CatalogueError(faults)
    catalogue = Catalogue(
        licences=tuple(model for model, _ in licences),
        collections=tuple(model for model, _ in collections),
        indicators=tuple(model for model, _ in indicators),
        datasets=tuple(model for model, _ in datasets),
    )
    faults += _named_after_their_file([*licences, *collections, *indicators])
    faults += _repeated(catalogue, collections)
    for dataset, reading in datasets:
        faults += _dataset_faults(dataset, reading, catalogue, data_folder)
    for indicator, reading in indicators:
        faults += _indicator_faults(indicator, reading, catalogue)
    if faults:
        raise CatalogueError(faults)
    # Not before: the file of totals is known to be whole only now.
    return catalogue.model_copy(update={"national_totals": _national_totals(data_folder)})


def figures(catalogue: Catalogue, dataset: Dataset, data_folder: Path) -> list[FigureRow]:
    """(organisation code, measure id, figure) of each cell of a dataset that has a figure.

    A blank cell was not published or not found: it has no row, which is not the same as zero.
    """
    if dataset.code_column is None:
        return []
    columns = catalogue.columns_of(dataset)
    return [
        (row[dataset.code_column], measure, float(row[column]))
        for row in _rows(data_folder / dataset.file)
        for measure, column in columns.items()
        if row[column] != ""
    ]


def _national_totals(data_folder: Path) -> dict[str, int]:
    path = data_folder / NATIONAL_TOTALS
    rows = _rows(path) if path.is_file() else []
    return {row["year"]: int(row["hchs_new"]) for row in rows if row["hchs_new"]}


def _read_folder(
    data_folder: Path, name: str, model: type[Model], faults: list[Fault]
) -> list[Read[Model]]:
    found: list[Read[Model]] = []
    for path in sorted((data_folder / name).glob("*.yaml")):
        reading = read(path, f"data/{name}/{path.name}")
        value, misshapen = shaped(reading, model) if reading.is_complete else (None, ())
        faults += [_of_data(fault) for fault in (*reading.faults, *misshapen)]
        if value is not None:
            found.append((value, reading))
    if not found and not faults:
        faults.append(Fault(f"data/{name}", None, "there is no YAML file", "Restore the folder"))
    return found


def _of_data(fault: Fault) -> Fault:
    """The reader of YAML is that of the standards; here another README lists the keys."""
    return replace(fault, remedy=fault.remedy.replace("standards/README.md", "data/README.md"))


def _named_after_their_file(reads: Sequence[Read]) -> Iterator[Fault]:
    for model, reading in reads:
        stem = reading.file.rsplit("/", 1)[-1].removesuffix(".yaml")
        if model.id != stem:
            yield reading.fault(
                ("id",),
                f"the id {model.id} is not the file's name",
                f"Write {stem} or rename the file",
            )


def _repeated(catalogue: Catalogue, collections: Sequence[Read[Collection]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for collection, reading in collections:
        for known in (*collection.measures, *collection.cautions):
            if known.id in seen:
                yield reading.fault((), f"the id {known.id} is used twice", "Rename one of them")
            seen.add(known.id)
    keys = [dataset.key for dataset in catalogue.datasets]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Fault("data", None, f"two files describe the dataset {key}", "Keep one of them")


def _dataset_faults(
    dataset: Dataset, reading: Reading, catalogue: Catalogue, data_folder: Path
) -> list[Fault]:
    faults: list[Fault] = []

    def fault(place: Where, problem: str, remedy: str) -> None:
        faults.append(reading.fault(place, problem, remedy))

    licences = {licence.id for licence in catalogue.licences}
    for number, source in enumerate(dataset.sources):
        if source.licence not in licences:
            place = ("sources", number, "licence")
            fault(place, f"there is no licence {source.licence}", "Describe it in data/licences")
    known = {collection.id for collection in catalogue.collections}
    if dataset.collection is not None and dataset.collection not in known:
        remedy = "Describe it in data/measures"
        fault(("collection",), f"there is no collection {dataset.collection}", remedy)
        return faults
    for measure in (*dataset.columns, *(total.measure for total in dataset.control_totals)):
        if measure not in catalogue.measure_by_id:
            fault(("columns", measure), f"there is no measure {measure}", "Correct its id")
    _check_file(dataset, catalogue, data_folder / dataset.file, fault)
    return faults


def _check_file(dataset: Dataset, catalogue: Catalogue, path: Path, fault: Complaint) -> None:
    if not path.is_file():
        fault(("file",), f"{dataset.file} is not there", "Add it or correct the name")
        return
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != dataset.sha256:
        remedy = "Restore the file, or describe the new one in a new release"
        fault(("sha256",), f"{dataset.file} has changed: its SHA-256 is {found}", remedy)
        return
    with path.open(encoding="utf-8", newline="") as opened:
        header = set(next(csv.reader(opened), ()))
    named = {*dataset.columns_used, *catalogue.columns_of(dataset).values()}
    named |= {dataset.code_column} if dataset.code_column else set()
    for column in sorted(named - header):
        fault(("columns_used",), f"{dataset.file} has no column {column}", "Correct its name")


def _indicator_faults(
    indicator: Indicator, reading: Reading, catalogue: Catalogue
) -> Iterator[Fault]:
    for measure in indicator.measures:
        if measure not in catalogue.measure_by_id:
            yield reading.fault((), f"there is no measure {measure}", "Correct its id")
    for number, caution in enumerate(indicator.cautions):
        if caution not in catalogue.caution_by_id:
            place = ("cautions", number)
            yield reading.fault(place, f"there is no caution {caution}", "Correct its id")
    datasets = {dataset.id for dataset in catalogue.datasets}
    for number, dataset in enumerate(indicator.datasets):
        if dataset not in datasets:
            place = ("datasets", number)
            yield reading.fault(place, f"there is no dataset {dataset}", "Correct its id")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))

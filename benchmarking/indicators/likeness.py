"""In what trusts are alike: the features that are compared and their weights, as data."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from benchmarking.frozen import Frozen
from benchmarking.indicators.loader import CatalogueError
from benchmarking.indicators.model import Catalogue, Coverage, Reference
from benchmarking.standard import StandardFault
from benchmarking.standard.reading import Reading
from benchmarking.standard.shape import shaped
from benchmarking.standard.strict_yaml import read

FILE = "similarity/similar-trusts.yaml"


class FeatureScale(StrEnum):
    """How two values of a feature are compared; the same words as in the statistics."""

    LINEAR = "linear"
    LOG = "log"
    CATEGORY = "category"


class TrustTrait(StrEnum):
    """What the list of trusts tells of each."""

    ERIC_TYPE = "eric_type"
    KO41A_TYPE = "ko41a_type"


class LikenessFeature(Frozen):
    """Something in which trusts are alike or not: a measure, or a trait from the list of trusts.

    A measure whose ``coverage`` is not full says nothing about a trust's size.
    """

    id: str
    label: str
    weight: float = Field(gt=0, le=100)
    why: str
    scale: FeatureScale
    measure: str | None = None
    trait: TrustTrait | None = None
    coverage: Coverage | None = None

    @model_validator(mode="after")
    def _has_one_value(self) -> Self:
        if (self.measure is None) == (self.trait is None):
            raise ValueError("a feature is a measure or a trait, one of the two")
        if (self.scale is FeatureScale.CATEGORY) != (self.trait is not None):
            raise ValueError("a trait is a category, and a measure is none")
        return self


class Likeness(Frozen):
    """The features of a comparison of trusts.

    ``least_compared`` is the per cent of the weight that must be known of both trusts. Two
    figures are called similar where the larger is at most ``similar_within`` per cent larger.
    """

    id: str
    title: str
    about: str
    source: Reference
    least_compared: int = Field(gt=0, le=100)
    similar_within: int = Field(gt=0, le=100)
    features: tuple[LikenessFeature, ...] = Field(min_length=1)


def load_likeness(data_folder: Path, catalogue: Catalogue) -> Likeness:
    """How trusts are compared for likeness.

    Args:
        data_folder: the folder that holds ``similarity``.
        catalogue: the measures that the features may name.

    Raises:
        CatalogueError: with every fault of the file, each as file, line, problem and remedy.
    """
    path = data_folder / FILE
    if not path.is_file():
        raise CatalogueError(
            [StandardFault(f"data/{FILE}", None, "the file is not there", "Restore it")]
        )
    reading = read(path, f"data/{FILE}")
    found, misshapen = shaped(reading, Likeness) if reading.is_complete else (None, ())
    faults = [_of_data(fault) for fault in (*reading.faults, *misshapen)]
    if found is not None:
        faults += _faults(found, reading, catalogue)
    if found is None or faults:
        raise CatalogueError(faults)
    return found


def _of_data(fault: StandardFault) -> StandardFault:
    """The reader of YAML is that of the standards; here another README lists the keys."""
    return replace(fault, remedy=fault.remedy.replace("standards/README.md", "data/README.md"))


def _faults(found: Likeness, reading: Reading, catalogue: Catalogue) -> list[StandardFault]:
    faults: list[StandardFault] = []
    ids = [feature.id for feature in found.features]
    for number, feature in enumerate(found.features):
        place = ("features", number)
        if feature.id in ids[:number]:
            fault = reading.fault((*place, "id"), f"the id {feature.id} is used twice", "Rename it")
            faults.append(fault)
        coverage = feature.coverage.measure if feature.coverage else None
        for measure in filter(None, (feature.measure, coverage)):
            if measure not in catalogue.measure_by_id:
                problem = f"there is no measure {measure}"
                faults.append(reading.fault((*place, "measure"), problem, "Correct its id"))
    return faults

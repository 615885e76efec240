"""What a closed file review found, as it is stored: counts, before disclosure control."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class FileCount:
    """What two readers found about one item.

    Of ``out_of`` files to which the item applies, ``yes`` show it and ``partly`` show it in
    part, as the readers agreed in the end. At first they said the same of ``same`` of ``pairs``.
    """

    yes: int
    partly: int
    out_of: int
    same: int
    pairs: int


@dataclass(frozen=True)
class FileResults:
    """One closed review: ``files`` drawn of ``frame`` closed complaints, and what was found.

    ``counts`` are by the id of the item of the instrument ``edition``.
    """

    edition: str
    files: int
    frame: int
    closed_from: date
    closed_to: date
    counts: Mapping[str, FileCount]

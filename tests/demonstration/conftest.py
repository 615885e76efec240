"""The demonstration as it is drawn for one day; drawn once for all tests of this folder."""

from datetime import date
from pathlib import Path

import pytest

from benchmarking.answers import Cycle
from benchmarking.demonstration.assessments import DrawnAssessment, draw_assessments
from benchmarking.demonstration.cycles import cycles
from benchmarking.standard import Library, load_library

STANDARDS = Path(__file__).resolve().parents[2] / "standards"


@pytest.fixture(scope="session")
def as_of() -> date:
    return date(2026, 6, 18)


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(STANDARDS)


@pytest.fixture(scope="session")
def rounds(library: Library, as_of: date) -> tuple[Cycle, ...]:
    return cycles(library, as_of)


@pytest.fixture(scope="session")
def drawn(library: Library, rounds: tuple[Cycle, ...], as_of: date) -> tuple[DrawnAssessment, ...]:
    return draw_assessments(library, rounds, as_of)

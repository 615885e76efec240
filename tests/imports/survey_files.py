"""Files of replies for tests, and reading them as a trust's own."""

import io
from collections.abc import Sequence
from functools import cache

import openpyxl

from benchmarking.imports import survey
from benchmarking.imports.survey import SurveyFile, Whose
from benchmarking.imports.survey_layout import (
    Instrument,
    SurveyMapping,
    as_mapped,
    as_template,
    instrument_of,
)
from benchmarking.imports.survey_tables import open_table
from benchmarking.settings import read as settings
from benchmarking.standard import load_library
from benchmarking.survey.loads import digest_with

OWN = "DEMO-07"
AGREE, DISAGREE, DOES_NOT_APPLY = 4, 2, 10
DIGEST = digest_with("ab" * 32)


@cache
def instrument() -> Instrument:
    library = load_library(settings({}).standards)
    found = instrument_of(library, library.standards)
    assert found is not None
    return found


def first_items(many: int) -> list[str]:
    return list(instrument().item_ids[:many])


def csv(*rows: str, header: str = "", items: int = 2, encoding: str = "utf-8") -> bytes:
    """A file in our template with its first items."""
    top = header or ",".join(["response_id", *first_items(items)])
    return "\r\n".join([top, *rows]).encode(encoding)


def xlsx(*rows: Sequence[object], items: int = 2) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [["response_id", *first_items(items)], *rows]:
        sheet.append(list(row))  # type: ignore[union-attr]
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def read(
    content: bytes,
    *,
    mapping: SurveyMapping | None = None,
    trusts: Sequence[str] = (OWN,),
    own: str | None = OWN,
) -> SurveyFile:
    table = open_table(content, "replies.csv")
    layout = (
        as_template(table.header, instrument(), table.name)
        if mapping is None
        else as_mapped(table.header, mapping, instrument(), table.name)
    )
    many = len(instrument().items)
    return survey.read(table, layout, many, Whose(trusts, own), DIGEST, lambda share: None)


def answers(found: SurveyFile, trust: str = OWN, items: int = 2) -> list[list[int]]:
    """What each reply that can be read says to the first items."""
    return found.by_trust[trust].answers[:, :items].tolist() if trust in found.by_trust else []


def faults(found: SurveyFile) -> list[str]:
    return [str(fault.as_fault) for fault in found.faults]

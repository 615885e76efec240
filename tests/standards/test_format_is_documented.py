"""``standards/README.md`` documents the whole format, and its example is a real one."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from benchmarking.settings import ROOT
from benchmarking.standard import RatingScheme, Standard, edition_schema, load_library
from benchmarking.standard.model import ScaleLibrary
from benchmarking.standard.published import PublishedEditions
from benchmarking.standard.terms import EvidenceDetail

README = (ROOT / "standards" / "README.md").read_text(encoding="utf-8")
FILES = (Standard, ScaleLibrary, RatingScheme, PublishedEditions)


def models_of(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model that a type is made of, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from models_of(field.annotation)
    for part in get_args(annotation):
        yield from models_of(part)


MODELS = sorted({m for file in FILES for m in models_of(file)}, key=lambda m: m.__name__)


def heading_of(model: type[BaseModel]) -> str:
    """``EvidenceKind`` stands under "Evidence kind"."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__).capitalize()


def documented_keys() -> dict[str, list[str]]:
    """The keys in the table under each heading of the third level."""
    _, *sections = re.split(r"^### ", README, flags=re.MULTILINE)
    return {
        section.split("\n", 1)[0]: re.findall(r"^\| `(\w+)` \| \S", section, flags=re.MULTILINE)
        for section in sections
    }


def test_the_walk_finds_the_models_of_all_depths() -> None:
    names = {model.__name__ for model in MODELS}
    assert {"Standard", "Wording", "CapRoute", "NotApplicable", "Choice", "Limiter"} <= names


@pytest.mark.parametrize("model", MODELS, ids=heading_of)
def test_every_key_is_documented_and_no_other(model: type[BaseModel]) -> None:
    assert documented_keys()[heading_of(model)] == list(model.model_fields)


def test_no_section_documents_what_is_not_there() -> None:
    assert set(documented_keys()) == {heading_of(model) for model in MODELS}


@pytest.mark.parametrize("model", MODELS, ids=heading_of)
def test_a_key_is_called_optional_where_it_may_be_left_out(model: type[BaseModel]) -> None:
    section = README.split(f"### {heading_of(model)}\n", 1)[1].split("\n### ", 1)[0]
    # A choice needs one of two keys; its section says so in its first sentence. The record
    # is written by a command.
    free = {"value", "missing", "editions", "answer_scales"}
    for key, field in model.model_fields.items():
        row = next(line for line in section.splitlines() if line.startswith(f"| `{key}` |"))
        if key not in free:
            assert ("Optional" in row) is not field.is_required(), row


def test_every_detail_of_evidence_is_documented() -> None:
    asks = next(line for line in README.splitlines() if line.startswith("| `asks` |"))
    assert re.findall(r"`(\w+)`", asks)[1:] == [d.value for d in EvidenceDetail]


def test_the_example_loads_as_it_is_printed(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", README, flags=re.DOTALL)
    folder = tmp_path / "standards"
    (folder / "heard").mkdir(parents=True)
    (folder / "heard" / "2026.1.yaml").write_text(example, encoding="utf-8")
    scales = (ROOT / "standards" / "answer_scales.yaml").read_text(encoding="utf-8")
    (folder / "answer_scales.yaml").write_text(scales, encoding="utf-8")
    (standard,) = load_library(folder).standards
    assert standard.key == "heard/2026.1"


def test_the_rule_that_an_edition_is_never_edited_is_stated() -> None:
    assert "A published edition is never edited. A correction is a new edition" in README


def test_the_schema_knows_every_key_and_refuses_others() -> None:
    schema = edition_schema()
    assert list(schema["properties"]) == list(Standard.model_fields)
    assert schema["additionalProperties"] is False
    for name, part in schema["$defs"].items():
        if part["type"] == "object":
            assert part["additionalProperties"] is False, name


def test_the_schema_offers_the_words_that_a_key_can_hold() -> None:
    parts = edition_schema()["$defs"]
    assert parts["WordingStatus"]["enum"] == ["verbatim", "unconfirmed", "paraphrase", "own"]
    assert parts["CapRoute"]["properties"]["at_random"]["type"] == "boolean"

"""A mapping says what a file of a trust's own survey holds, and is checked by itself."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from benchmarking.imports.refusal import ImportRefused
from benchmarking.imports.survey_layout import SurveyMapping, column_set, faults_in, is_template
from tests.imports.survey_files import (
    AGREE,
    OWN,
    answers,
    csv,
    faults,
    first_items,
    instrument,
    read,
)

ONE, TWO = first_items(2)
MAPPING = SurveyMapping(
    columns=("Id", "Were you told?", "Was it fair?", "Comment"),
    id_column="Id",
    items={"Were you told?": ONE, "Was it fair?": TWO},
    values={"Yes": "agree", "No": "disagree", "N/A": "does-not-apply", "-": ""},
)
HEADER = "Id;Were you told?;Was it fair?;Comment"


def changed(**values) -> SurveyMapping:
    return SurveyMapping(**{**dict(MAPPING), **values})


def test_columns_and_values_are_read_as_the_mapping_says():
    found = read(csv("1;Yes;no ;fine", "2;N/A;-;", header=HEADER), mapping=MAPPING)
    assert answers(found) == [[AGREE, 2], [10, 0]]
    assert found.set_aside == ("Comment",)


def test_columns_may_stand_in_another_order():
    header = "Was it fair?;Comment;ID;were you  told?"
    assert answers(read(csv("No;;1;Yes", header=header), mapping=MAPPING)) == [[AGREE, 2]]


def test_a_value_that_the_mapping_does_not_know_is_a_fault():
    found = read(csv("1;Maybe;Yes;", header=HEADER), mapping=MAPPING)
    assert faults(found)[0].startswith(
        "row 2, column Were you told?: “Maybe” is not an answer of the survey. Write one of: Yes, "
        "No, N/A, -."
    )


def test_rows_without_an_id_are_told_apart_by_where_they_stand():
    mapping = changed(id_column="")
    content = csv("1;Yes;Yes;", "1;Yes;Yes;", header=HEADER)
    first, again = (read(content, mapping=mapping).by_trust[OWN] for _ in range(2))
    assert len(first) == 2 and first.keys == again.keys
    turned = read(csv("1;No;Yes;", "1;Yes;Yes;", header=HEADER), mapping=mapping).by_trust[OWN]
    assert turned.keys[1] == first.keys[1] and turned.keys[0] != first.keys[0]


@pytest.mark.parametrize(
    "values, fault",
    [
        ({"items": {}}, "no column is mapped to an item of the survey"),
        ({"values": {}}, "no value is mapped to an answer"),
        ({"id_column": "Was it fair?"}, "Was it fair? is both the id of the reply and an answer"),
        ({"items": {"a": ONE, "b": ONE}}, f"{ONE} is mapped to 2 columns, and has one"),
        ({"values": {"Yes": "agree", "yes ": "disagree"}}, "the value yes is mapped 2 times"),
        ({"values": {"x" * 201: "agree"}}, "at most 200 values of 200 letters can be mapped"),
    ],
)
def test_a_mapping_that_cannot_be_right_says_why(values: dict, fault: str):
    assert fault in faults_in(changed(**values))
    with pytest.raises(ImportRefused, match="Correct the mapping"):
        read(csv("1;Yes;Yes;", header=HEADER), mapping=changed(**values))


def test_a_sound_mapping_has_no_faults():
    assert faults_in(MAPPING) == ()


def test_a_mapping_for_other_columns_or_another_survey_is_refused():
    with pytest.raises(ImportRefused, match="the column Was it fair. of the mapping is missing"):
        read(csv("1;Yes;", header="Id;Were you told?;Comment"), mapping=MAPPING)
    with pytest.raises(ImportRefused, match="the mapping speaks of cs-99, which the survey"):
        read(csv("1;Yes;Yes;", header=HEADER), mapping=changed(items={"Was it fair?": "cs-99"}))
    with pytest.raises(ImportRefused, match="the mapping speaks of maybe"):
        read(csv("1;Yes;Yes;", header=HEADER), mapping=changed(values={"Yes": "maybe"}))


def test_a_mapping_is_kept_as_it_is_and_never_changed():
    assert SurveyMapping.model_validate_json(MAPPING.model_dump_json()) == MAPPING
    with pytest.raises(ValidationError):
        MAPPING.id_column = "other"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        SurveyMapping(**{**dict(MAPPING), "more": 1})


def test_files_with_the_same_columns_are_known_whatever_their_order():
    assert MAPPING.fits == column_set(["comment", "ID", "Was it fair?", " Were you told?", ""])
    assert MAPPING.fits != column_set(["Id"])


def test_the_template_is_known_by_its_columns():
    assert is_template(["Response_ID", ONE], instrument())
    assert not is_template(["response_id", "q1"], instrument())
    assert not is_template(["id", ONE], instrument())


def test_the_template_asks_for_what_this_edition_asks():
    survey = instrument().survey
    shorter = replace(instrument(), survey=survey.model_copy(update={"items": survey.items[:1]}))
    assert shorter.item_ids == (ONE,)

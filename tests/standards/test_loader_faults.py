"""Each rule that the files in ``standards/`` must keep, broken once in the smallest example."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarking.standard import StandardsError, load_library
from benchmarking.standard.loader import content_hash
from tests.standards.minimal import EDITION, SCALES, SCHEME, line_of, write_folder

HERE = Path(__file__).parent
DEMO, SCALE_FILE, PLAIN = "demo/1.yaml", "answer_scales.yaml", "rating_schemes/plain.yaml"
TEXTS = {DEMO: EDITION, SCALE_FILE: SCALES, PLAIN: SCHEME}
PARAMETERS = {DEMO: "edition", SCALE_FILE: "scales", PLAIN: "scheme"}
TABLES = {
    DEMO: "faults_in_edition.txt",
    SCALE_FILE: "faults_in_scales.txt",
    PLAIN: "faults_in_scheme.txt",
}


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(StandardsError) as raised:
        load_library(folder)
    assert str(raised.value) == "\n".join(str(fault) for fault in raised.value.faults)
    return [str(fault) for fault in raised.value.faults]


def faults_after(tmp_path: Path, file: str, old: str, new: str) -> list[str]:
    """What the loader says when one part of one file is written otherwise."""
    text = TEXTS[file]
    assert old in text
    return faults_of(write_folder(tmp_path, **{PARAMETERS[file]: text.replace(old, new, 1)}))


def broken_rules() -> Iterator[tuple[str, str, str, list[str]]]:
    """The rows of the three tables: file, what stands there, what is written instead, faults."""
    for file, table in TABLES.items():
        _, *rows = (HERE / table).read_text(encoding="utf-8").strip().split("\n\n")
        for row in rows:
            old, new, *faults = (part[2:].replace("\\n", "\n") for part in row.split("\n"))
            yield file, old, new, faults


def test_the_smallest_folder_has_no_fault(tmp_path: Path) -> None:
    library = load_library(write_folder(tmp_path))
    assert [standard.key for standard in library.standards] == ["demo/1"]
    assert library.standard("demo", "1").unconfirmed == ("d-1.1",)
    assert list(library.scales) == ["yes-no"]
    assert list(library.schemes) == ["plain"]


def test_the_tables_of_broken_rules_are_read_whole() -> None:
    counts = Counter(file for file, *_ in broken_rules())
    assert counts[DEMO] >= 45
    assert counts[SCALE_FILE] >= 7
    assert counts[PLAIN] >= 8


@pytest.mark.parametrize("file, old, new, faults", list(broken_rules()))
def test_a_broken_rule_is_told_with_its_line(
    tmp_path: Path, file: str, old: str, new: str, faults: list[str]
) -> None:
    assert faults_after(tmp_path, file, old, new) == [
        f"standards/{file}, {fault}" for fault in faults
    ]


def test_a_statement_without_an_item_is_told(tmp_path: Path) -> None:
    second = EDITION[EDITION.index("      - id: d-1.1") : EDITION.index("evidence:")]
    second = second.replace("d-1.1", "d-1.2")
    edition = EDITION.replace("evidence:", second + "evidence:", 1)
    assert faults_of(write_folder(tmp_path, edition=edition)) == [
        f"standards/demo/1.yaml, line {line_of(edition, 'id: d-1.2')}: no item asks about the "
        "statement d-1.2. Add an item with statement: d-1.2 to self_assessment."
    ]


def test_a_second_item_for_a_statement_is_told(tmp_path: Path) -> None:
    second = EDITION[EDITION.index("    - id: sa-1") :].replace("sa-1", "sa-2")
    assert faults_of(write_folder(tmp_path, edition=EDITION + second)) == [
        f"standards/demo/1.yaml, line {line_of(EDITION + second, 'sa-2') + 1}: the item on line "
        f"{line_of(EDITION, 'statement: d-1.1')} asks about d-1.1 already. "
        "Keep one item for each statement."
    ]


def test_an_item_for_no_statement_is_told_and_the_statement_without_one(tmp_path: Path) -> None:
    told = faults_after(tmp_path, DEMO, "statement: d-1.1", "statement: d-9")
    assert [fault.partition(": ")[2] for fault in told] == [
        "no item asks about the statement d-1.1. "
        "Add an item with statement: d-1.1 to self_assessment.",
        "d-9 is not the id of a statement. Use one of: d-1.1.",
    ]


def test_an_item_cannot_be_not_applicable_where_the_scale_does_not_offer_it(
    tmp_path: Path,
) -> None:
    last = "      - {id: not-applicable, label: Not applicable, missing: not_applicable}\n"
    (only,) = faults_after(tmp_path, SCALE_FILE, last, "")
    assert only.endswith(
        "the item may be not applicable, but the scale yes-no does not offer it. "
        "Write allowed: false, or use another scale."
    )


def test_a_scale_that_is_not_there_is_told_where_it_is_named(tmp_path: Path) -> None:
    told = faults_after(tmp_path, DEMO, "scale: yes-no", "scale: levels")
    assert told == [
        "standards/demo/1.yaml, line 10: the scheme plain rates the scale yes-no, the answers use "
        "levels. Name a scheme for this scale, or take it out.",
        "standards/demo/1.yaml, line 35: levels is not the id of an answer scale. "
        "Use one of: yes-no.",
    ]


def test_a_scheme_must_rate_the_scale_that_the_answers_use(tmp_path: Path) -> None:
    other = SCALES + SCALES.partition("\n")[2].replace("yes-no", "other")
    told = faults_of(
        write_folder(tmp_path, scales=other, scheme=SCHEME.replace("scale: yes-no", "scale: other"))
    )
    assert told == [
        "standards/demo/1.yaml, line 10: the scheme plain rates the scale other, the answers use "
        "yes-no. Name a scheme for this scale, or take it out."
    ]


def test_all_faults_of_all_files_are_told_at_once_in_reading_order(tmp_path: Path) -> None:
    edition = (
        EDITION.replace("title: First", "title: No\n    title: Twice")
        .replace("files: proxy", "files: nearly")
        .replace("statement: d-1.1", "statement: d-9")
        .replace("look_for: [Replies]", "looks_for: [Replies]")
    )
    folder = write_folder(
        tmp_path,
        edition=edition,
        scales=SCALES.replace("value: 1.0", "value: 2"),
        scheme=SCHEME.replace("limits_to: low", "limits_to: none"),
    )
    places = [fault.partition(": ")[0] for fault in faults_of(folder)]
    assert places == [
        "standards/answer_scales.yaml, line 6",
        "standards/demo/1.yaml, line 14",  # No
        "standards/demo/1.yaml, line 15",  # the second title
        "standards/demo/1.yaml, line 19",  # no item for d-1.1
        "standards/demo/1.yaml, line 23",  # nearly
        "standards/demo/1.yaml, line 38",  # look_for is missing
        "standards/demo/1.yaml, line 39",  # d-9
        "standards/demo/1.yaml, line 42",  # looks_for
        "standards/rating_schemes/plain.yaml, line 13",
    ]


def test_a_list_with_a_faulty_entry_is_not_called_too_short_as_well(tmp_path: Path) -> None:
    assert len(faults_after(tmp_path, DEMO, "question: Are people heard?", "question: No")) == 1


def test_a_value_that_was_refused_gets_one_fault_only(tmp_path: Path) -> None:
    told = faults_after(tmp_path, DEMO, "title: First", "title: *first")
    assert told == ["standards/demo/1.yaml, line 14: *first is an alias. Write the value out here."]


def test_scales_that_cannot_be_read_are_not_held_against_the_editions(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, scales="")
    assert faults_of(folder) == [
        "standards/answer_scales.yaml, line 1: the file is empty. "
        "Write its keys: standards/README.md lists them."
    ]


def test_a_scheme_that_cannot_be_read_is_not_held_against_the_editions(tmp_path: Path) -> None:
    (only,) = faults_of(write_folder(tmp_path, scheme="id: [\n"))
    assert only.startswith("standards/rating_schemes/plain.yaml, line ")


@pytest.mark.parametrize("elsewhere", ["lone.yaml", "demo/old/1.yaml"])
def test_an_edition_in_the_wrong_place_is_checked_and_told_where_to_go(
    tmp_path: Path, elsewhere: str
) -> None:
    folder = write_folder(tmp_path)
    (folder / elsewhere).parent.mkdir(exist_ok=True)
    (folder / elsewhere).write_text(EDITION.replace("title: First", "title: No"), encoding="utf-8")
    assert faults_of(folder) == [
        f"standards/{elsewhere}: an edition does not belong here. "
        "Move it to standards/<its id>/<its edition>.yaml.",
        f"standards/{elsewhere}, line 14: the title No is not text, so YAML changes it. "
        'Put it in quotes: "No".',
    ]


def test_a_file_with_another_ending_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "demo" / "2.yml").write_text(EDITION, encoding="utf-8")
    assert faults_of(folder) == [
        "standards/demo/2.yml: nobody reads a .yml file. Rename it to 2.yaml."
    ]


def test_hidden_files_and_other_texts_are_left_alone(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / ".draft.yaml").write_text("id: [", encoding="utf-8")
    (folder / "README.md").write_text("# Words", encoding="utf-8")
    assert len(load_library(folder).standards) == 1


def test_a_folder_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    assert faults_of(tmp_path / "nowhere") == [
        f"{tmp_path / 'nowhere'}: there is no such folder. "
        "Name a folder that holds answer_scales.yaml."
    ]


def test_a_folder_without_scales_is_told_so(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "answer_scales.yaml").unlink()
    assert faults_of(folder) == [
        "standards/answer_scales.yaml: the file is missing. "
        "Add it: standards/README.md says what it holds."
    ]


def hash_of(folder: Path) -> str:
    library = load_library(folder)
    return library.content_hash(library.standards[0])


@pytest.mark.parametrize(
    "same",
    [
        pytest.param("# A comment\n" + EDITION, id="a comment"),
        pytest.param(EDITION.replace("\n", "\r\n"), id="Windows line endings"),
        pytest.param(
            EDITION.replace("id: demo\n", "").replace("about:", "id: demo\nabout:"),
            id="another order of keys",
        ),
        pytest.param(EDITION.replace("title: First", 'title: "First"'), id="quotes"),
    ],
)
def test_the_content_hash_is_the_same_whatever_the_form(tmp_path: Path, same: str) -> None:
    before = hash_of(write_folder(tmp_path))
    assert hash_of(write_folder(tmp_path, edition=same)) == before


@pytest.mark.parametrize(
    "old, new",
    [("I was heard", "I was heard."), ("minimum: 20", "minimum: 21"), ("proxy", "direct")],
)
def test_the_content_hash_changes_with_what_is_said(tmp_path: Path, old: str, new: str) -> None:
    before = hash_of(write_folder(tmp_path))
    assert hash_of(write_folder(tmp_path, edition=EDITION.replace(old, new))) != before


def test_the_content_hash_is_sha256_of_canonical_json() -> None:
    # Worked out apart from Python: printf '{"a":[1,null],"b":"é"}' | sha256sum
    assert content_hash({"b": "é", "a": (1, None)}) == (
        "e03c3c1ebb5fccd76e3bd35b9a86169f35e6f1b069645d48ac278175f54c4208"
    )

"""``standards check``, ``schema`` and ``record``, as an author meets them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarking.commands.standards import standards
from benchmarking.standard import edition_schema
from benchmarking.standard.published import published_editions
from tests.standards.minimal import EDITION, INSTRUMENTS, SCALES, write_folder


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(standards, [str(argument) for argument in arguments])


def test_the_check_sums_up_each_edition_and_names_unconfirmed_wording(tmp_path: Path) -> None:
    result = run("check", write_folder(tmp_path))
    assert result.exit_code == 0
    assert result.stderr == ""
    first, second, third = result.stdout.splitlines()
    assert first == "demo/1: Demonstration standard"
    assert second.startswith(
        "  stages: 1, statements and items: 1; not yet recorded as published; content "
    )
    assert third == "  wording not yet checked against the publication: d-1.1"


def test_the_check_counts_the_items_of_the_survey_and_of_the_file_review(tmp_path: Path) -> None:
    lines = run("check", write_folder(tmp_path, edition=EDITION + INSTRUMENTS)).stdout.splitlines()
    assert lines[1].startswith(
        "  stages: 1, statements and items: 1, survey items: 2, file-review items: 3; not yet"
    )


def test_our_own_words_that_nobody_has_checked_are_named_apart(tmp_path: Path) -> None:
    edition = EDITION.replace("status: unconfirmed", "status: own")
    lines = run("check", write_folder(tmp_path, edition=edition)).stdout.splitlines()
    assert lines[2] == "  our own words, not yet checked against their source: d-1.1"


def test_wording_that_was_checked_is_not_listed(tmp_path: Path) -> None:
    edition = EDITION.replace(
        "status: unconfirmed, source: Recalled",
        "status: verbatim, source: Page 1, checked_on: 2026-01-31",
    )
    assert len(run("check", write_folder(tmp_path, edition=edition)).stdout.splitlines()) == 2


def test_the_check_ends_with_1_and_every_fault_on_a_line_of_its_own(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path,
        edition=EDITION.replace("title: First", "title: No"),
        scales=SCALES.replace("value: 1.0", "value: 2"),
    )
    result = run("check", folder)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "standards/answer_scales.yaml, line 6: value must be at most 1, not 2. Correct the number.",
        "standards/demo/1.yaml, line 14: the title No is not text, so YAML changes it. "
        'Put it in quotes: "No".',
    ]


def test_one_file_can_be_checked_alone(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, edition=EDITION.replace("title: First", "title: No"))
    faulty, sound = (
        run("check", folder / "demo/1.yaml"),
        run("check", folder / "answer_scales.yaml"),
    )
    assert faulty.exit_code == 1
    assert faulty.stderr.count("\n") == 1
    assert sound.exit_code == 0
    assert sound.stdout == "No fault in answer_scales.yaml; other files in standards/ have some.\n"


def test_a_file_outside_any_standards_folder_is_told_where_to_go(tmp_path: Path) -> None:
    (tmp_path / "lone.yaml").write_text(EDITION, encoding="utf-8")
    result = run("check", tmp_path / "lone.yaml")
    assert result.exit_code == 1
    assert result.stderr == (
        f"{tmp_path / 'lone.yaml'}: there is no answer_scales.yaml beside it or above it, so its "
        "answers cannot be checked. Put the file into a folder like standards/.\n"
    )


def test_a_path_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    result = run("check", tmp_path / "nowhere")
    assert result.exit_code == 1
    assert "there is no such folder. Name a folder that holds answer_scales.yaml." in result.stderr


def test_without_a_path_the_shipped_standards_are_checked() -> None:
    result = run("check")
    assert result.exit_code == 0, result.stderr
    assert "complaints-law-england/2026.1: " in result.stdout
    assert "my-expectations/2014.1: " in result.stdout
    assert "my-expectations/2014.2: " in result.stdout
    assert "statements and items: 21, survey items: 26, file-review items: 33; " in result.stdout
    assert "  wording not yet checked against the publication: " in result.stdout


def test_the_schema_is_printed_as_json() -> None:
    assert json.loads(run("schema").stdout) == edition_schema()


def test_a_recorded_edition_is_called_published(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    recorded = run("record", "demo/1", "--folder", folder)
    assert recorded.exit_code == 0
    assert recorded.stdout == ("demo/1 is recorded as published. From now on it is not edited.\n")
    assert "published and unchanged" in run("check", folder).stdout


def test_recording_twice_changes_nothing(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    run("record", "demo/1", "--folder", folder)
    before = (folder / "published_editions.yaml").read_bytes()
    assert run("record", "demo/1", "--folder", folder).exit_code == 0
    assert (folder / "published_editions.yaml").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == [
        "answer_scales.yaml",
        "demo",
        "published_editions.yaml",
        "rating_schemes",
    ]


@pytest.mark.parametrize(
    "edited, what",
    [
        ({"edition": EDITION.replace("I was heard", "I was listened to")}, "edition demo/1"),
        ({"scales": SCALES.replace("label: Don't know", "label: Unsure")}, "answer scale yes-no"),
    ],
)
def test_a_published_text_that_was_edited_fails_the_check(
    tmp_path: Path, edited: dict[str, str], what: str
) -> None:
    folder = write_folder(tmp_path)
    run("record", "demo/1", "--folder", folder)
    write_folder(tmp_path, **edited)
    result = run("check", folder)
    assert result.exit_code == 1
    assert result.stderr == (
        f"standards/published_editions.yaml: the {what} has been edited since it was published. "
        f"Put it back as it was, and make your change in a new {what.rpartition(' ')[0]}.\n"
    )


def test_a_published_edition_that_was_edited_cannot_be_recorded_again(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    run("record", "demo/1", "--folder", folder)
    write_folder(tmp_path, edition=EDITION.replace("I was heard", "I was listened to"))
    result = run("record", "demo/1", "--folder", folder)
    assert result.exit_code == 1
    assert result.stderr == (
        "demo/1 is published already and says something else now. A published text is never "
        "edited: put it back as it was, and make your change under a new name.\n"
    )


def test_a_published_edition_that_is_gone_fails_the_check(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    run("record", "demo/1", "--folder", folder)
    (folder / "demo/1.yaml").unlink()
    assert "the edition demo/1 is gone. " in run("check", folder).stderr


def test_the_scales_of_all_instruments_are_recorded_with_the_edition(tmp_path: Path) -> None:
    more = SCALES.partition("\n")[2]
    scales = SCALES + more.replace("yes-no", "agreement") + more.replace("yes-no", "unused")
    survey = INSTRUMENTS.replace("scale: yes-no", "scale: agreement", 1)
    folder = write_folder(tmp_path, edition=EDITION + survey, scales=scales)
    run("record", "demo/1", "--folder", folder)
    assert set(published_editions(folder).answer_scales) == {"yes-no", "agreement"}
    edited = scales.replace("agreement\n    title: Yes or no", "agreement\n    title: No or yes")
    write_folder(tmp_path, edition=EDITION + survey, scales=edited)
    told = run("check", folder).stderr
    assert "the answer scale agreement has been edited since it was published. " in told


def test_a_scale_that_was_published_otherwise_cannot_be_recorded_with_a_new_edition(
    tmp_path: Path,
) -> None:
    folder = write_folder(tmp_path)
    run("record", "demo/1", "--folder", folder)
    (folder / "demo/2.yaml").write_text(
        EDITION.replace('edition: "1"', 'edition: "2"') + INSTRUMENTS, encoding="utf-8"
    )
    scales = SCALES.replace("label: Don't know", "label: Unsure")
    (folder / "answer_scales.yaml").write_text(scales, encoding="utf-8")
    result = run("record", "demo/2", "--folder", folder)
    assert result.exit_code == 1
    assert result.stderr.startswith("yes-no is published already and says something else now. ")


def test_an_edition_that_is_not_there_cannot_be_recorded(tmp_path: Path) -> None:
    result = run("record", "demo/2", "--folder", write_folder(tmp_path))
    assert result.exit_code == 1
    assert result.stderr == "There is no edition demo/2. There are: demo/1.\n"


def test_a_folder_with_faults_cannot_be_recorded(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, edition=EDITION.replace("title: First", "title: No"))
    result = run("record", "demo/1", "--folder", folder)
    assert result.exit_code == 1
    assert result.stderr.startswith("standards/demo/1.yaml, line 14: ")
    assert not (folder / "published_editions.yaml").exists()


@pytest.mark.parametrize(
    "record, fault",
    [
        ("editions: [demo/1]\n", "editions needs keys of its own"),
        ("edition: {}\n", "there is no such key as edition here"),
        ("editions:\n  demo/1: *x\n", "*x is an alias"),
    ],
)
def test_a_record_that_cannot_be_read_is_told_so(tmp_path: Path, record: str, fault: str) -> None:
    folder = write_folder(tmp_path)
    (folder / "published_editions.yaml").write_text(record, encoding="utf-8")
    result = run("check", folder)
    assert result.exit_code == 1
    assert fault in result.stderr

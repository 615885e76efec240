"""Our statistics agree with the packages that analysts use, and the check can fail."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.vectors.__main__ import main
from tests.vectors.run import CHECKS, INPUTS, REFERENCE
from tests.vectors.tally import Tally, agree


def run(folder: Path) -> Result:
    return CliRunner().invoke(main, [str(folder)])


@pytest.mark.parametrize("name", CHECKS)
def test_every_value_agrees_but_for_the_numbered_faults(name: str):
    tally = CHECKS[name](REFERENCE)
    assert tally.passed > 0
    assert tally.failures == []


def test_every_file_of_the_copy_is_checked_or_an_input():
    files = {path.name for path in REFERENCE.iterdir() if ".csv" in path.suffixes}
    assert files == set(CHECKS) | INPUTS


@pytest.fixture
def copied(tmp_path: Path) -> Callable[..., Path]:
    """A folder with some files of the copy."""

    def copy(*names: str) -> Path:
        for name in names:
            shutil.copy(REFERENCE / name, tmp_path)
        return tmp_path

    return copy


def test_a_line_for_each_file_has_what_passed_failed_and_is_excused(copied: Callable[..., Path]):
    done = run(copied("kappa.csv", "kappa_inputs.csv", "wilson.csv"))
    assert done.output.splitlines() == [
        "kappa.csv: 72 passed, 0 failed, 0 excused",
        "wilson.csv: 1968 passed, 0 failed, 0 excused",
    ]
    assert done.exit_code == 0


def test_one_wrong_value_is_named_and_ends_with_1(copied: Callable[..., Path]):
    folder = copied("wilson.csv")
    wrong = (folder / "wilson.csv").read_text().replace("0.730134051215946", "0.730134052", 1)
    (folder / "wilson.csv").write_text(wrong)
    done = run(folder)
    assert done.exit_code == 1
    assert "1967 passed, 1 failed" in done.output
    assert "ours 0.73013405121" in done.output


def test_a_file_nobody_knows_fails(copied: Callable[..., Path]):
    folder = copied("wilson.csv")
    (folder / "cusum.csv").write_text("a,b\n1,2\n")
    done = run(folder)
    assert done.exit_code == 1
    assert "No check is known for this file." in done.output


def test_other_inputs_are_worked_out_anew(copied: Callable[..., Path]):
    folder = copied("funnel_cases.csv", "funnel_inputs.csv", "funnel_units.csv.gz")
    inputs = (folder / "funnel_inputs.csv").read_text()
    (folder / "funnel_inputs.csv").write_text(inputs.replace('"T001",209,411', '"T001",210,411'))
    assert run(folder).exit_code == 1


# How two values are held against each other.


@pytest.mark.parametrize(
    "ours, theirs, same",
    [
        (1.0, 1.0 + 5e-10, True),
        (1.0, 1.0 + 5e-9, False),
        (0.0, 1e-13, True),
        (float("nan"), "", True),
        (None, float("nan"), True),
        (float("nan"), 0.0, False),
        (float("inf"), float("inf"), True),
        (True, "TRUE", True),
        (True, "FALSE", False),
        (True, True, True),
        (True, 1.0, False),
        ("pass", "pass", True),
        ("pass", "fail", False),
        (3, 3.0, True),
    ],
)
def test_numbers_agree_within_a_tolerance_and_words_exactly(
    ours: object, theirs: object, same: bool
):
    assert agree(ours, theirs) is same


def test_a_difference_is_excused_only_where_a_fault_is_named():
    tally = Tally("file.csv")
    tally.compare("row 1", 1.0, 2.0, excuse=4)
    tally.compare("row 2", 1.0, 1.0, excuse=4)
    tally.compare("row 3", 1.0, 2.0)
    tally.compare_column(["row 4", "row 5"], [1, 2], [9, 2], [3, 3])
    assert (tally.passed, dict(tally.excused)) == (2, {4: 1, 3: 1})
    assert tally.failures == ["row 3: ours 1.0, theirs 2.0"]
    assert str(tally) == ("file.csv: 2 passed, 1 failed, 2 excused (1 by fault 3, 1 by fault 4)")

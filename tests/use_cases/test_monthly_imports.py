"""Monthly figures by file: a look first, a template that can be handed in again, a command."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarking import monthly_entries, monthly_imports
from benchmarking.access import Grant, Person, Refused, Role
from benchmarking.assessing.sheets import NotThere
from benchmarking.exports import to_csv
from benchmarking.imports.refusal import ImportRefused
from benchmarking.monthly_imports import MONTHS_IN_TEMPLATE
from benchmarking.series import MonthlyFigure, Record
from benchmarking.store import monthly
from benchmarking.visit import Visit
from tests.series.recorded import ACKNOWLEDGED, ANSWERED
from tests.use_cases.conftest import World

HEADER = "trust,series,month,in_time,due"


def csv(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows]).encode()


def row(month: str, in_time: int, due: int = 100, trust: str = "DEMO-07") -> str:
    return f"{trust},{ANSWERED},{month},{in_time},{due}"


def hand_in(world: World, *rows: str, subject: str = "lead-07") -> str:
    visit = world.visit(subject)
    found = monthly_imports.look_at(visit, "DEMO-07", csv(*rows), "figures.csv")
    return monthly_entries.store(visit, found)


def record(world: World, number: int = 7) -> Record:
    with world.database.reading() as reading:
        return monthly.record_of(reading, number)


def command(world: World, folder: Path, *rows: str) -> str:
    file = folder / "figures.csv"
    file.write_bytes(csv(*rows))
    return monthly_imports.import_monthly(world.database, file)


def writes(world: World) -> int:
    return world.count("SELECT count(*) FROM audit")


# A trust's own file.


def test_a_look_stores_nothing(world: World):
    before = writes(world)
    found = monthly_imports.look_at(
        world.visit("lead-07"), "DEMO-07", csv(row("2026-10", 80)), "figures.csv"
    )
    assert found.in_words == "Monthly figures: 1 new."
    assert record(world) == Record() and writes(world) == before


def test_a_file_is_stored_and_the_same_file_again_changes_nothing(world: World):
    rows = [row("2026-09", 80), row("2026-10", 81), f"DEMO-07,{ANSWERED},2026-08,,"]
    assert hand_in(world, *rows) == "Stored. Monthly figures: 2 new."
    before = writes(world)
    assert hand_in(world, *rows) == ("2 figures are stored already, so there is nothing to change.")
    assert writes(world) == before


def test_what_changes_is_named_with_the_old_and_the_new_figure(world: World):
    hand_in(world, row("2026-09", 80), row("2026-10", 81))
    found = monthly_imports.look_at(
        world.visit("lead-07"), "DEMO-07", csv(row("2026-10", 85)), "figures.csv"
    )
    assert found.changes == ("Answered in time, October 2026: 81 of 100 becomes 85 of 100.",)


def test_one_fault_and_nothing_of_the_file_is_stored(world: World):
    with pytest.raises(ImportRefused, match="row 3: in_time is 101 and due is 100"):
        hand_in(world, row("2026-09", 80), row("2026-10", 101))
    assert record(world) == Record()


def test_another_trust_s_rows_are_refused_without_telling_whether_it_exists(world: World):
    for code in ("DEMO-08", "DEMO-99"):
        with pytest.raises(ImportRefused) as refused:
            hand_in(world, row("2026-10", 80, trust=code))
        assert f"{code} is not your trust, DEMO-07" in str(refused.value)


@pytest.mark.parametrize("subject", ["board-07", "lead-08", "inspector", "administrator"])
def test_nobody_else_hands_in_a_file_or_gets_the_template(world: World, subject: str):
    visit = world.visit(subject)
    with pytest.raises(Refused):
        monthly_imports.look_at(visit, "DEMO-07", csv(row("2026-10", 80)), "figures.csv")
    with pytest.raises(Refused):
        monthly_imports.template(visit, "DEMO-07")


def test_a_role_in_a_trust_that_is_not_there_leads_to_nothing(world: World):
    lead = Person(1, "lead", (Grant(Role.TRUST_LEAD, "DEMO-99"),))
    visit = Visit(lead, world.database, world.library, world.now)
    with pytest.raises(NotThere, match="There is no such trust here."):
        monthly_imports.template(visit, "DEMO-99")


# The template.


def test_the_template_asks_for_two_years_of_each_series(world: World):
    asked = monthly_imports.template(world.visit("lead-07"), "DEMO-07")
    assert list(asked.columns) == HEADER.split(",")
    assert asked["series"].value_counts().to_dict() == {
        ACKNOWLEDGED: MONTHS_IN_TEMPLATE,
        ANSWERED: MONTHS_IN_TEMPLATE,
    }
    assert list(asked["month"].iloc[[0, MONTHS_IN_TEMPLATE - 1]]) == ["2024-11", "2026-10"]
    assert set(asked["in_time"]) == set(asked["due"]) == {""}, "blank, not zero"


def test_the_template_reaches_back_to_the_first_month_that_is_stored(world: World):
    hand_in(world, row("2023-02", 80), row("2026-10", 0, 0))
    asked = monthly_imports.template(world.visit("lead-07"), "DEMO-07")
    assert asked["month"].iloc[0] == "2023-02"
    own = asked[asked["series"] == ANSWERED].set_index("month")
    assert (own.loc["2023-02", "in_time"], own.loc["2023-02", "due"]) == (80, 100)
    assert (own.loc["2026-10", "in_time"], own.loc["2026-10", "due"]) == (0, 0)


def test_the_template_can_be_handed_in_as_it_is(world: World):
    hand_in(world, row("2026-09", 80), row("2026-10", 0, 0))
    visit = world.visit("lead-07")
    content = to_csv(monthly_imports.template(visit, "DEMO-07"))
    found = monthly_imports.look_at(visit, "DEMO-07", content, "figures.csv")
    assert found.difference.is_nothing
    assert (len(found.difference.same), found.not_filled_in) == (2, 46)


# The command.


def test_the_command_takes_any_trust_and_tells_what_it_did(world: World, tmp_path: Path):
    rows = [row("2024-09", 80), row("2024-10", 81), row("2024-10", 7, 9, "DEMO-08")]
    assert command(world, tmp_path, *rows, f"DEMO-08,{ANSWERED},2024-08,,").splitlines() == [
        "DEMO-07: Stored. Monthly figures: 2 new.",
        "DEMO-08: Stored. Monthly figures: 1 new.",
        "1 row without figures was left out.",
    ]
    assert [f.in_time for f in record(world).figures] == [80, 81]
    (theirs,) = record(world, 8).figures
    assert theirs == MonthlyFigure(ANSWERED, date(2024, 10, 1), 7, 9, 1, "", theirs.saved_at)
    with world.database.reading() as reading:
        entry = reading.row("SELECT * FROM audit ORDER BY audit_id DESC LIMIT 1")
    assert entry is not None
    assert (entry["person_id"], entry["action"]) == (0, "import monthly figures")
    assert (entry["subject"], len(entry["detail"])) == ("figures.csv", 64)


def test_the_command_run_again_changes_nothing_and_says_so(world: World, tmp_path: Path):
    rows = [row("2024-10", 81), row("2024-10", 7, 9, "DEMO-08")]
    command(world, tmp_path, *rows)
    before = writes(world)
    assert command(world, tmp_path, *rows).splitlines() == [
        "DEMO-07: 1 figure is stored already, so there is nothing to change.",
        "DEMO-08: 1 figure is stored already, so there is nothing to change.",
    ]
    assert writes(world) == before


def test_the_command_names_each_month_that_changes(world: World, tmp_path: Path):
    command(world, tmp_path, row("2024-09", 80), row("2024-10", 81))
    told = command(world, tmp_path, row("2024-09", 80), row("2024-10", 85))
    assert told.splitlines() == [
        "DEMO-07: Stored. Monthly figures: 1 changed, 1 stored already.",
        "  Answered in time, October 2024: 81 of 100 becomes 85 of 100.",
    ]
    assert [f.figure_revision for f in record(world).figures] == [1, 2]


def test_the_command_stores_nothing_of_a_file_with_a_fault(world: World, tmp_path: Path):
    before = writes(world)
    with pytest.raises(ImportRefused, match="DEMO-99 is not the code of a trust here"):
        command(world, tmp_path, row("2024-10", 81), row("2024-10", 81, trust="DEMO-99"))
    assert record(world) == Record() and writes(world) == before


def test_a_figure_that_people_corrected_is_corrected_by_the_command_in_turn(
    world: World, tmp_path: Path
):
    command(world, tmp_path, row("2024-10", 81))
    seen = record(world).figures[0]
    visit = world.visit("lead-07")
    monthly_entries.record_month(visit, "DEMO-07", replace(seen, in_time=82))
    command(world, tmp_path, row("2024-10", 83))
    (stored,) = record(world).figures
    assert (stored.in_time, stored.figure_revision, stored.author) == (83, 3, "")

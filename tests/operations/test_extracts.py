"""What analysts are given is what the pages' exports say, and nothing that no page says to them."""

import io
import json
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from pyarrow import dataset as parquet_dataset

from benchmarking import __main__ as command_line
from benchmarking import exports, indicators
from benchmarking.access import Grant, Person, Refused, Role
from benchmarking.assessing.sheets import NotThere
from benchmarking.moments import utc_now
from benchmarking.operations import extracts
from benchmarking.results import comparisons, trends
from benchmarking.server import Server
from benchmarking.settings import ROOT
from benchmarking.store.database import AuditEntry
from benchmarking.store.parquet_folders import Column, ColumnType, ExtractFailed, Table, write
from benchmarking.ui import compare_view, trend_table
from benchmarking.visit import Visit
from tests.operations.figures import Once
from tests.store.scene import NOW

CATALOGUE = indicators.load(ROOT / "data")


@pytest.fixture
def visit(running: Server) -> Visit:
    return visit_of(running, Role.INSPECTOR)


def visit_of(running: Server, role: Role, trust: str | None = None) -> Visit:
    person = Person(1, "somebody", (Grant(role, trust),))
    return Visit(person, running.database, running.library, utc_now())


@pytest.fixture
def folder(visit: Visit, tmp_path: Path) -> Path:
    place = tmp_path / "extract"
    extracts.write(visit, CATALOGUE, place, Once())
    return place


def by_duckdb(folder: Path, table: str) -> pd.DataFrame:
    found = duckdb.connect().execute(
        "SELECT * FROM read_parquet(?, hive_partitioning = true)", [f"{folder}/{table}/*/*.parquet"]
    )
    return found.df()


def exported(table: pd.DataFrame) -> pd.DataFrame:
    """A page's CSV, read again as who downloads it reads it."""
    text = exports.to_csv(table).decode("utf-8-sig")
    return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)


def test_levels_are_those_of_the_page_that_compares(visit: Visit, folder: Path):
    found = by_duckdb(folder, "levels")
    offered = comparisons.choices(visit, Once())
    compared = 0
    for cycle in offered.cycles:
        for standard_id, edition, _ in cycle.editions:
            shown = comparisons.compare(
                visit, cycle, standard_id=standard_id, so_far=offered.so_far
            )
            labels = {choice.id: choice.label for choice in shown.scale.choices}
            page = exported(compare_view._rows(shown)).set_index("Code")
            ours = found[(found["cycle"] == cycle.cycle_id) & (found["standard"] == standard_id)]
            assert set(ours["edition"]) <= {edition}
            for row in ours.itertuples():
                said = labels.get(row.evidenced, "Not answered")
                assert page.loc[row.trust_code, row.number].startswith(said), row
                compared += 1
    assert compared == len(found) > 4000


def test_months_are_those_of_the_page_that_shows_trends(visit: Visit, folder: Path):
    found = by_duckdb(folder, "monthly_figures")
    for series_id in sorted(set(found["series"])):
        page = exported(trend_table.frame(trends.of_all(visit, series_id, keep=Once()).rows))
        for code, in_time, due in zip(page["Code"], page["In time"], page["Due"], strict=True):
            ours = found[(found["series"] == series_id) & (found["trust_code"] == code)]
            newest = ours[ours["due"] > 0].sort_values("month").iloc[-1]
            assert (str(int(newest["in_time"])), str(int(newest["due"]))) == (in_time, due)


def test_both_readers_read_the_same(folder: Path):
    for table in ("levels", "monthly_figures", "published_complaints"):
        duck = by_duckdb(folder, table)
        arrow = parquet_dataset.dataset(folder / table, partitioning="hive").to_table()
        assert arrow.num_rows == len(duck) > 0
        assert sorted(arrow.column_names) == sorted(duck.columns)
        said = {
            one["name"]: one for one in json.loads((folder / "schema.json").read_text())["tables"]
        }
        assert [c["name"] for c in said[table]["columns"]] == [
            said[table]["partition"],
            *[name for name in duck.columns if name != said[table]["partition"]],
        ]
        assert said[table]["rows"] == len(duck)


def test_a_published_figure_names_the_files_it_comes_from(folder: Path):
    found = by_duckdb(folder, "published_complaints")
    assert not found[found["value"].isna()]["why_none"].isna().any(), "nothing is silently missing"
    there = found[found["why_none"].isna()]
    assert not there[["events", "exposure", "value", "low", "high"]].isna().any().any()
    assert ((there["low"] <= there["value"]) & (there["value"] <= there["high"])).all()
    assert found["releases"].str.contains("ko41a", case=False).all()


def test_nothing_is_in_it_that_nobody_published(running: Server, visit: Visit, tmp_path: Path):
    """A draft, a comment, an evidence's words, a reply, a title: none of them, in no column."""
    with running.database.writing(AuditEntry(0, "mark", "test", NOW)) as writing:
        writing.run("UPDATE answer_comment SET comment_text = 'xyzzy words'")
        writing.run("UPDATE evidence SET title = 'xyzzy title', note = 'xyzzy note'")
        writing.run("UPDATE answer SET reason = 'xyzzy reason'")
        writing.run("UPDATE survey_comment SET text = 'xyzzy said'")
        writing.run("UPDATE person SET title = 'xyzzy person'")
        drafts = writing.value(
            "SELECT count(*) FROM assessment WHERE state <> 'published' AND cycle_id = "
            "(SELECT max(cycle_id) FROM cycle)"
        )
        newest = writing.value("SELECT max(cycle_id) FROM cycle")
    found = extracts.tables(visit, CATALOGUE, Once())
    assert "xyzzy" not in repr(found)
    levels = found[0]
    assert drafts and newest not in {row[0] for row in levels.rows}
    assert {table.name for table in found} == {"levels", "monthly_figures", "published_complaints"}


def test_one_cycle_can_be_named_and_one_that_is_not_released_is_refused(visit: Visit):
    oldest = comparisons.choices(visit, Once()).cycles[-1].cycle_id
    levels = extracts.tables(visit, CATALOGUE, Once(), oldest)[0]
    assert {row[0] for row in levels.rows} == {oldest}
    with pytest.raises(NotThere, match=r"No released cycle is called 2099-00\. Choose another"):
        extracts.tables(visit, CATALOGUE, Once(), "2099-00")


@pytest.mark.parametrize("role", [Role.TRUST_LEAD, Role.BOARD_MEMBER])
def test_it_is_for_those_who_may_compare(running: Server, tmp_path: Path, role: Role):
    visit = visit_of(running, role, "DEMO-07")
    with pytest.raises(Refused):
        extracts.write(visit, CATALOGUE, tmp_path / "extract", Once())
    with pytest.raises(Refused):
        extracts.tables(visit, CATALOGUE, Once())


def test_the_folder_says_what_it_holds(folder: Path):
    readme = (folder / "README.md").read_text()
    assert readme.startswith("# Published results, for analysis\n\nWritten on ")
    assert "Demonstration: fictional trusts." in readme
    assert "self-assessed, not a CQC rating" in readme
    for column in (*extracts.LEVELS, *extracts.MONTHS, *extracts.COMPLAINTS):
        assert f"| `{column.name}` | {column.type.value} | {column.meaning} |" in readme


TABLE = Table(
    "odd",
    "Odd values.",
    (
        Column("part", ColumnType.TEXT, "Where."),
        Column("said", ColumnType.TEXT, "What."),
        Column("number", ColumnType.NUMBER, "How much."),
        Column("day", ColumnType.DAY, "When."),
    ),
    [
        ("a/b =%", "", None, None),
        ("a/b =%", None, 0.1 + 0.2, date(2026, 1, 1)),
        ("c", "ŵ'\n", -0.0, None),
    ],
)


def test_odd_values_come_back_as_they_were(tmp_path: Path):
    write(tmp_path / "x", [TABLE], "Odd.")
    arrow = parquet_dataset.dataset(tmp_path / "x" / "odd", partitioning="hive").to_table()
    rows = [
        tuple(row[name] for name in ("part", "said", "number", "day")) for row in arrow.to_pylist()
    ]
    assert sorted(rows, key=repr) == sorted(TABLE.rows, key=repr)


def test_an_earlier_extract_gives_way_and_nothing_else_does(tmp_path: Path):
    place = tmp_path / "x"
    write(place, [TABLE], "First.")
    write(place, [], "Second.")
    assert sorted(path.name for path in place.iterdir()) == ["README.md", "schema.json"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    with pytest.raises(ExtractFailed) as refused:
        write(tmp_path / "mine", [TABLE], "Third.")
    assert str(refused.value) == (
        f"{tmp_path / 'mine'}: there is something else here, and an extract replaces all of it. "
        f"Name a new folder, or that of an earlier extract. Nothing was changed."
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "x"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("a file")
    with pytest.raises(ExtractFailed, match="the extract was not written. Check that there is"):
        write(tmp_path / "file" / "extract", [TABLE], "None.")


def test_the_command_writes_it_from_a_backup_too(
    running: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    from benchmarking.operations import backing_up

    made = backing_up.back_up(running.database, running.settings, utc_now()).backup
    monkeypatch.setenv("BENCHMARK_DATABASE", str(made.place / "benchmark.duckdb"))
    monkeypatch.setattr("sys.argv", ["benchmarking", "extract", str(tmp_path / "extract")])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    assert not ended.value.code
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("levels: ") and told[-1].startswith("Written to ")
    assert sorted(path.name for path in made.place.iterdir()) == [
        "benchmark.duckdb",
        "manifest.json",
    ]

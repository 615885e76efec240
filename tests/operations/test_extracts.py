"""What analysts are given is what the pages' exports say, and nothing that no page says to them."""

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from pyarrow import dataset as parquet_dataset

from benchmarking import __main__ as command_line
from benchmarking import exports, indicators, series
from benchmarking.access import Grant, Person, Refused, Role
from benchmarking.assessing.sheets import NotThere
from benchmarking.complaints import Gap
from benchmarking.evidence import Standing
from benchmarking.keeping import Once
from benchmarking.moments import utc_now
from benchmarking.operations import backing_up, extracts
from benchmarking.results import comparisons, trends
from benchmarking.server import Server
from benchmarking.settings import ROOT
from benchmarking.standard import AnswerScale
from benchmarking.store.database import AuditEntry
from benchmarking.store.parquet_folders import Column, ColumnType, ExtractFailed, Table, write
from benchmarking.ui import compare_view, heat_map, trend_table
from benchmarking.visit import Visit
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


Rows = list[dict[str, Any]]


def by_duckdb(folder: Path, table: str) -> Rows:
    found = duckdb.connect().execute(
        "SELECT * FROM read_parquet(?, hive_partitioning = true)", [f"{folder}/{table}/*/*.parquet"]
    )
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def exported(table: pd.DataFrame) -> pd.DataFrame:
    """A page's CSV, read again as who downloads it reads it."""
    text = exports.to_csv(table).decode("utf-8-sig")
    return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)


def test_levels_are_those_of_the_page_that_compares(visit: Visit, folder: Path):
    found, compared = by_duckdb(folder, "levels"), 0
    offered = comparisons.choices(visit, Once())
    for cycle in offered.cycles:
        for standard_id, edition, _ in cycle.editions:
            shown = comparisons.compare(
                visit, cycle, standard_id=standard_id, so_far=offered.so_far
            )
            page = exported(compare_view._rows(shown)).set_index("Code")
            for row in found:
                if (row["cycle"], row["standard"]) == (cycle.cycle_id, standard_id):
                    assert row["edition"] == edition
                    assert page.loc[row["trust_code"], row["number"]] == mark(shown.scale, row)
                    compared += 1
    assert compared == len(found) > 4000


def mark(scale: AnswerScale, row: dict[str, Any]) -> str:
    """How the page writes what a row says."""
    said = Standing(row["claimed"], row["evidenced"]) if row["claimed"] else None
    order = {choice.id: choice.level for choice in scale.valued if choice.level}
    assert said is None or order.get(said.evidenced, row["level"]) == row["level"]
    return heat_map.mark(scale, said)


def test_months_are_those_of_the_page_that_shows_trends(visit: Visit, folder: Path):
    newest: dict[tuple[str, str], tuple[str, str]] = {}
    for row in sorted(by_duckdb(folder, "monthly_figures"), key=lambda row: row["month"]):
        if row["due"]:
            newest[row["series"], row["trust_code"]] = (str(row["in_time"]), str(row["due"]))
    on_pages = {
        (one.id, code): (in_time, due)
        for one in series.shipped()
        for code, in_time, due in latest(trends.of_all(visit, one.id, keep=Once()))
    }
    assert newest == on_pages
    assert len(newest) > 50


def latest(summary: trends.Summary) -> list[tuple[str, str, str]]:
    page = exported(trend_table.frame(summary.rows))
    if page.empty:
        return []
    return list(zip(page["Code"], page["In time"], page["Due"], strict=True))


def test_both_readers_read_the_same(folder: Path):
    said = {one["name"]: one for one in json.loads((folder / "schema.json").read_text())["tables"]}
    for name, table in said.items():
        rows = by_duckdb(folder, name)
        arrow = parquet_dataset.dataset(folder / name, partitioning="hive").to_table()
        assert arrow.num_rows == table["rows"] == len(rows) > 0
        assert {column["name"] for column in table["columns"]} == rows[0].keys()
        # Each reader guesses for itself what a folder's name is: a year, or a text.
        apart = {table["partition"]: None}
        assert alike(arrow.to_pylist(), apart) == alike(rows, apart)


def alike(rows: Rows, apart: dict[str, None]) -> list[str]:
    return sorted(repr(sorted((row | apart).items(), key=str)) for row in rows)


def test_a_published_figure_names_the_files_it_comes_from(folder: Path):
    found = by_duckdb(folder, "published_complaints")
    assert [row for row in found if "ko41a" not in row["releases"].lower()] == []
    for row in found:
        if row["why_none"] is None:
            assert row["low"] <= row["value"] <= row["high"]
        else:
            assert row["why_none"] in {gap.value for gap in Gap}
            assert row["events"] is row["exposure"] is row["value"] is None


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


def test_a_cycle_limits_the_levels_and_what_belongs_to_none_stays_whole(visit: Visit):
    keep = Once()
    oldest = comparisons.choices(visit, keep).cycles[-1].cycle_id
    every, one = (extracts.tables(visit, CATALOGUE, keep, named) for named in (None, oldest))
    assert len(one[0].rows) < len(every[0].rows)
    assert [table.rows for table in one[1:]] == [table.rows for table in every[1:]]


def test_where_nothing_has_been_released_a_cycle_is_refused_too(running: Server, visit: Visit):
    with running.database.writing(AuditEntry(0, "postpone", "test", NOW)) as writing:
        writing.run("UPDATE cycle SET release_at = TIMESTAMP '2099-01-01'")
    later = replace(visit, _stand=None)
    assert extracts.tables(later, CATALOGUE, Once())[0].rows == []
    with pytest.raises(NotThere, match=r"No released cycle is called 2025-26\. Choose another"):
        extracts.tables(later, CATALOGUE, Once(), "2025-26")


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

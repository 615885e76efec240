"""Where the demonstration may be put, and what is left alone."""

import dataclasses
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarking import settings
from benchmarking.commands.demo import demo
from benchmarking.demonstration import DemonstrationRefused, install
from benchmarking.demonstration.evidence_files import FILES
from benchmarking.settings import Mode
from benchmarking.store import cycles, installation, organisations
from benchmarking.store.database import AuditEntry, StoreError, connect
from benchmarking.store.evidence_files import as_set
from benchmarking.store.installation import Kind
from benchmarking.store.migrate import migrate

NOW = datetime(2026, 6, 18, 9, 30)
TODAY = date(2026, 6, 18)


@pytest.fixture
def chosen(tmp_path):
    file = tmp_path / "new folder" / "demonstration.duckdb"
    return settings.read({"BENCHMARK_DATABASE": str(file), "BENCHMARK_SECRET": "for tests"})


@pytest.fixture
def quick(monkeypatch):
    """Fills a database with next to nothing: these tests ask where, not what."""

    def set_up(database, library, as_of, now):
        with database.writing(AuditEntry(0, "create demonstration", "test", now)) as writing:
            installation.set_up(writing, Kind.DEMONSTRATION, now)

    monkeypatch.setattr("benchmarking.demonstration.placing.create", set_up)


def set_up_as(kind: Kind, address: str, now: datetime = NOW) -> None:
    database = connect(address)
    migrate(database, now)
    with database.writing(AuditEntry(0, "set up", "test", now)) as writing:
        installation.set_up(writing, kind, now)
    database.close()


def made_at(address: str) -> datetime:
    database = connect(address)
    with database.reading() as reading:
        found = reading.value("SELECT created_at FROM installation")
    database.close()
    return found


def files(chosen) -> list[str]:
    return sorted(path.name for path in Path(chosen.database).parent.iterdir())


@pytest.mark.usefixtures("quick")
def test_a_database_that_is_not_there_yet_is_made(chosen, library):
    install(chosen, library, TODAY, NOW)
    assert made_at(chosen.database) == NOW
    assert files(chosen) == ["demonstration.duckdb"]


@pytest.mark.usefixtures("quick")
def test_a_database_with_a_schema_and_nothing_in_it_is_filled(chosen, library):
    database = connect(chosen.database)
    migrate(database, NOW)
    database.close()
    install(chosen, library, TODAY, NOW)
    assert made_at(chosen.database) == NOW


def test_production_refuses_before_it_opens_anything(chosen, library):
    production = dataclasses.replace(chosen, mode=Mode.PRODUCTION)
    with pytest.raises(DemonstrationRefused) as refused:
        install(production, library, TODAY, NOW, replace=True)
    assert str(refused.value) == (
        "BENCHMARK_MODE is production, and fictional trusts are never made there. "
        "Set BENCHMARK_MODE to demonstration, and BENCHMARK_DATABASE to another database."
    )
    assert not Path(chosen.database).exists()


@pytest.mark.parametrize("replace", [False, True])
def test_a_live_database_is_never_touched(chosen, library, replace):
    set_up_as(Kind.LIVE, chosen.database)
    before = Path(chosen.database).read_bytes()
    with pytest.raises(DemonstrationRefused, match="is a live database with real trusts. It was"):
        install(chosen, library, TODAY, NOW, replace=replace)
    assert made_at(chosen.database) == NOW
    assert len(before) == Path(chosen.database).stat().st_size


def test_a_demonstration_is_kept_unless_replacing_was_asked_for(chosen, library):
    set_up_as(Kind.DEMONSTRATION, chosen.database)
    with pytest.raises(DemonstrationRefused, match="holds a demonstration already.* Add --replace"):
        install(chosen, library, TODAY, NOW)


@pytest.mark.usefixtures("quick")
def test_a_demonstration_is_replaced_when_asked_and_nothing_is_left_beside_it(chosen, library):
    set_up_as(Kind.DEMONSTRATION, chosen.database)
    later = NOW.replace(year=2027)
    install(chosen, library, TODAY, later, replace=True)
    assert made_at(chosen.database) == later
    assert files(chosen) == ["demonstration.duckdb"]


def test_the_old_demonstration_stays_when_making_the_new_one_fails(chosen, library, monkeypatch):
    def fail(*_given):
        raise StoreError("The disk is full.")

    set_up_as(Kind.DEMONSTRATION, chosen.database)
    monkeypatch.setattr("benchmarking.demonstration.placing.create", fail)
    with pytest.raises(StoreError, match="The disk is full"):
        install(chosen, library, TODAY, NOW.replace(year=2027), replace=True)
    assert made_at(chosen.database) == NOW


@pytest.mark.usefixtures("quick")
def test_what_a_failed_attempt_left_behind_does_not_stand_in_the_way(chosen, library):
    set_up_as(Kind.DEMONSTRATION, chosen.database)
    set_up_as(Kind.DEMONSTRATION, f"{chosen.database}.new")
    later = NOW.replace(year=2027)
    install(chosen, library, TODAY, later, replace=True)
    assert made_at(chosen.database) == later


def test_a_file_that_is_no_database_is_refused_and_kept(chosen, library):
    Path(chosen.database).parent.mkdir()
    Path(chosen.database).write_text("minutes of a meeting, " * 1000)
    with pytest.raises(StoreError):
        install(chosen, library, TODAY, NOW, replace=True)
    assert Path(chosen.database).read_text().startswith("minutes of a meeting")


def test_a_database_of_another_program_is_refused_and_kept(chosen, library):
    import duckdb

    Path(chosen.database).parent.mkdir()
    with duckdb.connect(chosen.database) as other:
        other.execute("CREATE TABLE invoice (number INTEGER)")
    with pytest.raises(StoreError, match="belongs to another program: it holds the table invoice"):
        install(chosen, library, TODAY, NOW, replace=True)
    with duckdb.connect(chosen.database) as other:
        assert other.execute("SELECT count(*) FROM invoice").fetchone() == (0,)


@pytest.mark.postgres
@pytest.mark.usefixtures("quick")
def test_a_demonstration_on_postgresql_is_made_but_not_replaced(new_on_server, chosen, library):
    on_server = dataclasses.replace(chosen, database=new_on_server("placed"))
    install(on_server, library, TODAY, NOW)
    assert made_at(on_server.database) == NOW
    with pytest.raises(DemonstrationRefused, match="only a DuckDB file can be replaced"):
        install(on_server, library, TODAY, NOW, replace=True)
    assert made_at(on_server.database) == NOW


# The command.


@pytest.fixture
def run(chosen, monkeypatch):
    monkeypatch.setenv("BENCHMARK_DATABASE", chosen.database)
    return lambda *words: CliRunner().invoke(demo, list(words))


def test_the_command_makes_the_whole_demonstration_for_a_day(run, chosen):
    outcome = run("create", "--as-of", "2027-05-04")
    assert outcome.exit_code == 0, outcome.output
    assert outcome.output == "The demonstration is ready: fictional trusts, as of 4 May 2027.\n"
    database = connect(chosen.database)
    with database.reading() as reading:
        assert len(organisations.every(reading)) == 60
        assert cycles.every(reading)[0].cycle_id == "2027-28"
    database.close()


@pytest.mark.usefixtures("quick")
def test_the_command_takes_today_where_no_day_is_given(run):
    outcome = run("create")
    assert outcome.exit_code == 0, outcome.output
    assert "fictional trusts, as of" in outcome.output


@pytest.mark.usefixtures("quick")
def test_the_command_replaces_only_when_asked(run):
    assert run("create").exit_code == 0
    refused = run("create")
    assert refused.exit_code == 1
    assert "holds a demonstration already" in refused.output
    assert run("create", "--replace").exit_code == 0


def test_the_command_refuses_in_production_with_a_sentence(run, monkeypatch):
    monkeypatch.setenv("BENCHMARK_MODE", "production")
    monkeypatch.setenv("BENCHMARK_SECRET", "x" * 32)
    outcome = run("create", "--replace")
    assert outcome.exit_code == 1
    assert "fictional trusts are never made there" in outcome.output


def test_the_command_does_not_guess_what_a_day_means(run):
    outcome = run("create", "--as-of", "18/06/2026")
    assert outcome.exit_code == 2
    assert "'18/06/2026' does not match the format '%Y-%m-%d'" in outcome.output


def test_a_new_demonstration_has_its_files_and_none_of_the_old_one(chosen, library):
    install(chosen, library, TODAY, NOW)
    kept = as_set(chosen)
    before = kept.every(NOW)
    assert len({file.sha256 for file in before}) == len(FILES)
    brought = kept.put(7, b"brought by somebody who tried it out")
    install(chosen, library, TODAY, NOW, replace=True)
    assert kept.every(NOW) == before
    assert kept.read(7, brought) is None

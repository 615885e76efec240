"""What must not be served is refused before anything is opened, with every reason at once."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarking import settings, shipped, starting
from benchmarking.indicators.loader import CatalogueError
from benchmarking.settings import Settings, SettingsError, places, production, secret
from benchmarking.standard import StandardsError
from tests.test_provider import COMPLETE

GOOD = secrets.token_hex(32)
SERVED = {
    "BENCHMARK_MODE": "production",
    "BENCHMARK_SECRET": GOOD,
    "BENCHMARK_ADDRESS": "0.0.0.0",
    **COMPLETE,
}


def refused(environment: dict[str, str], **streamlit: object) -> list[str]:
    """The lines of the refusal; ``streamlit`` are its settings, with __ for a dot."""
    set_to = {name.replace("__", "."): value for name, value in streamlit.items()}
    with pytest.raises(SettingsError) as told:
        starting.settings_to_serve(environment, set_to.get if streamlit else None)
    return str(told.value).splitlines()


@pytest.fixture
def database(tmp_path: Path) -> dict[str, str]:
    """Settings of a database that nothing stands in the way of."""
    (tmp_path / "live.duckdb").touch()
    return {"BENCHMARK_DATABASE": str(tmp_path / "live.duckdb")}


def test_a_copy_in_order_is_served(database: dict[str, str]) -> None:
    assert starting.settings_to_serve(SERVED | database).secret == GOOD


def test_a_demonstration_needs_no_settings_at_all(database: dict[str, str]) -> None:
    told = database | {"BENCHMARK_SECRET": "short"}
    assert starting.settings_to_serve(told).way_in is settings.WayIn.CHOICE


def test_everything_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    wrong = {
        "BENCHMARK_MODE": "production",
        "BENCHMARK_SECRET": "change-me-change-me-change-me-change-me",
        "BENCHMARK_ADDRESS": "0.0.0.0",
        "BENCHMARK_PORT": "9000",
        "BENCHMARK_METRICS_PORT": "9000",
        "BENCHMARK_DATABASE": str(tmp_path / "file" / "live.duckdb"),
        "BENCHMARK_EVIDENCE": str(tmp_path / "file"),
        "BENCHMARK_IDLE_MINUTES": "soon",
        "STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": "full",
        "STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION": "false",
    }
    said = refused(wrong)
    assert [line.split(":")[0] for line in said] == [
        "BENCHMARK_IDLE_MINUTES",
        "BENCHMARK_DATABASE",
        "BENCHMARK_DATABASE",
        "BENCHMARK_EVIDENCE",
        "BENCHMARK_BACKUPS",
        "BENCHMARK_METRICS_PORT",
        "Others can reach the address 0.0.0.0, and no sign-in service is set that could tell "
        "who they are. Set BENCHMARK_OIDC_METADATA_URL, BENCHMARK_OIDC_CLIENT_ID, "
        "BENCHMARK_OIDC_CLIENT_SECRET and BENCHMARK_PUBLIC_URL; or serve this machine alone, with "
        "BENCHMARK_ADDRESS=127.0.0.1.",
        "BENCHMARK_SECRET",
        "BENCHMARK_PUBLIC_URL",
        "Streamlit's client.showErrorDetails is 'full'",
        "Streamlit's server.enableXsrfProtection is 'false'",
    ]


def test_what_is_really_listened_on_counts(database: dict[str, str]) -> None:
    laptop = {"BENCHMARK_MODE": "production", "BENCHMARK_SECRET": GOOD, **database}
    starting.settings_to_serve(laptop)
    with pytest.raises(SettingsError, match="Others can reach the address 10.0.0.7"):
        starting.settings_to_serve(laptop, listens_on="10.0.0.7")


# The secret.


@pytest.mark.parametrize(
    "said, why",
    [
        ("my-own-long-benchmark-signing-key-2026", "holds a word that stands in manuals"),
        ("Replace-this-Placeholder-with-a-real-one", "holds a word that stands in manuals"),
        ("0123456789" * 4, "holds a word that stands in manuals"),
        ("a" * 64, "repeats itself"),
        ("k3J9x" * 8, "repeats itself"),
        ("aabbaabbccaabbaabbccaabbaabbccaabbaa", "repeats itself"),
    ],
)
def test_a_secret_that_others_can_guess_is_refused_and_not_repeated(said: str, why: str) -> None:
    (told,) = secret.problems(said)
    assert told.startswith(f"BENCHMARK_SECRET: this one {why}")
    assert told.endswith('Make one with: python -c "import secrets; print(secrets.token_hex(32))"')
    assert said not in told


@pytest.mark.parametrize("make", [secrets.token_hex, secrets.token_urlsafe])
def test_a_secret_made_by_chance_is_never_refused(make: Callable[[int], str]) -> None:
    assert [told for _ in range(500) for told in secret.problems(make(32))] == []


# Streamlit's own settings.


SAFE = {
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "global.developmentMode": False,
    "logger.level": "info",
}


@pytest.fixture
def served() -> Settings:
    return settings.read(SERVED)


def test_streamlit_as_it_is_shipped_is_served(served: Settings) -> None:
    assert production.problems(served, SAFE.get) == []
    assert production.problems(served, production.as_set({})) == []


@pytest.mark.parametrize(
    "name, value",
    [
        ("client.showErrorDetails", "full"),
        ("client.showErrorDetails", "stacktrace"),
        ("client.showErrorLinks", True),
        ("server.enableAgentApi", True),
        ("server.enableStaticServing", True),
        ("server.enableXsrfProtection", False),
        ("server.enableCORS", False),
        ("global.developmentMode", True),
        ("logger.level", "debug"),
    ],
)
def test_streamlit_must_not_tell_or_open_more(served: Settings, name: str, value: object) -> None:
    (told,) = production.problems(served, (SAFE | {name: value}).get)
    assert name in told and "Leave it out" in told


def test_what_the_environment_says_goes_before_what_is_shipped() -> None:
    said = {"STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": "full", "STREAMLIT_SERVER_ENABLE_CORS": "false"}
    option = production.as_set(said)
    assert (option("client.showErrorDetails"), option("client.showErrorLinks")) == ("full", False)
    assert option("server.enableCORS") == "false"
    assert option("global.developmentMode") is None


@pytest.mark.parametrize("public", ["", "http://localhost:8501"])
def test_others_come_by_tls_under_a_known_name(served: Settings, public: str) -> None:
    (told,) = production.problems(replace(served, public_url=public), SAFE.get)
    assert told == (
        "BENCHMARK_PUBLIC_URL: others can reach the address 0.0.0.0, so they need a name that is "
        "answered, and TLS. Set the https:// address that people use."
    )
    alone = replace(served, public_url=public, address="127.0.0.1")
    assert production.problems(alone, SAFE.get) == []


def test_a_service_does_not_log_everything(served: Settings) -> None:
    (told,) = production.problems(replace(served, log_level="debug"), SAFE.get)
    assert told.startswith("BENCHMARK_LOG_LEVEL: debug writes more than a log in service may hold")


# The places.


def placed(tmp_path: Path, **changed: object) -> list[str]:
    usual = settings.read(
        {"BENCHMARK_DATABASE": str(tmp_path / "live.duckdb"), "BENCHMARK_SECRET": GOOD}
    )
    return places.problems(replace(usual, **changed))  # type: ignore[arg-type]


def test_places_that_can_be_made_are_no_problem(tmp_path: Path) -> None:
    assert placed(tmp_path) == []
    assert placed(tmp_path, database=str(tmp_path / "new" / "folder" / "live.duckdb")) == []
    far = {"evidence": "s3://bucket/evidence", "database": "postgresql://db/live"}
    assert placed(tmp_path, **far) == []


def test_a_live_service_begins_no_new_database_where_a_disk_may_be_missing(tmp_path: Path) -> None:
    gone = tmp_path / "disk" / "live.duckdb"
    live = {"mode": settings.Mode.PRODUCTION, "laptop_person": "Complaints manager@RJ1"}
    refusal = (
        f"BENCHMARK_DATABASE: there is no database at {gone}. Perhaps its disk is not mounted, or "
        f"the address is mistyped. A new service is begun with: python -m benchmarking people add "
        f"(--help says how). Nothing is begun by mistake."
    )
    assert placed(tmp_path, database=str(gone)) == []
    assert placed(tmp_path, database=str(gone), **live) == [refusal]
    gone.parent.mkdir()
    assert placed(tmp_path, database=str(gone), **live) == [refusal], "as where nothing is mounted"
    gone.touch()
    assert placed(tmp_path, database=str(gone), **live) == []
    assert placed(tmp_path, database="postgresql://db/live", **live) == []


@pytest.mark.parametrize(
    "told, begins",
    [
        ({"laptop_person": "Complaints manager@RJ1"}, True),
        ({"laptop_person": ""}, False),
        ({"laptop_person": "Complaints manager@RJ1", "address": "10.0.0.5"}, False),
    ],
)
def test_a_laptop_copy_begins_its_database_in_its_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: dict[str, str], begins: bool
) -> None:
    monkeypatch.setattr(places, "LOCAL", tmp_path)
    said = placed(tmp_path, mode=settings.Mode.PRODUCTION, **told)
    assert (said == []) is begins


def test_a_place_that_cannot_be_used_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "live.duckdb").mkdir()
    gone = tmp_path / "gone"
    assert placed(tmp_path) == [
        f"BENCHMARK_DATABASE: {tmp_path / 'live.duckdb'} is a folder. Name a file in it."
    ]
    assert placed(
        tmp_path,
        database="postgresql://db/live",
        evidence=str(tmp_path / "file" / "evidence"),
        standards=gone,
        reference=gone,
    ) == [
        f"{gone}: the folder of the standards is not there. Put it back as it was installed.",
        f"{gone}: the folder of the reference data is not there. Put it back as it was installed.",
        f"BENCHMARK_EVIDENCE: {tmp_path / 'file'} is a file, not a folder. Name a folder for this.",
    ]


def test_a_folder_of_backups_is_looked_at_whatever_the_database_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for database in ("postgresql://db/live", str(tmp_path / "live.duckdb")):
        told = placed(tmp_path, database=database, backups=str(tmp_path / "file" / "backups"))
        assert told == [
            f"BENCHMARK_BACKUPS: {tmp_path / 'file'} is a file, not a folder. Name a folder for "
            f"this."
        ]
        assert placed(tmp_path, database=database, backups="/dev/null/b", backup_hours=0) == []


def test_a_place_that_may_not_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "live.duckdb").touch()
    monkeypatch.setattr(places.os, "access", lambda *_: False)
    said = placed(tmp_path, evidence="s3://bucket", backup_hours=0)
    assert said[2:] == [
        f"BENCHMARK_DATABASE: {tmp_path / 'live.duckdb'} may not be read and written by this "
        f"user. Change its owner or permissions, or name another."
    ]
    assert all("may not be read by this user" in line for line in said[:2])


# What a copy ships with.


def broken(tmp_path: Path, name: str) -> Path:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "answer_scales.yaml").write_text("nothing: useful\n")
    return folder


def test_one_folder_with_faults_is_told_as_its_own_kind(tmp_path: Path) -> None:
    usual = settings.read({"BENCHMARK_SECRET": GOOD})
    with pytest.raises(StandardsError):
        shipped.load(replace(usual, standards=broken(tmp_path, "standards")))


def test_several_folders_with_faults_are_told_together(tmp_path: Path) -> None:
    usual = settings.read({"BENCHMARK_SECRET": GOOD})
    standards, reference = broken(tmp_path, "standards"), tmp_path / "data"
    (reference / "indicators").mkdir(parents=True)
    (reference / "indicators" / "odd.yaml").write_text("odd: true\n")
    wrong = replace(usual, standards=standards, reference=reference)
    with pytest.raises(SettingsError) as told:
        shipped.load(wrong)
    assert "answer_scales.yaml" in str(told.value)
    assert "odd.yaml" in str(told.value)
    with pytest.raises(CatalogueError):
        shipped.load(replace(wrong, standards=usual.standards))

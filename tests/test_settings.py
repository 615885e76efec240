"""Settings: read in one place, every problem told at once."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from benchmarking.settings import (
    Mode,
    SettingsError,
    WayIn,
    model,
    reached_at,
    read,
    secret,
)
from tests.test_provider import COMPLETE

SECRET = "0123456789abcdef0123456789abcdef"


def test_without_any_setting_it_is_a_demonstration_for_this_machine_only() -> None:
    found = read({"BENCHMARK_SECRET": SECRET})
    assert found.mode is Mode.DEMONSTRATION
    assert (found.address, found.port, found.is_loopback) == ("127.0.0.1", 8501, True)
    assert Path(found.database).parts[-3:] == ("data", "local", "demonstration.duckdb")


def test_production_has_a_database_of_its_own() -> None:
    found = read({"BENCHMARK_MODE": "production", "BENCHMARK_SECRET": SECRET})
    assert Path(found.database).name == "production.duckdb"


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(SettingsError) as told:
        read({"BENCHMARK_MODE": "prod", "BENCHMARK_PORT": "80a", "BENCHMARK_SECRET": "short"})
    lines = str(told.value).splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "BENCHMARK_MODE",
        "BENCHMARK_PORT",
        "BENCHMARK_SECRET",
    ]
    assert "Use demonstration or production" in lines[0]


def test_production_refuses_to_start_without_a_secret() -> None:
    with pytest.raises(SettingsError, match="production needs a secret of at least 32 characters"):
        read({"BENCHMARK_MODE": "production"})


@pytest.mark.parametrize(
    "address, loopback",
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("192.168.1.5", False),
        ("benchmark.example", False),
    ],
)
def test_only_loopback_addresses_are_this_machine_alone(address: str, loopback: bool) -> None:
    assert read({"BENCHMARK_ADDRESS": address, "BENCHMARK_SECRET": SECRET}).is_loopback is loopback


def test_the_secret_is_never_shown() -> None:
    assert SECRET not in repr(read({"BENCHMARK_SECRET": SECRET}))


def test_a_demonstration_makes_its_own_secret_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "LOCAL", tmp_path / "local")
    first = read({}).secret
    assert len(first) == 64
    assert read({}).secret == first
    kept = tmp_path / "local" / "secret"
    assert kept.stat().st_mode & 0o777 == 0o600, "nobody else may read it"


def test_an_empty_secret_is_none_and_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "LOCAL", tmp_path)
    (tmp_path / "secret").touch()
    assert len(read({}).secret) == 64
    assert read({}).secret == (tmp_path / "secret").read_text("ascii")


def test_a_secret_that_is_half_written_when_the_power_goes_is_never_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(model, "LOCAL", tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(secret.secrets, "token_hex", fail)
        with pytest.raises(KeyboardInterrupt):
            read({})
    assert not (tmp_path / "secret").exists()
    assert len(read({}).secret) == 64


@pytest.mark.parametrize(
    "address, url",
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.8.8.8", "127.8.8.8"),
        ("localhost", "localhost"),
        ("0.0.0.0", "127.0.0.1"),
        ("::", "[::1]"),
        ("::1", "[::1]"),
        ("[fd00::5]", "[fd00::5]"),
        ("fd00::5", "[fd00::5]"),
        ("10.0.0.5", "10.0.0.5"),
    ],
)
def test_a_server_is_reached_from_its_machine_where_it_listens(address: str, url: str) -> None:
    assert reached_at(address) == url
    assert urlsplit(f"http://{url}:8501/healthz").port == 8501


def test_people_are_signed_out_after_half_an_hour_and_after_half_a_day() -> None:
    found = read({"BENCHMARK_SECRET": SECRET})
    assert (found.idle_minutes, found.session_hours) == (30, 12)
    told = {"BENCHMARK_IDLE_MINUTES": "15", "BENCHMARK_SESSION_HOURS": "8"}
    found = read({"BENCHMARK_SECRET": SECRET, **told})
    assert (found.idle_minutes, found.session_hours) == (15, 8)


@pytest.mark.parametrize("said", ["0", "-5", "1.5", "soon", "9" * 30, "²", "1441"])
def test_a_time_without_a_click_is_a_number_of_minutes(said: str) -> None:
    with pytest.raises(SettingsError) as told:
        read({"BENCHMARK_SECRET": SECRET, "BENCHMARK_IDLE_MINUTES": said})
    assert str(told.value) == (
        f"BENCHMARK_IDLE_MINUTES: {said!r} is not a time in minutes. Use a number from 1 to 1440."
    )


@pytest.mark.parametrize(
    "told, lies_in",
    [
        ({}, ("local", "demonstration-evidence")),
        ({"BENCHMARK_DATABASE": "/srv/benchmark/live.duckdb"}, ("benchmark", "live-evidence")),
        ({"BENCHMARK_DATABASE": "postgresql://db/live"}, ("local", "demonstration-evidence")),
        ({"BENCHMARK_EVIDENCE": "/srv/papers"}, ("srv", "papers")),
    ],
)
def test_evidence_files_lie_beside_their_own_database(
    told: dict[str, str], lies_in: tuple[str, str]
) -> None:
    found = read({"BENCHMARK_SECRET": SECRET, **told})
    assert Path(found.evidence).parts[-2:] == lies_in


def test_evidence_files_may_lie_in_an_object_store() -> None:
    told = {"BENCHMARK_SECRET": SECRET, "BENCHMARK_EVIDENCE": "s3://bucket/evidence"}
    assert read(told).evidence == "s3://bucket/evidence"


def test_a_file_has_five_megabytes_unless_it_is_said_otherwise() -> None:
    assert read({"BENCHMARK_SECRET": SECRET}).evidence_megabytes == 5
    told = {"BENCHMARK_SECRET": SECRET, "BENCHMARK_EVIDENCE_MEGABYTES": "20"}
    assert read(told).evidence_megabytes == 20
    with pytest.raises(SettingsError, match="is not a size in megabytes. Use a number from 1 to"):
        read({**told, "BENCHMARK_EVIDENCE_MEGABYTES": "0"})


PRODUCTION = {"BENCHMARK_MODE": "production"}
OTHERS = {"BENCHMARK_ADDRESS": "0.0.0.0"}


@pytest.mark.parametrize(
    "told, way",
    [
        ({}, WayIn.CHOICE),
        (OTHERS, WayIn.NONE),
        (PRODUCTION, WayIn.LAPTOP),
        (PRODUCTION | OTHERS, WayIn.NONE),
        (COMPLETE, WayIn.PROVIDER),
        (COMPLETE | OTHERS, WayIn.PROVIDER),
        (COMPLETE | PRODUCTION, WayIn.PROVIDER),
        (COMPLETE | PRODUCTION | OTHERS, WayIn.PROVIDER),
    ],
)
def test_how_people_come_to_be_somebody(told: dict[str, str], way: WayIn) -> None:
    assert read({"BENCHMARK_SECRET": SECRET, **told}).way_in is way


def test_problems_of_the_sign_in_service_are_told_with_all_others() -> None:
    with pytest.raises(SettingsError) as told:
        read({"BENCHMARK_MODE": "prod", "BENCHMARK_OIDC_CLIENT_ID": "a", "BENCHMARK_PORT": "x"})
    assert [line.split(":")[0] for line in str(told.value).splitlines()] == [
        "BENCHMARK_MODE",
        "BENCHMARK_PORT",
        "BENCHMARK_OIDC_METADATA_URL, BENCHMARK_OIDC_CLIENT_SECRET, BENCHMARK_PUBLIC_URL",
        "BENCHMARK_SECRET",
    ]


def test_each_purpose_has_a_secret_of_its_own() -> None:
    found = read({"BENCHMARK_SECRET": SECRET})
    made = {found.secret_for("a"), found.secret_for("b"), SECRET}
    assert len(made) == 3 and found.secret_for("a") == found.secret_for("a")
    assert min(map(len, made)) >= 32


@pytest.mark.parametrize(
    "told, lie_in",
    [
        ({"BENCHMARK_DATABASE": "/srv/benchmark/live.duckdb"}, ("benchmark", "backups")),
        ({"BENCHMARK_DATABASE": "postgresql://db/live"}, ("local", "backups")),
        ({"BENCHMARK_BACKUPS": "/mnt/other disk"}, ("mnt", "other disk")),
    ],
)
def test_backups_lie_beside_the_database(told: dict[str, str], lie_in: tuple[str, str]) -> None:
    found = read({"BENCHMARK_SECRET": SECRET, **told})
    assert Path(found.backups).parts[-2:] == lie_in


@pytest.mark.parametrize("said", ["~/backups", "backups", "../here/backups", "~nobody here/b"])
def test_a_folder_of_backups_has_one_name_wherever_a_command_is_started(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HOME", str(tmp_path / "here"))
    found = read({"BENCHMARK_SECRET": SECRET, "BENCHMARK_BACKUPS": said}).backups
    strange = tmp_path / "here" / "~nobody here" / "b"
    assert Path(found) == (strange if "nobody" in said else tmp_path / "here" / "backups")


@pytest.mark.parametrize("said, hours", [("", 24), ("0", 0), ("6", 6)])
def test_a_backup_is_made_every_day_unless_it_is_said_otherwise(said: str, hours: int) -> None:
    told = {"BENCHMARK_SECRET": SECRET, "BENCHMARK_BACKUP_HOURS": said}
    assert read(told).backup_hours == hours


@pytest.mark.parametrize(
    "told, level",
    [
        ({}, "warning"),
        (PRODUCTION, "info"),
        ({"BENCHMARK_LOG_LEVEL": "Error"}, "error"),
    ],
)
def test_a_service_logs_what_happens_and_a_demonstration_what_goes_wrong(
    told: dict[str, str], level: str
) -> None:
    assert read({"BENCHMARK_SECRET": SECRET, **told}).log_level == level


def test_a_level_that_is_not_one_is_refused() -> None:
    with pytest.raises(SettingsError) as told:
        read({"BENCHMARK_SECRET": SECRET, "BENCHMARK_LOG_LEVEL": "chatty"})
    assert str(told.value) == (
        "BENCHMARK_LOG_LEVEL: 'chatty' is not known. Use debug, info, warning, error."
    )


def test_nobody_measures_unless_a_port_is_set() -> None:
    assert read({"BENCHMARK_SECRET": SECRET}).metrics_port == 0
    told = {"BENCHMARK_SECRET": SECRET, "BENCHMARK_METRICS_PORT": "9108"}
    assert read(told).metrics_port == 9108


def test_only_this_machine_is_believed_about_others_unless_proxies_are_named() -> None:
    assert read({"BENCHMARK_SECRET": SECRET}).forwarded_from == ("127.0.0.1", "::1")
    told = {"BENCHMARK_SECRET": SECRET, "BENCHMARK_FORWARDED_FROM": "10.0.0.5, 10.1.0.0/24"}
    assert read(told).forwarded_from == ("10.0.0.5", "10.1.0.0/24")


@pytest.mark.parametrize("said", ["*", "0.0.0.0/0", "::/0", "proxy.example", "10.0.0.300"])
def test_not_everybody_is_believed(said: str) -> None:
    with pytest.raises(SettingsError) as told:
        read({"BENCHMARK_SECRET": SECRET, "BENCHMARK_FORWARDED_FROM": said})
    assert str(told.value) == (
        f"BENCHMARK_FORWARDED_FROM: {said!r} is not an address of a proxy. Use addresses or "
        f"networks with commas between them, such as 10.0.0.5 or 10.0.0.0/24. Anybody (*, "
        f"0.0.0.0/0) is not believed."
    )

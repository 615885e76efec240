"""What is shipped for containers and services names settings, files and ports that exist."""

import ipaddress
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarking.people.ways_in import EXIT_CODE
from benchmarking.settings import ROOT, read
from tests.conftest import wanting

DEPLOY = ROOT / "deploy"
CONTAINER, SYSTEMD, NGINX = DEPLOY / "container", DEPLOY / "systemd", DEPLOY / "nginx"
SETTING = re.compile(r"\bBENCHMARK_[A-Z_]*[A-Z]\b")
PAGES = sorted((ROOT / "pages").rglob("*.py"))
# The one name that is the entry point's own.
OF_CONTAINERS = {"BENCHMARK_SECRETS_FOLDER"}
SECRETS = {"BENCHMARK_SECRET", "BENCHMARK_OIDC_CLIENT_SECRET", "BENCHMARK_DATABASE"}
# Uncommented lines with a value in them, and addresses with a password.
SECRET_GIVEN = re.compile(
    r"^\s*-?\s*(?:export\s+|Environment=)?"
    r"(?:\w*(?:SECRET|PASSWORD)[=:][ \t]*\S+|[^#\n]*://[^\s:/@]+:[^\s@]+@)",
    re.M,
)


def text(path: Path) -> str:
    return path.read_text("utf-8")


def known_settings() -> set[str]:
    """Every setting that the program reads."""
    read_in = [*(ROOT / "benchmarking" / "settings").glob("*.py"), *ROOT.glob("benchmarking/*.py")]
    return {name for path in read_in for name in SETTING.findall(text(path))}


def shipped() -> list[Path]:
    return [path for path in DEPLOY.rglob("*") if path.is_file()]


def compose() -> dict[str, Any]:
    return dict(yaml.safe_load(text(CONTAINER / "compose.yaml")))


def instructions(name: str) -> list[str]:
    """What follows one word of the Containerfile, lines put together."""
    joined = text(CONTAINER / "Containerfile").replace("\\\n", " ")
    return [line.split(" ", 1)[1] for line in joined.splitlines() if line.startswith(f"{name} ")]


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.name)
def test_every_setting_that_is_named_is_one_that_the_program_reads(path: Path):
    assert set(SETTING.findall(text(path))) <= known_settings() | OF_CONTAINERS


def test_the_manual_names_every_setting_and_no_other():
    docs = ROOT / "docs"
    named = set(SETTING.findall(text(docs / "deployment.md")))
    assert named <= known_settings()
    of_mail = set(SETTING.findall(text(docs / "notifications.md")))
    of_one_person = {"BENCHMARK_LAPTOP_PERSON"}
    assert known_settings() - named - of_mail == of_one_person


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.name)
def test_no_secret_is_shipped(path: Path):
    assert SECRET_GIVEN.findall(text(path)) == []


@pytest.mark.parametrize(
    "line, is_secret",
    [
        ("BENCHMARK_SECRET=0123456789", True),
        ("  BENCHMARK_OIDC_CLIENT_SECRET: abc", True),
        ("      POSTGRES_PASSWORD: abc", True),
        ("      - BENCHMARK_SMTP_PASSWORD=abc", True),
        ("Environment=BENCHMARK_SECRET=abc", True),
        ("BENCHMARK_DATABASE=postgresql://benchmark:abc@server:5432/benchmark", True),
        ("# postgresql://benchmark:PASSWORD@database:5432/benchmark", False),
        ("BENCHMARK_SECRET=", False),
        ("  BENCHMARK_SECRET:\n    file: secrets/BENCHMARK_SECRET", False),
        ("      POSTGRES_PASSWORD_FILE: /run/secrets/POSTGRES_PASSWORD", False),
        ("    proxy_pass http://benchmark_replicas;", False),
    ],
)
def test_a_secret_would_be_found(line: str, is_secret: bool):
    assert bool(SECRET_GIVEN.search(f"first: line\n{line}\n")) == is_secret


@pytest.mark.parametrize(
    "path, doubt",
    [
        (CONTAINER / "Containerfile", "Not built or run by our tests"),
        (CONTAINER / "compose.yaml", "Not run by our tests"),
        (SYSTEMD / "benchmark@.service", "not run under systemd by our tests"),
        (SYSTEMD / "benchmark-backup.service", "not run under systemd by our tests"),
    ],
    ids=lambda one: getattr(one, "name", ""),
)
def test_what_was_never_run_says_so(path: Path, doubt: str):
    assert doubt in text(path)


def test_the_image_copies_what_there_is_and_all_that_is_served():
    sources = [
        source
        for line in instructions("COPY")
        if not line.startswith("--from")
        for source in line.split()[:-1]
        if not source.startswith("--")
    ]
    assert all((ROOT / source).exists() for source in sources)
    assert {"benchmarking", "pages", "standards", "data", ".streamlit", "dashboard.py"} <= {
        *sources
    }
    documents = set(re.findall(r'documents\.body\("(.+?)"\)', "".join(map(text, PAGES))))
    assert documents and {f"docs/{name}" for name in documents} <= {*sources}
    let_in = {line[1:] for line in text(ROOT / ".dockerignore").splitlines() if line[:1] == "!"}
    assert set(sources) == let_in


def test_the_image_holds_nothing_that_a_running_copy_wrote():
    kept_out = text(ROOT / ".dockerignore").splitlines()
    assert kept_out.index("data/local") > kept_out.index("!data")
    assert kept_out.index(".streamlit/secrets.toml") > kept_out.index("!.streamlit")


def test_the_image_installs_by_hash_and_runs_as_nobody_in_particular():
    (installed,) = [line for line in instructions("RUN") if "pip install" in line]
    assert "--require-hashes" in installed and "requirements.txt" in installed
    assert instructions("USER") == ["10001:10001"]
    order = text(CONTAINER / "Containerfile")
    assert order.index("\nUSER ") < order.index("\nCMD ")


def test_the_image_is_live_and_refuses_to_serve_without_secrets():
    told = " ".join(instructions("ENV"))
    given = dict(one.split("=", 1) for one in told.split() if one.startswith("BENCHMARK_"))
    chosen = read({**given, "BENCHMARK_SECRET": "0123456789abcdef" * 4})
    assert (chosen.mode.value, chosen.address, chosen.port) == ("production", "0.0.0.0", 8501)
    assert not chosen.is_loopback and chosen.provider is None
    assert not SECRETS - {"BENCHMARK_DATABASE"} & set(given)


def test_the_check_of_the_image_asks_where_it_listens():
    (check,) = re.findall(r"HEALTHCHECK.*?CMD (\[.*?\])\n", text(CONTAINER / "Containerfile"), re.S)
    assert "http://127.0.0.1:8501/healthz/live" in check
    compile(re.findall(r'"-c", "(.*)"\]', check)[0], "check", "exec")


def test_an_image_starts_with_secrets_from_files(tmp_path: Path):
    (tmp_path / "BENCHMARK_SECRET").write_text("a secret of 'quotes' and $signs\n")
    (tmp_path / "POSTGRES_PASSWORD").write_text("not ours")
    shown = (
        "import os; print(os.environ.get('BENCHMARK_SECRET'), 'POSTGRES_PASSWORD' in os.environ)"
    )
    finished = subprocess.run(
        ["/bin/sh", str(CONTAINER / "entrypoint.sh"), sys.executable, "-c", shown],
        env={"PATH": os.environ["PATH"], "BENCHMARK_SECRETS_FOLDER": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert finished.stdout == "a secret of 'quotes' and $signs False\n"
    assert finished.stderr == ""


def test_an_image_starts_without_secrets_too(tmp_path: Path):
    command = ["/bin/sh", str(CONTAINER / "entrypoint.sh"), "echo", "started"]
    told = {"PATH": os.environ["PATH"], "BENCHMARK_SECRETS_FOLDER": str(tmp_path)}
    assert subprocess.check_output(command, env=told) == b"started\n"


def test_a_command_in_a_container_has_the_settings_of_the_service(tmp_path: Path):
    manual = text(ROOT / "docs" / "deployment.md")
    ((service, command),) = re.findall(r"^\$ docker compose exec (\S+) (.+)$", manual, flags=re.M)
    assert service in compose()["services"]
    (installed,) = [line for line in instructions("COPY") if "entrypoint.sh" in line]
    entry, *rest = shlex.split(command)
    assert f"/usr/local/bin/{entry}" == installed.split()[-1]
    assert instructions("ENTRYPOINT") == [f'["{entry}"]']
    (tmp_path / "BENCHMARK_SECRET").write_text("0123456789abcdef" * 4)
    (tmp_path / "BENCHMARK_DATABASE").write_text(str(tmp_path / "made.duckdb"))
    finished = subprocess.run(
        ["/bin/sh", str(CONTAINER / "entrypoint.sh"), sys.executable, *rest[1:]],
        env={
            "PATH": os.environ["PATH"],
            "BENCHMARK_MODE": "production",
            "BENCHMARK_SECRETS_FOLDER": str(tmp_path),
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "holds the role administrator from now." in finished.stdout, finished.stderr
    assert (tmp_path / "made.duckdb").exists()


def test_the_first_person_is_there_before_the_first_start():
    manual = text(ROOT / "docs" / "deployment.md").split("## One machine with DuckDB")[1]
    order = ("useradd", "install -d -o benchmark", "people add", "systemctl enable --now")
    places = [manual.index(step) for step in order]
    assert places == sorted(places)


def test_the_entry_point_may_be_run():
    assert os.access(CONTAINER / "entrypoint.sh", os.X_OK)


def test_two_replicas_are_told_the_same_and_stand_behind_nginx():
    services = compose()["services"]
    first, second = services["replica-1"], services["replica-2"]
    assert {**first, "networks": second["networks"]} == second
    named = set(re.findall(r"server (\S+):8501", text(CONTAINER / "replicas.conf")))
    assert named == {name for name in services if name.startswith("replica-")}
    assert set(services["nginx"]["networks"]) & set(first["networks"]) == {"inside"}
    assert "ports" not in first and "ports" not in services["database"]


def test_the_replicas_can_serve_with_what_compose_gives_them(tmp_path: Path):
    told = compose()["services"]["replica-1"]
    given = dict.fromkeys(told["secrets"], "0123456789abcdef" * 4)
    given["BENCHMARK_DATABASE"] = "postgresql://benchmark:x@database:5432/benchmark"
    chosen = read({**told["environment"], **given, "BENCHMARK_MODE": "production"})
    assert chosen.provider is not None
    (network,) = compose()["networks"]["inside"]["ipam"]["config"]
    assert chosen.forwarded_from == (network["subnet"],)


def test_a_replica_that_is_made_anew_keeps_the_address_that_nginx_knows():
    (network,) = compose()["networks"]["inside"]["ipam"]["config"]
    replicas = [one for name, one in compose()["services"].items() if name.startswith("replica-")]
    own = {ipaddress.ip_address(one["networks"]["inside"]["ipv4_address"]) for one in replicas}
    given_out = ipaddress.ip_network(network["ip_range"])
    assert len(own) == len(replicas) == 2
    for address in own:
        assert address in ipaddress.ip_network(network["subnet"])
        assert address not in given_out


def test_every_file_and_name_in_compose_exists():
    found = compose()
    for service in found["services"].values():
        assert set(service.get("secrets", [])) <= set(found["secrets"])
        assert set(service["networks"]) <= set(found["networks"])
        for mounted in service.get("volumes", []):
            source = mounted.split(":")[0]
            made_by_the_deployer = source == "./tls"
            is_named = source in found["volumes"]
            assert made_by_the_deployer or is_named or (CONTAINER / source).resolve().is_file()
    build = found["services"]["replica-1"]["build"]
    context = (CONTAINER / build["context"]).resolve()
    assert context == ROOT and (context / build["dockerfile"]).is_file()


def test_containers_and_machines_differ_in_where_the_replicas_are_and_in_nothing_else():
    def rest(path: Path) -> list[str]:
        return [line for line in text(path).splitlines() if not re.match(r"#|    server ", line)]

    assert rest(CONTAINER / "replicas.conf") == rest(NGINX / "replicas.conf")


def test_a_file_may_be_as_large_for_nginx_as_for_the_application():
    config = text(ROOT / ".streamlit" / "config.toml")
    largest = int(re.findall(r"^maxUploadSize = (\d+)", config, re.M)[0])
    assert re.findall(r"client_max_body_size (\d+)m", text(NGINX / "benchmark.conf")) == [
        "1",
        str(largest + 1),
    ]


def test_the_settings_to_copy_are_enough_once_the_blanks_are_filled_in():
    lines = [line for line in text(SYSTEMD / "benchmark.env.example").splitlines() if line]
    given = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    blank = {name for name, value in given.items() if not value}
    assert blank == {name for name in given if "OIDC" in name or name == "BENCHMARK_SECRET"}
    metadata = "https://sign-in.example.nhs.uk/.well-known/openid-configuration"
    filled = {**given, **dict.fromkeys(blank, "0123456789abcdef" * 4)}
    chosen = read({**filled, "BENCHMARK_OIDC_METADATA_URL": metadata})
    assert chosen.mode.value == "production" and chosen.provider is not None


def test_each_replica_under_systemd_can_have_a_port_for_numbers_of_its_own():
    # systemd reads the files in their order; a later one wins, and each wins over Environment=.
    unit = text(SYSTEMD / "benchmark@.service")
    files = re.findall(r"^EnvironmentFile=(\S+)$", unit, re.M)
    assert files == ["/etc/benchmark/benchmark.env", "-/etc/benchmark/benchmark-%i.env"]
    shared = text(SYSTEMD / "benchmark.env.example")
    assert not re.search(r"^BENCHMARK_(METRICS_)?PORT", shared, re.M)
    manual = text(ROOT / "docs" / "deployment.md")
    said = re.findall(r"`BENCHMARK_METRICS_PORT=(\d+)` into\s`/etc/benchmark/(.+?)`", manual)
    assert {name for _, name in said} == {f"benchmark-{port}.env" for port in (8501, 8502)}
    assert len({port for port, _ in said}) == 2


@pytest.mark.parametrize("name", ["benchmark@.service", "benchmark-backup.service"])
def test_nothing_starts_on_an_empty_folder_where_a_disk_should_be(name: str):
    head = text(SYSTEMD / name).split("[Service]")[0]
    assert "\nRequiresMountsFor=/var/lib/benchmark\n" in head


def test_a_service_that_refuses_to_serve_is_not_started_again_and_again():
    assert f"RestartPreventExitStatus={EXIT_CODE}\n" in text(SYSTEMD / "benchmark@.service")


UNITS = [path for path in sorted(SYSTEMD.iterdir()) if path.suffix in (".service", ".timer")]


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_understands_each_unit(unit: Path, tmp_path: Path):
    program = shutil.which("systemd-analyze")
    if program is None:
        wanting("systemd-analyze is missing. On Debian: sudo apt install systemd")
    for path in SYSTEMD.iterdir():
        # What a machine with the service has, and this one does not.
        here = text(path).replace("/opt/benchmark/.venv/bin/python", sys.executable)
        (tmp_path / path.name.replace("@.", "@8501.")).write_text(here, "utf-8")
    copied = tmp_path / unit.name.replace("@.", "@8501.")
    finished = subprocess.run(
        [program, "verify", "--man=no", str(copied)], capture_output=True, text=True, check=False
    )
    assert (finished.returncode, finished.stderr) == (0, "")

"""``notify``: says how many are told, sends to a real server, and says why it cannot."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarking.__main__ import main
from benchmarking.moments import utc_now
from benchmarking.settings import SettingsError
from benchmarking.store import notifications as store
from benchmarking.store.database import AuditEntry, connect
from benchmarking.store.notifications import Choice, HowOften
from tests import post_office
from tests.post_office import PUBLIC_URL, SENDER, PostOffice
from tests.web import copies

TO = "handler@trust.example"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    """A demonstration in which every trust lead chose to be told, and a mail server."""
    file = tmp_path / "copy.duckdb"
    with copies.opened(tmp_path) as running:
        with running.database.writing(AuditEntry(0, "choose", "tests", utc_now())) as writing:
            rows = writing.rows("SELECT person_id FROM person WHERE subject LIKE 'trust-lead.%'")
            for row in rows:
                chosen = Choice(row["person_id"], TO, HowOften.DAILY, utc_now())
                store.choose(writing, chosen)
    with post_office.opened() as found:
        for name, value in {
            "BENCHMARK_DATABASE": str(file),
            "BENCHMARK_SECRET": copies.SECRET,
            "BENCHMARK_SMTP_HOST": post_office.HOST,
            "BENCHMARK_SMTP_PORT": str(found.port),
            "BENCHMARK_SMTP_SECURITY": "none",
            "BENCHMARK_SMTP_SENDER": SENDER,
            "BENCHMARK_PUBLIC_URL": PUBLIC_URL,
        }.items():
            monkeypatch.setenv(name, value)
        yield found


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["notify", *words])


def count(sql: str) -> int:
    database = connect(os.environ["BENCHMARK_DATABASE"])
    with database.reading() as reading:
        found = int(reading.value(sql))
    database.engine.dispose()
    return found


def test_a_dry_run_says_how_many_and_sends_nothing(office: PostOffice):
    found = run("--dry-run")
    assert found.exit_code == 0, found.output
    assert "would be sent." in found.output and TO not in found.output
    assert office.received == [] and count("SELECT count(*) FROM notification_sent") == 0


def test_everybody_is_told_once(office: PostOffice):
    found = run()
    assert found.exit_code == 0, found.output
    many = len(office.received)
    assert many > 3 and found.output == f"Mails: {many} sent.\n"
    assert all("assessment?trust=DEMO-" in text or "actions?trust" in text for text in office.texts)
    assert run().output == "There is nothing to tell anybody.\n"
    assert len(office.received) == many


def test_what_fails_is_said_with_an_exit_code(office: PostOffice):
    office.refuses = "554 No"
    found = run()
    assert found.exit_code == 1 and "Mails: 3 failed." in found.output
    assert "What failed is tried again next time" in found.output


def test_without_a_mail_server_it_says_what_to_set(monkeypatch: pytest.MonkeyPatch):
    for name in ("HOST", "PORT", "SECURITY", "SENDER", "USER", "PASSWORD"):
        monkeypatch.delenv(f"BENCHMARK_SMTP_{name}", raising=False)
    found = run()
    assert isinstance(found.exception, SettingsError)
    assert "BENCHMARK_SMTP_HOST: no mail server is set" in str(found.exception)

"""How long somebody stays signed in: what ends it, what is said, and what is noted of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from benchmarking.access import Role
from benchmarking.moments import utc_now
from benchmarking.people import accounts
from benchmarking.people.accounts import Arrival, arrive
from benchmarking.server import Server
from benchmarking.store import people, sessions
from benchmarking.store.database import AuditEntry, Database, StoreError
from tests.test_provider import COMPLETE
from tests.test_vouching import ISSUER, NOW, at
from tests.web import copies

LIFE = timedelta(days=2)
IDLE = (
    "You were signed out after 30 minutes without a click. Nothing you saved is lost. "
    "Sign in again."
)
TOO_LONG = (
    "You were signed out 12 hours after you signed in. Nothing you saved is lost. Sign in again."
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with copies.opened(tmp_path_factory.mktemp("sessions"), **COMPLETE) as server:
        with server.database.writing(AuditEntry(0, "add person", "tests", NOW)) as writing:
            number = people.add(writing, ISSUER, "somebody", "Complaints manager")
            people.grant(writing, number, Role.TRUST_LEAD, "DEMO-07", NOW - LIFE)
        yield server


@pytest.fixture
def claims(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Somebody who signed in just now, and whose token would hold for days."""
    own = {"nonce": request.node.name, "iat": at(NOW), "exp": at(NOW + LIFE)}
    return {"iss": ISSUER, "sub": "somebody", "aud": "benchmark", **own}


def after(service: Server, claims: dict[str, Any], **gone: float) -> Arrival:
    return arrive(service, claims, NOW + timedelta(**gone))


def noted(service: Server, claims: dict[str, Any]) -> list[tuple[str, str]]:
    """What the audit says of one signing in."""
    said = arrive(service, {**claims, "sub": "somebody else"}, NOW).newcomer
    assert said is not None, "only to show that others' sessions have other numbers"
    found = accounts.vouched(service.settings, claims, NOW)
    assert found is not None
    with service.database.reading() as reading:
        rows = reading.rows(
            "SELECT action, detail FROM audit WHERE subject = :subject ORDER BY audit_id",
            subject=f"session {found.session_id[:12]}",
        )
    return [(row["action"], row["detail"]) for row in rows]


@pytest.mark.parametrize(
    "gone, told",
    [
        (timedelta(minutes=29, seconds=59), ""),
        (timedelta(minutes=30), ""),
        (timedelta(minutes=35), IDLE),
        (timedelta(hours=11), IDLE),
        (timedelta(hours=12), TOO_LONG),
    ],
)
def test_who_does_nothing_for_long_is_signed_out_never_too_soon(
    service: Server, claims: dict[str, Any], gone: timedelta, told: str
) -> None:
    assert after(service, claims).why_not == ""
    found = arrive(service, claims, NOW + gone)
    assert found.why_not == told
    assert found.visit.person.is_stranger is bool(told)


def test_clicks_keep_somebody_signed_in_for_half_a_day_and_no_longer(
    service: Server, claims: dict[str, Any]
) -> None:
    for minutes in range(0, 12 * 60, 29):
        assert after(service, claims, minutes=minutes).why_not == "", minutes
    assert after(service, claims, minutes=12 * 60 - 1).why_not == ""
    assert after(service, claims, hours=12).why_not == TOO_LONG


def test_a_click_just_before_the_last_note_does_not_shorten_the_time(
    service: Server, claims: dict[str, Any]
) -> None:
    after(service, claims)
    after(service, claims, minutes=4, seconds=59)
    assert after(service, claims, minutes=34, seconds=58).why_not == "", "29:59 after the click"


def test_what_is_over_stays_over_whatever_the_clock_says(
    service: Server, claims: dict[str, Any]
) -> None:
    after(service, claims)
    assert after(service, claims, hours=1).why_not == IDLE
    assert after(service, claims).why_not == IDLE
    assert after(service, {**claims, "exp": at(NOW + 2 * LIFE)}).why_not == IDLE


def test_signing_in_again_begins_anew(service: Server, claims: dict[str, Any]) -> None:
    after(service, claims)
    assert after(service, claims, hours=1).why_not == IDLE
    anew = {**claims, "iat": at(NOW + timedelta(hours=1)), "nonce": "anew"}
    assert after(service, anew, hours=1).why_not == ""


def test_a_cookie_first_brought_long_after_it_was_made_opens_nothing(
    service: Server, claims: dict[str, Any]
) -> None:
    assert after(service, claims, minutes=36).why_not == IDLE
    assert noted(service, claims) == [], "there was nothing to end"


def test_beginning_and_end_are_in_the_audit_and_each_click_is_not(
    service: Server, claims: dict[str, Any]
) -> None:
    for seconds in range(0, 601, 20):
        after(service, claims, seconds=seconds)
    after(service, claims, hours=2)
    after(service, claims, hours=2)
    assert noted(service, claims) == [
        ("signed in", ""),
        ("still here", ""),
        ("still here", ""),
        ("timed out", "idle"),
    ]


def test_signing_out_is_in_the_audit_once(service: Server, claims: dict[str, Any]) -> None:
    after(service, claims)
    for _ in range(2):
        accounts.sign_out(service, claims, NOW + timedelta(minutes=1))
    assert noted(service, claims) == [("signed in", ""), ("signed out", "")]
    assert after(service, claims, hours=3).why_not == "You signed out. Sign in again to go on."


def test_the_limits_are_settings_and_the_words_follow_them(
    service: Server, claims: dict[str, Any]
) -> None:
    strict = replace(service, settings=replace(service.settings, idle_minutes=1, session_hours=1))
    after(strict, claims)
    assert after(strict, claims, seconds=69).why_not == ""
    assert after(strict, claims, minutes=3).why_not == (
        "You were signed out after 1 minute without a click. Nothing you saved is lost. "
        "Sign in again."
    )


def test_a_full_disk_keeps_nobody_from_reading(
    service: Server, claims: dict[str, Any], monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    after(service, claims)

    @contextmanager
    def fail(_database: Database, _entry: AuditEntry) -> Iterator[None]:
        raise StoreError("The disk is full.")
        yield

    with monkeypatch.context() as patch:
        patch.setattr(Database, "writing", fail)
        assert after(service, claims, minutes=20).why_not == ""
    assert "The disk is full." in caplog.text


def test_two_first_pages_at_once_are_one_session(service: Server, claims: dict[str, Any]) -> None:
    found = accounts.vouched(service.settings, claims, NOW)
    assert found is not None
    for _ in range(2):
        with service.database.writing(AuditEntry(1, "signed in", "twice", NOW)) as writing:
            sessions.begin(writing, found.session_id, 1, NOW, NOW)
    with service.database.reading() as reading:
        assert reading.value("SELECT count(*) FROM audit WHERE subject = 'twice'") == 1


def test_a_demonstrations_cookie_has_the_same_limits(tmp_path: Path) -> None:
    with copies.opened(tmp_path) as running:
        token = accounts.sign_in_as(running, "inspector")
        found = accounts.vouched(running.settings, token, utc_now())
        assert found is not None
        told = [
            arrive(running, token, found.since + timedelta(minutes=minutes)).why_not
            for minutes in (0, 20, 45, 100)
        ]
        assert told == ["", "", "", IDLE]
        late = accounts.sign_in_as(running, "inspector")
        assert arrive(running, late, found.since + timedelta(hours=13)).why_not == TOO_LONG

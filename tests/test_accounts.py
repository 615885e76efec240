"""Who is asking: a signed token says who, and the database says, at each visit, what they may."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from itsdangerous import TimestampSigner

from benchmarking import accounts
from benchmarking.access import STRANGER, Action, Person, Role, can
from benchmarking.accounts import LONGEST_HOURS, UnknownPerson, sign_in_as, visit_by
from benchmarking.keeping import Keep, Key
from benchmarking.moments import utc_now
from benchmarking.server import Server
from benchmarking.settings import Mode
from benchmarking.store import organisations, people
from benchmarking.store.database import AuditEntry
from tests.web import copies

LEAD = "trust-lead.DEMO-07"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with copies.opened(tmp_path_factory.mktemp("accounts")) as server:
        yield server


def person(running: Server, token: str | None) -> Person:
    return visit_by(running, token).person


def newcomer(running: Server, subject: str, *roles: Role) -> str:
    """The token of a person who holds these roles in DEMO-07."""
    entry = AuditEntry(0, "add person", "tests", utc_now())
    with running.database.writing(entry) as writing:
        trust = organisations.find(writing, "DEMO-07")
        assert trust is not None
        number = people.add(writing, accounts.DEMONSTRATION_ISSUER, subject, subject)
        for role in roles:
            people.grant(writing, number, role, trust.code, utc_now())
    return sign_in_as(running, subject)


def take_away(running: Server, subject: str, role: Role, at: datetime | None = None) -> None:
    entry = AuditEntry(0, "take role away", subject, utc_now())
    with running.database.writing(entry) as writing:
        writing.run(
            """
            UPDATE role_grant SET holds_until = :now
            WHERE role = :role
                AND person_id = (SELECT person_id FROM person WHERE subject = :subject)
            """,
            now=at or utc_now(),
            role=role.value,
            subject=subject,
        )


def test_a_token_says_who_and_the_database_says_what_they_may(running: Server) -> None:
    visit = visit_by(running, sign_in_as(running, LEAD))
    assert visit.person.title == "Complaints manager, DEMO-07"
    assert can(visit.person, Action.ANSWER, "DEMO-07")
    assert not can(visit.person, Action.ANSWER, "DEMO-08")
    assert visit.database is running.database and visit.library is running.library


def test_a_visit_takes_place_now(running: Server) -> None:
    before = utc_now()
    assert before <= visit_by(running, None).now <= utc_now()


def test_a_role_that_is_taken_away_is_gone_at_the_very_next_visit(running: Server) -> None:
    token = newcomer(running, "soon-gone", Role.TRUST_LEAD)
    assert can(person(running, token), Action.SUBMIT, "DEMO-07")
    take_away(running, "soon-gone", Role.TRUST_LEAD)
    assert person(running, token).grants == ()
    assert not can(person(running, token), Action.SUBMIT, "DEMO-07")


def test_who_loses_one_role_keeps_the_others(running: Server) -> None:
    token = newcomer(running, "two-hats", Role.TRUST_LEAD, Role.BOARD_MEMBER)
    take_away(running, "two-hats", Role.TRUST_LEAD)
    allowed = person(running, token)
    assert can(allowed, Action.SEE_OVERVIEW, "DEMO-07")
    assert not can(allowed, Action.SEE_DRAFT, "DEMO-07")


def test_a_role_that_is_given_holds_at_the_very_next_visit(running: Server) -> None:
    token = newcomer(running, "soon-here")
    assert not can(person(running, token), Action.SEE_HOME)
    entry = AuditEntry(0, "give role", "soon-here", utc_now())
    with running.database.writing(entry) as writing:
        number = person(running, token).person_id
        people.grant(writing, number, Role.INSPECTOR, None, utc_now())
    assert can(person(running, token), Action.COMPARE)


@pytest.fixture
def kept() -> dict[Key, Any]:
    return {}


@pytest.fixture
def keep(kept: dict[Key, Any]) -> Keep:
    def keep(key: Key, make: Callable[[], Any], /) -> Any:
        if key not in kept:
            kept[key] = make()
        return kept[key]

    return keep


def test_what_is_kept_of_people_is_read_anew_after_any_change(
    running: Server, kept: dict[Key, Any], keep: Keep
) -> None:
    def allowed() -> bool:
        return can(visit_by(running, token, keep=keep).person, Action.SUBMIT, "DEMO-07")

    token = newcomer(running, "kept", Role.TRUST_LEAD)
    assert allowed() and allowed() and len(kept) == 1
    take_away(running, "kept", Role.TRUST_LEAD)
    assert not allowed() and len(kept) == 2


def test_a_role_that_is_kept_ends_at_its_moment_without_any_change(
    running: Server, kept: dict[Key, Any], keep: Keep
) -> None:
    token, tomorrow = newcomer(running, "ends", Role.CONTRIBUTOR), utc_now() + timedelta(days=1)
    take_away(running, "ends", Role.CONTRIBUTOR, at=tomorrow)
    assert visit_by(running, token, keep=keep).person.grants != ()
    assert visit_by(running, token, tomorrow, keep=keep).person.grants == ()
    assert len(kept) == 1


def test_roles_are_those_of_the_moment_of_the_visit(running: Server) -> None:
    token = newcomer(running, "tomorrow", Role.CONTRIBUTOR)
    yesterday = utc_now() - timedelta(days=1)
    assert visit_by(running, token, yesterday).person.grants == ()


@pytest.mark.parametrize("token", [None, "", " ", "x", "a.b.c", ".." * 50, "é", "\0", "x" * 10_000])
def test_a_token_that_says_nothing_is_a_strangers(running: Server, token: str | None) -> None:
    assert person(running, token) is STRANGER


def test_a_token_that_was_tampered_with_is_a_strangers(running: Server) -> None:
    token = sign_in_as(running, LEAD)
    assert person(running, token) is not STRANGER
    payload, moment, signature = token.split(".")
    other_payload = sign_in_as(running, "inspector").split(".")[0]
    for changed in (
        f"{other_payload}.{moment}.{signature}",
        f"{payload}.{moment[::-1]}.{signature}",
        f"{payload}.{moment}.{signature[::-1]}",
        f"{payload}.{moment}.",
        f"{payload}.{moment}",
        payload,
    ):
        assert person(running, changed) is STRANGER, changed


def test_a_token_signed_with_a_foreign_secret_is_a_strangers(running: Server) -> None:
    elsewhere = replace(running, settings=replace(running.settings, secret="another secret"))
    assert person(running, sign_in_as(elsewhere, LEAD)) is STRANGER


def test_a_token_signed_for_another_purpose_is_a_strangers(
    running: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(accounts, "_PURPOSE", "download")
        token = sign_in_as(running, LEAD)
    assert person(running, token) is STRANGER


@pytest.mark.parametrize(
    "payload", [42, "trust-lead.DEMO-07", [], ["demonstration"], ["a", "b", "c"]]
)
def test_a_signed_token_of_another_shape_is_a_strangers(running: Server, payload: object) -> None:
    signed = accounts._serializer(running).dumps(payload)
    assert isinstance(signed, str)
    assert person(running, signed) is STRANGER


def test_a_person_of_another_issuer_is_a_stranger(running: Server) -> None:
    signed = accounts._serializer(running).dumps(["elsewhere", LEAD])
    assert isinstance(signed, str)
    assert person(running, signed) is STRANGER


@pytest.mark.parametrize(
    "age, is_known, why",
    [
        (timedelta(hours=LONGEST_HOURS, seconds=-60), True, "a working day is allowed"),
        (timedelta(hours=LONGEST_HOURS, seconds=60), False, "longer is not"),
        (timedelta(days=400), False, "last year's cookie is worth nothing"),
    ],
)
def test_a_token_expires(
    running: Server,
    monkeypatch: pytest.MonkeyPatch,
    age: timedelta,
    is_known: bool,
    why: str,
) -> None:
    signed_at = TimestampSigner("").get_timestamp() - int(age.total_seconds())
    with monkeypatch.context() as patch:
        patch.setattr(TimestampSigner, "get_timestamp", lambda _: signed_at)
        token = sign_in_as(running, LEAD)
    assert (person(running, token) is not STRANGER) == is_known, why


@pytest.mark.parametrize(
    "subject", ["", "trust-lead", "TRUST-LEAD.DEMO-07", "inspector\0", "' OR 1=1"]
)
def test_only_somebody_who_exists_can_be_signed_in_as(running: Server, subject: str) -> None:
    with pytest.raises(UnknownPerson, match="^This role does not exist here. Choose one from the"):
        sign_in_as(running, subject)


@pytest.mark.parametrize(
    "told",
    [{"mode": Mode.PRODUCTION}, {"address": "0.0.0.0"}, {"address": "10.0.0.7"}],
    ids=["in production", "where all can reach it", "where others can reach it"],
)
def test_nobody_is_signed_in_by_choosing_a_role(running: Server, told: dict[str, object]) -> None:
    token = sign_in_as(running, LEAD)
    elsewhere = replace(running, settings=replace(running.settings, **told))
    with pytest.raises(UnknownPerson, match="^This server does not let people sign in by choosing"):
        sign_in_as(elsewhere, LEAD)
    assert visit_by(elsewhere, token).person is STRANGER, "a token from before opens nothing"

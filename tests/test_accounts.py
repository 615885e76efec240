"""Who is asking: a signed token says who, and the database says, at each visit, what they may."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from benchmarking.access import STRANGER, Action, Person, Role, can
from benchmarking.keeping import Keep, Key
from benchmarking.moments import utc_now
from benchmarking.people import accounts, vouching
from benchmarking.people.accounts import UnknownPerson, arrive, sign_in_as, sign_out, visit_by
from benchmarking.server import Server
from benchmarking.settings import Mode
from benchmarking.store import organisations, people
from benchmarking.store.database import AuditEntry
from tests.test_provider import COMPLETE
from tests.test_vouching import CLAIMS, ISSUER, NOW
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
        number = people.add(writing, vouching.DEMONSTRATION_ISSUER, subject, subject)
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


def people_kept(kept: dict[Key, Any]) -> int:
    return sum(key[0] == "person" for key in kept)


def test_what_is_kept_of_people_is_read_anew_once_roles_have_changed(
    running: Server, kept: dict[Key, Any], keep: Keep
) -> None:
    def allowed() -> bool:
        return can(visit_by(running, token, keep=keep).person, Action.SUBMIT, "DEMO-07")

    token = newcomer(running, "kept", Role.TRUST_LEAD)
    assert allowed() and allowed() and people_kept(kept) == 1, "signing in changes nobody's roles"
    take_away(running, "kept", Role.TRUST_LEAD)
    assert not allowed() and people_kept(kept) == 2


def test_a_role_that_is_kept_ends_at_its_moment_without_any_change(
    running: Server, kept: dict[Key, Any], keep: Keep
) -> None:
    token, soon = newcomer(running, "ends", Role.CONTRIBUTOR), utc_now() + timedelta(minutes=4)
    take_away(running, "ends", Role.CONTRIBUTOR, at=soon)
    visit_by(running, token)
    assert visit_by(running, token, keep=keep).person.grants != ()
    assert visit_by(running, token, soon, keep=keep).person.grants == ()
    assert people_kept(kept) == 1


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
        patch.setattr(vouching, "_PURPOSE", "download")
        token = sign_in_as(running, LEAD)
    assert person(running, token) is STRANGER


@pytest.mark.parametrize(
    "payload", [42, "trust-lead.DEMO-07", [], ["demonstration"], ["a", "b", "c"]]
)
def test_a_signed_token_of_another_shape_is_a_strangers(running: Server, payload: object) -> None:
    signed = vouching._serializer(running.settings).dumps(payload)
    assert isinstance(signed, str)
    assert person(running, signed) is STRANGER


def test_a_person_of_another_issuer_is_a_stranger(running: Server) -> None:
    signed = vouching._serializer(running.settings).dumps(["elsewhere", LEAD])
    assert isinstance(signed, str)
    assert person(running, signed) is STRANGER


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


def test_who_signed_out_is_a_stranger_whatever_cookie_they_bring(running: Server) -> None:
    token, other = sign_in_as(running, LEAD), sign_in_as(running, LEAD)
    assert not person(running, token).is_stranger and not person(running, other).is_stranger
    sign_out(running, token)
    found = arrive(running, token)
    assert found.visit.person is STRANGER
    assert found.why_not == "You signed out. Sign in again to go on."
    assert not person(running, other).is_stranger, "another browser of theirs stays signed in"


def test_who_signs_out_before_the_first_page_is_signed_out(running: Server) -> None:
    token = sign_in_as(running, LEAD)
    sign_out(running, token)
    assert person(running, token) is STRANGER


@pytest.mark.parametrize("token", [None, "", "x", {"iss": "elsewhere"}])
def test_signing_out_what_says_nothing_does_nothing(running: Server, token: Any) -> None:
    before = arrive(running, None).visit.stand
    sign_out(running, token)
    assert arrive(running, None).visit.stand == before


# With a sign-in service.


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    roles = {"OIDC_ROLE_CLAIM": "groups", "OIDC_ROLES": "audit=inspector;d7=contributor@DEMO-07"}
    told = {**COMPLETE, **{f"BENCHMARK_{name}": said for name, said in roles.items()}}
    with copies.opened(tmp_path_factory.mktemp("service"), **told) as server:
        yield server


def claims(subject: str, **more: object) -> dict[str, object]:
    return {**CLAIMS, "sub": subject, **more}


def known_to(service: Server, subject: str, issuer: str = ISSUER) -> int:
    entry = AuditEntry(0, "add person", "tests", NOW)
    with service.database.writing(entry) as writing:
        number = people.add(writing, issuer, subject, "Complaints manager")
        people.grant(writing, number, Role.TRUST_LEAD, "DEMO-07", NOW - timedelta(days=1))
    return number


def test_the_service_says_who_and_the_database_says_what_they_may(service: Server) -> None:
    number = known_to(service, "k1")
    found = arrive(service, claims("k1"), NOW)
    assert found.visit.person.person_id == number
    assert can(found.visit.person, Action.SUBMIT, "DEMO-07")
    assert (found.why_not, found.newcomer, found.can_sign_out) == ("", None, True)


@pytest.mark.parametrize("stored", [ISSUER, f"{ISSUER}/"])
def test_an_issuer_is_known_with_and_without_a_slash(service: Server, stored: str) -> None:
    number = known_to(service, f"slash {len(stored)}", stored)
    for said in (ISSUER, f"{ISSUER}/"):
        found = arrive(service, claims(f"slash {len(stored)}", iss=said), NOW)
        assert found.visit.person.person_id == number


def test_the_same_subject_of_another_issuer_is_somebody_else(service: Server) -> None:
    known_to(service, "k2", "https://elsewhere.example")
    assert arrive(service, claims("k2"), NOW).visit.person is STRANGER


def test_a_role_taken_away_is_gone_at_the_very_next_visit_and_they_are_told(
    service: Server,
) -> None:
    known_to(service, "k3")
    assert arrive(service, claims("k3"), NOW).newcomer is None
    take_away(service, "k3", Role.TRUST_LEAD, at=NOW)
    found = arrive(service, claims("k3"), NOW)
    assert found.visit.person.grants == () and found.why_not == accounts.NO_ROLE
    assert found.newcomer is not None and found.newcomer.subject == "k3"


def test_somebody_unknown_is_a_stranger_with_a_code(service: Server) -> None:
    found = arrive(service, claims("nobody"), NOW)
    assert found.visit.person is STRANGER and found.can_sign_out
    assert found.why_not == (
        "You are signed in, but have no role here yet. Give your administrator this code:"
    )
    assert found.newcomer is not None
    assert (found.newcomer.issuer, found.newcomer.subject) == (ISSUER, "nobody")


def test_what_is_not_accepted_is_said_and_opens_nothing(service: Server) -> None:
    known_to(service, "k4")
    found = arrive(service, claims("k4", iss="https://elsewhere.example"), NOW)
    assert found.visit.person is STRANGER and not found.can_sign_out
    assert found.why_not.startswith("You signed in with a service that is not used here.")


def test_a_claim_gives_roles_at_the_first_sign_in(service: Server) -> None:
    found = arrive(service, claims("new", groups=["audit", "d7", "other"]), NOW)
    assert {(g.role, g.organisation) for g in found.visit.person.grants} == {
        (Role.INSPECTOR, None),
        (Role.CONTRIBUTOR, "DEMO-07"),
    }
    with service.database.reading() as reading:
        entry = reading.row("SELECT * FROM audit WHERE action = 'give role by claim'")
    assert entry is not None and entry["subject"] == f"{ISSUER} new"
    assert entry["detail"] == "inspector, contributor of DEMO-07"


def test_a_claim_gives_nothing_ever_after(service: Server) -> None:
    arrive(service, claims("once", groups="d7"), NOW)
    take_away(service, "once", Role.CONTRIBUTOR, at=NOW)
    found = arrive(service, claims("once", groups=["audit", "d7"]), NOW)
    assert found.visit.person.grants == ()


@pytest.mark.parametrize("said", [None, "other", ["AUDIT"], {"audit": True}, 42])
def test_a_claim_that_says_nothing_of_ours_gives_nothing(service: Server, said: object) -> None:
    assert arrive(service, claims("still nobody", groups=said), NOW).newcomer is not None

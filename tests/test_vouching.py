"""What vouches for somebody, and what does not: cookies and claims, without any database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from benchmarking import settings
from benchmarking.people import vouching
from benchmarking.people.vouching import NotAccepted, Vouched, token_for, vouched
from benchmarking.settings import Settings
from tests.test_provider import COMPLETE

NOW = datetime(2026, 6, 18, 9, 30)
SECRET = "0123456789abcdef0123456789abcdef"
ISSUER = "https://id.example.nhs.uk"


def at(moment: datetime) -> int:
    return int(moment.replace(tzinfo=UTC).timestamp())


CLAIMS: dict[str, Any] = {
    "iss": ISSUER,
    "sub": "248289761001",
    "aud": ["benchmark"],
    "iat": at(NOW - timedelta(minutes=2)),
    "exp": at(NOW + timedelta(hours=1)),
    "nonce": "n1",
}


@pytest.fixture
def with_service() -> Settings:
    return settings.read({**COMPLETE, "BENCHMARK_SECRET": SECRET})


@pytest.fixture
def demonstration() -> Settings:
    return settings.read({"BENCHMARK_SECRET": SECRET})


def test_claims_say_who_and_when(with_service: Settings) -> None:
    found = vouched(with_service, CLAIMS, NOW)
    assert found is not None
    assert (found.issuer, found.subject) == (ISSUER, "248289761001")
    assert found.since == NOW - timedelta(minutes=2)


def test_an_e_mail_address_says_nothing_about_who_somebody_is(with_service: Settings) -> None:
    before = vouched(with_service, CLAIMS, NOW)
    after = vouched(with_service, {**CLAIMS, "email": "somebody@else.example"}, NOW)
    assert before and after
    assert (before.subject, before.session_id) == (after.subject, after.session_id)


ANOTHER_SERVICE = "You signed in with a service that is not used here. Sign in again."
NOBODY = "The sign-in service did not say who you are. Sign in again. If this stays, tell"
FOR_OTHERS = "The sign-in service vouched for you to somebody else. Sign in again."
TOO_OLD = "What the sign-in service said about you holds no longer. Nothing you saved is lost."


@pytest.mark.parametrize(
    "changed, told",
    [
        ({"iss": "https://elsewhere.example"}, ANOTHER_SERVICE),
        ({"iss": None}, ANOTHER_SERVICE),
        ({"iss": ["https://id.example.nhs.uk"]}, ANOTHER_SERVICE),
        ({"aud": "another client"}, FOR_OTHERS),
        ({"aud": ["another client"]}, FOR_OTHERS),
        ({"aud": None}, FOR_OTHERS),
        ({"sub": None}, NOBODY),
        ({"sub": ""}, NOBODY),
        ({"sub": 42}, NOBODY),
        ({"sub": "x" * 256}, NOBODY),
        ({"sub": "a\0b"}, NOBODY),
        ({"sub": "a\ud800"}, NOBODY),
        ({"exp": at(NOW)}, TOO_OLD),
        ({"exp": at(NOW - timedelta(days=1))}, TOO_OLD),
        ({"exp": None}, TOO_OLD),
        ({"exp": "tomorrow"}, TOO_OLD),
        ({"exp": True}, TOO_OLD),
        ({"exp": 1e300}, TOO_OLD),
        ({"iat": None}, TOO_OLD),
    ],
)
def test_claims_that_do_not_vouch_for_anybody_here(
    with_service: Settings, changed: dict[str, object], told: str
) -> None:
    with pytest.raises(NotAccepted) as refused:
        vouched(with_service, {**CLAIMS, **changed}, NOW)
    assert str(refused.value).startswith(told)


@pytest.mark.parametrize("aud", ["benchmark", ["other", "benchmark"]])
def test_the_audience_is_one_name_or_a_list(with_service: Settings, aud: object) -> None:
    assert vouched(with_service, {**CLAIMS, "aud": aud}, NOW) is not None


def test_a_slash_at_the_end_of_the_issuer_makes_no_difference(with_service: Settings) -> None:
    found = vouched(with_service, {**CLAIMS, "iss": ISSUER + "/"}, NOW)
    assert found is not None and found.issuer == ISSUER


def test_a_clock_that_runs_ahead_gives_no_longer_stay(with_service: Settings) -> None:
    a_little = {**CLAIMS, "iat": at(NOW + timedelta(minutes=4))}
    too_much = {**CLAIMS, "iat": at(NOW + timedelta(hours=1))}
    assert vouched(with_service, a_little, NOW) is not None
    assert vouched(with_service, too_much, NOW) is None


def test_each_signing_in_has_a_number_of_its_own(with_service: Settings) -> None:
    different: list[dict[str, object]] = [
        {},
        {"nonce": "n2"},
        {"iat": CLAIMS["iat"] - 1},
        {"auth_time": CLAIMS["iat"]},
        {"sub": "248289761002"},
    ]
    found = [vouched(with_service, {**CLAIMS, **one}, NOW) for one in different]
    assert len({one.session_id for one in found if one}) == len(different)
    again = vouched(with_service, dict(CLAIMS), NOW)
    assert again and found[0] and again.session_id == found[0].session_id


def test_from_the_number_of_a_signing_in_nothing_can_be_read(with_service: Settings) -> None:
    found = vouched(with_service, {**CLAIMS, "nonce": "\ud800"}, NOW)
    assert found is not None
    assert len(found.session_id) == 64 and "248289761001" not in found.session_id


def test_claims_open_nothing_where_no_service_is_set(demonstration: Settings) -> None:
    assert vouched(demonstration, CLAIMS, NOW) is None


def test_a_chosen_role_opens_nothing_where_a_service_is_set(
    demonstration: Settings, with_service: Settings
) -> None:
    token = token_for(demonstration, "inspector")
    assert vouched(with_service, token, NOW) is None


def test_choosing_the_same_role_twice_is_two_signings_in(demonstration: Settings) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    first, second = (
        vouched(demonstration, token_for(demonstration, "inspector"), now) for _ in range(2)
    )
    assert isinstance(first, Vouched) and isinstance(second, Vouched)
    assert first.subject == second.subject == "inspector"
    assert first.session_id != second.session_id


def test_a_cookie_of_another_issuer_is_nobodys(demonstration: Settings) -> None:
    signed = vouching._serializer(demonstration).dumps(["laptop", "somebody", "n"])
    assert isinstance(signed, str)
    assert vouched(demonstration, signed, datetime.now(UTC).replace(tzinfo=None)) is None


def test_a_demonstration_that_others_can_reach_takes_no_cookie(demonstration: Settings) -> None:
    token = token_for(demonstration, "inspector")
    now = datetime.now(UTC).replace(tzinfo=None)
    assert vouched(replace(demonstration, address="10.0.0.7"), token, now) is None

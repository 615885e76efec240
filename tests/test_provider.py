"""The sign-in service as settings name it: complete, safe, and every problem told at once."""

import pytest

from benchmarking import provider
from benchmarking.access import Grant, Role
from benchmarking.provider import Provider

COMPLETE = {
    "BENCHMARK_OIDC_METADATA_URL": "https://id.example.nhs.uk/.well-known/openid-configuration",
    "BENCHMARK_OIDC_CLIENT_ID": "benchmark",
    "BENCHMARK_OIDC_CLIENT_SECRET": "not to be shown",
    "BENCHMARK_PUBLIC_URL": "https://benchmark.example.nhs.uk",
}


def read(**told: str) -> tuple[Provider | None, list[str]]:
    problems: list[str] = []
    environment = {**COMPLETE, **{f"BENCHMARK_{name}": said for name, said in told.items()}}
    provider.public_url(environment, problems)
    return provider.read(environment, problems), problems


def test_complete_settings_name_a_service() -> None:
    found, problems = read()
    assert problems == [] and found is not None
    assert found.issuer == "https://id.example.nhs.uk"
    assert found.callback_url == "https://benchmark.example.nhs.uk/oauth2callback"
    assert (found.role_claim, found.first_roles) == ("", {})


def test_without_any_setting_there_is_no_service() -> None:
    problems: list[str] = []
    assert provider.read({"BENCHMARK_PUBLIC_URL": "https://a.example"}, problems) is None
    assert problems == []


@pytest.mark.parametrize("missing", COMPLETE)
def test_half_a_service_is_refused_and_what_is_missing_is_named(missing: str) -> None:
    _, problems = read(**{missing.removeprefix("BENCHMARK_"): ""})
    assert problems == [f"{missing}: the sign-in service needs this, too. Set it."]


def test_the_secret_is_never_shown() -> None:
    found, _ = read()
    assert "not to be shown" not in f"{found!r} {found}"


@pytest.mark.parametrize(
    "url, issuer",
    [
        ("https://a.example/realms/trust/.well-known/openid-configuration", "/realms/trust"),
        ("https://a.example/T1/v2.0/.well-known/openid-configuration", "/T1/v2.0"),
        ("https://a.example:8443/x/.well-known/openid-configuration", None),
    ],
)
def test_the_issuer_is_what_the_address_says_before_its_known_end(
    url: str, issuer: str | None
) -> None:
    found, problems = read(OIDC_METADATA_URL=url)
    assert found is not None and problems == []
    assert found.issuer == (f"https://a.example{issuer}" if issuer else "https://a.example:8443/x")


def test_an_issuer_that_the_address_does_not_say_is_set() -> None:
    elsewhere = "https://a.example/policy/metadata"
    found, problems = read(OIDC_METADATA_URL=elsewhere, OIDC_ISSUER="https://b.example/v2.0/")
    assert problems == [] and found is not None and found.issuer == "https://b.example/v2.0"
    _, problems = read(OIDC_METADATA_URL=elsewhere)
    assert problems == [
        "BENCHMARK_OIDC_METADATA_URL: 'https://a.example/policy/metadata' does not end with "
        "/.well-known/openid-configuration. Use the one that does, or set BENCHMARK_OIDC_ISSUER "
        "to the issuer that it names."
    ]


@pytest.mark.parametrize(
    "said, is_it",
    [
        ("https://id.example.nhs.uk", True),
        ("https://id.example.nhs.uk/", True),
        ("https://id.example.nhs.uk.evil.example", False),
        ("http://id.example.nhs.uk", False),
        ("", False),
    ],
)
def test_a_token_is_of_this_service_or_it_is_not(said: str, is_it: bool) -> None:
    found, _ = read()
    assert found is not None and found.is_issuer(said) is is_it


@pytest.mark.parametrize(
    "url", ["http://id.example/.well-known/openid-configuration", "ftp://a", "//a", "https://[a"]
)
def test_a_service_is_reached_by_https(url: str) -> None:
    _, problems = read(OIDC_METADATA_URL=url, OIDC_ISSUER="https://id.example")
    assert problems == [
        f"BENCHMARK_OIDC_METADATA_URL: {url!r} is not an address that can be trusted. Use https:// "
        f"(http:// is for this machine alone)."
    ]


def test_on_this_machine_http_will_do() -> None:
    local = "http://127.0.0.1:9400/.well-known/openid-configuration"
    found, problems = read(OIDC_METADATA_URL=local, PUBLIC_URL="http://localhost:8501/")
    assert problems == [] and found is not None
    assert found.callback_url == "http://localhost:8501/oauth2callback"


@pytest.mark.parametrize(
    "url",
    [
        "http://benchmark.example.nhs.uk",
        "benchmark.example.nhs.uk",
        "https://benchmark.example.nhs.uk/under/a/path",
        "https://benchmark.example.nhs.uk?a=b",
        "https://somebody@benchmark.example.nhs.uk",
        "https://",
    ],
)
def test_people_reach_a_site_of_its_own_by_https(url: str) -> None:
    _, problems = read(PUBLIC_URL=url)
    # A slash at the end makes no difference.
    assert problems[0].startswith(
        f"BENCHMARK_PUBLIC_URL: {url.rstrip('/')!r} is not the address of a site of its own. Use "
        "https:// and a name, without a path"
    )


def test_values_of_a_claim_give_roles() -> None:
    found, problems = read(
        OIDC_ROLE_CLAIM="groups",
        OIDC_ROLES="admins=administrator; rj1=trust lead@RJ1 ;inspect = inspector;",
    )
    assert problems == [] and found is not None
    assert found.first_roles == {
        "admins": Grant(Role.ADMINISTRATOR, None),
        "rj1": Grant(Role.TRUST_LEAD, "RJ1"),
        "inspect": Grant(Role.INSPECTOR, None),
    }


@pytest.mark.parametrize(
    "said, value",
    [
        ("a=chief", "a"),
        ("a=inspector@RJ1", "a"),
        ("a=trust lead", "a"),
        ("a=trust lead@", "a"),
        ("a", "a"),
        ("=inspector", ""),
    ],
)
def test_a_role_that_does_not_exist_is_named(said: str, value: str) -> None:
    _, problems = read(OIDC_ROLE_CLAIM="groups", OIDC_ROLES=said)
    (told,) = problems
    assert told.startswith(f"BENCHMARK_OIDC_ROLES: {value!r} gives no role that exists. Write ")


@pytest.mark.parametrize("only", ["OIDC_ROLE_CLAIM", "OIDC_ROLES"])
def test_a_claim_and_its_roles_need_each_other(only: str) -> None:
    _, problems = read(**{only: "a=inspector"})
    assert [p.split(": ")[1][:20] for p in problems] == ["each needs the other"]

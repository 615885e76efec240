"""The sign-in service (an OpenID Connect provider) that vouches for people, as settings name it."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from benchmarking.access import Grant, Role, is_of_a_trust

WELL_KNOWN = "/.well-known/openid-configuration"
CALLBACK = "/oauth2callback"
_NEEDED = (
    "BENCHMARK_OIDC_METADATA_URL",
    "BENCHMARK_OIDC_CLIENT_ID",
    "BENCHMARK_OIDC_CLIENT_SECRET",
)
_EXAMPLE = "for example: benchmark-admins=administrator; rj1-complaints=trust lead@RJ1"


@dataclass(frozen=True)
class Provider:
    """Where people prove who they are, and what its claims give at the first sign-in.

    ``issuer`` has no slash at its end. ``first_roles`` gives the role for a value of the claim
    ``role_claim``; both are empty where roles are given here alone.
    """

    metadata_url: str
    issuer: str
    client_id: str
    client_secret: str
    callback_url: str
    role_claim: str
    first_roles: Mapping[str, Grant]

    def __repr__(self) -> str:
        return f"Provider(issuer={self.issuer})"

    def is_issuer(self, said: str) -> bool:
        """Whether somebody's token comes from here. A slash at the end makes no difference."""
        return said.rstrip("/") == self.issuer


def public_url(environment: Mapping[str, str], problems: list[str]) -> str:
    """The address under which people reach this copy, without a slash at its end; often none."""
    said = environment.get("BENCHMARK_PUBLIC_URL", "").rstrip("/")
    if said and not (_is_safe(said) and _has_nothing_but_a_host(urlsplit(said))):
        problems.append(
            f"BENCHMARK_PUBLIC_URL: {said[:80]!r} is not the address of a site of its own. Use "
            f"https:// and a name, without a path (http:// is for this machine alone)."
        )
    return said


def read(environment: Mapping[str, str], problems: list[str]) -> Provider | None:
    """The provider, or None where the settings name none. Adds every problem to the list."""
    given = {name: environment.get(name, "") for name in _NEEDED}
    if not any(given.values()):
        return None
    url, client_id, client_secret = given.values()
    missing = [name for name, said in given.items() if not said]
    public = environment.get("BENCHMARK_PUBLIC_URL", "").rstrip("/")
    if missing or not public:
        names = [*missing, *([] if public else ["BENCHMARK_PUBLIC_URL"])]
        problems.append(f"{', '.join(names)}: the sign-in service needs this, too. Set it.")
    return Provider(
        metadata_url=url,
        issuer=_issuer(url, environment.get("BENCHMARK_OIDC_ISSUER", ""), problems),
        client_id=client_id,
        client_secret=client_secret,
        callback_url=public + CALLBACK,
        role_claim=environment.get("BENCHMARK_OIDC_ROLE_CLAIM", ""),
        first_roles=_first_roles(environment, problems),
    )


def is_this_machine(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _issuer(url: str, said: str, problems: list[str]) -> str:
    """Who signs the tokens: as it is set, or what OpenID Connect Discovery says the URL means."""
    if url and not _is_safe(url):
        problems.append(
            f"BENCHMARK_OIDC_METADATA_URL: {url[:120]!r} is not an address that can be trusted. "
            f"Use https:// (http:// is for this machine alone)."
        )
    if url and not said and not url.endswith(WELL_KNOWN):
        problems.append(
            f"BENCHMARK_OIDC_METADATA_URL: {url[:120]!r} does not end with {WELL_KNOWN}. Use the "
            f"one that does, or set BENCHMARK_OIDC_ISSUER to the issuer that it names."
        )
    return (said or url.removesuffix(WELL_KNOWN)).rstrip("/")


def _first_roles(environment: Mapping[str, str], problems: list[str]) -> dict[str, Grant]:
    claim = environment.get("BENCHMARK_OIDC_ROLE_CLAIM", "")
    said = environment.get("BENCHMARK_OIDC_ROLES", "")
    if bool(claim) != bool(said):
        problems.append(
            "BENCHMARK_OIDC_ROLE_CLAIM, BENCHMARK_OIDC_ROLES: each needs the other. Set both: the "
            f"name of the claim, and what its values give, {_EXAMPLE}."
        )
    pairs = (one.partition("=") for one in said.split(";") if one.strip())
    found = {value.strip(): _grant(given.strip()) for value, _, given in pairs}
    for value, grant in found.items():
        if grant is None or not value:
            problems.append(
                f"BENCHMARK_OIDC_ROLES: {value[:40]!r} gives no role that exists. Write "
                f"VALUE=ROLE, or VALUE=ROLE@TRUST for a role in one trust, {_EXAMPLE}."
            )
    return {value: grant for value, grant in found.items() if grant is not None}


def _grant(said: str) -> Grant | None:
    """The role that "trust lead@RJ1" or "inspector" means; None where there is no such role."""
    name, at, trust = said.partition("@")
    if name not in [role.value for role in Role]:
        return None
    role = Role(name)
    if bool(trust) != is_of_a_trust(role) or bool(at) != bool(trust):
        return None
    return Grant(role, trust or None)


def _is_safe(url: str) -> bool:
    """Whether what is sent there cannot be read or changed on its way."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (
        parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(host))
    )


def _has_nothing_but_a_host(parts: SplitResult) -> bool:
    return not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)

"""What vouches for somebody: a signed cookie of a demonstration, or the sign-in service's claims.

Nothing here asks the database: it says who somebody was when they signed in, and when that was.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from itsdangerous import BadSignature, URLSafeTimedSerializer

from benchmarking.provider import Provider
from benchmarking.settings import Settings, WayIn

DEMONSTRATION_ISSUER = "demonstration"
_PURPOSE = "signed in as"
_LONGEST_NAME = 255  # OpenID Connect Core 1.0, section 2: sub
_CLOCKS_DIFFER = timedelta(minutes=5)

Claims = Mapping[str, object]
# The text of a demonstration's cookie, or the claims of the sign-in service's token.
Credential = str | Claims | None


class NotAccepted(Exception):
    """What somebody brought does not vouch for them here. Says why, and what to do."""


@dataclass(frozen=True)
class Vouched:
    """Who signed in, and when: UTC without a zone. ``session_id`` is one signing in's alone."""

    issuer: str
    subject: str
    since: datetime
    session_id: str
    claims: Claims


def token_for(settings: Settings, subject: str) -> str:
    """A token that vouches for a demonstration role."""
    return _serializer(settings).dumps([DEMONSTRATION_ISSUER, subject, secrets.token_hex(8)])


def vouched(settings: Settings, credential: Credential, now: datetime) -> Vouched | None:
    """Whom a credential vouches for, or None where it says nothing.

    Raises:
        NotAccepted: the sign-in service's token is not, or no longer, good here.
    """
    if settings.way_in is WayIn.CHOICE and isinstance(credential, str):
        found = _by_cookie(settings, credential)
    elif settings.provider is not None and isinstance(credential, Mapping):
        found = _by_claims(settings.provider, credential, now)
    else:
        return None
    # Made by a clock that runs ahead, it would outlive its limits.
    return found if found and found.since <= now + _CLOCKS_DIFFER else None


def _by_cookie(settings: Settings, token: str) -> Vouched | None:
    try:
        said, since = _serializer(settings).loads(token, return_timestamp=True)
        issuer, subject, nonce = said
    except (BadSignature, ValueError, TypeError):
        return None
    if issuer != DEMONSTRATION_ISSUER or not isinstance(subject, str):
        return None
    moment = since.replace(tzinfo=None)
    return Vouched(issuer, subject, moment, _session_id(issuer, subject, moment, nonce), {})


def _by_claims(provider: Provider, claims: Claims, now: datetime) -> Vouched:
    """Streamlit checked signature and nonce when it set its cookie, and nothing ever after."""
    issuer, subject = claims.get("iss"), claims.get("sub")
    if not isinstance(issuer, str) or not provider.is_issuer(issuer):
        raise NotAccepted("You signed in with a service that is not used here. Sign in again.")
    if not _is_for(provider.client_id, claims.get("aud")):
        raise NotAccepted(
            "The sign-in service vouched for you to somebody else. Sign in again. If this stays, "
            "tell your administrator that the claim “aud” does not name this service."
        )
    if not _is_a_name(subject):
        raise NotAccepted(
            "The sign-in service did not say who you are. Sign in again. If this stays, tell "
            "your administrator that the claim “sub” is missing."
        )
    since, until = _moment(claims.get("iat")), _moment(claims.get("exp"))
    if since is None or until is None or until <= now:
        raise NotAccepted(
            "What the sign-in service said about you holds no longer. Nothing you saved is lost. "
            "Sign in again."
        )
    own = _session_id(provider.issuer, subject, since, claims.get("auth_time"), claims.get("nonce"))
    return Vouched(provider.issuer, str(subject), since, own, claims)


def _is_for(client_id: str, audience: object) -> bool:
    return client_id in audience if isinstance(audience, list) else audience == client_id


def _is_a_name(said: object) -> bool:
    return isinstance(said, str) and 0 < len(said) <= _LONGEST_NAME and said.isprintable()


def _moment(seconds: object) -> datetime | None:
    """A moment counted from 1970, in UTC without a zone."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return None


def _session_id(*parts: object) -> str:
    said = "\x1f".join(map(str, parts))
    return sha256(said.encode(errors="backslashreplace")).hexdigest()


def _serializer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret, salt=_PURPOSE)

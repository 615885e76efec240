"""Asking the running server to do something, from the machine it runs on.

A DuckDB file belongs to one process. While a server has it, a command cannot open the file and
asks the server instead. The request carries the time and a token that only who knows
BENCHMARK_SECRET can make, and is taken from this machine alone.
"""

import hmac
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from http.client import HTTPException

from benchmarking.settings import Settings, reached_at
from benchmarking.store.database import StoreError

ADDRESS = "/operations/"
AT_HEADER = "x-benchmark-at"
TOKEN_HEADER = "x-benchmark-token"
# A backup of many millions of rows takes its time.
PATIENCE_SECONDS = 3 * 60 * 60
_PURPOSE = "operations of this machine"
_MOST_APART_SECONDS = 60
# What a proxy adds to a request that it hands on.
_HANDED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


class Operation(StrEnum):
    """What a server can be asked to do."""

    BACK_UP = "backup"
    CHECK = "check"


class NotAnswered(StoreError):
    """The server that has the file did not do what it was asked. Says why and what to do."""


@dataclass(frozen=True)
class Answer:
    """What the server told, line by line, and whether all was well."""

    is_well: bool
    lines: tuple[str, ...]

    def written(self) -> dict[str, object]:
        """The answer as it travels."""
        return {"is_well": self.is_well, "lines": list(self.lines)}


def ask(settings: Settings, operation: Operation, now: datetime) -> Answer:
    """Has the server of this machine do something, and waits until it is done.

    Raises:
        NotAnswered: no server answers where the settings say, or it did not take the request.
    """
    url = f"http://{reached_at(settings.address)}:{settings.port}{ADDRESS}{operation.value}"
    request = urllib.request.Request(url, b"", headers(settings, operation, now), method="POST")
    try:
        with _direct.open(request, timeout=PATIENCE_SECONDS) as answer:
            said = json.load(answer)
    except urllib.error.HTTPError as refused:
        raise NotAnswered(_refusal(url, refused.code)) from None
    except (OSError, HTTPException, ValueError) as error:
        raise NotAnswered(
            f"Another process has the database, and no server answers at {url}. If it is a "
            f"server, give this command its BENCHMARK_PORT and BENCHMARK_ADDRESS. If it is "
            f"something else, let it end first. It said: {error}"
        ) from None
    return Answer(bool(said["is_well"]), tuple(map(str, said["lines"])))


def headers(settings: Settings, operation: Operation, now: datetime) -> dict[str, str]:
    """What proves that a request comes from somebody who knows the secret of this copy."""
    at = now.isoformat(timespec="seconds")
    return {AT_HEADER: at, TOKEN_HEADER: _token(settings, operation, at)}


def is_ours(
    settings: Settings,
    operation: Operation,
    given: Mapping[str, str],
    peer: str | None,
    own_address: str | None,
    now: datetime,
) -> bool:
    """Whether a request comes from this machine, with the right token and at the right time.

    Args:
        settings: whose secret the token is made with.
        operation: what is asked for.
        given: the headers of the request, by their names in lower case.
        peer: the address that it came from.
        own_address: the address that it came to.
        now: UTC without a zone.
    """
    is_from_here = peer in ("127.0.0.1", "::1") or (peer is not None and peer == own_address)
    if not is_from_here or any(name in given for name in _HANDED_ON):
        return False
    at = given.get(AT_HEADER, "")
    is_right = hmac.compare_digest(
        _token(settings, operation, at).encode(), given.get(TOKEN_HEADER, "").encode()
    )
    return is_right and _is_now(at, now)


def _is_now(at: str, now: datetime) -> bool:
    try:
        return abs((datetime.fromisoformat(at) - now).total_seconds()) <= _MOST_APART_SECONDS
    except (ValueError, TypeError):
        return False


def _token(settings: Settings, operation: Operation, at: str) -> str:
    key = settings.secret_for(_PURPOSE).encode()
    return hmac.new(key, f"{operation.value} {at}".encode(), "sha256").hexdigest()


def _refusal(url: str, code: int) -> str:
    if code == 404:
        return (
            f"The server at {url} did not take the request. Give this command the same "
            f"BENCHMARK_SECRET as the server, and check that the clock is right."
        )
    return (
        f"The server at {url} could not do it (status {code}). Its log says why. "
        f"Nothing was changed."
    )


# A proxy in the environment is for what lies outside.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))

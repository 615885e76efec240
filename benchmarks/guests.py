"""Who comes to a load test: people of the demonstration, and the pages that each turns to."""

import random
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

from benchmarks.crowd import Guest

TRUSTS = 60
SEED = 20261122


@dataclass(frozen=True)
class Persona:
    """One of the readers: how many of a hundred they are, and the pages they turn to.

    The first page is the one they open. Who belongs to a trust signs in for one of sixty.
    """

    role: str
    share: int
    pages: tuple[str, ...]
    is_of_a_trust: bool = True


PERSONAS = (
    Persona("contributor", 25, ("", "assessment", "our-results", "voices", "published-complaints")),
    Persona("trust-lead", 25, ("assessment", "", "our-results", "voices", "trends", "actions")),
    Persona("approver", 10, ("", "assessment", "our-results", "voices")),
    Persona("board-member", 25, ("overview", "published-complaints", "trends", "actions")),
    Persona("inspector", 15, ("compare", "", "published-complaints", "trends"), False),
)


def come(port: int, many: int, *, twice: bool = False) -> tuple[Guest, ...]:
    """That many people, signed in, in a drawn order.

    Args:
        port: of a server with the demonstration.
        many: how many.
        twice: the second half are the people of the first, each in a second tab.
    """
    drawn = random.Random(SEED)
    crowd = [persona for persona in PERSONAS for _ in range(persona.share)]
    found = []
    for number in range(many // 2 if twice else many):
        persona = crowd[number * 37 % len(crowd)]
        trust = f".DEMO-{drawn.randint(1, TRUSTS):02}" if persona.is_of_a_trust else ""
        found.append(Guest(sign_in(port, f"{persona.role}{trust}"), persona.pages))
    return tuple(found) * (2 if twice else 1)


def strangers(many: int) -> tuple[Guest, ...]:
    """As many visitors of a bare page, which asks nobody who they are."""
    return (Guest("", ("",)),) * many


def sign_in(port: int, subject: str) -> str:
    """The cookie of a demonstration role.

    Raises:
        RuntimeError: the server did not take the role.
    """

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_args: object, **_more: object) -> None:
            return None

    form = urllib.parse.urlencode({"subject": subject, "next": "/"}).encode()
    request = urllib.request.Request(f"http://localhost:{port}/sign-in", data=form)
    try:
        urllib.request.build_opener(Stay).open(request)
    except urllib.error.HTTPError as answer:
        return str(answer.headers["set-cookie"]).split(";")[0]
    raise RuntimeError("The server did not accept the role.")

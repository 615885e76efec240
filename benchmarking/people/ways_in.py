"""Who may come in, and where a server refuses to begin.

======================  =============  ============  ===================  =========================
sign-in service is set  mode           address       people with a role   what happens
======================  =============  ============  ===================  =========================
yes                     either         any           any                  they sign in there
no                      demonstration  this machine  any                  they choose a role
no                      production     this machine  one                  a laptop copy: that person
                                                                          is signed in, no password
no                      production     this machine  none, but            they are enrolled; then as
                                                     BENCHMARK_LAPTOP_    above
                                                     PERSON is set
no                      production     this machine  none, or several     refuses to begin
no                      either         any other     any                  refuses to begin
======================  =============  ============  ===================  =========================

A person with a role is one who holds it now. Who refuses ends with exit code 2. The rules are
asked again at every click: on a laptop copy, the one person is nobody once there is a second.
"""

from dataclasses import replace
from datetime import datetime

from benchmarking.moments import utc_now
from benchmarking.people import enrolment
from benchmarking.people.enrolment import CannotEnrol
from benchmarking.server import Server
from benchmarking.settings import Settings, WayIn
from benchmarking.store.database import Database
from benchmarking.store.people import Known

EXIT_CODE = 2
_PROVIDER = (
    "BENCHMARK_OIDC_METADATA_URL, BENCHMARK_OIDC_CLIENT_ID, BENCHMARK_OIDC_CLIENT_SECRET and "
    "BENCHMARK_PUBLIC_URL"
)


class ServingRefused(Exception):
    """This copy is not served as it is set up. Says why, and what to do."""


def check(server: Server, listens_on: str | None = None) -> None:
    """Passes a copy that may be served, and enrols the one person of a laptop copy.

    Args:
        server: what is to be served.
        listens_on: the address it really listens on, where that may be another than its own.

    Raises:
        ServingRefused: with the reason and what to do.
    """
    for address in (server.settings.address, listens_on or server.settings.address):
        for told in problems(replace(server.settings, address=address)):
            raise ServingRefused(f"{told} Nothing was started.")
    if server.settings.way_in is WayIn.LAPTOP:
        _check_laptop(server)


def problems(settings: Settings) -> list[str]:
    """What would let everybody in as anybody: told before a database is opened."""
    if settings.way_in is not WayIn.NONE:
        return []
    return [
        f"Others can reach the address {settings.address}, and no sign-in service is set that "
        f"could tell who they are. Set {_PROVIDER}; or serve this machine alone, with "
        f"BENCHMARK_ADDRESS=127.0.0.1."
    ]


def person_of_laptop(database: Database, now: datetime) -> Known | None:
    """The one person of a laptop copy; None where none holds a role, or several do."""
    with database.reading() as reading:
        active = enrolment.active(reading, now)
    return active[0].known if len(active) == 1 else None


def _check_laptop(server: Server) -> None:
    now, asked_for = utc_now(), server.settings.laptop_person
    with server.database.reading() as reading:
        active = len(enrolment.active(reading, now))
    if active == 0 and asked_for:
        try:
            newcomer = enrolment.newcomer_on_laptop(asked_for)
            enrolment.enrol(server.database, server.settings.reference, newcomer, now)
        except CannotEnrol as refused:
            raise ServingRefused(str(refused)) from None
    elif active == 0:
        raise ServingRefused(
            "Nobody holds a role here yet, and no sign-in service is set. For a laptop copy, say "
            "who uses it, for example BENCHMARK_LAPTOP_PERSON='Complaints manager@RJ1', or run: "
            f"python -m benchmarking people add. For others to sign in, set {_PROVIDER}."
        )
    elif active > 1:
        raise ServingRefused(
            f"{active} people hold a role here, and without a sign-in service nobody can tell them "
            f"apart. Set {_PROVIDER}; or for a laptop copy end the roles of all but one with: "
            "python -m benchmarking people end"
        )

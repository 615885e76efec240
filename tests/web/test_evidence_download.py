"""The address of evidence files: for whom it opens in each way in, and what goes with the file."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from itsdangerous import URLSafeTimedSerializer
from starlette.testclient import TestClient
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from benchmarking import server
from benchmarking.access import Grant, Role
from benchmarking.moments import utc_now
from benchmarking.people import accounts, enrolment
from benchmarking.people.enrolment import Newcomer
from benchmarking.server import Server
from benchmarking.settings import ROOT, Mode, read
from benchmarking.store import evidence
from benchmarking.store.database import AuditEntry
from benchmarking.store.evidence_files import sha256_of
from benchmarking.web import asking as cookies
from tests.test_provider import COMPLETE
from tests.web import copies
from tests.web.conftest import HOME, asking

ISSUER = "https://id.example.nhs.uk"
PUBLIC = COMPLETE["BENCHMARK_PUBLIC_URL"]
NOT_THERE = "There is no such file here, or it is not for you to see."


def numbers(running: Server, code: str = "DEMO-07", **wanted: object) -> list[str]:
    """The numbers of a trust's pieces that have a file, of its current draft first."""
    sql = """
        SELECT e.evidence_id
        FROM evidence e
        JOIN organisation o ON o.organisation_id = e.organisation_id
        WHERE o.code = :code AND e.file_sha256 <> '' AND e.may_be_shared = :may_be_shared
            AND e.file_type = :file_type
        ORDER BY e.cycle_id DESC, e.evidence_id
    """
    wanted = {"may_be_shared": False, "file_type": "csv", **wanted}
    with running.database.reading() as reading:
        return [row["evidence_id"] for row in reading.rows(sql, code=code, **wanted)]


def as_person(running: Server, subject: str) -> TestClient:
    browser = asking()
    browser.cookies.set(accounts.COOKIE, accounts.sign_in_as(running, subject))
    return browser


def test_somebody_of_the_trust_has_the_file_as_a_download(demonstration: Server) -> None:
    number, *_ = numbers(demonstration)
    answer = as_person(demonstration, "trust-lead.DEMO-07").get(f"/evidence-files/{number}")
    assert answer.status_code == 200
    assert answer.text.startswith("Demonstration: fictional figures")
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"evidence.csv\"; filename*=UTF-8''Sample%20of%20closed%20files.csv"
    )
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["cache-control"] == "private, no-store"
    assert "sandbox; default-src 'none'" in answer.headers.get_list("content-security-policy")
    assert answer.headers.get_list("x-content-type-options") == ["nosniff"]


def test_an_inspector_has_what_was_shared_and_published(demonstration: Server) -> None:
    # The oldest cycle has been released; what trusts answer now has not.
    newest, *_, oldest = numbers(demonstration, may_be_shared=True, file_type="pdf")
    browser = as_person(demonstration, "inspector")
    answer = browser.get(f"/evidence-files/{oldest}")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF-")
    assert "DEMO-07-" in answer.headers["content-disposition"], "a name of ours"
    for refused in (newest, numbers(demonstration)[-1]):
        assert browser.get(f"/evidence-files/{refused}").status_code == 404


@pytest.mark.parametrize(
    "subject", [None, "trust-lead.DEMO-08", "board-member.DEMO-07", "administrator", "inspector"]
)
def test_forbidden_and_absent_get_the_very_same_answer(
    demonstration: Server, subject: str | None
) -> None:
    browser = as_person(demonstration, subject) if subject else asking()
    forbidden = browser.get(f"/evidence-files/{numbers(demonstration)[0]}")
    absent = browser.get("/evidence-files/there-is-none")
    assert (forbidden.status_code, forbidden.text) == (404, NOT_THERE)
    assert (absent.status_code, absent.text) == (404, NOT_THERE)
    # Every answer has a number of its own, drawn by chance.
    for answer in (forbidden, absent):
        assert len(answer.headers.pop("x-request-id")) == 16
    assert dict(forbidden.headers) == dict(absent.headers)


def test_denied_access_stands_in_the_audit(demonstration: Server) -> None:
    as_person(demonstration, "trust-lead.DEMO-09").get(
        f"/evidence-files/{numbers(demonstration)[0]}"
    )
    with demonstration.database.reading() as reading:
        row = reading.row(
            """
            SELECT a.subject, a.detail
            FROM audit a
            JOIN person p ON p.person_id = a.person_id
            WHERE a.action = 'denied access' AND p.subject = 'trust-lead.DEMO-09'
            """
        )
    assert row is not None
    assert (row["subject"], row["detail"]) == ("DEMO-07", "see an assessment in progress")


@pytest.mark.parametrize("cookie", ["", "forged", "a.b.c", "x" * 9000])
def test_a_forged_cookie_opens_nothing(demonstration: Server, cookie: str) -> None:
    browser = asking()
    browser.cookies.set(accounts.COOKIE, cookie)
    assert browser.get(f"/evidence-files/{numbers(demonstration)[0]}").status_code == 404


def test_who_signed_out_has_nothing_any_more(demonstration: Server) -> None:
    browser = as_person(demonstration, "contributor.DEMO-07")
    address = f"/evidence-files/{numbers(demonstration)[0]}"
    assert browser.get(address).status_code == 200
    accounts.sign_out(demonstration, browser.cookies[accounts.COOKIE])
    assert browser.get(address).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_is_changed_under_this_address(demonstration: Server, method: str) -> None:
    browser = as_person(demonstration, "trust-lead.DEMO-07")
    address = f"/evidence-files/{numbers(demonstration)[0]}"
    assert browser.request(method, address).status_code == 405


@pytest.mark.parametrize("path", ["a/b", "..%2f..%2fetc%2fpasswd", "%00", "%ff", "a" * 3000])
def test_odd_addresses_are_not_there(demonstration: Server, path: str) -> None:
    browser = as_person(demonstration, "trust-lead.DEMO-07")
    assert browser.get(f"/evidence-files/{path}").status_code == 404


def test_a_file_that_is_gone_is_told_in_a_sentence(demonstration: Server) -> None:
    # The smallest number of another kind, so that no other test misses it.
    number, *_ = numbers(demonstration, "DEMO-11", may_be_shared=True, file_type="text")
    with demonstration.database.reading() as reading:
        placed = evidence.find(reading, number)
    assert placed is not None and placed.file is not None
    demonstration.files.remove(placed.file)
    answer = as_person(demonstration, "trust-lead.DEMO-11").get(f"/evidence-files/{number}")
    assert answer.status_code == 409
    assert "The file is missing where it was kept." in answer.text
    assert "sandbox" in answer.headers["content-security-policy"]


def test_a_hash_alone_opens_nothing(demonstration: Server) -> None:
    with demonstration.database.reading() as reading:
        names = [file.sha256 for file in evidence.files_named(reading)]
    browser = as_person(demonstration, "trust-lead.DEMO-07")
    assert {browser.get(f"/evidence-files/{name}").status_code for name in names} == {404}


# With a sign-in service: its claims, in the cookie that Streamlit wrote.


@pytest.fixture(scope="module")
def with_service(demonstration: Server) -> Iterator[Server]:
    told = {**COMPLETE, "BENCHMARK_SECRET": copies.SECRET}
    chosen = replace(
        read(told),
        mode=Mode.DEMONSTRATION,
        database=demonstration.settings.database,
        evidence=demonstration.settings.evidence,
    )
    running = replace(demonstration, settings=chosen)
    newcomer = Newcomer(ISSUER, "lead", "Complaints lead", Grant(Role.TRUST_LEAD, "DEMO-07"))
    enrolment.enrol(running.database, ROOT / "data", newcomer, utc_now())
    with server.using(running):
        yield running


def claims(**said: object) -> dict[str, Any]:
    now = int(time.time())
    kept: dict[str, Any] = {
        "iss": ISSUER,
        "sub": "lead",
        "aud": ["benchmark"],
        "iat": now,
        "exp": now + 3600,
        "nonce": "n",
        "is_logged_in": True,
        "origin": PUBLIC,
    }
    return {name: value for name, value in {**kept, **said}.items() if value is not None}


# More than one cookie holds, and nothing that could be packed smaller.
LONG = [sha256_of(str(number).encode()) for number in range(200)]


def written(running: Server, said: dict[str, Any], secret: str = "") -> dict[str, str]:
    """The cookies as Streamlit itself writes them, in one or in several."""
    signing = secret or running.settings.secret_for(cookies.COOKIE_PURPOSE)
    jar: dict[str, str] = {}

    def sign(name: str, value: str) -> bytes:
        return create_signed_value(signing, name, value)

    def keep(name: str, value: str) -> None:
        jar[name] = sign(name, value).decode()

    set_cookie_with_chunks(keep, sign, USER_COOKIE_NAME, said, cookie_attr_size=80)
    return jar


Ask = Callable[[dict[str, str]], int]


@pytest.fixture
def ask(with_service: Server) -> Ask:
    """What the address answers to somebody with these cookies."""
    number, *_ = numbers(with_service)

    def answer(jar: dict[str, str]) -> int:
        browser = asking()
        browser.cookies.update(jar)
        return browser.get(f"/evidence-files/{number}").status_code

    return answer


def test_the_cookie_that_streamlit_writes_is_read(with_service: Server, ask: Ask) -> None:
    assert ask(written(with_service, claims())) == 200


def test_so_it_is_where_it_was_too_long_for_one(with_service: Server, ask: Ask) -> None:
    long = written(with_service, claims(groups=LONG))
    assert len(long) > 2 and ask(long) == 200
    del long[f"{USER_COOKIE_NAME}_2"]
    assert ask(long) == 404


@pytest.mark.parametrize(
    "said",
    [
        {"sub": "somebody else"},
        {"iss": "https://another.example"},
        {"aud": ["another"]},
        {"exp": 1},
        {"is_logged_in": False},
        {"is_logged_in": None},
        {"origin": "https://another.example"},
        {"origin": None},
    ],
    ids=str,
)
def test_claims_that_let_nobody_in_open_nothing(
    with_service: Server, ask: Ask, said: dict[str, Any]
) -> None:
    assert ask(written(with_service, claims(**said))) == 404


def test_a_cookie_that_another_signed_opens_nothing(with_service: Server, ask: Ask) -> None:
    assert ask(written(with_service, claims(), secret="another secret")) == 404


@pytest.mark.parametrize(
    "said", ["chunks-0", "chunks-99", "chunks-x", "[]", "null", "no JSON", "{", '"text"', "1"]
)
def test_a_cookie_of_another_form_opens_nothing(with_service: Server, ask: Ask, said: str) -> None:
    secret = with_service.settings.secret_for(cookies.COOKIE_PURPOSE)
    signer = URLSafeTimedSerializer(secret, salt=USER_COOKIE_NAME)
    assert ask({USER_COOKIE_NAME: str(signer.dumps(said))}) == 404
    assert ask({USER_COOKIE_NAME: str(signer.dumps([json.loads("1")]))}) == 404


def test_a_part_of_the_cookie_cannot_stand_for_another(with_service: Server, ask: Ask) -> None:
    jar = written(with_service, claims(groups=LONG))
    first, second = f"{USER_COOKIE_NAME}_1", f"{USER_COOKIE_NAME}_2"
    jar[first], jar[second] = jar[second], jar[first]
    assert ask(jar) == 404


def test_the_demonstrations_cookie_opens_nothing_where_there_is_a_service(
    demonstration: Server, with_service: Server, ask: Ask
) -> None:
    assert ask({accounts.COOKIE: accounts.sign_in_as(demonstration, "trust-lead.DEMO-07")}) == 404


# On a laptop copy there is one person and no cookie.


def test_on_a_laptop_copy_its_one_person_has_the_file(demonstration: Server) -> None:
    """The trust is fictional and the copy is not; the way in is all this is about."""
    number, *_ = numbers(demonstration)
    entry = AuditEntry(0, "end roles", "tests", utc_now())
    with demonstration.database.writing(entry) as writing:
        ended = "UPDATE role_grant SET holds_until = :now WHERE holds_until IS NULL"
        writing.run(ended, now=utc_now())
    newcomer = Newcomer("laptop", "one", "Complaints lead", Grant(Role.TRUST_LEAD, "DEMO-07"))
    enrolment.enrol(demonstration.database, ROOT / "data", newcomer, utc_now())
    chosen = replace(demonstration.settings, mode=Mode.PRODUCTION)
    with server.using(replace(demonstration, settings=chosen)):
        assert asking(HOME).get(f"/evidence-files/{number}").status_code == 200


def test_the_file_of_the_demonstration_lies_in_its_trusts_own_folder(
    demonstration: Server,
) -> None:
    lying = demonstration.files.every(utc_now())
    assert {file.organisation_id for file in lying} == {3, 7, 11}

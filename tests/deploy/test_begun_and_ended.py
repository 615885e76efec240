"""What is begun at one replica and ended at the other: signing in, and answering the survey."""

import re
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from types import ModuleType
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarking.access import Grant, Role
from benchmarking.assessing.sheets import current_cycle
from benchmarking.moments import utc_now
from benchmarking.people import enrolment
from benchmarking.people.enrolment import Newcomer
from benchmarking.people.vouching import DEMONSTRATION_ISSUER
from benchmarking.settings import ROOT
from benchmarking.standard import load_library
from benchmarking.store import people
from benchmarking.store.database import Database
from benchmarking.visit import Visit
from tests.browser.vouching_service import Service, vouching
from tests.deploy.serving import Deployment, deployed
from tests.deploy.visiting import PLACE, Answer, Visitor, logged, places
from tests.invited import fill_in, invite

pytestmark = pytest.mark.postgres

TRUST, SUBJECT = "DEMO-07", "complaints-manager"
REDIRECT = re.compile(r'auth_redirect \{\s*url: "([^"]+)"')


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with vouching(tmp_path_factory.mktemp("vouching")) as answering:
        yield answering


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, pgserver: ModuleType, service: Service
) -> Iterator[Deployment]:
    """Two replicas behind nginx, to which people come by way of a sign-in service."""
    # Not in tmp_path, whose owner the wheel would change.
    place = tempfile.mkdtemp(prefix="benchmark-postgresql-")
    folder = tmp_path_factory.mktemp("deployed")
    with deployed(folder, pgserver, place, **service.settings(0)) as running:
        yield running


@pytest.fixture
def replicas(site: Deployment) -> tuple[str, str]:
    """A place that leads to either."""
    return places(site.proxy)


def vouched(asked: str) -> str:
    """Where the sign-in service leads somebody whom it lets in."""
    at, form = urlsplit(asked), urlencode({"sub": SUBJECT})
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    with closing(HTTPConnection(at.netloc, timeout=60)) as connection:
        connection.request("POST", f"{at.path}?{at.query}", form, kind)
        with closing(connection.getresponse()) as answer:
            assert answer.status == 302
            return str(answer.getheader("location"))


def ask_to_sign_in(somebody: Visitor) -> Answer:
    """What comes of pressing "Sign in"."""
    with somebody.tab() as page:
        button = re.search(r'"(\$\$ID-[0-9a-f]+-sign-in)"', page.run("assessment"))
        assert button is not None, "strangers are asked to sign in"
        drawn = page.run("assessment", WidgetState(id=button[1], trigger_value=True))
    leads = REDIRECT.search(drawn)
    assert leads is not None, "the page leads to the sign-in"
    return somebody.get(leads[1], Referer=f"{somebody.proxy.address}/assessment")


def served_by(site: Deployment, asked: str) -> set[str]:
    """The replicas that answered requests for an address."""
    lines = [line for line in logged(site.proxy) if line["asked"] == asked]
    return {line["replica"] for line in lines}


def lead(database: Database) -> Visit:
    now = utc_now()
    with database.reading() as reading:
        person = people.find(reading, DEMONSTRATION_ISSUER, f"trust-lead.{TRUST}", now)
    assert person is not None
    return Visit(person, database, load_library(ROOT / "standards"), now)


def replies(database: Database) -> int:
    """How many replies were given on the survey that is hosted here."""
    with database.reading() as reading:
        return int(
            reading.value(
                "SELECT count(*) FROM response r JOIN survey_batch b ON b.batch = r.batch "
                "WHERE r.item = 0 AND b.way = 'here'"
            )
        )


def test_a_sign_in_that_began_at_one_replica_ends_at_the_other_and_holds_at_both(
    site: Deployment, database: Database, service: Service, replicas: tuple[str, str]
) -> None:
    newcomer = Newcomer(service.issuer, SUBJECT, "Title of ours", Grant(Role.TRUST_LEAD, TRUST))
    enrolment.enrol(database, ROOT / "data", newcomer, utc_now())
    here, there = replicas
    somebody = Visitor(site.proxy, {PLACE: here})
    asked = ask_to_sign_in(somebody).one("location")
    assert parse_qs(urlsplit(asked).query)["redirect_uri"] == [
        f"{site.proxy.address}/oauth2callback"
    ]
    back = urlsplit(vouched(asked))
    somebody.cookies[PLACE] = there
    arrived = somebody.get(f"{back.path}?{back.query}")
    assert (arrived.status, arrived.one("location")) == (302, "/assessment")
    begun, ended = (served_by(site, f"GET {path}") for path in ("/auth/login", "/oauth2callback"))
    assert len(begun) == len(ended) == 1 and begun != ended
    for place in replicas:
        somebody.cookies[PLACE] = place
        # As a page asks before it opens.
        somebody.get("/_stcore/health")
        with somebody.tab() as page:
            assert "Title of ours" in page.run("assessment")


def test_a_survey_begun_at_one_replica_and_sent_at_both_is_stored_once_and_its_link_used_up(
    site: Deployment, database: Database, replicas: tuple[str, str]
) -> None:
    visit = lead(database)
    fill_in(visit)
    (invited,) = invite(visit, current_cycle(visit), 1, TRUST).links
    link, before = f"/reply/{invited.token}", replies(database)
    here, there = (Visitor(site.proxy, {PLACE: place}) for place in replicas)
    assert here.get(link).status == 200
    drafted = here.post(f"{link}/question/1", answer="agree", go="on")
    assert drafted.one("location") == f"{link}/question/2"
    assert "You have begun: 1 of 26 answered." in words(there.get(link))
    assert there.post(f"{link}/question/2", answer="disagree", go="on").status == 303
    assert "You have begun: 2 of 26 answered." in words(here.get(link))
    assert replies(database) == before, "a draft is no reply"
    with ThreadPoolExecutor(2) as pool:
        sent = list(pool.map(lambda one: one.post(f"{link}/check", none=""), (here, there)))
    assert [one.one("location") for one in sent] == [f"{link}/sent"] * 2
    for one in (here, there):
        for answer in (one.get(link), one.post(f"{link}/question/1", answer="agree", go="on")):
            assert (answer.status, "This link has been used" in words(answer)) == (410, True)
    assert replies(database) == before + 1
    assert len(served_by(site, "GET /reply/...")) == 2


def words(answer: Answer) -> str:
    """What a person reads, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.body.decode()).split())

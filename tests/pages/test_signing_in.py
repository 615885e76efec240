"""What pages say to whoever is not let in, and that a browser tab is one person's alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from benchmarking import server, settings
from benchmarking.access import Role
from benchmarking.moments import utc_now
from benchmarking.people import accounts
from benchmarking.server import Server
from benchmarking.settings import Mode
from benchmarking.store import people
from benchmarking.store.database import AuditEntry
from benchmarking.ui import identity
from tests.pages import opening
from tests.pages.opening import Door
from tests.pages.paper import Paper, take_up
from tests.test_provider import COMPLETE
from tests.test_vouching import ISSUER, at
from tests.web import copies

TYPED = "Only the lead of DEMO-07 typed this"
NAME = "My expectations benchmark"


@pytest.fixture
def service(shared: Server) -> Iterator[Server]:
    """The demonstration, with a sign-in service."""
    chosen = settings.read({**COMPLETE, "BENCHMARK_SECRET": copies.SECRET})
    with server.using(replace(shared, settings=chosen)) as running:
        yield running


def claims(subject: str, **gone: float) -> dict[str, Any]:
    """What the service says of somebody who signed in some time ago."""
    now = utc_now()
    times = {"iat": at(now - timedelta(**gone)), "exp": at(now + timedelta(hours=30))}
    own = {"iss": ISSUER, "sub": subject, "aud": "benchmark", "nonce": str(gone)}
    return {"is_logged_in": True, **own, **times}


def known(service: Server, subject: str, role: Role = Role.TRUST_LEAD) -> None:
    entry = AuditEntry(0, "add person", "tests", utc_now())
    with service.database.writing(entry) as writing:
        number = people.add(writing, ISSUER, subject, f"Complaints manager {subject}")
        people.grant(writing, number, role, "DEMO-07", utc_now())


def opened(user: dict[str, Any]) -> AppTest:
    page = opening.dashboard()
    page.user = user
    page.run()
    assert not page.exception
    return page


def buttons(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def test_a_stranger_can_sign_in_from_the_bar_and_from_the_page(service: Server) -> None:
    page = opened({"is_logged_in": False})
    assert "Nobody is signed in" in opening.told(page)
    assert [title.value for title in page.title] == [NAME]
    assert [said.value for said in page.markdown] == ["Sign in to see this page."]
    assert buttons(page) == ["Sign in", "Sign in"]
    assert service.settings.provider is not None


def test_somebody_known_sees_their_pages_and_can_sign_out(service: Server) -> None:
    known(service, "p1")
    page = opened(claims("p1"))
    assert "Complaints manager p1" in opening.told(page)
    assert [title.value for title in page.title] == ["Home"]
    assert buttons(page)[0] == "Sign out"
    assert "Change role" not in opening.told(page)


def test_somebody_unknown_sees_their_code_and_nothing_else(service: Server) -> None:
    page = opened(claims("p<2>"))
    assert "Signed in, without a role" in opening.told(page)
    assert [said.value for said in page.markdown] == [accounts.NO_ROLE]
    (code,) = page.code
    assert code.value == f"issuer   {ISSUER}\nsubject  p<2>"
    assert buttons(page) == ["Sign out"]
    assert service.is_demonstration and "DEMO-" not in opening.everything(page)


def test_somebody_whose_roles_are_gone_sees_the_same(service: Server) -> None:
    known(service, "p3")
    assert [title.value for title in opened(claims("p3")).title] == ["Home"]
    entry = AuditEntry(0, "take role away", "p3", utc_now())
    with service.database.writing(entry) as writing:
        found = people.known(writing, ISSUER, "p3")
        assert found is not None
        people.end_role(writing, found.roles[0].grant_id, utc_now())
    page = opened(claims("p3"))
    assert [said.value for said in page.markdown] == [accounts.NO_ROLE]


@pytest.mark.parametrize(
    "gone, told",
    [
        (
            {"minutes": 50},
            "You were signed out after 30 minutes without a click. Nothing you saved is lost. "
            "Sign in again.",
        ),
        (
            {"hours": 13},
            "You were signed out 12 hours after you signed in. Nothing you saved is lost. "
            "Sign in again.",
        ),
    ],
)
def test_whoever_was_away_too_long_is_told_and_can_sign_in_again(
    service: Server, gone: dict[str, float], told: str
) -> None:
    subject = f"p4 {gone}"
    known(service, subject)
    page = opened(claims(subject, **gone))
    assert [said.value for said in page.markdown] == [told]
    assert buttons(page) == ["Sign in", "Sign in"]
    assert "Complaints manager" not in opening.everything(page)


def test_a_demonstrations_cookie_is_nobodys_where_a_service_is_set(
    service: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = accounts.token_for(service.settings, opening.LEAD)
    monkeypatch.setattr(identity, "token", lambda: token)
    assert "Nobody is signed in" in opening.told(opening.dashboard().run())


def test_the_person_of_a_laptop_copy_is_told_that_nobody_signs_in(
    shared: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with shared.database.reading() as reading:
        inspector = people.known(reading, "demonstration", "inspector")
    monkeypatch.setattr("benchmarking.people.ways_in.person_of_laptop", lambda *_: inspector)
    laptop = replace(shared, settings=replace(shared.settings, mode=Mode.PRODUCTION))
    with server.using(laptop):
        page = opening.dashboard().run()
    assert "Inspector · Copy for this machine alone, without sign-in" in opening.told(page)
    assert buttons(page)[:1] not in (["Sign in"], ["Sign out"])


def typed(paper: Paper) -> list[object]:
    """What stands in the fields of a page."""
    return [one.value for one in paper.fields]


def test_what_one_person_typed_is_not_there_for_the_next_in_the_same_tab(door: Door) -> None:
    paper = take_up(door, "5").open("comment", "5.4").fill(Comment=TYPED).run()
    assert TYPED in typed(paper) and TYPED in str(paper.page.session_state)
    other = replace(paper, subject="trust-lead.DEMO-08").run()
    assert "Complaints manager, DEMO-08" in opening.told(other.page)
    assert typed(other) == [], "the comment that was open is not open any more"
    assert typed(other.open("comment", "5.4")) == [""]
    assert TYPED not in str(other.page.session_state), "nor is it kept where a page could show it"


def test_what_is_sent_for_one_person_is_not_stored_for_another(door: Door) -> None:
    paper = take_up(door, "5").open("comment", "5.4").fill(Comment=TYPED)
    door.sign_in("trust-lead.DEMO-08")
    paper.page.run()
    with door.running.database.reading() as reading:
        stored = reading.value(
            "SELECT count(*) FROM answer_comment WHERE comment_text = :said", said=TYPED
        )
    assert stored == 0


def test_an_idle_evening_costs_nobody_an_answer(door: Door) -> None:
    paper = take_up(door, "5").choose("5.2", "good")
    with door.running.database.writing(AuditEntry(0, "an evening", "tests", utc_now())) as writing:
        writing.run("UPDATE session SET seen_at = :then", then=utc_now() - timedelta(hours=10))
    paper.question("5.3").set_value("good")
    late = paper.page.run()
    assert [said.value for said in late.markdown] == [
        "You were signed out after 30 minutes without a click. Nothing you saved is lost. "
        "Sign in again."
    ]
    assert "DEMO-07" not in opening.text(late)
    again = take_up(door, "5")
    stored = [again.stored(number).answer for number in ("5.2", "5.3")]
    assert [one and one.choice for one in stored] == ["good", None], "the click that came too late"
    assert again.choose("5.3", "good").stored("5.3").answer is not None

"""Mail through a real server on this machine: plain text, safe heads, refusals in words."""

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from socket import socket

import pytest

from benchmarking import mailing
from benchmarking.mail_server import Security
from benchmarking.mailing import Mail, NotSent
from tests import post_office
from tests.post_office import PASSWORD, SENDER, USER, PostOffice

TO = "lead@trust.example"
MAIL = Mail(TO, "Something waits", ("Ŵelcome: 3 statements – are assigned.", "Second."))


@pytest.fixture(scope="module")
def office() -> Iterator[PostOffice]:
    with post_office.opened() as found:
        yield found


@pytest.fixture(autouse=True)
def empty(request: pytest.FixtureRequest) -> None:
    if "office" in request.fixturenames:
        kept: PostOffice = request.getfixturevalue("office")
        kept.received.clear()
        kept.raw.clear()
        kept.refuses = ""


def test_a_mail_arrives_as_plain_text_marked_as_sent_by_a_machine(office: PostOffice):
    mailing.post_to(office.server())(MAIL)
    (found,) = office.received
    assert (found["From"], found["To"], found["Subject"]) == (SENDER, TO, "Something waits")
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["List-Unsubscribe"] == "<https://benchmark.trust.example/notifications>"
    assert found["Date"] and found["Message-ID"].endswith("@trust.example>")
    assert found.get_content_type() == "text/plain" and found.get_content_charset() == "utf-8"
    assert not found.is_multipart()
    assert office.texts == [
        "Ŵelcome: 3 statements – are assigned.\n\nSecond.\n\n"
        "Choose how often you are told, or stop it: https://benchmark.trust.example/notifications\n"
    ]


@pytest.mark.parametrize("breaking", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85"])
def test_nothing_in_a_mail_can_begin_a_line_of_the_head(office: PostOffice, breaking: str):
    hostile = f"Waits{breaking}Bcc: everybody@trust.example{breaking}{breaking}A body"
    mailing.post_to(office.server())(Mail(TO, hostile, (hostile,)))
    (found,) = office.received
    assert found["Bcc"] is None and found["Subject"].startswith("Waits\\")
    head = office.raw[0].split(b"\r\n\r\n")[0]
    assert not [line for line in head.splitlines() if line.lower().startswith(b"bcc")]
    assert "Waits\\" in found.get_content()


@pytest.mark.parametrize("to", ["nobody", "a@b.c\r\nBcc: d@e.f", ""])
def test_what_is_no_address_is_sent_nothing(office: PostOffice, to: str):
    with pytest.raises(NotSent, match="What was entered as an address is none."):
        mailing.post_to(office.server())(Mail(to, "Waits", ()))
    assert office.received == []


@pytest.mark.parametrize(
    "refuses, said", [("554 No", "with code 554"), ("451 Later", "with code 451")]
)
def test_a_refusal_is_told_without_the_address(office: PostOffice, refuses: str, said: str):
    office.refuses = f"{refuses} {TO}"
    with pytest.raises(NotSent, match=said) as told:
        mailing.post_to(office.server())(MAIL)
    assert TO not in str(told.value)


def test_a_server_that_is_away_is_told_so():
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        away = PostOffice(taken.getsockname()[1]).server()
        with pytest.raises(NotSent, match=r"cannot be used \(ConnectionRefusedError\)"):
            mailing.post_to(away)(MAIL)


def test_a_server_that_says_nothing_does_not_hold_us_for_ever(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(mailing, "SECONDS", 0.3)
    with socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        began = time.monotonic()
        with pytest.raises(NotSent, match="The mail server cannot be used"):
            mailing.post_to(PostOffice(silent.getsockname()[1]).server())(MAIL)
    assert time.monotonic() - began < 5


def test_a_server_without_starttls_is_sent_nothing(office: PostOffice):
    with pytest.raises(NotSent, match="does not offer what BENCHMARK_SMTP_SECURITY"):
        mailing.post_to(office.server(security=Security.STARTTLS))(MAIL)
    assert office.received == []


def test_with_starttls_mail_goes_only_to_a_server_that_proves_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    context, known = post_office.certificate(tmp_path)
    with post_office.opened(
        tls_context=context, require_starttls=True, authenticator=post_office.lets_in
    ) as safe:
        served = {"security": Security.STARTTLS, "user": USER, "password": PASSWORD}
        with pytest.raises(NotSent, match="SSLCertVerificationError"):
            mailing.post_to(safe.server(**served))(MAIL)
        monkeypatch.setenv("SSL_CERT_FILE", str(known))
        with pytest.raises(NotSent, match="with code 535") as told:
            mailing.post_to(safe.server(**(served | {"password": "wrong"})))(MAIL)
        assert USER not in str(told.value) and "wrong" not in str(told.value)
        assert safe.received == []
        mailing.post_to(safe.server(**served))(MAIL)
        assert len(safe.received) == 1
        with pytest.raises(NotSent):
            mailing.post_to(safe.server())(MAIL)


def test_with_tls_the_whole_session_is_protected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    context, known = post_office.certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(known))
    with post_office.opened(ssl_context=context) as safe:
        mailing.post_to(safe.server(security=Security.TLS))(MAIL)
        assert len(safe.received) == 1


def test_a_mail_says_when_it_was_written(office: PostOffice):
    written = mailing.written(office.server(), MAIL, datetime(2026, 11, 21, 14, 2))
    assert written["Date"] == "Sat, 21 Nov 2026 14:02:00 +0000"

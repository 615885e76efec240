"""The settings of the mail server: off by default, safe by default, all problems at once."""

import pytest

from benchmarking import mail_server, settings
from benchmarking.mail_server import MailServer, Security, is_address
from benchmarking.settings import SettingsError

GIVEN = {
    "BENCHMARK_SMTP_HOST": "mail.trust.example",
    "BENCHMARK_SMTP_SENDER": "no-reply@trust.example",
    "BENCHMARK_PUBLIC_URL": "https://benchmark.trust.example/",
}


def read(**told: str) -> tuple[MailServer | None, list[str]]:
    problems: list[str] = []
    said = GIVEN | {f"BENCHMARK_{name}": value for name, value in told.items()}
    return mail_server.read(said, problems), problems


def test_no_mail_is_sent_where_nothing_is_set():
    assert mail_server.read({}, []) is None
    assert settings.read({"BENCHMARK_SECRET": "x"}).mail_server is None


def test_what_is_not_said_is_the_safe_way():
    found, problems = read()
    assert problems == [] and found == MailServer(
        "mail.trust.example",
        587,
        Security.STARTTLS,
        "",
        "",
        "no-reply@trust.example",
        "https://benchmark.trust.example",
    )


@pytest.mark.parametrize("security, port", [("starttls", 587), ("tls", 465)])
def test_the_port_follows_the_security_unless_it_is_said(security: str, port: int):
    found, _ = read(SMTP_SECURITY=security)
    said, _ = read(SMTP_SECURITY=security, SMTP_PORT="2525")
    assert found and said and (found.port, said.port) == (port, 2525)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_mail_goes_unprotected_on_this_machine_alone(host: str):
    found, problems = read(SMTP_HOST=host, SMTP_SECURITY="none")
    assert problems == [] and found and found.port == 25


@pytest.mark.parametrize(
    "told, problem",
    [
        ({"SMTP_SECURITY": "none"}, "BENCHMARK_SMTP_SECURITY: none is for a mail server on this"),
        ({"SMTP_SECURITY": "ssl"}, "BENCHMARK_SMTP_SECURITY: 'ssl' is not known."),
        ({"SMTP_PORT": "0"}, "BENCHMARK_SMTP_PORT: '0' is not a port."),
        ({"SMTP_PORT": "x"}, "BENCHMARK_SMTP_PORT: 'x' is not a port."),
        ({"SMTP_USER": "u"}, "BENCHMARK_SMTP_USER, BENCHMARK_SMTP_PASSWORD: each needs the other"),
        ({"SMTP_PASSWORD": "p"}, "each needs the other"),
        ({"SMTP_SENDER": ""}, "BENCHMARK_SMTP_SENDER: '' is not an e-mail address."),
        ({"SMTP_SENDER": "a@b.c\r\nBcc: x@y.z"}, "BENCHMARK_SMTP_SENDER: "),
        ({"PUBLIC_URL": ""}, "BENCHMARK_PUBLIC_URL: notifications lead there."),
        ({"SMTP_HOST": "", "SMTP_PORT": "25"}, "no mail is sent without BENCHMARK_SMTP_HOST."),
    ],
)
def test_a_problem_says_what_to_do(told: dict[str, str], problem: str):
    _, problems = read(**told)
    assert len(problems) == 1 and problem in problems[0]


def test_all_problems_are_told_at_once_and_with_all_others():
    with pytest.raises(SettingsError) as refused:
        settings.read(
            {
                "BENCHMARK_SECRET": "x",
                "BENCHMARK_PORT": "no",
                "BENCHMARK_SMTP_HOST": "mail.trust.example",
                "BENCHMARK_SMTP_PORT": "no",
                "BENCHMARK_SMTP_USER": "u",
            }
        )
    said = str(refused.value).splitlines()
    starts = [line.split(":")[0] for line in said]
    assert starts == [
        "BENCHMARK_PORT",
        "BENCHMARK_SMTP_USER, BENCHMARK_SMTP_PASSWORD",
        "BENCHMARK_SMTP_SENDER",
        "BENCHMARK_PUBLIC_URL",
        "BENCHMARK_SMTP_PORT",
    ]


def test_neither_user_nor_password_is_shown():
    found, _ = read(SMTP_USER="who", SMTP_PASSWORD="what")
    assert "who" not in repr(found) and "what" not in repr(found)


@pytest.mark.parametrize("text", ["a@b.c", "first.last+tag@ward-7.trust.example"])
def test_an_address_is_taken(text: str):
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    ["", "a", "a@b", "a@b.c\n", "a@b.c\r\nBcc: d@e.f", "a b@c.d", "<a@b.c>", "a@b.c, d@e.f",
     ".a@b.c", "a..b@c.d", "a@-b.c", "ä@b.c", "x" * 251 + "@b.c", '"a"@b.c'],
)  # fmt: skip
def test_what_could_be_something_else_is_no_address(text: str):
    assert not is_address(text)

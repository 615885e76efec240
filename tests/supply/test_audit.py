"""A known vulnerability keeps a change from landing; a service that is silent is never a pass."""

import json
from datetime import date

import pytest

from tests.supply.audit import Ask, AuditFailed, Run, Vulnerable, answer, judged
from tests.supply.lock import Locked
from tests.supply.rules import Accepted

TODAY = date(2026, 11, 22)
LOCKED = (Locked("starlette", "1.10.0", "", ()), Locked("segno", "1.6.6", "", ()))
FINE = {"name": "segno", "version": "1.6.6", "vulns": []}
BROKEN = {
    "name": "starlette",
    "version": "1.10.0",
    "vulns": [{"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "fix_versions": ["1.10.1"]}],
}
UNKNOWN = {"name": "segno", "skip_reason": "Dependency not found on PyPI"}


def said(*found: object) -> Run:
    return Run(json.dumps({"dependencies": found, "fixes": []}), "")


def failing(last: str) -> Run:
    return Run("", f"Traceback (most recent call last):\n{last}\n")


def services(**answers: Run) -> Ask:
    return lambda service: answers[service]


def accepting(until: date, advisory: str = "CVE-2026-1", package: str = "starlette") -> Accepted:
    return Accepted(package=package, advisory=advisory, reason="never called", until=until)


def test_nothing_known_passes_and_says_how_many_were_asked_about():
    fine = dict(BROKEN, vulns=[])
    asked = services(pypi=said(fine, FINE))
    assert judged(asked, LOCKED, [], TODAY) == (
        0,
        ["2 packages audited, 0 accepted vulnerabilities."],
    )


def test_a_known_vulnerability_fails_and_says_what_to_do():
    code, lines = judged(services(pypi=said(BROKEN, FINE)), LOCKED, [], TODAY)
    assert code == 1
    assert lines[0] == ("VULNERABLE: starlette 1.10.0: PYSEC-2026-1, CVE-2026-1, fixed in 1.10.1")
    assert lines[1].startswith("Take the fixed versions with make lock LOCKED=--upgrade")


def test_what_is_not_fixed_anywhere_says_so():
    assert str(Vulnerable("a", "1", ("X-1",), ())) == "a 1: X-1, not fixed anywhere yet"


@pytest.mark.parametrize(
    "accepted, code",
    [
        (accepting(date(2026, 12, 1)), 0),
        (accepting(date(2026, 12, 1), advisory="PYSEC-2026-1"), 0),
        (accepting(TODAY), 1),
        (accepting(date(2026, 12, 1), advisory="CVE-2026-2"), 1),
        (accepting(date(2026, 12, 1), package="segno"), 1),
    ],
)
def test_what_was_accepted_passes_under_any_of_its_names_until_its_day(
    accepted: Accepted, code: int
):
    assert judged(services(pypi=said(BROKEN, FINE)), LOCKED, [accepted], TODAY)[0] == code


@pytest.mark.parametrize(
    "silent",
    [
        said(UNKNOWN, dict(UNKNOWN, name="starlette")),
        failing("requests.exceptions.ConnectionError: Failed to resolve 'api.osv.dev'"),
        failing("ERROR:pip_audit._cli:Could not connect to PyPI's vulnerability feed"),
    ],
)
def test_where_nobody_answers_that_is_said_loudly_and_nothing_fails(silent: Run):
    code, lines = judged(services(pypi=silent, osv=silent), LOCKED, [], TODAY)
    assert code == 0
    assert lines[0].startswith("NOT AUDITED: no advisory service answered, so nothing is known")


def test_a_mirror_without_advisories_leaves_the_question_to_the_other_service():
    asked = services(pypi=said(UNKNOWN), osv=said(BROKEN, FINE))
    assert judged(asked, LOCKED, [], TODAY)[0] == 1


def test_what_one_machine_does_not_install_is_named():
    _, lines = judged(services(pypi=said(FINE)), LOCKED, [], TODAY)
    assert lines[0] == "Not looked up, because they are not for this machine: starlette."


def test_an_audit_that_fails_for_another_reason_is_no_silence():
    with pytest.raises(AuditFailed, match="No module named pip_audit"):
        answer(failing("python: No module named pip_audit"))
    with pytest.raises(AuditFailed, match="It said nothing"):
        answer(Run("", ""))

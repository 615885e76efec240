"""Asks whether a known vulnerability is in what is locked.

    python -m tests.supply.audit [--with PYTHON]

PYTHON is the one that has pip-audit, which is not installed with what the tests run on. It asks
the package index, and OSV where that does not answer; both need the network. A mirror of packages
often has no advisories at all: pip-audit then reports that it found nothing, which is told here for
what it is. Ends with 1 where a known vulnerability is not accepted in
docs/security/dependencies.yaml, or where pip-audit itself failed.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import click

from tests.supply.lock import ROOT, Locked, read
from tests.supply.rules import FILE, Accepted, rules

# Everything in requirements.txt is in it, at the same version.
LOCK = "requirements-dev.txt"
SERVICES = ("pypi", "osv")
_FLAGS = ("--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off")
_NO_ANSWER = re.compile(r"connect|timeout|timed out|ssl|HTTPError|ServiceError", re.IGNORECASE)


class AuditFailed(Exception):
    """pip-audit could not be used. Says why."""


@dataclass(frozen=True)
class Run:
    """What one run of pip-audit printed."""

    out: str
    err: str


@dataclass(frozen=True)
class Vulnerable:
    """A known vulnerability of a locked package. ``names`` has all names of the advisory."""

    package: str
    version: str
    names: tuple[str, ...]
    fixed_in: tuple[str, ...]

    def __str__(self) -> str:
        where = (
            f"fixed in {', '.join(self.fixed_in)}" if self.fixed_in else "not fixed anywhere yet"
        )
        return f"{self.package} {self.version}: {', '.join(self.names)}, {where}"


@dataclass(frozen=True)
class Answer:
    """What a service said: the packages it knows, and what is wrong with them."""

    looked_up: frozenset[str]
    vulnerable: tuple[Vulnerable, ...]


Ask = Callable[[str], Run]


def ask(python: str, service: str) -> Run:
    """Runs the pip-audit of a Python on the lock, asking one service."""
    command = [python, "-m", "pip_audit", "-r", LOCK, "-s", service, *_FLAGS]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return Run(run.stdout, run.stderr)


def answer(run: Run) -> Answer | None:
    """What pip-audit found; None where nobody answered it.

    Raises:
        AuditFailed: it ended for another reason.
    """
    try:
        said = json.loads(run.out)["dependencies"]
    except (ValueError, KeyError):
        last = (run.err.strip().splitlines() or ["It said nothing."])[-1]
        if _NO_ANSWER.search(last):
            return None
        raise AuditFailed(last) from None
    known = [one for one in said if "skip_reason" not in one]
    if not known:
        return None
    found = tuple(_vulnerable(one, vuln) for one in known for vuln in one["vulns"])
    return Answer(frozenset(one["name"] for one in known), found)


def _vulnerable(one: dict[str, Any], vuln: dict[str, Any]) -> Vulnerable:
    names = (vuln["id"], *vuln.get("aliases", ()))
    return Vulnerable(one["name"], one["version"], names, tuple(vuln.get("fix_versions", ())))


def is_accepted(one: Vulnerable, accepted: Sequence[Accepted], today: date) -> bool:
    """Whether a vulnerability stands among the accepted ones, and its day has not come."""
    return any(
        entry.package == one.package and entry.advisory in one.names and today < entry.until
        for entry in accepted
    )


def judged(
    asked: Ask, locked: Sequence[Locked], accepted: Sequence[Accepted], today: date
) -> tuple[int, list[str]]:
    """The exit code, and what to say, line by line."""
    found = next((said for said in map(answer, map(asked, SERVICES)) if said is not None), None)
    if found is None:
        return 0, [
            "NOT AUDITED: no advisory service answered, so nothing is known about new "
            f"vulnerabilities. Only the least versions in {FILE} were held (make test). "
            "Run make audit where the package index or api.osv.dev can be reached."
        ]
    open_ones = [one for one in found.vulnerable if not is_accepted(one, accepted, today)]
    missing = sorted({one.name for one in locked} - found.looked_up)
    lines = [f"VULNERABLE: {one}" for one in open_ones]
    if missing:
        lines.append(f"Not looked up, because they are not for this machine: {', '.join(missing)}.")
    if open_ones:
        lines.append(
            "Take the fixed versions with make lock LOCKED=--upgrade and make sbom, or accept an "
            f"advisory in {FILE} with a reason and a day."
        )
    else:
        left = len(found.vulnerable)
        lines.append(f"{len(found.looked_up)} packages audited, {left} accepted vulnerabilities.")
    return (1 if open_ones else 0), lines


@click.command(help=__doc__)
@click.option("--with", "python", default=sys.executable, help="The Python that has pip-audit.")
def main(python: str) -> None:
    """Asks, says what was found, and ends with 1 where that must not land."""
    try:
        code, lines = judged(
            partial(ask, python), read(LOCK), rules().accepted, datetime.now(UTC).date()
        )
    except AuditFailed as failed:
        code, lines = 1, [f"pip-audit failed: {failed}"]
    for line in lines:
        click.echo(line)
    sys.exit(code)


if __name__ == "__main__":
    main()

"""What dependencies must be and what was accepted: docs/security/dependencies.yaml."""

import re
from datetime import date
from functools import cache

from benchmarking.frozen import Frozen
from benchmarking.standard.shape import shaped
from benchmarking.standard.strict_yaml import read
from tests.supply.lock import ROOT

FILE = "docs/security/dependencies.yaml"
_OPERATOR = re.compile(r"\s+(?:AND|OR|WITH)\s+|[()]")


class AtLeast(Frozen):
    """The first version of a package without some known vulnerabilities."""

    package: str
    version: str
    advisories: tuple[str, ...]
    what: str
    source: str


class Accepted(Frozen):
    """A known vulnerability that is left in until a day, and why."""

    package: str
    advisory: str
    reason: str
    until: date


class Licences(Frozen):
    """Which licences are allowed, as SPDX names, and those of packages that do not say."""

    allowed: tuple[str, ...]
    read_by_hand: dict[str, str]

    def refused(self, expression: str) -> set[str]:
        """The names in an SPDX expression that are not allowed."""
        names = {part.strip() for part in _OPERATOR.split(expression)}
        return names - {""} - set(self.allowed)


class Rules(Frozen):
    """The whole file."""

    at_least: tuple[AtLeast, ...]
    accepted: tuple[Accepted, ...]
    licences: Licences


@cache
def rules() -> Rules:
    """The file as it lies there; ValueError with every fault where it cannot be used."""
    found = read(ROOT / FILE, FILE)
    value, faults = shaped(found, Rules)
    if value is None or found.faults:
        raise ValueError("\n".join(str(fault) for fault in (*found.faults, *faults)))
    return value

"""What is locked is not known to be broken, and may be used under its licence."""

import pytest
from packaging.version import Version

from tests.supply.bill import licence
from tests.supply.lock import read
from tests.supply.rules import AtLeast, Licences, rules

LOCKS = ("requirements.txt", "requirements-dev.txt")


@pytest.mark.parametrize("least", rules().at_least, ids=lambda least: least.package)
@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_not_older_than_the_first_version_without_known_faults(lock: str, least: AtLeast):
    versions = {one.name: one.version for one in read(lock)}
    assert Version(versions[least.package]) >= Version(least.version), (
        f"{lock} has {least.package} {versions[least.package]}, and {', '.join(least.advisories)} "
        f"({least.what}) need {least.version}. Run make lock LOCKED=--upgrade."
    )


def test_the_packages_that_meet_strangers_are_all_watched():
    assert {one.package for one in rules().at_least} >= {
        *("streamlit", "starlette", "python-multipart", "authlib", "joserfc", "cryptography"),
        *("jinja2", "urllib3", "pyyaml", "h11"),
    }


@pytest.mark.parametrize("least", rules().at_least, ids=lambda least: least.package)
def test_every_least_version_names_its_advisories_and_a_source(least: AtLeast):
    assert least.advisories and least.what
    assert least.source.startswith("https://")


def test_what_is_accepted_says_why():
    assert [one for one in rules().accepted if len(one.reason) < 20] == []


@pytest.mark.parametrize("name", [one.name for one in read(LOCKS[0]) if one.can_run_here])
def test_each_package_may_be_used_with_work_under_the_mit_licence(name: str):
    refused = rules().licences.refused(licence(name))
    assert not refused, f"{name} comes under {', '.join(refused)}. Ask before it is used."


@pytest.mark.parametrize(
    "expression, refused",
    [
        ("MIT", set()),
        ("Apache-2.0 OR BSD-3-Clause", set()),
        ("BSD-3-Clause AND (MIT OR GPL-3.0-only)", {"GPL-3.0-only"}),
        ("AGPL-3.0-only", {"AGPL-3.0-only"}),
        ("LicenseRef-Proprietary AND MIT", {"LicenseRef-Proprietary"}),
    ],
)
def test_a_licence_that_is_not_on_the_list_is_named(expression: str, refused: set[str]):
    allowed = Licences(allowed=("MIT", "Apache-2.0", "BSD-3-Clause"), read_by_hand={})
    assert allowed.refused(expression) == refused


def test_a_package_that_does_not_say_its_licence_is_to_be_looked_at():
    with pytest.raises(LookupError, match="no-such-package does not say its licence in one"):
        licence("no-such-package")


def test_nothing_is_read_by_hand_for_a_package_that_is_not_locked():
    locked = {one.name for one in read("requirements.txt")}
    assert set(rules().licences.read_by_hand) - locked == set()

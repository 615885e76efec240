"""Putting people on the list: with a role that fits, in a trust that exists, told what is wrong."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from benchmarking.access import Grant, Role
from benchmarking.people import enrolment
from benchmarking.people.enrolment import (
    CannotEnrol,
    Newcomer,
    end_roles,
    enrol,
    newcomer_on_laptop,
)
from benchmarking.settings import ROOT, Settings, read
from benchmarking.store import organisations, people
from benchmarking.store.database import Database
from benchmarking.store.opening import open_database

NOW = datetime(2026, 6, 18, 9, 30)
REFERENCE = ROOT / "data"
ISSUER = "https://id.example.nhs.uk"
ADMINISTRATOR = Newcomer(ISSUER, "a1", "Administrator", Grant(Role.ADMINISTRATOR, None))
LEAD = Newcomer(ISSUER, "t1", "Complaints manager", Grant(Role.TRUST_LEAD, "RJ1"))


def live(folder: Path) -> Settings:
    return read(
        {
            "BENCHMARK_MODE": "production",
            "BENCHMARK_SECRET": "a secret of at least 32 characters",
            "BENCHMARK_DATABASE": str(folder / "live.duckdb"),
        }
    )


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(live(tmp_path), NOW)
    yield opened
    opened.close()


def grants(database: Database, subject: str) -> tuple[Grant, ...]:
    with database.reading() as reading:
        known = people.known(reading, ISSUER, subject)
    return known.at(NOW).grants if known else ()


def entries(database: Database) -> list[tuple[str, str, str]]:
    with database.reading() as reading:
        rows = reading.rows("SELECT action, subject, detail FROM audit ORDER BY audit_id")
    return [(row["action"], row["subject"], row["detail"]) for row in rows]


def test_the_first_administrator_is_enrolled_and_the_audit_says_so(database: Database) -> None:
    assert enrol(database, REFERENCE, ADMINISTRATOR, NOW) == 1
    assert grants(database, "a1") == (Grant(Role.ADMINISTRATOR, None),)
    assert entries(database)[-1] == ("give role", f"{ISSUER} a1", "administrator")


def test_a_trust_is_taken_from_the_published_list_once(database: Database) -> None:
    enrol(database, REFERENCE, LEAD, NOW)
    second = Newcomer(ISSUER, "t2", "Chief nurse", Grant(Role.APPROVER, "RJ1"))
    enrol(database, REFERENCE, second, NOW)
    other = Newcomer(ISSUER, "t3", "Complaints manager", Grant(Role.TRUST_LEAD, "R0A"))
    enrol(database, REFERENCE, other, NOW)
    with database.reading() as reading:
        found = {one.code: one for one in organisations.every(reading)}
    assert found.keys() == {"RJ1", "R0A"}
    assert found["R0A"].name == "Manchester University NHS Foundation Trust"
    assert len({one.organisation_id for one in found.values()}) == 2


def test_somebody_known_gets_one_more_role(database: Database) -> None:
    enrol(database, REFERENCE, LEAD, NOW)
    again = Newcomer(ISSUER, "t1", "Another title", Grant(Role.INSPECTOR, None))
    assert enrol(database, REFERENCE, again, NOW) == 1
    assert grants(database, "t1") == (LEAD.grant, again.grant)


def test_the_same_role_twice_is_told_and_changes_nothing(database: Database) -> None:
    enrol(database, REFERENCE, LEAD, NOW)
    before = entries(database)
    with pytest.raises(CannotEnrol) as told:
        enrol(database, REFERENCE, LEAD, NOW)
    assert str(told.value) == (
        "Complaints manager is trust lead of RJ1 already. Nothing was changed."
    )
    assert entries(database) == before


@pytest.mark.parametrize(
    "role, trust, told",
    [
        (Role.TRUST_LEAD, None, "A trust lead belongs to one trust. Add --trust and its code."),
        (Role.INSPECTOR, "RJ1", "The role inspector holds everywhere. Leave --trust out."),
        (Role.APPROVER, "XX9", "No NHS trust has the code XX9."),
        (Role.APPROVER, "rj1", "No NHS trust has the code rj1. Codes are in capital letters"),
    ],
)
def test_a_role_and_its_trust_fit_together(
    database: Database, role: Role, trust: str | None, told: str
) -> None:
    before = entries(database)
    with pytest.raises(CannotEnrol) as refused:
        enrol(database, REFERENCE, Newcomer(ISSUER, "x", "Somebody", Grant(role, trust)), NOW)
    assert str(refused.value).startswith(told)
    assert entries(database) == before


@pytest.mark.parametrize("said", ["", " a", "a ", "a\0", "a\n", "x" * 256])
@pytest.mark.parametrize("what", ["issuer", "subject", "title"])
def test_a_name_that_nobody_could_bring_again_is_refused(
    database: Database, what: str, said: str
) -> None:
    given = {"issuer": ISSUER, "subject": "a", "title": "Somebody", what: said}
    with pytest.raises(CannotEnrol, match=f"^The {what} is empty, longer than 255 characters, or"):
        enrol(database, REFERENCE, Newcomer(**given, grant=ADMINISTRATOR.grant), NOW)


def test_all_roles_of_somebody_end_at_once_and_they_stay_known(database: Database) -> None:
    enrol(database, REFERENCE, LEAD, NOW)
    enrol(database, REFERENCE, Newcomer(ISSUER, "t1", "x", Grant(Role.INSPECTOR, None)), NOW)
    assert end_roles(database, ISSUER, "t1", NOW) == 2
    assert grants(database, "t1") == ()
    assert entries(database)[-1][:2] == ("end roles", f"{ISSUER} t1")
    assert end_roles(database, ISSUER, "t1", NOW) == 0
    assert entries(database)[-1][0] == "end roles" and len(entries(database)) == 4


def test_whoever_is_not_known_cannot_be_ended(database: Database) -> None:
    with pytest.raises(CannotEnrol, match="^Nobody is known here by this issuer and subject."):
        end_roles(database, ISSUER, "nobody", NOW)


def test_those_who_hold_a_role_now_are_active(database: Database) -> None:
    enrol(database, REFERENCE, LEAD, NOW)
    enrol(database, REFERENCE, ADMINISTRATOR, NOW)
    end_roles(database, ISSUER, "t1", NOW)
    with database.reading() as reading:
        active = enrolment.active(reading, NOW)
    assert [one.subject for one in active] == ["a1"]


def test_the_person_of_a_laptop_leads_one_trust() -> None:
    found = newcomer_on_laptop("Complaints manager, North@ rj1 ")
    assert found == Newcomer(
        "laptop",
        "the person of this copy",
        "Complaints manager, North",
        Grant(Role.TRUST_LEAD, "RJ1"),
    )


@pytest.mark.parametrize("said", ["RJ1", "@RJ1", "Complaints manager@", " @ "])
def test_a_laptop_person_without_title_or_trust_is_refused(said: str) -> None:
    with pytest.raises(CannotEnrol, match="is not a title and a trust. Write them as in: Compl"):
        newcomer_on_laptop(said)

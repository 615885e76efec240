"""Which backups stay, day by day, and which never go."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from benchmarking.store.contents import NOTHING
from benchmarking.store.installation import Kind
from benchmarking.store.manifests import Backup, Manifest
from benchmarking.store.rotation import Keep, to_remove

SET_UP = datetime(2026, 1, 1)
NEWEST = datetime(2026, 11, 22, 2, 0)


def backup(made_at: datetime, why: str = "scheduled", set_up: datetime = SET_UP) -> Backup:
    manifest = Manifest(
        made_at=made_at,
        why=why,
        kind=Kind.LIVE,
        set_up_at=set_up,
        made_from="duckdb",
        schema_number=18,
        data_revision=1,
        ledger_entries=0,
        ledger_head="0" * 64,
        file_bytes=1,
        file_sha256="0" * 64,
        tables={"audit": NOTHING},
        sequences={},
        evidence=(),
        lacking=(),
    )
    return Backup(Path(f"{why} {made_at.isoformat()} {set_up.year}"), manifest)


def nightly(days: int) -> list[Backup]:
    return [backup(NEWEST - timedelta(days=day)) for day in range(days)]


def staying(backups: list[Backup], keep: Keep | None = None) -> list[str]:
    """The days of those that stay, the newest first."""
    gone = to_remove(backups, keep or Keep(), backups[0])
    return [f"{one.manifest.made_at:%m-%d}" for one in backups if one not in gone]


@pytest.mark.parametrize(
    "days, keep, days_that_stay",
    [
        (1, Keep(), "11-22"),
        (7, Keep(), "11-22 11-21 11-20 11-19 11-18 11-17 11-16"),
        # 22 November is a Sunday: the newest of each earlier week is a Sunday, too.
        (20, Keep(3, 3, 1), "11-22 11-21 11-20 11-15 11-08"),
        (60, Keep(2, 1, 3), "11-22 11-21 10-31 09-30"),
        (5, Keep(0, 0, 0), "11-22"),
    ],
)
def test_the_newest_of_each_day_week_and_month_stay(days: int, keep: Keep, days_that_stay: str):
    assert staying(nightly(days), keep) == days_that_stay.split()


def test_after_two_years_of_nights_twenty_odd_are_left():
    kept = staying(nightly(730))
    assert len(kept) == 7 + 3 + 11, "7 days; 3 weeks and 11 months whose newest is none of them"


def test_of_several_on_one_day_the_newest_stays_once_they_are_a_day_old():
    first = backup(NEWEST - timedelta(hours=25))
    second = backup(NEWEST - timedelta(hours=24))
    by_hand = backup(NEWEST - timedelta(hours=1))
    newest = backup(NEWEST)
    assert to_remove([first, second, by_hand, newest], Keep(), newest) == (first,)


def test_one_made_before_an_upgrade_stays_for_a_year_and_counts_for_no_day():
    upgrade = backup(NEWEST - timedelta(days=40), "before schema 19")
    long_ago = backup(NEWEST - timedelta(days=400), "before schema 12")
    every = [*nightly(3), upgrade, long_ago]
    assert to_remove(every, Keep(), every[0]) == (long_ago,)


def test_another_databases_backups_are_left_alone():
    other = [backup(NEWEST - timedelta(hours=n), set_up=datetime(2025, 1, 1)) for n in range(9)]
    newest = backup(NEWEST)
    assert to_remove([newest, *other], Keep(1, 0, 0), newest) == ()


def test_the_one_just_made_stays_though_a_wrong_clock_made_newer_ones():
    made = backup(NEWEST)
    ahead = [backup(NEWEST + timedelta(days=400 * n)) for n in range(1, 20)]
    assert made not in to_remove([made, *ahead], Keep(), made)

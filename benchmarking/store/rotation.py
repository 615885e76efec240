"""Which backups stay: those of the last 24 hours, then one for each day, week and month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from benchmarking.store.manifests import Backup, age

# What somebody made by hand this morning is not to go with tonight's.
_FRESH = timedelta(days=1)


@dataclass(frozen=True)
class Keep:
    """How many backups stay beside those of 24 hours: the newest of so many days, weeks and months.

    Those made before an upgrade stay for as many months as the others.
    """

    daily: int = 7
    weekly: int = 4
    monthly: int = 12


def to_remove(backups: Sequence[Backup], keep: Keep, of: Backup) -> tuple[Backup, ...]:
    """The backups of one database that are not to be kept any longer, the newest first.

    Args:
        backups: all there are, of other databases too.
        keep: how many stay.
        of: the newest backup of the database that is meant. It always stays.
    """
    ours = sorted((one for one in backups if one.manifest.of == of.manifest.of), key=age)
    ours.reverse()
    by_time = [one for one in ours if not _is_before_upgrade(one)]
    since = of.manifest.made_at - _FRESH
    staying = {
        *_newest_of_each(by_time, "%Y-%m-%d", keep.daily),
        *_newest_of_each(by_time, "%G-%V", keep.weekly),
        *_newest_of_each(by_time, "%Y-%m", keep.monthly),
        *(one.place for one in ours if since < one.manifest.made_at),
        of.place,
    }
    oldest = of.manifest.made_at - timedelta(days=31 * keep.monthly)
    return tuple(
        one
        for one in ours
        if one.place not in staying
        and not (_is_before_upgrade(one) and one.manifest.made_at > oldest)
    )


def _is_before_upgrade(backup: Backup) -> bool:
    return backup.manifest.why.startswith("before ")


def _newest_of_each(newest_first: Sequence[Backup], form: str, number: int) -> list[Path]:
    found: dict[str, Path] = {}
    for one in newest_first:
        found.setdefault(one.manifest.made_at.strftime(form), one.place)
    return list(found.values())[:number]

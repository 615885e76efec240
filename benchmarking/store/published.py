"""Figures that publishers issued about real trusts, by release. They never meet an assessment."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import pandas as pd

from benchmarking.store import installation
from benchmarking.store.database import Reading, Row, Writing


@dataclass(frozen=True)
class Release:
    """One file of one publisher, loaded once."""

    release_id: int
    dataset: str
    period: str
    sha256: str
    file_name: str
    loaded_at: datetime


def is_loaded(reading: Reading, dataset: str, period: str, sha256: str) -> bool:
    """Whether this very file is a release already, be it the newest or an older one."""
    found = reading.value(
        "SELECT release_id FROM reference_release "
        "WHERE dataset = :dataset AND period = :period AND sha256 = :sha256",
        dataset=dataset,
        period=period,
        sha256=sha256,
    )
    return found is not None


def add_release(
    writing: Writing, *, dataset: str, period: str, sha256: str, file_name: str
) -> Release | None:
    """A new release to add figures to, or None where this very file is loaded already."""
    if is_loaded(writing, dataset, period, sha256):
        return None
    number = int(writing.value("SELECT coalesce(max(release_id), 0) FROM reference_release")) + 1
    release = Release(number, dataset, period, sha256, file_name, writing.audit.at)
    writing.run(
        """
        INSERT INTO reference_release (release_id, dataset, period, sha256, file_name, loaded_at)
        VALUES (:release_id, :dataset, :period, :sha256, :file_name, :loaded_at)
        """,
        **asdict(release),
    )
    installation.raise_data_revision(writing)
    return release


def add_organisations(
    writing: Writing, release: Release, rows: Sequence[tuple[str, str, Mapping[str, object]]]
) -> None:
    """Adds (code, name, attributes) as they were in the release's period."""
    writing.bulk(
        "published_organisation",
        ("release_id", "code", "name", "attributes"),
        [(release.release_id, c, n, json.dumps(a, allow_nan=False)) for c, n, a in rows],
    )


def add_figures(
    writing: Writing, release: Release, figures: Sequence[tuple[str, str, float]]
) -> None:
    """Adds (code, measure, figure). What was not published has no row.

    Raises:
        ValueError: a figure is not a number.
    """
    for code, measure, figure in figures:
        if not math.isfinite(figure):
            raise ValueError(f"{code}, {measure}: {figure} is no figure. Leave it out.")
    writing.bulk(
        "published_figure",
        ("release_id", "code", "measure", "figure"),
        [(release.release_id, code, measure, float(figure)) for code, measure, figure in figures],
    )


def add_successions(
    writing: Writing, release: Release, rows: Sequence[tuple[str, str, date, str]]
) -> None:
    """Adds (old code, new code, day, evidence)."""
    writing.bulk(
        "succession",
        ("release_id", "old_code", "new_code", "effective_on", "evidence"),
        [(release.release_id, *row) for row in rows],
    )


def newest(reading: Reading, dataset: str, period: str) -> Release | None:
    """The release of a dataset and period that is shown, or None."""
    row = reading.row(
        """
        SELECT release_id, dataset, period, sha256, file_name, loaded_at
        FROM reference_release
        WHERE dataset = :dataset AND period = :period
        ORDER BY release_id DESC
        LIMIT 1
        """,
        dataset=dataset,
        period=period,
    )
    return None if row is None else Release(**row)


def periods(reading: Reading, dataset: str) -> tuple[str, ...]:
    """The periods a dataset is on file for, the newest first."""
    rows = reading.rows(
        "SELECT DISTINCT period FROM reference_release WHERE dataset = :dataset "
        "ORDER BY period DESC",
        dataset=dataset,
    )
    return tuple(row["period"] for row in rows)


def figures(reading: Reading, release: Release) -> pd.DataFrame:
    """One row per organisation code, one column per measure; NaN where nothing was published."""
    long = reading.frame(
        "SELECT code, measure, figure FROM published_figure WHERE release_id = :release_id",
        release_id=release.release_id,
    )
    return long.pivot(index="code", columns="measure", values="figure").sort_index()


def organisations(reading: Reading, release: Release) -> list[Row]:
    """code, name and attributes (a mapping) of each organisation, as in the release's period."""
    rows = reading.rows(
        "SELECT code, name, attributes FROM published_organisation "
        "WHERE release_id = :release_id ORDER BY code",
        release_id=release.release_id,
    )
    return [{**row, "attributes": json.loads(row["attributes"])} for row in rows]


def successions(reading: Reading, release: Release) -> list[Row]:
    """old_code, new_code, effective_on and evidence of each succession."""
    return reading.rows(
        "SELECT old_code, new_code, effective_on, evidence FROM succession "
        "WHERE release_id = :release_id ORDER BY effective_on, old_code, new_code",
        release_id=release.release_id,
    )


def every(reading: Reading) -> tuple[Release, ...]:
    """All releases that are loaded, in the order they were."""
    rows = reading.rows(
        "SELECT release_id, dataset, period, sha256, file_name, loaded_at "
        "FROM reference_release ORDER BY release_id"
    )
    return tuple(Release(**row) for row in rows)

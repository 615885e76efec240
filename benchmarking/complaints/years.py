"""One year of published figures, as the store has them: the newest release of each dataset."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from benchmarking import reference
from benchmarking.assessing.sheets import NotThere
from benchmarking.indicators import Catalogue, Indicator, Measure, Source
from benchmarking.organisations import MONTHS_IN_A_YEAR, Organisations, Trust
from benchmarking.store import installation, published
from benchmarking.store.database import Reading, Row
from benchmarking.store.published import Release


@dataclass(frozen=True, eq=False)
class Year:
    """Everything published about a year, ready to be compared. Shared: never changed.

    ``periods`` are all years on file, the newest first, this one among them.
    ``figures`` has one row for each NHS trust with a return, by code, and one column for each
    measure; NaN where nothing was published. ``releases`` are the files it comes from, by
    dataset. ``lacking`` says in sentences what is not on file for this year.
    """

    period: str
    revision: int
    catalogue: Catalogue
    organisations: Organisations
    figures: pd.DataFrame
    releases: Mapping[str, Release]
    periods: tuple[str, ...]
    lacking: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        """The months of the year, as "April 2024 to March 2025"."""
        began = int(self.period[:4])
        return f"April {began} to March {began + 1}"

    def measure(self, measure_id: str) -> Measure:
        """What is known of a measure."""
        return self.catalogue.measure_by_id[measure_id]

    def column(self, measure_id: str) -> str:
        """The name of the published column that a measure is taken from."""
        for dataset_id in self.releases:
            dataset = self.catalogue.dataset(dataset_id, self.period)
            found = self.catalogue.columns_of(dataset).get(measure_id) if dataset else None
            if found:
                return found
        return self.measure(measure_id).column

    def sources(self, indicator: Indicator) -> tuple[Source, ...]:
        """The publications behind an indicator; of another year's, where this one has none."""
        found = self.catalogue.sources_of(indicator, self.period)
        described = [d.period for d in self.catalogue.datasets if d.id == reference.KO41A]
        return found or self.catalogue.sources_of(indicator, max(described))


def read_year(reading: Reading, catalogue: Catalogue, asked: str | None = None) -> Year:
    """What the store holds about a year; about the newest where none is named.

    Raises:
        NotThere: no KO41a release with NHS trusts in it is on file for that year.
    """
    on_file = published.periods(reading, reference.KO41A)
    if not on_file:
        raise NotThere("No published complaints are on file yet. Ask your administrator.")
    period = asked or on_file[0]
    release = published.newest(reading, reference.KO41A, period)
    if release is None:
        raise NotThere(f"No complaints of {period} are on file. Choose another year.")
    returned = published.figures(reading, release)
    activity = published.newest(reading, reference.ACTIVITY, period)
    sizes = published.figures(reading, activity) if activity else _nothing(catalogue)
    listed = reference.trusts_of(reading, period)
    lacking: list[str] = []
    if not listed.trusts:
        listed = _from_the_return(reading, release)
        lacking.append(
            f"No list of NHS trusts is on file for {period}: types are those of an earlier year, "
            "and trusts that existed for part of the year are not marked."
        )
    if activity is None:
        lacking.append(f"No staff or activity is on file for {period}, so there are no rates.")
    codes = [trust.code for trust in listed.trusts if trust.code in returned.index]
    if not codes:
        raise NotThere(f"The KO41a return of {period} has no NHS trust in it. Choose another year.")
    return Year(
        period=period,
        revision=installation.data_revision(reading),
        catalogue=catalogue,
        organisations=_with_returns(listed, frozenset(codes)),
        figures=returned.reindex(codes).join(sizes),
        releases={r.dataset: r for r in (release, activity) if r is not None},
        periods=on_file,
        lacking=tuple(lacking),
    )


def _nothing(catalogue: Catalogue) -> pd.DataFrame:
    measures = catalogue.collection(reference.ACTIVITY).measures
    return pd.DataFrame(columns=[measure.id for measure in measures], dtype="float64")


def _with_returns(listed: Organisations, codes: frozenset[str]) -> Organisations:
    """The trusts, each marked by whether the newest release has a row for it."""
    trusts = (replace(trust, published_return=trust.code in codes) for trust in listed.trusts)
    return replace(listed, trusts=tuple(trusts))


def _from_the_return(reading: Reading, release: Release) -> Organisations:
    """The trusts of a year without a list of its own, as its return names them."""
    known = published.periods(reading, reference.TRUSTS)
    before = reference.trusts_of(reading, known[0]) if known else None
    types = {trust.code: trust.eric_type for trust in before.trusts} if before else {}
    rows = published.organisations(reading, release)
    trusts = [_trust(row, release.period, types) for row in rows if row["attributes"]["nhs_trust"]]
    return Organisations(release.period, tuple(trusts), before.successions if before else ())


def _trust(row: Row, period: str, types: Mapping[str, str | None]) -> Trust:
    said = row["attributes"]
    return Trust(
        code=row["code"],
        name=row["name"],
        period=period,
        ko41a_type=said["organisation_type"],
        eric_type=types.get(row["code"]),
        region_code=said.get("nhs_england_region_code", ""),
        region_name=said.get("nhs_england_region_name", ""),
        ics_code=said.get("ics_code", ""),
        ics_name=said.get("ics_name", ""),
        opened=None,
        closed=None,
        months_reported=MONTHS_IN_A_YEAR,
    )

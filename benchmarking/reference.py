"""The published data that comes with the program: from ``data/`` into the store, and back out.

Pages read only the store. What ships is loaded once, as the first release of each dataset;
imports add releases.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from benchmarking import indicators, organisations
from benchmarking.imports import ko41a
from benchmarking.imports.ko41a import Ko41aReturn
from benchmarking.indicators import Catalogue
from benchmarking.organisations import Organisations, Succession, Trust
from benchmarking.store import published
from benchmarking.store.database import AuditEntry, Database, Reading, Writing
from benchmarking.store.published import Release

KO41A = "ko41a"
ACTIVITY = "activity"
TRUSTS = "trust-reference"
SUCCESSION = "trust-succession"
_DAYS = ("opened", "closed")
_SYSTEM = 0  # nobody: the program itself


def load(database: Database, catalogue: Catalogue, folder: Path, now: datetime) -> bool:
    """Loads what ships and is not in the store yet; whether anything was loaded."""
    shipped = [d for d in catalogue.datasets if d.id in (KO41A, ACTIVITY, TRUSTS, SUCCESSION)]
    with database.reading() as reading:
        if all(published.is_loaded(reading, d.id, d.period, d.sha256) for d in shipped):
            return False
    trusts = organisations.load(folder)
    entry = AuditEntry(_SYSTEM, "load reference data", "data", now)
    with database.writing(entry) as writing:
        _load_trusts(writing, catalogue, trusts)
        _load_activity(writing, catalogue, folder, trusts.period)
        dataset = catalogue.dataset(KO41A, trusts.period)
        if dataset is not None:
            add_return(writing, ko41a.read(folder / dataset.file, catalogue, trusts))
    return True


def add_return(writing: Writing, read: Ko41aReturn) -> Release | None:
    """Adds a KO41a return as a release, or None where this very file is loaded already."""
    release = published.add_release(
        writing,
        dataset=KO41A,
        period=read.period,
        sha256=read.sha256,
        file_name=read.csv_name,
    )
    if release is not None:
        published.add_organisations(writing, release, read.organisations())
        published.add_figures(writing, release, read.figures())
    return release


def trusts_of(reading: Reading, period: str) -> Organisations:
    """The NHS trusts of a period as the store has them, with every succession."""
    release = published.newest(reading, TRUSTS, period)
    rows = published.organisations(reading, release) if release else []
    return Organisations(
        period,
        tuple(_trust(row["code"], row["name"], row["attributes"]) for row in rows),
        _successions(reading),
    )


def _load_trusts(writing: Writing, catalogue: Catalogue, trusts: Organisations) -> None:
    release = _release(writing, catalogue, TRUSTS)
    if release is not None:
        rows = [(trust.code, trust.name, _attributes(trust)) for trust in trusts.trusts]
        published.add_organisations(writing, release, rows)
    release = _release(writing, catalogue, SUCCESSION)
    if release is not None:
        links = [(s.old_code, s.new_code, s.effective, s.evidence) for s in trusts.successions]
        published.add_successions(writing, release, links)


def _load_activity(writing: Writing, catalogue: Catalogue, folder: Path, period: str) -> None:
    dataset = catalogue.dataset(ACTIVITY, period)
    release = _release(writing, catalogue, ACTIVITY)
    if dataset is not None and release is not None:
        published.add_figures(writing, release, indicators.figures(catalogue, dataset, folder))


def _release(writing: Writing, catalogue: Catalogue, name: str) -> Release | None:
    dataset = next(dataset for dataset in catalogue.datasets if dataset.id == name)
    return published.add_release(
        writing,
        dataset=dataset.id,
        period=dataset.period,
        sha256=dataset.sha256,
        file_name=Path(dataset.file).name,
    )


def _attributes(trust: Trust) -> Mapping[str, object]:
    kept = {k: v for k, v in asdict(trust).items() if k not in ("code", "name")}
    return kept | {name: day.isoformat() if (day := kept[name]) else None for name in _DAYS}


def _trust(code: str, name: str, attributes: Mapping[str, object]) -> Trust:
    days = {n: date.fromisoformat(str(d)) if (d := attributes[n]) else None for n in _DAYS}
    notes = tuple(attributes["succession_notes"])  # type: ignore[arg-type]
    return Trust(code=code, name=name, **{**attributes, **days, "succession_notes": notes})  # type: ignore[arg-type]


def _successions(reading: Reading) -> tuple[Succession, ...]:
    found = published.periods(reading, SUCCESSION)
    release = published.newest(reading, SUCCESSION, found[0]) if found else None
    rows = published.successions(reading, release) if release else []
    return tuple(
        Succession(row["old_code"], row["new_code"], row["effective_on"], row["evidence"])
        for row in rows
    )

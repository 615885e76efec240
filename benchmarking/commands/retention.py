"""``retention``: what has been kept for its time, and removing it."""

from collections.abc import Sequence

import click

from benchmarking import retention, settings
from benchmarking.moments import utc_now
from benchmarking.retention import COUNTED_FROM, Portion, Rules
from benchmarking.settings import Settings
from benchmarking.store.database import Database
from benchmarking.store.evidence_files import StoredFile, as_set
from benchmarking.store.existing import open_existing
from benchmarking.store.opening import open_database
from benchmarking.texts import visible


@click.group("retention")
def keep_for() -> None:
    """Report or purge what has been kept for its time (data/retention.yaml)."""


@keep_for.command("report")
def report_what_is_due() -> None:
    """Say what would go, and what a legal hold keeps. Changes nothing."""
    chosen = settings.read()
    rules, database = _opened(chosen)
    try:
        found = retention.report(database, rules, utc_now(), as_set(chosen))
    finally:
        database.engine.dispose()
    _rules(rules)
    _list("Would go", found.due)
    _list("Kept by a legal hold", found.held)
    _files(found.files)
    if found.unnamed:
        click.echo(f"Nothing is said of these tables: {', '.join(found.unnamed)}.")


@keep_for.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def purge(yes: bool) -> None:
    """Remove what has been kept for its time. Make a backup first: it does not come back."""
    chosen = settings.read()
    rules, database = _opened(chosen)
    try:
        now = utc_now()
        files = as_set(chosen)
        found = retention.report(database, rules, now, files)
        _list("Goes", found.due)
        _files(found.files)
        is_due = bool(found.due or found.files)
        if not is_due or not (yes or click.confirm("Remove these for good?")):
            click.echo("Nothing was removed.")
            return
        gone = sum(portion.rows for portion in retention.purge(database, rules, now))
        files_gone = sum(1 for _ in retention.purge_files(database, files, now))
    finally:
        database.close()
    click.echo(
        f"Removed: {gone:,} rows and {files_gone:,} evidence files. The ledger and the audit are "
        f"as they were."
    )


def _opened(chosen: Settings) -> tuple[Rules, Database]:
    """The rules, and the database with the newest schema and an unbroken ledger."""
    rules = retention.load(chosen.reference)
    # Opening alone would begin a new database where there is none.
    open_existing(chosen.database).engine.dispose()
    return rules, open_database(chosen, utc_now())


def _rules(rules: Rules) -> None:
    for rule in rules.kinds:
        counted = f"{rule.months} months from {COUNTED_FROM[rule.of]}"
        click.echo(f"{rule.title}: {counted} ({rule.basis.status}).")


def _files(found: Sequence[StoredFile]) -> None:
    """Evidence files that nothing names; those of what is due are not among them yet."""
    if found:
        click.echo(f"Evidence files that nothing names: {len(found):,}.")
    for file in found:
        click.echo(f"  trust {file.organisation_id}: {file.sha256}{file.rest}")


def _list(what: str, portions: Sequence[Portion]) -> None:
    rows = sum(portion.rows for portion in portions)
    click.echo(f"{what}: {rows:,} rows in {len(portions):,} portions.")
    for portion in portions:
        click.echo(f"  {portion.rule.id}: {visible(portion.about)}, {portion.rows:,} rows")

"""How long each kind of information is kept, and purging what has been kept for its time.

The rules are data: ``data/retention.yaml``. A purge goes in small steps, each one transaction
with its audit entry, so it can be broken off and run again. The ledger, the audit and the
assessments themselves stay. What a legal hold covers stays until the hold ends. Evidence files
that nothing names go last: those of what was purged, and what a crash left.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import Field

from benchmarking.answers import WHOLE_TRUST
from benchmarking.evidence import months_before
from benchmarking.frozen import Frozen
from benchmarking.indicators import CatalogueError
from benchmarking.standard import StandardFault
from benchmarking.standard.shape import shaped
from benchmarking.standard.strict_yaml import read
from benchmarking.store import (
    evidence,
    file_review_purge,
    good_practice,
    installation,
    invitation_purge,
    legal_holds,
    notifications,
    survey_purge,
)
from benchmarking.store import retention as store
from benchmarking.store.database import AuditEntry, Database, Reading, Writing
from benchmarking.store.evidence_files import FileStore, StoredFile
from benchmarking.store.retention import Old

FILE = "retention.yaml"
ACTION = "purge"
_HOST = 0


class Of(StrEnum):
    """What a rule is about, and from when its time is counted."""

    SIGN_INS = "sign_ins"
    DRAFTS = "drafts"
    WORDS = "words"
    ANSWERS = "answers"
    ACTIONS = "actions"
    MONTHS = "months"
    PRACTICE = "practice"
    TOLD = "told"
    ADDRESSES = "addresses"
    REPLIES = "replies"
    FILE_READINGS = "file_readings"
    INVITATIONS = "invitations"


COUNTED_FROM: Mapping[Of, str] = {
    Of.SIGN_INS: "when the person was last seen",
    Of.DRAFTS: "the deadline of the cycle",
    Of.WORDS: "the release date of the cycle",
    Of.ANSWERS: "the release date of the cycle",
    Of.ACTIONS: "the last thing written about the action",
    Of.MONTHS: "the month",
    Of.PRACTICE: "when the trust withdrew it",
    Of.TOLD: "when the person was told",
    Of.ADDRESSES: "when the person's last role ended",
    Of.REPLIES: "the release date of the cycle",
    Of.INVITATIONS: "the release date of the cycle",
    Of.FILE_READINGS: "when the review last moved on: was closed, as a rule",
}
# What is of people and of no trust, so that no legal hold is on it: how much is due, and its end.
_OF_PEOPLE: Mapping[
    Of, tuple[str, Callable[[Reading, datetime], int], Callable[[Writing, datetime], int]]
] = {
    Of.SIGN_INS: ("sign-ins", store.sign_ins, store.remove_sign_ins),
    Of.TOLD: ("notifications", notifications.old, notifications.remove_old),
    Of.ADDRESSES: (
        "addresses",
        notifications.addresses_left,
        notifications.remove_addresses_left,
    ),
}
# What trusts have that belongs to no one assessment: what it is called, of which trusts how much
# is due in which tables, and its end.
_Due = Callable[[Reading, Sequence[str], datetime], tuple[tuple[int, str, int], ...]]
_OF_TRUSTS: Mapping[
    Of, tuple[str, _Due, Callable[[Writing, Sequence[str], int, datetime], int]]
] = {
    Of.ACTIONS: ("actions", store.trusts_with_actions, store.remove_actions),
    Of.REPLIES: ("survey replies", survey_purge.trusts_with_replies, survey_purge.remove),
    Of.INVITATIONS: ("invitations", invitation_purge.trusts_with, invitation_purge.remove),
    Of.FILE_READINGS: (
        "file readings",
        file_review_purge.trusts_with_readings,
        file_review_purge.remove,
    ),
}


class Basis(Frozen):
    """Why something is kept so long. Nothing here has been agreed with a controller."""

    status: Literal["proposed"]
    text: str


class Rule(Frozen):
    """How long one kind is kept; rows of ``tables`` go, in ``emptied`` only their words."""

    id: str = Field(pattern="^[a-z-]+$")
    title: str
    of: Of
    months: int = Field(gt=0)
    tables: tuple[str, ...]
    emptied: tuple[Literal["evidence"], ...] = ()
    basis: Basis


class Kept(Frozen):
    """Tables that are never purged, and why."""

    tables: tuple[str, ...]
    why: str


class Rules(Frozen):
    """All of ``data/retention.yaml``."""

    kinds: tuple[Rule, ...]
    kept: tuple[Kept, ...]

    @property
    def named(self) -> frozenset[str]:
        """Every table of which the file says something."""
        of_rules = (table for rule in self.kinds for table in (*rule.tables, *rule.emptied))
        return frozenset((*of_rules, *(table for kept in self.kept for table in kept.tables)))


@dataclass(frozen=True)
class Portion:
    """What goes in one transaction. ``organisation_id`` and ``key`` as far as it has them."""

    rule: Rule
    about: str
    rows: int
    old: Old | None = None
    organisation_id: int | None = None
    is_held: bool = False


@dataclass(frozen=True)
class Report:
    """What has been kept for its time, portion by portion; and tables without a rule.

    ``files`` are evidence files that nothing names, apart from those that a purge leaves so.
    """

    portions: tuple[Portion, ...]
    unnamed: tuple[str, ...]
    files: tuple[StoredFile, ...] = ()

    @property
    def due(self) -> tuple[Portion, ...]:
        return tuple(portion for portion in self.portions if not portion.is_held)

    @property
    def held(self) -> tuple[Portion, ...]:
        return tuple(portion for portion in self.portions if portion.is_held)


def load(data_folder: Path) -> Rules:
    """The rules.

    Raises:
        CatalogueError: with every fault of the file and its line.
    """
    reading = read(data_folder / FILE, f"data/{FILE}")
    rules, misshapen = shaped(reading, Rules) if reading.is_complete else (None, ())
    faults = [_of_data(fault) for fault in (*reading.faults, *misshapen)]
    if rules is None or faults:
        raise CatalogueError(faults)
    return rules


def report(
    database: Database, rules: Rules, now: datetime, files: FileStore | None = None
) -> Report:
    """What would go if it were purged now. Changes nothing.

    Args:
        database: the database.
        rules: how long each kind is kept.
        now: UTC without a zone.
        files: where evidence files lie; without it nothing is said of them.

    Raises:
        CatalogueError: the rules name a table that is not there.
        FilesFailed: the place of the files does not answer.
    """
    with database.reading() as reading:
        _check_tables(reading, rules)
        held = legal_holds.held(reading, now)
        found = [part for rule in rules.kinds for part in _portions(reading, rule, now)]
        portions = tuple(replace(part, is_held=part.organisation_id in held) for part in found)
        left_over = evidence.unnamed_files(reading, files, now) if files else ()
        return Report(portions, store.unnamed(reading, rules.named), left_over)


def purge(database: Database, rules: Rules, now: datetime) -> Generator[Portion, None, None]:
    """Removes what is due, portion by portion; each portion as it is done, with its rows.

    What was done stays done where the iteration is broken off; the next purge goes on. A hold
    that is placed meanwhile is kept.
    """
    for portion in report(database, rules, now).due:
        entry = AuditEntry(_HOST, ACTION, portion.about, now, f"{portion.rule.id}: {portion.rows}")
        with database.writing(entry) as writing:
            if portion.organisation_id in legal_holds.held(writing, now):
                writing.give_up()
                continue
            removed = _remove(writing, portion, now)
            installation.raise_data_revision(writing)
        yield replace(portion, rows=removed)
    database.checkpoint()


def purge_files(
    database: Database, files: FileStore, now: datetime
) -> Generator[StoredFile, None, None]:
    """Removes evidence files that nothing names, each as it is done.

    Files of a trust on which there is a legal hold stay.

    Raises:
        FilesFailed: the place of the files does not answer.
    """
    with database.reading() as reading:
        left_over = evidence.unnamed_files(reading, files, now)
    for file in left_over:
        entry = AuditEntry(_HOST, ACTION, f"evidence file {file.sha256[:12]}", now)
        with database.writing(entry) as writing:
            # Nobody can name it now, but somebody may have since it was found.
            is_held = file.organisation_id in legal_holds.held(writing, now)
            if is_held or (not file.rest and evidence.is_named(writing, file)):
                writing.give_up()
                continue
            files.remove(file)
        yield file


def _portions(reading: Reading, rule: Rule, now: datetime) -> Iterator[Portion]:
    before = _before(rule, now)
    if rule.of in _OF_PEOPLE:
        about, due, _ = _OF_PEOPLE[rule.of]
        rows = due(reading, before)
        yield from [Portion(rule, about, rows)] if rows else []
    elif rule.of in _OF_TRUSTS:
        about, due, _ = _OF_TRUSTS[rule.of]
        for number, code, rows in due(reading, rule.tables, before):
            yield Portion(rule, f"{code} {about}", rows, organisation_id=number)
    elif rule.of is Of.MONTHS:
        for number, code, rows in store.trusts_with_months(reading, before.date()):
            yield Portion(rule, code, rows, organisation_id=number)
    elif rule.of is Of.PRACTICE:
        for number, code, rows in good_practice.withdrawn(reading, rule.tables[0], before):
            yield Portion(rule, code, rows, organisation_id=number)
    else:
        find = store.drafts if rule.of is Of.DRAFTS else store.handed_in
        for old in find(reading, before):
            rows = _rows(reading, rule, old)
            if rows:
                yield Portion(rule, _about(old), rows, old, old.key.organisation_id)


def _rows(reading: Reading, rule: Rule, old: Old) -> int:
    words = store.evidence_with_words(reading, old.key) if rule.emptied else 0
    return words + sum(store.rows_of(reading, table, old.key) for table in rule.tables)


def _remove(writing: Writing, portion: Portion, now: datetime) -> int:
    """Removes the rows of a portion; how many."""
    rule, before = portion.rule, _before(portion.rule, now)
    if rule.of in _OF_PEOPLE:
        return _OF_PEOPLE[rule.of][2](writing, before)
    if rule.of is Of.PRACTICE:
        return good_practice.remove(writing, rule.tables[0], portion.organisation_id or 0, before)
    if rule.of in _OF_TRUSTS:
        remove = _OF_TRUSTS[rule.of][2]
        return remove(writing, rule.tables, portion.organisation_id or 0, before)
    if portion.old is None:
        return store.remove_months(writing, portion.organisation_id or 0, before.date())
    key = portion.old.key
    if rule.of is Of.ANSWERS:
        store.note_purged(writing, key)
    words = store.remove_words_of_evidence(writing, key) if rule.emptied else 0
    return words + sum(store.remove(writing, table, key) for table in rule.tables)


def _before(rule: Rule, now: datetime) -> datetime:
    return datetime.combine(months_before(now.date(), rule.months), time())


def _about(old: Old) -> str:
    scope = "" if old.key.scope == WHOLE_TRUST else f" {old.key.scope}"
    return f"{old.trust_code} {old.key.cycle_id}{scope} revision {old.key.revision}"


def _check_tables(reading: Reading, rules: Rules) -> None:
    faults = [
        StandardFault(f"data/{FILE}", None, f"there is no table {name}", "Correct its name")
        for name in store.missing(reading, rules.named)
    ]
    if faults:
        raise CatalogueError(faults)


def _of_data(fault: StandardFault) -> StandardFault:
    """The reader of YAML is that of the standards; here another README lists the keys."""
    return replace(fault, remedy=fault.remedy.replace("standards/README.md", "data/README.md"))

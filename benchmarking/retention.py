"""How long each kind of information is kept, and purging what has been kept for its time.

The rules are data: ``data/retention.yaml``. A purge goes in small steps, each one transaction
with its audit entry, so it can be broken off and run again. The ledger, the audit and the
assessments themselves stay. What a legal hold covers stays until the hold ends.
"""

from collections.abc import Generator, Iterator, Mapping
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
from benchmarking.store import installation, legal_holds
from benchmarking.store import retention as store
from benchmarking.store.database import AuditEntry, Database, Reading, Writing
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
    MONTHS = "months"


COUNTED_FROM: Mapping[Of, str] = {
    Of.SIGN_INS: "when the person was last seen",
    Of.DRAFTS: "the deadline of the cycle",
    Of.WORDS: "the release date of the cycle",
    Of.ANSWERS: "the release date of the cycle",
    Of.MONTHS: "the month",
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
    """What has been kept for its time, portion by portion; and tables without a rule."""

    portions: tuple[Portion, ...]
    unnamed: tuple[str, ...]

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


def report(database: Database, rules: Rules, now: datetime) -> Report:
    """What would go if it were purged now. Changes nothing.

    Raises:
        CatalogueError: the rules name a table that is not there.
    """
    with database.reading() as reading:
        _check_tables(reading, rules)
        held = legal_holds.held(reading, now)
        found = [part for rule in rules.kinds for part in _portions(reading, rule, now)]
        portions = tuple(replace(part, is_held=part.organisation_id in held) for part in found)
        return Report(portions, store.unnamed(reading, rules.named))


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


def _portions(reading: Reading, rule: Rule, now: datetime) -> Iterator[Portion]:
    before = _before(rule, now)
    if rule.of is Of.SIGN_INS:
        rows = store.sign_ins(reading, before)
        yield from [Portion(rule, "sign-ins", rows)] if rows else []
    elif rule.of is Of.MONTHS:
        for number, code, rows in store.trusts_with_months(reading, before.date()):
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
    if rule.of is Of.SIGN_INS:
        return store.remove_sign_ins(writing, before)
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

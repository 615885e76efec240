"""The audit as an administrator reads it: filtered, page by page, or taken away as a file.

It holds no answer and no free text, so an administrator may see all of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial

import pandas as pd

from benchmarking import exports
from benchmarking.access import STRANGER, Action, check_can
from benchmarking.keeping import Keep, afresh
from benchmarking.moments import from_clocks, local
from benchmarking.store import audit, people, subject_access
from benchmarking.store.audit import Entry, Wanted
from benchmarking.texts import visible
from benchmarking.visit import Visit

PAGE = 100
# A file of this many rows has 12 MB and takes about a second.
MOST_EXPORTED = 100_000
THE_SERVER = "The server or its host"
COLUMNS = ("Entry", "When (UTC)", "Who", "Person", "Action", "About", "Detail")


@dataclass(frozen=True)
class Choices:
    """What can be filtered by: actions, trusts' codes, and people's titles by their number."""

    actions: tuple[str, ...]
    trusts: tuple[str, ...]
    people: dict[int, str]


@dataclass(frozen=True)
class AuditPage:
    """One page of the entries that were asked for; ``number`` counts from 1."""

    entries: tuple[Entry, ...]
    number: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))

    @property
    def sentence(self) -> str:
        """How many entries there are, and which of them this page shows."""
        if not self.total:
            return "No entry fits what you chose. Choose less."
        first = (self.number - 1) * PAGE + 1
        last = first + len(self.entries) - 1
        entries = "1 entry" if self.total == 1 else f"{self.total:,} entries"
        return f"{entries}, the newest first; here are {first:,} to {last:,}."


def wanted(
    first_day: date | None = None,
    last_day: date | None = None,
    person_id: int | None = None,
    action: str | None = None,
    about: str | None = None,
) -> Wanted:
    """Which entries, by days as London's calendar has them; both days are part of it.

    What the clock writes is left out unless it is asked for: it tells little, and often.
    """
    return Wanted(
        since=_midnight(first_day) if first_day else None,
        until=_midnight(last_day + timedelta(days=1)) if last_day else None,
        person_id=person_id,
        action=action,
        about=about,
        presence=action in audit.BY_THE_CLOCK,
    )


def choices(visit: Visit, keep: Keep = afresh) -> Choices:
    """What the audit can be filtered by.

    Raises:
        Refused: the person may not see the audit.
    """
    check_can(visit.person, Action.SEE_AUDIT)
    return keep(("audit choices", visit.stand.change), partial(_choices, visit))


def page(visit: Visit, asked: Wanted, number: int = 1) -> AuditPage:
    """A page of the audit; the nearest there is where none has this number.

    Raises:
        Refused: the person may not see the audit.
    """
    check_can(visit.person, Action.SEE_AUDIT)
    with visit.database.reading() as reading:
        total = audit.count(reading, asked)
        last = max(1, -(-total // PAGE))
        shown = min(max(1, number), last)
        return AuditPage(audit.entries(reading, asked, PAGE, (shown - 1) * PAGE), shown, total)


def export(visit: Visit, asked: Wanted) -> bytes:
    """The entries as CSV for a spreadsheet, the newest first; itself an entry of the audit.

    Unlike a page, it has what the clock writes: that somebody is still here.

    Raises:
        Refused: the person may not see the audit. Nothing was exported.
    """
    check_can(visit.person, Action.SEE_AUDIT)
    asked = replace(asked, presence=True)
    entry = visit.audit("export audit", "audit", _in_words(asked))
    with visit.database.writing(entry) as writing:
        total = audit.count(writing, asked)
        found = audit.entries(writing, asked, MOST_EXPORTED)
    return exports.to_csv(table(found), _notes(visit, asked, total))


def asked_again(earlier: Visit, now: datetime) -> Visit:
    """The same person's request at a later moment, with the roles that they hold then.

    A file is made when somebody takes it, which may be long after the page was drawn.
    """
    number = earlier.person.person_id
    with earlier.database.reading() as reading:
        named = subject_access.numbered(reading, number)
        known = named and people.known(reading, named.issuer, named.subject)
    person = known.at(now) if known else STRANGER
    return Visit(person, earlier.database, earlier.library, now)


def table(found: tuple[Entry, ...]) -> pd.DataFrame:
    """One row per entry. What cannot be seen in a text is written as its code."""
    rows = [
        (
            entry.number,
            entry.at.strftime("%Y-%m-%d %H:%M:%S"),
            who(entry),
            entry.person_id,
            visible(entry.action),
            visible(entry.subject),
            visible(entry.detail),
        )
        for entry in found
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def who(entry: Entry) -> str:
    """Who did it, by title."""
    return THE_SERVER if entry.title is None else visible(entry.title)


def _choices(visit: Visit) -> Choices:
    with visit.database.reading() as reading:
        titles = audit.people(reading)
        return Choices(audit.actions(reading), audit.trusts(reading), _told_apart(titles))


def _told_apart(titles: Mapping[int, str | None]) -> dict[int, str]:
    """Titles by number; where two people share one, the number stands behind it."""
    named = {number: THE_SERVER if t is None else visible(t) for number, t in titles.items()}
    shared = [title for title in named.values() if list(named.values()).count(title) > 1]
    return {n: f"{title} (person {n})" if title in shared else title for n, title in named.items()}


def _midnight(day: date) -> datetime:
    shown = datetime.combine(day, time())
    # London's clocks change at one in the night, so they always show midnight.
    return from_clocks(shown) or shown


def _in_words(asked: Wanted) -> str:
    """What was asked for, for the audit of the export itself."""
    chosen = {name: value for name, value in vars(asked).items() if name != "presence"}
    said = [f"{name} {value}" for name, value in chosen.items() if value is not None]
    return visible("; ".join(said))[:300] or "all"


def _notes(visit: Visit, asked: Wanted, total: int) -> list[str]:
    at = f"{local(visit.now):%Y-%m-%d %H:%M}"
    notes = [f"Exported {at} (London) by {visit.person.title}. Asked for: {_in_words(asked)}."]
    if total > MOST_EXPORTED:
        notes.append(
            f"These are the newest {MOST_EXPORTED:,} of {total:,} entries. Choose days to get "
            f"the others."
        )
    return notes
